"""Operators on arguments: ignored, read from the notebook, distorted, cut off, changed in place.

They are independent of how a function works, and are tried on the solution alone.
"""

from tests.mutants.operator import Change, Operator, arguments_of, beginning_with

# What is done to an array, and the ranges of values in which it changes nothing.
_DISTORTIONS = (
    ("np.abs({0})", ("counts", "labels", "probabilities", "rates")),
    ("np.maximum({0}, 0)", ("counts", "labels", "probabilities", "rates")),
    ("np.round({0})", ("counts", "labels")),
    ("np.trunc({0}).astype(int)", ("counts", "labels")),
    ("np.clip({0}, -1, 1)", ("labels", "probabilities")),
    ("np.clip({0}, -3, 3)", ("labels", "probabilities")),
    ("np.asarray({0}) - np.mean({0})", ()),
    ("np.asarray({0}) / np.linalg.norm({0})", ()),
    ("np.asarray({0}) / np.max(np.abs({0}))", ()),
    ("np.asarray({0}) > 0", ("labels",)),
    ("np.asarray({0}) ** 2", ("labels",)),
    ("-np.asarray({0})", ()),
    ("np.asarray({0})[::-1]", ()),
    ("np.sort({0}, axis=0)", ()),
    ("np.float16({0})", ("counts", "labels")),
    ("np.roll({0}, 1, axis=0)", ()),
)
_NUMBERS = {
    "int": ("{0} + 1", "{0} - 1", "max({0}, 4)", "min({0}, 3)", "{0} // 2 * 2"),
    "float": ("2 * {0}", "-{0}", "{0} + 1e-3", "np.float16({0})", "round({0}, 2)"),
}
_FIXED = {"int": ("1", "2", "10"), "float": ("0", "1.0", "0.1"), "rng": ("0", "1")}


def global_argument(node, setting):
    """Read from the notebook what is given as an argument."""
    for value in _arguments(node, setting):
        for meant in setting.meanings.get(value.name, ()):
            meant = f"globals()[{meant!r}]" if meant == value.name else meant
            yield _set(node, value.name, meant)


def fixed_argument(node, setting):
    """Ignore an argument: use its default, a fixed number, or an array of ones or zeros."""
    for value in _arguments(node, setting):
        others = [*([value.default] if value.default else ()), *_FIXED.get(value.kind, ())]
        if value.kind in ("array", "number or array"):
            others += [f"np.ones_like({value.name})", f"np.zeros_like({value.name})"]
        elif value.kind == "tensor" and not value.whole and node.name != "forward":
            others += [f"torch.ones_like({value.name})", f"torch.zeros_like({value.name})"]
        for other in dict.fromkeys(others):
            yield _set(node, value.name, other)


def distorted_argument(node, setting):
    """Change the values of an argument before it is used."""
    for value in _arguments(node, setting):
        if value.kind in ("array", "number or array"):
            for change, in_vain in _DISTORTIONS:
                if value.range not in in_vain and not (value.kind != "array" and "axis" in change):
                    yield _set(node, value.name, change.format(value.name))
        for change in _NUMBERS.get(value.kind, ()):
            yield _set(node, value.name, change.format(value.name))


def part_of_an_argument(node, setting):
    """Use a part of the rows of all arguments that share a dimension, where the result does not have it."""
    promise = setting.promise
    if not setting.is_asked_for(node) or not setting.as_a_whole or promise.is_class:
        return
    first = {value.name: value.shape[0] for value in promise.arguments if value.shape}
    results = {name for value in promise.results for name in value.shape or ()}
    for dimension in dict.fromkeys(first.values()):
        names = [name for name, own in first.items() if own == dimension]
        for part in ("[:-1]", "[1:]", "[:2]", "[:len({0}) // 4 * 4]", "[::2]"):
            lines = [f"{name} = {name}{part.format(name)}" for name in names]
            if dimension not in results:
                yield Change(beginning_with(node, *lines), "; ".join(lines))


def blank_edge(node, setting):
    """Let the first or the last entries of an argument not count, along each of its axes."""
    for value in _arguments(node, setting):
        for axis in range(len(value.shape or ())) if value.kind == "array" else ():
            for edge in ("0", "-1"):
                index = ", ".join([":"] * axis + [edge])
                line = f"{value.name}[{index}] = 0"
                copied = f"{value.name} = np.array({value.name})"
                yield Change(beginning_with(node, copied, line), f"a copy with {line}")


def changed_in_place(node, setting):
    """Leave an argument changed, and work on a copy oneself: all of it, its end, or where its type allows."""
    for value in _arguments(node, setting):
        name = value.name
        is_tensor = value.kind == "tensor" and node.name != "forward"
        copied = f"{name}.clone()" if is_tensor else f"np.array({name})"
        wanted = "torch.Tensor" if is_tensor else "np.ndarray"
        first = f"given, {name} = {name}, {copied} if isinstance({name}, {wanted}) else {name}"
        for change in _IN_PLACE["tensor" if is_tensor else value.kind if value.kind == "array" else ""]:
            label = change.replace("given", name)
            yield Change(beginning_with(node, first, change), label)


_IN_PLACE = {
    "array": (
        "given[...] = given + 1",
        "given[-1:] = 0",
        "if given.dtype.kind == 'f': given /= given.sum()",
        "if given.dtype.kind == 'f': given -= given.mean()",
        "if given.dtype.kind in 'iu': given += 1",
    ),
    "tensor": ("given.data.mul_(0)", "given.data[-1] = 0"),
    "": (),
}


def one_kind_of_generator(node, setting):
    """Use the source of random numbers only where it is a seed, or only where it is a generator."""
    for value in _arguments(node, setting):
        if value.kind == "rng":
            yield _set(node, value.name, f"{value.name} if isinstance({value.name}, int) else 0")
            yield _set(node, value.name, f"0 if isinstance({value.name}, int) else {value.name}")


def _arguments(node, setting):
    """Return the arguments of the function that is asked for; none of any other node."""
    if not setting.as_a_whole or not setting.is_asked_for(node):
        return []
    return [setting.promise.argument(name) for name in arguments_of(node)]


def _set(function, name, other):
    return Change(beginning_with(function, f"{name} = {other}"), f"{name} = {other}")


_FUNCTION = '''def f(x, y, rng, d=3):
    """Do it.

    Parameters
    ----------
    x : array, shape (n, p)
        Images.
    y : array, shape (n,)
        Spike count of each.
    rng : int or numpy.random.Generator
        Seed.
    d : int
        Lags.

    Returns
    -------
    float
    """
    return x @ y
'''


def _with(*lines):
    return _FUNCTION, _FUNCTION.replace(
        "    return", "".join(f"    {line}\n" for line in lines) + "    return"
    )


OPERATORS = (
    Operator(global_argument, *_with("x = NS_images")),
    Operator(fixed_argument, *_with("d = 3")),
    Operator(distorted_argument, *_with("x = np.maximum(x, 0)")),
    Operator(part_of_an_argument, *_with("x = x[:-1]", "y = y[:-1]")),
    Operator(blank_edge, *_with("x = np.array(x)", "x[:, -1] = 0")),
    Operator(
        changed_in_place,
        *_with(
            "given, y = (y, np.array(y) if isinstance(y, np.ndarray) else y)",
            "if given.dtype.kind == 'f':",
            "    given /= given.sum()",
        ),
    ),
    Operator(one_kind_of_generator, *_with("rng = rng if isinstance(rng, int) else 0")),
)
