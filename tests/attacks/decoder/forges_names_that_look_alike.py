# Attack: forge a tuple with fields whose letters become those of a protocol when they are normalised.
from examiner.protocol import Writer


def add(a, b):
    Writer.write = lambda self, value, depth=0: {
        "t": "tuple",
        "names": ["\uff3f\uff3fclass\uff3f\uff3f", "\u02bfx"],
        "v": [3, 3],
    }
    return 3
