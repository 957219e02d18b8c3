# Attack: hide objects in an array, whose items NumPy would ask for their operators.
from examiner.protocol import Writer


def add(a, b):
    Writer.write = lambda self, value, depth=0: {
        "t": "objects",
        "shape": [2],
        "v": {"t": "list", "v": [3, {"t": "object", "ref": 0, "type": "x", "is": ["callable", "iterable"]}]},
    }
    return 3
