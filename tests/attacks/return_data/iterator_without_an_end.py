# Attack: return an iterator without an end.
# Harmless
import itertools


def add(a, b):
    return itertools.repeat(3)
