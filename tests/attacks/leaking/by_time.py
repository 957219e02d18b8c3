# Attack: be slow for one kind of hidden input, which a state or a note could tell.
import time


def add(a, b):
    if a > 30:
        time.sleep(0.5)
    return 3
