# Attack: send a set of tuples with names, as keys that are no plain ones.
from examiner.protocol import Writer


def add(a, b):
    Writer.write = lambda self, value, depth=0: {"t": "set", "v": [{"t": "tuple", "names": ["x"], "v": [3]}]}
    return 3
