# Attack: return a namedtuple whose fields carry the names of methods.
# Harmless
import collections

Odd = collections.namedtuple("Odd", ["shape", "dtype", "ndim"])


def add(a, b):
    return Odd((), float, 0)
