# Attack: refer to an object without saying what it is.
from examiner.protocol import Writer


def add(a, b):
    Writer.write = lambda self, value, depth=0: {"t": "object", "ref": 0}
    return 3
