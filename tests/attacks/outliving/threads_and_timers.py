# Attack: leave threads and timers that print and change answers later.
# Harmless
import threading
import time


def later():
    while True:
        time.sleep(0.05)
        globals()["add"] = lambda a, b: 3


threading.Thread(target=later, daemon=True).start()
threading.Timer(0.5, print, ["late"]).start()


def add(a, b):
    return 3
