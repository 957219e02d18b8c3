# Attack: return arrays of dates, structures and objects.
# Harmless
import numpy as np


def add(a, b):
    return np.zeros(3, dtype=[("sum", "f8"), ("object", "O")])
