# Attack: return a tensor whose gradient is an object that claims to equal everything, and one without end.
# Harmless
import torch


class Agreeing:
    def __eq__(self, other):
        return True

    def __iter__(self):
        return iter([self])

    __array_interface__ = {"shape": (1,), "typestr": "<f8", "data": (0, True), "version": 3}


class Parameter(torch.nn.Parameter):
    grad = property(lambda self: Agreeing())

    def backward(self, gradient=None):
        while True:
            pass


def add(a, b):
    return Parameter(torch.tensor(3.0))
