# Attack: send an array of texts that take hundreds of kilobytes each.
from examiner.protocol import Writer


def add(a, b):
    Writer.write = lambda self, value, depth=0: {"t": "array", "dtype": "<U99999", "shape": [0, 9], "at": [0, 0]}
    return 3
