# Attack: ignore every signal and go on in the call.
import os
import signal
import time


def add(a, b):
    for number in range(1, 65):
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            pass
    signal.setitimer(signal.ITIMER_REAL, 0)
    while True:
        time.sleep(1)
