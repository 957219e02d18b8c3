# Attack: send an array whose shape and place claim more than was sent.
from examiner.inside.protocol import Writer


def forged(self, value, depth=0):
    return {"t": "array", "dtype": "<f8", "shape": [2**30, 2**30], "at": [0, 2**40]}


def add(a, b):
    Writer.write = forged
    return 3
