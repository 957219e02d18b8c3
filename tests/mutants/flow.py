"""Operators on statements: branches, loops that stop early, assignments left out, order of results."""

import ast

from tests.mutants.operator import SIGNS, Change, Operator, arguments_of, with_body
from tests.mutants.trees import text


def branch(node, setting):
    if isinstance(node, ast.If):
        yield text(node.body)
        yield text(node.orelse)
    if isinstance(node, ast.While):
        yield f"if {text(node.test)}:\n{_indented(node.body)}"


def loop(node, setting):
    """Leave out rounds of a loop, or go through it backwards."""
    if not isinstance(node, ast.For | ast.comprehension):
        return
    items = text(node.iter)
    for part in ("[:-1]", "[1:]", "[:2]", "[:10]", "[::-1]", "[::2]"):
        shown = f"list({items}){part}"
        if isinstance(node, ast.For):
            yield f"for {text(node.target)} in {shown}:\n{_indented(node.body)}{_else(node)}"
        else:
            conditions = "".join(f" if {text(c)}" for c in node.ifs)
            yield f"for {text(node.target)} in {shown}{conditions}"


def filter_dropped(node, setting):
    if isinstance(node, ast.comprehension) and node.ifs:
        yield f"for {text(node.target)} in {text(node.iter)}"


def early_stop(node, setting):
    """Leave a loop once what it keeps changes by little."""
    if isinstance(node, ast.For | ast.While):
        for last, before, condition in dict.fromkeys(_kept(node)):
            for little in ("0.001", "1e-06"):
                check = f"if {condition} and abs({last} - {before}) < {little}:\n    break"
                head = text(node).partition(":\n")[0]
                yield f"{head}:\n{_indented([*node.body, *ast.parse(check).body])}{_else(node)}"


def best_instead_of_last(node, setting):
    """Return what went with the lowest value that a loop kept, in the place of what came last."""
    last = node.body[-1] if isinstance(node, ast.FunctionDef) else None
    if not isinstance(last, ast.Return) or not isinstance(last.value, ast.Tuple):
        return
    returned = {part.id for part in last.value.elts if isinstance(part, ast.Name)}
    for place, each in enumerate(node.body):
        if isinstance(each, ast.For):
            for name in sorted(returned & _assigned(each)):
                for value, *_ in dict.fromkeys(_kept(each)):
                    body = [*node.body[:place], *_remembering(each, name, value), _returning_best(last, name)]
                    yield Change(with_body(node, body), f"the best {name}")


def _kept(loop):
    """Yield what a loop appends to a list or puts into an array: the last, the one before, if there is."""
    for inner in (each for statement in loop.body for each in ast.walk(statement)):
        if isinstance(inner, ast.Call) and text(inner.func).endswith(".append"):
            kept = text(inner.func.value)
            yield f"{kept}[-1]", f"{kept}[-2]", f"len({kept}) > 1 and np.ndim({kept}[-1]) == 0"
        stored = isinstance(inner, ast.Subscript) and isinstance(inner.ctx, ast.Store)
        if stored and isinstance(loop, ast.For) and text(inner.slice) == text(loop.target):
            yield text(inner), f"{text(inner.value)}[{text(inner.slice)} - 1]", text(inner.slice)


def _assigned(loop):
    targets = [each.targets[0] for each in loop.body if isinstance(each, ast.Assign)]
    return {target.id for target in targets if isinstance(target, ast.Name)}


def _remembering(loop, name, value):
    """Return a loop that remembers what `name` was when `value` was lowest, and the line before it."""
    check = ast.parse(f"if {value} <= lowest:\n    lowest, best = {value}, {name}").body
    begun = ast.parse(f"lowest, best = np.inf, {name}").body
    return [*begun, ast.For(loop.target, loop.iter, [*loop.body, *check], loop.orelse)]


def _returning_best(last, name):
    parts = ["best" if text(part) == name else text(part) for part in last.value.elts]
    return ast.parse(f"return {', '.join(parts)}").body[0]


def jump(node, setting):
    if isinstance(node, ast.Break | ast.Continue):
        yield "pass"
        yield "continue" if isinstance(node, ast.Break) else "break"


def statement(node, setting):
    """Leave out a statement whose names are bound without it, or the block around others."""
    if isinstance(node, ast.With):
        yield text(node.body)
    if isinstance(node, ast.Raise | ast.Assert | ast.AugAssign) or (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and "print" not in text(node)
    ):
        yield ""
    if isinstance(node, ast.Assign) and (
        isinstance(node.targets[0], ast.Subscript | ast.Attribute) or _is_bound_before(node, setting)
    ):
        yield ""


def _is_bound_before(node, setting):
    """Return whether the name that a statement binds is an argument, or was bound further up."""
    function, name = setting.function(node), text(node.targets[0])
    if function is None:
        return False
    stored = (
        each.lineno
        for each in ast.walk(function)
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store) and each.id == name
    )
    return name in arguments_of(function) or any(line < node.lineno for line in stored)


def in_place(node, setting):
    """Change a value where it is, in the place of making a new one."""
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        value, name = node.value, node.targets[0].id
        if isinstance(value, ast.BinOp) and text(value.left) == name and type(value.op) in SIGNS:
            yield f"{name} {SIGNS[type(value.op)]}= {text(value.right)}"


def result_order(node, setting):
    """Return results in another order, one of them twice, or one too few."""
    if isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple | ast.List):
        parts = [text(part) for part in node.value.elts]
        for i in range(len(parts) - 1):
            yield f"return {', '.join([*parts[:i], parts[i + 1], parts[i], *parts[i + 2 :]])}"
            yield f"return {', '.join([*parts[: i + 1], parts[i], *parts[i + 2 :]])}"
        yield f"return ({', '.join(parts[:-1])},)"


def _indented(statements):
    return "\n".join("    " + line for line in text(statements).splitlines())


def _else(node):
    return f"\nelse:\n{_indented(node.orelse)}" if node.orelse else ""


_DESCENT = """def f(k, n):
    NLL = []
    for i in range(n):
        k = k - slope(k)
        NLL.append(loss(k))
    return k, NLL
"""
_BEST = """def f(k, n):
    NLL = []
    lowest, best = np.inf, k
    for i in range(n):
        k = k - slope(k)
        NLL.append(loss(k))
        if NLL[-1] <= lowest:
            lowest, best = NLL[-1], k
    return best, NLL
"""

OPERATORS = (
    Operator(branch, "if a:\n    b()", "b()"),
    Operator(loop, "for x in xs:\n    f(x)", "for x in list(xs)[:-1]:\n    f(x)"),
    Operator(filter_dropped, "[x for x in xs if x]", "[x for x in xs]"),
    Operator(
        early_stop,
        "for i in range(n):\n    x[i] = f(k)",
        "for i in range(n):\n    x[i] = f(k)\n    if i and abs(x[i] - x[i - 1]) < 1e-06:\n        break",
    ),
    Operator(best_instead_of_last, _DESCENT, _BEST),
    Operator(jump, "while a:\n    break", "while a:\n    continue"),
    Operator(statement, "x.sort()\nf(x)", "f(x)"),
    Operator(in_place, "k = k - s", "k -= s"),
    Operator(result_order, "def f():\n    return a, b", "def f():\n    return (b, a)"),
)
