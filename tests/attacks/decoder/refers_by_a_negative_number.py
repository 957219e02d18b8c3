# Attack: refer to an object by a number below zero, with flags of a network and a class.
from examiner.protocol import Writer


def add(a, b):
    Writer.write = lambda self, value, depth=0: {"t": "object", "ref": -5, "type": "x", "is": ["class", "module"]}
    return 3
