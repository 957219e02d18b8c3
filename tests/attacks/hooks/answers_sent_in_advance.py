# Attack: send a hundred right-looking answers before any question is asked.
# Costs: everything
import gc

from examiner.messages import Done, Found, Ran, Returned
from examiner.wire import Wire

for wire in [thing for thing in gc.get_objects() if isinstance(thing, Wire)]:
    for _ in range(25):
        for answer in (Returned(3, {}, []), Found({}), Ran([], 1), Done()):
            wire.send(answer)


def add(a, b):
    return 3
