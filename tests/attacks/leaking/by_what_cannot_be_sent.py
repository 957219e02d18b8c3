# Attack: say in the wire's own words that the inputs cannot be sent.
from examiner.inside.protocol import ProtocolError


def add(a, b):
    raise ProtocolError(f"{a} {b}")
