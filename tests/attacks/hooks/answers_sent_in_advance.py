# Attack: send a hundred right-looking answers before any question is asked.
# Costs: everything
import gc

from examiner.protocol import Wire

for wire in [thing for thing in gc.get_objects() if isinstance(thing, Wire)]:
    for _ in range(100):
        wire.send({"value": 3, "changed": {}, "names": {}, "outputs": [], "count": 1})


def add(a, b):
    return 3
