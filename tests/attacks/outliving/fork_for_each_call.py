# Attack: leave a detached process behind with each call.
import os
import time


def add(a, b):
    if os.fork() == 0:
        os.setsid()
        time.sleep(1000)
        os._exit(0)
    return 3
