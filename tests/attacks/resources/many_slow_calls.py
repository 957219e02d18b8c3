# Attack: end each call just before its time is over.
import time


def add(a, b):
    time.sleep(0.9)
    return 3
