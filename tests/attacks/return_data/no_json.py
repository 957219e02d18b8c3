# Attack: send bytes that are no message.
import gc

from examiner.wire import Wire


def add(a, b):
    for wire in [thing for thing in gc.get_objects() if isinstance(thing, Wire)]:
        wire.socket.sendall(b"\xff" * 100)
    return 3
