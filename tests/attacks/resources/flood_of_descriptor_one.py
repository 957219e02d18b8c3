# Attack: write without end to the descriptors of standard output and error.
import os

for _ in range(2000):
    os.write(1, b"x" * 100_000)
    os.write(2, b"x" * 100_000)


def add(a, b):
    return 3
