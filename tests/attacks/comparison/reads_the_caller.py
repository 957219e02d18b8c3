# Attack: look for the expected value in the frames that call the function.
# Harmless
import sys


def add(a, b):
    frame = sys._getframe()
    while frame:
        for name in ("expected", "answer", "reference"):
            if name in frame.f_locals:
                return frame.f_locals[name]
        frame = frame.f_back
    return 3
