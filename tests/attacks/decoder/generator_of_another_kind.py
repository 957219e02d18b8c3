# Attack: send the state of one kind of generator as that of another.
from examiner.protocol import Writer


def add(a, b):
    Writer.write = lambda self, value, depth=0: {
        "t": "rng",
        "kind": "RandomState",
        "v": {"t": "dict", "v": [["bit_generator", "PCG64"], ["state", {"t": "dict", "v": [["pos", 0]]}]]},
    }
    return 3
