# Attack: return an array that is larger than may be sent.
import numpy as np


def add(a, b):
    return np.broadcast_to(np.float64(3), (40_000_000,))
