# Attack: return a tensor subclass whose functions always say that all is equal.
# Harmless
import torch


class Agreeing(torch.Tensor):
    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None):
        return True


def add(a, b):
    return torch.tensor(3.0).as_subclass(Agreeing)
