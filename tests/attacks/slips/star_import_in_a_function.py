# Slip: import everything within a function.
def add(a, b):
    from math import *
    return b
