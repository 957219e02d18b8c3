"""What an answer does when it is called: its result, gradients, and what became of the arguments.

It runs in the student process, and imports nothing of the course.
"""

import copy
import warnings

import numpy as np


def seen(function, given, spec):
    """Return what a call gives, what it leaves of its arguments, and that it raised an error, if so."""
    given = copy.deepcopy(given)
    before = copy.deepcopy(given)
    np.random.seed(5)
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            result = _plain(_used(function, given, spec))
    except Exception as error:
        return {"raised": f"{type(error).__name__}: {error}"[:200]}
    changed = [name for name in given if not _is_same(_plain(before[name]), _plain(given[name]))]
    return {"value": result, "arguments changed": changed}


def _used(function, given, spec):
    """Return the result of a call, or what a network does."""
    if not spec["gradients"]:
        return function(**given)
    import torch

    torch.manual_seed(5)
    if spec["is_class"]:
        return _behaviour(lambda: function(**given), given)
    tensors = [value for value in given.values() if isinstance(value, torch.Tensor)]
    for tensor in tensors:
        tensor.requires_grad_(tensor.is_floating_point())
    logs = [each["name"] for each in spec["arguments"] if each["range"] == "log-probabilities"]
    # Log-probabilities cannot change freely: gradients are those by the scores that they were made of.
    result = function(**given | {name: torch.log_softmax(given[name], -1) for name in logs})
    if isinstance(result, torch.Tensor):
        return [result, _gradients(result, tensors)]
    _, loss = result
    scores = torch.randn(5, 20, requires_grad=True)
    value = loss(torch.log_softmax(scores, 1), torch.tensor([0, 19, 3, 3, 7]))
    return [_behaviour(lambda: function(**given)[0], given), value, _gradients(value, [scores])]


def _behaviour(make, given):
    """Return outputs and gradients of a network, how it begins, and whether a second one shares its weights.

    Which weights it draws is its own affair: outputs and gradients are those with known weights.
    """
    import torch

    net = make()
    parameters = list(net.parameters())
    begun = _beginning(parameters, given)
    _set(parameters)
    pictures = (given.get("c_in", 1), *((4, 6) if "b" in given else (12, 16)))
    size = (given["n_inputs"],) if "n_inputs" in given else pictures
    seen = []
    for scale in (1.0, 300.0):
        torch.manual_seed(6)
        output = net(scale * torch.randn(5, *size))
        seen += [output, _gradients(output, parameters)]
    shared = [any(part is other for other in make().parameters()) for part in parameters]
    return [*seen, shared, [part.requires_grad for part in parameters], begun]


def _beginning(parameters, given):
    """Return whether first weights are finite and not too large to learn from, and what was asked of them."""
    parts = [part.detach().clone() for part in parameters]
    known = [bool((part.abs() < 1000).all()) for part in parts]
    filters = given.get("filters")
    if filters is not None:
        known += [part for part in parts if part.shape == filters.shape]
        known += [any(part.shape == filters.shape[:1] and not part.any() for part in parts)]
    return known


def _set(parameters):
    """Give a network's parameters numbers that look like chance, the same for the same shapes and order."""
    import torch

    with torch.no_grad():
        for place, part in enumerate(parameters):
            numbers = torch.sin((2.0 + place) * torch.arange(1, part.numel() + 1) ** 1.5)
            part.copy_(numbers.reshape(part.shape) / max(1, part.shape[-1]) ** 0.5)


def _gradients(result, tensors):
    """Return the gradients of a result by tensors, as far as there are any."""
    import torch

    if not (isinstance(result, torch.Tensor) and result.requires_grad):
        return ["no gradient"]
    weights = torch.cos(torch.arange(result.numel(), dtype=result.dtype)).reshape(result.shape)
    wanted = [tensor for tensor in tensors if tensor.requires_grad]
    found = torch.autograd.grad((result * weights).sum(), wanted, allow_unused=True)
    return ["none" if gradient is None else gradient for gradient in found]


def _plain(value):
    """Return a result as arrays in lists and dicts."""
    if hasattr(value, "detach"):
        return value.detach().cpu().numpy().copy()
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        try:
            return np.array([np.asarray(_plain(item), float) for item in value])
        except (TypeError, ValueError):
            return [_plain(item) for item in value]
    return value


def _is_same(before, after):
    if isinstance(before, np.random.Generator):  # it is there to be used
        return True
    return np.array_equal(before, after, equal_nan=np.asarray(before).dtype.kind == "f")
