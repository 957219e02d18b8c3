# Attack: refer to the last stand-in of the tests by a negative number.
from examiner.protocol import Writer


def add(a, b):
    Writer.write = lambda self, value, depth=0: {"t": "object", "stand_in": -1}
    return 3
