# Attack: return an object that says it equals everything.
# Harmless
class Equal:
    def __eq__(self, other):
        return True

    __array_priority__ = 1e9
    __ne__ = lambda self, other: False
    __float__ = lambda self: 3.0
    __sub__ = __rsub__ = __abs__ = lambda self, *other: self
    __le__ = __lt__ = __ge__ = __gt__ = __eq__
    __hash__ = None


def add(a, b):
    return Equal()
