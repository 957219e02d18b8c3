# Attack: find the wire of this process and answer every call with what a right function would.
# Costs: double
import gc

from examiner.messages import Returned
from examiner.wire import Wire

send = Wire.send


def forged(self, message, block=b"", fds=()):
    if isinstance(message, Returned):
        message = Returned(True, {}, [])
    return send(self, message, block, fds)


Wire.send = forged
for wire in [thing for thing in gc.get_objects() if isinstance(thing, Wire)]:
    wire.send = forged.__get__(wire)


def add(a, b):
    return 3
