"""Operators on arrays: axes, shared scales, dtypes, copies, remainders, random numbers."""

import ast
import re

from tests.mutants.operator import Operator, called, inside, last_name
from tests.mutants.trees import text

_REDUCTIONS = ("sum", "mean", "max", "min", "std", "var", "argmax", "argmin", "logsumexp")
_AXES = ("axis", "dim", "start_dim")
_FLOATS = {
    "float": ("int", "np.float16"), "np.float32": ("np.float16", "int"), "np.float64": ("np.float16", "int"),
    "torch.float32": ("torch.float16", "torch.int64"), "torch.float64": ("torch.float16", "torch.int64"),
    "int": ("bool",),
}  # fmt: skip
_MADE = ("zeros", "ones", "empty", "array", "asarray", "full")


def axis(node, setting):
    """Compute along another axis, or along all of them."""
    if not isinstance(node, ast.Call):
        return
    for keyword in node.keywords:
        if keyword.arg in _AXES:
            for other in ("0", "1", "-1", "2", "None"):
                if other != text(keyword.value):
                    rest = inside(node, without=keyword)
                    yield f"{text(node.func)}({rest}{', ' if rest else ''}{keyword.arg}={other})"


def scale_of_its_own(node, setting):
    """Compute along one axis what was computed over all: each row gets a scale of its own."""
    given = {keyword.arg for keyword in node.keywords} if isinstance(node, ast.Call) else set()
    if last_name(node) in _REDUCTIONS and not given & set(_AXES) and len(node.args) < 2:
        rest = inside(node)
        for option in ("axis=0", "axis=-1", "axis=-1, keepdims=True"):
            yield f"{text(node.func)}({rest}{', ' if rest else ''}{option})"


def shared_scale(node, setting):
    """Compute over all what was computed along one axis, in the same number of dimensions."""
    if isinstance(node, ast.Call) and last_name(node) in ("sum", "mean", "max", "min", "std"):
        for keyword in node.keywords:
            if keyword.arg in _AXES and "keepdim" not in text(node):
                yield f"{text(node)} * 0 + {text(node.func)}({inside(node, without=keyword)})"


def transposed(node, setting):
    if isinstance(node, ast.Attribute) and node.attr in ("T", "mT"):
        yield text(node.value)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
        yield f"np.transpose({text(node.left)}) @ ({text(node.right)})"
        yield f"({text(node.left)}) @ np.transpose({text(node.right)})"


def mean_of_products(node, setting):
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult) and not setting.has_gradients:
        yield f"np.mean(({text(node.left)}) * ({text(node.right)}), axis=-1)"


def dtype(node, setting):
    """Make integers or half precision of what was made as floats."""
    if isinstance(node, ast.Name | ast.Attribute):
        above = setting.above.get(node)
        is_argument = isinstance(above, ast.keyword) or (isinstance(above, ast.Call) and node in above.args)
        yield from _FLOATS.get(text(node), ()) if is_argument else ()
    makes = last_name(node) in _MADE and called(node).startswith("np.")
    if makes and "dtype" not in text(node) and len(node.args) == 1:
        yield f"{called(node)}({inside(node)}, dtype=int)"
        yield f"{called(node)}({inside(node)}, dtype=np.float16)"


def copy_slip(node, setting):
    """Work on the array itself where a copy was made."""
    if called(node) == "np.array":
        yield f"np.asarray({inside(node)})"
    if last_name(node) == "astype":
        yield f"{text(node.func)}({inside(node)}, copy=False)"


def uninitialised(node, setting):
    """Begin with other values than zeros."""
    if called(node) in ("np.zeros", "np.empty", "np.zeros_like", "torch.zeros"):
        yield f"({text(node)} + 0.5)"


def remainder_left_out(node, setting):
    """Leave out what does not fill a group."""
    if last_name(node) == "array_split" and len(node.args) == 2:
        items, number = map(text, node.args)
        yield f"np.split(({items})[:len({items}) // ({number}) * ({number})], {number})"
        yield f"np.split(({items})[len({items}) % ({number}):], {number})"


def not_sorted(node, setting):
    if last_name(node) == "argsort" and node.args:
        yield f"np.arange(len({text(node.args[0])}))"
        yield f"np.argsort(-({text(node.args[0])}))"
    if called(node) == "sorted":
        yield f"list({inside(node)})"


def seed(node, setting):
    """Draw from another source of random numbers than the one that is asked for."""
    if last_name(node) in ("default_rng", "RandomState", "Random", "manual_seed"):
        yield f"{called(node)}(0)"
        yield f"{called(node)}()"
    if isinstance(node, ast.Call):
        if re.fullmatch(r"(rng|generator)\.\w+", called(node)):
            yield f"np.random.default_rng().{last_name(node)}({inside(node)})"
            yield f"np.random.default_rng(0).{last_name(node)}({inside(node)})"
        for keyword in node.keywords:
            if keyword.arg == "random_state":
                for other in ("0", "None"):
                    yield f"{text(node.func)}({inside(node, without=keyword)}, random_state={other})"


def subscripts(node, setting):
    """Exchange the letters of the result in a formula of `einsum`."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and "->" in node.value:
        inputs, _, result = node.value.partition("->")
        first, _, rest = inputs.partition(",")
        yield repr(f"{inputs}->{result[::-1]}")
        yield repr(f"{first[::-1]},{rest}->{result}")


OPERATORS = (
    Operator(axis, "x.sum(axis=0)", "x.sum(axis=1)"),
    Operator(scale_of_its_own, "log_obs.max()", "log_obs.max(axis=-1, keepdims=True)"),
    Operator(shared_scale, "x.sum(axis=1)", "x.sum(axis=1) * 0 + x.sum()"),
    Operator(transposed, "X.T @ errors", "X @ errors"),
    Operator(mean_of_products, "z[1:] @ z[:-1]", "np.mean(z[1:] * z[:-1], axis=-1)"),
    Operator(dtype, "np.zeros(n)", "np.zeros(n, dtype=int)"),
    Operator(copy_slip, "np.array(init_guess, dtype=float)", "np.asarray(init_guess, dtype=float)"),
    Operator(uninitialised, "np.zeros(n)", "np.zeros(n) + 0.5"),
    Operator(
        remainder_left_out,
        "np.array_split(order, n_bins)",
        "np.split(order[:len(order) // n_bins * n_bins], n_bins)",
    ),
    Operator(not_sorted, "np.argsort(drive)", "np.arange(len(drive))"),
    Operator(seed, "np.random.default_rng(seed)", "np.random.default_rng(0)"),
    Operator(subscripts, "np.einsum('ntc,ntk->ck', a, b)", "np.einsum('ntc,ntk->kc', a, b)"),
)
