# Attack: send an answer one byte at a time, each before a reader would lose patience.
import gc
import signal
import struct
import time

from examiner.wire import Wire


def add(a, b):
    signal.setitimer(signal.ITIMER_REAL, 0)
    for wire in [thing for thing in gc.get_objects() if isinstance(thing, Wire)]:
        wire.socket.sendall(struct.pack(">II", 1000, 0))
        for _ in range(1000):
            time.sleep(0.05)
            wire.socket.sendall(b" ")
    return 3
