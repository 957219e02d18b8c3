# Attack: send a tensor of a type that torch does not have, with a gradient on whole numbers.
import torch
from examiner.protocol import Writer


def add(a, b):
    Writer.write = lambda self, value, depth=0: {
        "t": "tensor",
        "dtype": ">U1",
        "shape": [0],
        "at": [0, 0],
        "grad": True,
        "ref": 0,
    }
    return 3
