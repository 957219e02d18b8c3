# Attack: recurse without end, in Python and in C.
import sys

sys.setrecursionlimit(10**9)


def add(a, b):
    return add(a, b)
