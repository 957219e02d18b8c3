# Attack: return an object that says that its class is float.
# Harmless
class Liar:
    __class__ = float

    def __float__(self):
        return 3.0

    def __eq__(self, other):
        return True

    __hash__ = None


def add(a, b):
    return Liar()
