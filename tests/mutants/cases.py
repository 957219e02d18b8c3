"""Cases on which answers are compared: arguments beyond those of the tests, within what a docstring promises.

It runs in the student process, and imports nothing of the course.
"""

import itertools

import numpy as np

# Each style is a word on values and how the sizes of dimensions are drawn.
STYLES = (
    ("ordinary", (3, 5)), ("again", (3, 5)), ("other sizes", (4, 2)), ("square", (4, 4)), ("one", (1, 1)),
    ("long", (130, 3)), ("long again", (130, 3)), ("longer", (300, 2)),
    ("wide", (3, 130)), ("wide again", (3, 130)), ("wider", (2, 300)),
    ("more columns", (8, 20)), ("more rows", (20, 8)), ("many", (12, 6)),
    ("whole", (6, 3)), ("long whole", (150, 3)), ("right angles", (9, 3)), ("float counts", (7, 2)),
    ("long float counts", (90, 4)), ("moderate", (6, 3)), ("large", (5, 3)), ("long large", (60, 3)),
    ("huge", (9, 3)), ("huge again", (12, 2)), ("tiny", (5, 3)), ("zeros", (5, 3)), ("nothing", (5, 4)),
    ("driven", (200, 3)), ("without", (40, 3)), ("defaults", (40, 3)), ("single", (5, 3)),
    ("long single", (80, 3)),
)  # fmt: skip
_SCALES = {
    "moderate": 4.0, "large": 10.0, "long large": 10.0, "huge": 300.0, "huge again": 300.0,
    "tiny": 1e-3, "nothing": 0.0,
}  # fmt: skip
_LEFT_OUT = {"without": ("None",)}
_AT_MOST = {"K": 4, "C": 5, "k": 4}  # of states, cells and centres there are few


def arguments(style, sizes, spec):
    """Return arguments by name, the same each time for a style."""
    rng = np.random.default_rng([11, *style.encode()])
    numbers = {a["name"]: _whole(a["name"], style, rng) for a in spec["arguments"] if a["kind"] == "int"}
    free = itertools.cycle(sizes)
    dimensions = dict(numbers)
    given = {}
    for argument in spec["arguments"]:
        for name in argument["shape"] or ():
            if name.isidentifier() and name not in dimensions:
                dimensions[name] = min(next(free), _AT_MOST.get(name, 999))
    fits, rows, columns = _fits(spec)
    if columns == "p":
        dimensions["p"] = min(dimensions["p"], 9)
    for name in rows:  # with few of them there is no one best fit
        dimensions[name] = max(dimensions[name], 20 * (dimensions[columns] + 1))
    for argument in spec["arguments"]:
        default = argument["default"]
        if not (default and (style == "defaults" or default in _LEFT_OUT.get(style, ()))):
            given[argument["name"]] = _value(argument, _tame(style) if fits else style, dimensions, rng)
    if style == "driven":
        given |= _driven(given, rng) | (_told(given, rng) if fits and columns == "p" else {})
    if {"gamma", "xi"} <= given.keys():  # they agree with one another
        given |= dict(zip(("gamma", "xi"), _beliefs(given["gamma"].shape, rng), strict=True))
    return given


def _driven(given, rng):
    """Return spikes that follow the stimulus: a linear model predicts fewer than none in some bins."""
    pairs = ((name, given.get(name.replace("spikes", "stim"))) for name in given if name.startswith("spikes"))
    return {name: rng.poisson(np.exp(1.2 * stim - 1)) for name, stim in pairs if stim is not None}


def _told(given, rng):
    """Return choices that small inputs tell of: the best weights are large, and some predictions are sure."""
    inputs = {name: value / 50 for name, value in given.items() if name in ("X", "X_new")}
    if not {"X", "y"} <= given.keys():
        return {}
    odds = 120 * inputs["X"].sum(axis=1)
    return inputs | {"y": (rng.random(len(odds)) < 1 / (1 + np.exp(-odds))).astype(int)}


def _fits(spec):
    """Return whether something is fitted whose parameters count, the sizes of its data, and that of a row.

    These are filters of d lags to spikes, or a decoder: its decisions, or its weights, of which `losses`
    says how good they are.
    """
    named = {argument["name"] for argument in spec["arguments"]}
    known = {name for argument in spec["arguments"] for name in argument["shape"] or ()}
    if "d" in named and any(argument["range"] == "counts" for argument in spec["arguments"]):
        return True, sorted({"T", "T2"} & known), "d"
    if {"X_train", "y_train"} <= named or named - {"X_new"} == {"X", "y"}:
        return True, ["n"], "p"
    return False, [], ""


def _tame(style):
    """Return a style of values of common size: to others no optimiser fits an exponential well."""
    return (
        "ordinary"
        if style.startswith(("huge", "large", "long large", "right angles", "nothing", "moderate", "tiny"))
        else style
    )


def _beliefs(shape, rng):
    """Return beliefs about states and about pairs of states, as an E step would give them."""
    n_trials, n_bins, n_states = shape
    beliefs, pairs = [rng.dirichlet(np.ones(n_states), n_trials)], []
    for _ in range(n_bins - 1):
        pairs.append(beliefs[-1][:, :, None] * rng.dirichlet(np.ones(n_states), (n_trials, n_states)))
        beliefs.append(pairs[-1].sum(axis=1))
    no_pairs = np.zeros((n_trials, 0, n_states, n_states))
    return np.stack(beliefs, axis=1), np.stack(pairs, axis=1) if pairs else no_pairs


def is_single(style):
    """Return whether numbers are in single precision."""
    return style.endswith("single")


def _whole(name, style, rng):
    """Return a number for an argument that counts something."""
    if name == "seed":
        return int(rng.integers(1, 99))
    if name in ("K", "b", "c_in", "c_out"):
        return {"K": 3, "b": 4 * 6, "c_in": int(rng.integers(1, 3)), "c_out": int(rng.integers(2, 5))}[name]
    many = 4 if style in ("long", "longer", "wide", "wider", "many") else 1
    return 1 if style == "one" else many * int(rng.integers(2, 5))


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
        values = torch.tensor(_array(argument, shape, style, rng), dtype=torch.float32)
        return torch.log_softmax(values, -1) if argument["range"] == "log-probabilities" else values
    array = _array(argument, shape, style, rng)
    return np.float32(array) if is_single(style) and array.dtype.kind == "f" else array


def _array(argument, shape, style, rng):
    """Return an array of this shape, within the range that the argument has."""
    kind = argument["range"]
    if kind == "counts" or (argument["whole"] and kind != "labels"):
        counts = rng.poisson(1.5, shape) + (style == "one")
        return counts.astype(float) if style.endswith("float counts") else counts
    if kind == "labels":
        return rng.permutation(np.arange(int(np.prod(shape))) % 2).reshape(shape)
    if kind == "probabilities" and shape:
        return _probabilities(shape, style, rng)
    if kind == "rates":
        return rng.uniform(0.5, 30, shape)
    values = rng.normal(size=shape) * _SCALES.get(style, 1.0)
    if kind == "with ones":
        values[:, 0] = 1
    if style == "zeros":
        values = np.where(rng.random(shape) < 0.5, 0.0, values)
    if style == "right angles":
        return 90.0 * np.round(2 * values)
    return np.round(1.5 * values).astype(int) if style.endswith("whole") else values


def _probabilities(shape, style, rng):
    n_last = 2 if len(shape) == 4 else 1  # pairs of states have a probability together
    drawn = rng.dirichlet(np.ones(int(np.prod(shape[-n_last:]))), shape[:-n_last]).reshape(shape)
    if style == "zeros" and shape[-1] > 1:
        drawn[..., 0] = 0
        drawn /= drawn.sum(axis=tuple(range(-n_last, 0)), keepdims=True)
    return drawn


def described(given):
    """Return in words what the arguments are."""
    sizes = (f"{name} {v.shape if hasattr(v, 'shape') else v}" for name, v in given.items())
    return ", ".join(sizes)[:200]
