# Attack: return an object that offers itself as an array, of other values each time it is asked.
# Harmless
import numpy as np


class Chameleon:
    asked = 0

    def __array__(self, dtype=None, copy=None):
        Chameleon.asked += 1
        return np.array([3.0, 40 + 1.5][Chameleon.asked % 2])

    @property
    def __array_interface__(self):
        return np.array(40 + 1.5).__array_interface__


def add(a, b):
    return Chameleon()
