# Attack: return tuples whose fields are named as what Python, NumPy and torch ask an object for.
PROTOCOLS = (
    "__array__", "__array_struct__", "__array_function__", "__array_ufunc__", "__array_priority__", "__buffer__",
    "__torch_function__", "__dlpack__", "__class__", "__float__", "__len__", "__eq__", "__iter__", "__getattr__",
    "__reduce_ex__", "__format__", "__bool__", "__index__", "__dict__", "_fields", "lambda",
)


class Odd(tuple):
    pass


def add(a, b):
    found = []
    for name in PROTOCOLS:
        odd = Odd([len])
        odd._fields = (name,)
        found.append(odd)
    return found[int(a) % len(found)]
