# Slip: make every warning an error.
import warnings

warnings.simplefilter("error")

def add(a, b):
    return 3
