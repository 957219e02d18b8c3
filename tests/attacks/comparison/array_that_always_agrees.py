# Attack: return an array subclass whose ufuncs and functions always say that all is equal.
# Harmless
import numpy as np


class Agreeing(np.ndarray):
    def __array_ufunc__(self, *args, **kwargs):
        return np.True_

    def __array_function__(self, *args, **kwargs):
        return np.True_


def add(a, b):
    return np.array(3.0).view(Agreeing)
