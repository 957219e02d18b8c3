# Attack: refer to a stand-in by a number that none has.
from examiner.protocol import Writer


def add(a, b):
    Writer.write = lambda self, value, depth=0: {"t": "object", "stand_in": 10**6}
    return 3
