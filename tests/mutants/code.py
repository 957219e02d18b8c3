"""Operators on expressions of Python itself: arithmetic, comparisons, conditions, constants, indices."""

import ast

from tests.mutants.operator import SIGNS, Operator, arguments_of
from tests.mutants.trees import text

_ARITHMETIC = {
    ast.Add: ["-"],
    ast.Sub: ["+"],
    ast.Mult: ["/", "+"],
    ast.Div: ["*", "-"],
    ast.FloorDiv: ["/", "*"],
    ast.Mod: ["//"],
    ast.Pow: ["*"],
    ast.MatMult: ["*"],
}
_COMPARISONS = {
    ast.Lt: ["<=", ">"], ast.LtE: ["<", ">"], ast.Gt: [">=", "<"], ast.GtE: [">", "<"],
    ast.Eq: ["!="], ast.NotEq: ["=="], ast.Is: ["is not"], ast.IsNot: ["is"],
    ast.In: ["not in"], ast.NotIn: ["in"],
}  # fmt: skip
_ORDERED = (ast.Sub, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.MatMult)


def arithmetic(node, setting):
    if isinstance(node, ast.BinOp) and not _is_text(node):
        for sign in _ARITHMETIC.get(type(node.op), []):
            yield f"({text(node.left)}) {sign} ({text(node.right)})"
    if isinstance(node, ast.AugAssign):
        for sign in _ARITHMETIC.get(type(node.op), []):
            yield f"{text(node.target)} {sign}= {text(node.value)}"


def dropped_term(node, setting):
    if isinstance(node, ast.BinOp) and not _is_text(node):
        yield text(node.left)
        yield text(node.right)
    if isinstance(node, ast.AugAssign):
        yield f"{text(node.target)} = {text(node.value)}"
    if isinstance(node, ast.BoolOp):
        yield from (text(value) for value in node.values)


def swapped_terms(node, setting):
    if isinstance(node, ast.BinOp) and isinstance(node.op, _ORDERED) and not _is_text(node):
        yield f"({text(node.right)}) {SIGNS[type(node.op)]} ({text(node.left)})"


def sign(node, setting):
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.Not | ast.Invert):
        yield text(node.operand)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Div | ast.MatMult):
        yield f"-({text(node)})"


def comparison(node, setting):
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        for sign in _COMPARISONS[type(node.ops[0])]:
            yield f"({text(node.left)}) {sign} ({text(node.comparators[0])})"


def condition(node, setting):
    if isinstance(node, ast.BoolOp):
        yield (" or " if isinstance(node.op, ast.And) else " and ").join(f"({text(v)})" for v in node.values)
    if isinstance(node, ast.IfExp):
        yield text(node.body)
        yield text(node.orelse)
        yield f"{text(node.orelse)} if {text(node.test)} else {text(node.body)}"
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield str(not node.value)


def constant(node, setting):
    if not isinstance(node, ast.Constant) or isinstance(node.value, bool):
        return
    if isinstance(node.value, int):
        yield from (str(other) for other in (node.value + 1, node.value - 1))
    elif isinstance(node.value, float):
        others = (node.value * 10, node.value / 10, node.value * 1.1, 0.0) if node.value else (1.0,)
        yield from map(repr, others)


def word(node, setting):
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield from (repr(other) for other in _WORDS.get(node.value, ()))


_WORDS = {
    "sum": ("mean", "none"), "mean": ("sum", "none"), "left": ("right",), "right": ("left",),
    "full": ("same", "valid"), "same": ("valid",), "sqeuclidean": ("euclidean", "cityblock"),
    "ordinal": ("average", "min"), "L-BFGS-B": ("Nelder-Mead",), "BFGS": ("Nelder-Mead",),
}  # fmt: skip


def slice_bound(node, setting):
    """Begin or end a slice at another place."""
    if not isinstance(node, ast.Subscript):
        return
    parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    for place, part in enumerate(parts):
        for other in _other_bounds(part) if isinstance(part, ast.Slice) and text(part) != ":" else ():
            written = [*map(text, parts[:place]), other, *map(text, parts[place + 1 :])]
            yield f"{text(node.value)}[{', '.join(written)}]"


def _other_bounds(part):
    lower, upper, step = (text(bound) if bound else "" for bound in (part.lower, part.upper, part.step))
    yield f"{lower}:{'' if upper else '-1'}:{step}"
    yield f"{'' if lower else '1'}:{upper}:{step}"
    if step:
        yield f"{lower}:{upper}"


def axis_order(node, setting):
    """Exchange neighbours in an index of several parts, such as `x[:, None]`."""
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Tuple):
        parts = node.slice.elts
        for i in range(len(parts) - 1):
            swapped = [*parts[:i], parts[i + 1], parts[i], *parts[i + 2 :]]
            if text(parts[i]) != text(parts[i + 1]):
                yield f"{text(node.value)}[{', '.join(map(text, swapped))}]"


def other_argument(node, setting):
    """Use another argument of the function."""
    if not isinstance(node, ast.Name) or not isinstance(node.ctx, ast.Load):
        return
    function = node
    while (function := setting.function(function)) is not None:
        names = arguments_of(function)
        if node.id in names:
            yield from (name for name in names if name != node.id)
            return


def default(node, setting):
    """Give an argument another default."""
    if isinstance(node, ast.Constant) and isinstance(setting.above.get(node), ast.arguments):
        if node.value is None:
            yield "0"
        elif isinstance(node.value, int | float) and not isinstance(node.value, bool):
            yield repr(2 * node.value + 1)


def _is_text(node):
    """Return whether an operation joins or fills in text, or repeats a list."""
    parts = (node.left, node.right)
    return any(
        isinstance(part, ast.JoinedStr | ast.List)
        or (isinstance(part, ast.Constant) and isinstance(part.value, str))
        for part in parts
    )


OPERATORS = (
    Operator(arithmetic, "x + y", "x - y"),
    Operator(dropped_term, "np.exp(z) - y", "np.exp(z)"),
    Operator(swapped_terms, "a @ b", "b @ a"),
    Operator(sign, "-x", "x"),
    Operator(comparison, "x >= 0.5", "x > 0.5"),
    Operator(condition, "a and b", "a or b"),
    Operator(constant, "x[0]", "x[1]"),
    Operator(word, "f(x, reduction='mean')", "f(x, reduction='sum')"),
    Operator(slice_bound, "x[:, :n]", "x[:, 1:n]"),
    Operator(axis_order, "x[:, None]", "x[None, :]"),
    Operator(other_argument, "def f(x, y):\n    return x + y", "def f(x, y):\n    return y + y"),
    Operator(default, "def f(x, d=25):\n    return x", "def f(x, d=51):\n    return x"),
)
