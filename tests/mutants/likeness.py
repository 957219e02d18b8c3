"""Whether an answer does the same as right ones on data beyond the tests'; runs in the student process.

    promise ─▶ cases: sizes, whole numbers, large and tiny values, zeros, defaults, … ─▶ a call of each answer
      ─▶ results, gradients, and what became of the arguments ─▶ how they differ, or that they do not

`comparison` sends the text of this module there and asks for one case after the other. Where no case tells a
mutant from a right answer, tests need not either.
"""

import copy
import itertools

import numpy as np

RTOL, ATOL, _SINGLE = 1e-6, 1e-8, 1e-3
# Each style is a word on values and how the sizes of dimensions are drawn.
STYLES = (
    ("ordinary", (3, 5)), ("again", (3, 5)), ("other sizes", (4, 2)), ("square", (4, 4)), ("one", (1, 1)),
    ("long", (130, 3)), ("wide", (3, 130)), ("more columns", (8, 20)), ("more rows", (20, 8)),
    ("whole", (6, 3)), ("right angles", (9, 3)), ("float counts", (7, 2)), ("large", (5, 3)),
    ("huge", (9, 3)), ("huge again", (12, 2)), ("tiny", (5, 3)), ("zeros", (5, 3)), ("nothing", (5, 4)),
    ("without", (40, 3)), ("defaults", (40, 3)), ("many", (12, 6)), ("single", (5, 3)),
)  # fmt: skip
_SCALES = {"large": 10.0, "huge": 300.0, "huge again": 300.0, "tiny": 1e-3, "nothing": 0.0}
_LEFT_OUT = {"without": ("None",)}


def n_cases(spec):
    """Return in how many cases an exercise can be compared."""
    return len(STYLES) if spec["name"] else 1


def differences(case, mutant, right, spec):
    """Return how a mutant differs from each right answer in a case, in words; None where they say nothing.

    `mutant` and `right` are the names of notebooks in which an answer was run, one and several. `spec` has
    the name of what is asked for, its arguments as dicts, and whether it is a class.
    """
    if not spec["name"]:
        return [_difference_of_names(mutant, names, spec["bound"]) for names in right]
    style, sizes = STYLES[case]
    given = _arguments(style, sizes, spec)
    results = [_seen(names[spec["name"]], given, spec) for names in right]
    if any("raised" in found for found in results):
        return None
    seen = _seen(mutant[spec["name"]], given, spec)
    rtol = _SINGLE if style == "single" else RTOL
    found = [_differs(result, seen, rtol) for result in results]
    return [f"{style}, {_described(given)}: {where}" if where else "" for where in found]


def _difference_of_names(mutant, right, bound):
    for name in bound:
        if where := _differs({"value": right[name]}, {"value": mutant.get(name)}):
            return f"{name}: {where}"
    return ""


def _arguments(style, sizes, spec):
    """Return arguments by name, the same each time for a style."""
    rng = np.random.default_rng([11, *style.encode()])
    numbers = {a["name"]: _whole(a["name"], style, rng) for a in spec["arguments"] if a["kind"] == "int"}
    free = itertools.cycle(sizes)
    dimensions = dict(numbers)
    given = {}
    for argument in spec["arguments"]:
        for name in argument["shape"] or ():
            if name.isidentifier():
                dimensions.setdefault(name, next(free))
    for argument in spec["arguments"]:
        default = argument["default"]
        if not (default and (style == "defaults" or default in _LEFT_OUT.get(style, ()))):
            given[argument["name"]] = _value(argument, style, dimensions, rng)
    return given


def _whole(name, style, rng):
    """Return a number for an argument that counts something."""
    if name == "seed":
        return int(rng.integers(1, 99))
    if name in ("K", "b", "c_in", "c_out"):
        return {"K": 3, "b": 4 * 6, "c_in": int(rng.integers(1, 3)), "c_out": int(rng.integers(2, 5))}[name]
    return 1 if style == "one" else int(rng.integers(2, 5)) * (4 if style in ("long", "wide", "many") else 1)


def _value(argument, style, dimensions, rng):
    kind = argument["kind"]
    if kind == "int":
        return dimensions[argument["name"]]
    if kind == "float":
        return float(10 ** rng.uniform(-2.5, -0.5)) * (30 if argument["name"] == "sigma" else 1)
    if kind == "rng":
        return int(rng.integers(99)) if style in ("ordinary", "one", "square") else np.random.default_rng(7)
    shape = argument["shape"]
    if shape is None:
        shape = ((), (4,), (2, 3))[int(rng.integers(3))]
    else:
        shape = tuple(eval(name, {}, dict(dimensions)) for name in shape)
    if kind == "tensor":
        import torch

        if argument["whole"]:
            return torch.as_tensor(rng.integers(0, dimensions.get("n_classes", 2), shape))
        return torch.tensor(_array(argument, shape, style, rng), dtype=torch.float32)
    array = _array(argument, shape, style, rng)
    return np.float32(array) if style == "single" and array.dtype.kind == "f" else array


def _array(argument, shape, style, rng):
    """Return an array of this shape, within the range that the argument has."""
    kind = argument["range"]
    if kind == "counts" or (argument["whole"] and kind != "labels"):
        counts = rng.poisson(1.5, shape) + (style == "one")
        return counts.astype(float) if style == "float counts" else counts
    if kind == "labels":
        return rng.permutation(np.arange(int(np.prod(shape))) % 2).reshape(shape)
    if kind == "probabilities" and shape:
        return _probabilities(shape, style, rng)
    if kind == "rates":
        return rng.uniform(0.5, 30, shape)
    values = rng.normal(size=shape) * _SCALES.get(style, 1.0)
    if style == "zeros":
        values = np.where(rng.random(shape) < 0.5, 0.0, values)
    if style == "right angles":
        return 90.0 * np.round(2 * values)
    return np.round(1.5 * values).astype(int) if style == "whole" else values


def _probabilities(shape, style, rng):
    n_last = 2 if len(shape) == 4 else 1  # pairs of states have a probability together
    drawn = rng.dirichlet(np.ones(int(np.prod(shape[-n_last:]))), shape[:-n_last]).reshape(shape)
    if style == "zeros" and shape[-1] > 1:
        drawn[..., 0] = 0
        drawn /= drawn.sum(axis=tuple(range(-n_last, 0)), keepdims=True)
    return drawn


def _seen(function, given, spec):
    """Return what a call gives, what it leaves of its arguments, and that it raised an error, if so."""
    given = copy.deepcopy(given)
    before = copy.deepcopy(given)
    np.random.seed(5)
    try:
        with np.errstate(all="ignore"):
            result = _plain(_used(function, given, spec))
    except Exception as error:
        return {"raised": f"{type(error).__name__}: {error}"[:200]}
    changed = [name for name in given if _differs({"v": _plain(before[name])}, {"v": _plain(given[name])})]
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
    result = function(**given)
    if isinstance(result, torch.Tensor):
        return [result, _gradients(result, tensors)]
    _, loss = result
    scores = torch.randn(5, 20, requires_grad=True)
    value = loss(torch.log_softmax(scores, 1), torch.tensor([0, 19, 3, 3, 7]))
    return [_behaviour(lambda: function(**given)[0], given), value, _gradients(value, [scores])]


def _behaviour(make, given):
    """Return weights, outputs and gradients of a network, and whether a second one shares weights with it."""
    import torch

    net = make()
    parameters = list(net.parameters())
    begun = [part.detach().clone() for part in parameters]
    pictures = (given.get("c_in", 1), *((4, 6) if "b" in given else (12, 16)))
    size = (given["n_inputs"],) if "n_inputs" in given else pictures
    seen = []
    for scale in (1.0, 300.0):
        torch.manual_seed(6)
        output = net(scale * torch.randn(5, *size))
        seen += [output, _gradients(output, parameters)]
    shared = [any(part is other for other in make().parameters()) for part in parameters]
    return [*seen, shared, [part.requires_grad for part in parameters], begun]


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


def _differs(right, mutant, rtol=RTOL):
    """Return in words what of two things is not alike, or an empty string."""
    if isinstance(right, dict) and isinstance(mutant, dict):
        if right.keys() != mutant.keys():
            return f"{_brief(right)} against {_brief(mutant)}"
        return next((where for key in right if (where := _differs(right[key], mutant[key], rtol))), "")
    if isinstance(right, list) and isinstance(mutant, list):
        if len(right) != len(mutant):
            return f"{_brief(right)} against {_brief(mutant)}"
        return next(
            (where for pair in zip(right, mutant, strict=True) if (where := _differs(*pair, rtol))), ""
        )
    return "" if _alike(right, mutant, rtol) else f"{_brief(right)} against {_brief(mutant)}"


def _alike(right, mutant, rtol):
    try:
        one, other = np.asarray(right), np.asarray(mutant)
        if one.dtype.kind in "USO" or other.dtype.kind in "USO":
            return bool(np.all(one == other))
        scale = np.max(np.abs(one[np.isfinite(one)]), initial=0)
        return one.shape == other.shape and np.allclose(
            one.astype(float), other.astype(float), rtol=rtol, atol=ATOL * (1 + scale), equal_nan=True
        )
    except (TypeError, ValueError):
        return False


def _brief(value):
    return " ".join(str(value).split())[:150]


def _described(given):
    sizes = (f"{name} {v.shape if hasattr(v, 'shape') else v}" for name, v in given.items())
    return ", ".join(sizes)[:200]
