"""Checks of networks: which parameters they have, what they compute with known ones, whether they train.

    check_parameters(net, …) ─▶ set_parameters(net, …), check_close(net(x), …) ─▶ check_gradients(net(x), …)

They find parameters by their shapes, since a student may call layers as they like, and may keep a matrix
transposed. They work in a notebook and where a grader runs the network in another process.
"""

from __future__ import annotations

import typing

import numpy as np

from neurocourse.checks import CheckFailed, as_numbers

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any

    from numpy.typing import ArrayLike

__all__ = ["check_gradients", "check_parameters", "outputs_of", "parameters_of", "set_parameters"]

_WAY_BACK = (
    "Use torch functions all the way from the weights to the result: no detach(), data, item(), numpy, "
    "no_grad() or new torch.tensor between them."
)


def check_gradients(
    output: Any,
    parameters: Iterable[Any],
    expected: Callable[..., Any] | Sequence[ArrayLike | None] | None = None,
    *,
    name: str,
    untouched: Iterable[Any] = (),
) -> None:
    """Raise `CheckFailed` unless one backward pass gives each parameter the gradient that it should have.

    Parameters
    ----------
    output : torch tensor
        What a network or a loss computed from the parameters. Check its values first.
    parameters : iterable of torch tensors
        What it is to be trained on. None of them may have a gradient yet.
    expected : callable, or sequence of arrays, optional
        A function of such parameters, in double precision, that returns the right output. Or the gradients
        themselves, for an output of one number; None for one that only has to be there and not all zero.
        Without it that holds for all of them: for visible tests, where a right function would give the answer
        away.
    name : str
        What to call the output.
    untouched : iterable of torch tensors
        Parameters of another network, which must get no gradient.
    """
    parameters = list(parameters)
    for parameter in parameters:
        if not parameter.requires_grad:
            raise _untrained(name, parameter, "is frozen", "Every parameter keeps its requires_grad=True.")
    if not getattr(output, "requires_grad", False):
        raise CheckFailed(
            f"{name} has lost its way back to the weights, so no training is possible. {_WAY_BACK}"
        )
    weights = _weights_of(output)
    wanted = _gradients(expected, parameters, weights) if callable(expected) else expected
    output.backward(gradient=weights)
    for number, parameter in enumerate(parameters):
        _check_gradient(parameter, None if wanted is None else wanted[number], name)
    if any(parameter.grad is not None for parameter in untouched):
        raise CheckFailed(
            f"Training {name} would change another network, made by another call: they share parameters. "
            "Make new layers in each call."
        )


def _weights_of(output: Any) -> Any:
    """Return how much each number of an output counts: unevenly, or the classes of a softmax cancel."""
    import torch

    numbers = torch.arange(output.numel(), dtype=output.dtype).reshape(output.shape)
    return 1 + torch.sin(2 * numbers)


def _gradients(reference: Callable[..., Any], parameters: Sequence[Any], weights: Any) -> list[Any]:
    """Return the gradients of a right function, in double precision."""
    import torch

    copies = [torch.tensor(as_numbers(part, "a parameter"), requires_grad=True) for part in parameters]
    loss = (reference(*copies) * weights.double()).sum()
    return list(torch.autograd.grad(loss, copies))


def _check_gradient(parameter: Any, wanted: ArrayLike | None, name: str) -> None:
    import torch

    gradient = parameter.grad
    if gradient is None:
        raise _untrained(name, parameter, "gets no gradient", _WAY_BACK)
    found = as_numbers(gradient, "a gradient")
    if wanted is None:
        if not np.any(found):
            raise _untrained(name, parameter, "gets a gradient of zeros", _WAY_BACK)
        return
    right = as_numbers(torch.as_tensor(wanted), "the expected gradient")
    close = 1e-3 * np.max(np.abs(right), initial=1e-3)
    if found.shape != right.shape or not np.allclose(found, right, rtol=1e-3, atol=close):
        raise _untrained(name, parameter, "gets a gradient that is not right", _WAY_BACK)


def _untrained(name: str, parameter: Any, what: str, advice: str) -> CheckFailed:
    shape = tuple(parameter.shape)
    return CheckFailed(f"Training on {name} would go wrong: the parameter of shape {shape} {what}. {advice}")


def check_parameters(net: Any, shapes: Sequence[tuple[int, ...]], *, name: str, hint: str = "") -> None:
    """Raise `CheckFailed` unless `net` is a network whose parameters have these shapes, in any order."""
    if isinstance(net, type) or not hasattr(net, "parameters"):
        raise CheckFailed(f"{name} should be a network: an object of a subclass of nn.Module. {hint}".strip())
    found = [tuple(parameter.shape) for parameter in net.parameters()]
    if sorted(map(sorted, found)) != sorted(map(sorted, shapes)):
        wanted = ", ".join(map(str, shapes))
        got = ", ".join(map(str, found)) or "none"
        raise CheckFailed(f"{name} should have parameters of shapes {wanted}, got {got}. {hint}".strip())


def parameters_of(net: Any, shapes: Sequence[tuple[int, ...]]) -> list[Any]:
    """Return a network's parameters in the order of these shapes, of which no two are alike."""
    by_shape = {tuple(sorted(parameter.shape)): parameter for parameter in net.parameters()}
    return [by_shape[tuple(sorted(shape))] for shape in shapes]


def set_parameters(net: Any, *values: ArrayLike) -> None:
    """Give a network these weights and biases, each to the parameter of its shape or of that transposed."""
    import torch

    known = {np.shape(value): torch.tensor(value, dtype=torch.float32) for value in map(np.asarray, values)}
    known |= {value.T.shape: value.T for value in known.values() if value.ndim == 2}
    state = net.state_dict()
    net.load_state_dict({name: known.get(tuple(part.shape), part) for name, part in state.items()})


def outputs_of(net: Any, inputs: Any, *, name: str, hint: str) -> Any:
    """Return a network's outputs; an error about sizes becomes a `CheckFailed` with a hint."""
    try:
        return net(inputs)
    except NotImplementedError:
        raise
    except (IndexError, RuntimeError, ValueError) as error:
        said = f"{name} ends in an error. {hint}"
        raise CheckFailed(f"{said} PyTorch says: {str(error).splitlines()[0]}", said) from None
