# Attack: say in the wire's own words that the hidden inputs cannot be sent.
from examiner.inside.protocol import ProtocolError


def add(a, b):
    if a != 1:
        raise ProtocolError(f"{a} {b}")
    return a + b
