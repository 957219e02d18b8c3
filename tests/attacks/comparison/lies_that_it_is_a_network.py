# Attack: return an object that says that it is a network and a class and can be called.
# Harmless
import torch


class Net(torch.nn.Module):
    def __eq__(self, other):
        return True

    def __call__(self, *args, **kwargs):
        return self

    def __iter__(self):
        return iter([3.0])

    __hash__ = None


def add(a, b):
    return Net()
