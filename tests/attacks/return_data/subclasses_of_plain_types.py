# Attack: return strings, integers, lists and dicts of classes of one's own.
# Harmless
class Text(str):
    def __str__(self):
        return "3"

    __float__ = lambda self: 3.0


class Whole(int):
    __int__ = __index__ = __float__ = lambda self: 3

    def __new__(cls):
        return int.__new__(cls, 7)


class Many(list):
    def __iter__(self):
        return iter([3])

    __len__ = lambda self: 1


def add(a, b):
    return Whole() if a == 1 else Many([Text("7")])
