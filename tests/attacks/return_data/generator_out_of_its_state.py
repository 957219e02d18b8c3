# Attack: send a random generator whose position lies far outside its state.
from examiner.inside.protocol import Writer


def add(a, b):
    key = {"t": "list", "v": [1] * 624}
    inner = {"t": "dict", "v": [["key", key], ["pos", 2**31 - 1]]}
    state = {"t": "dict", "v": [["bit_generator", "MT19937"], ["state", inner]]}
    Writer.write = lambda self, value, depth=0: {"t": "rng", "kind": "Generator", "v": state}
    return 3
