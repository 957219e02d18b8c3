"""Dresses of the text: in two cells, after a helper cell, arguments renamed, other ways to call."""

import ast
import functools

from tests.dresses.dress import Dress
from tests.mutants.operator import arguments_of


def _any(promise):
    return True


def _defines(promise):
    return promise is not None


def _is_function(promise):
    return promise is not None and not promise.is_class


def two_cells(source, promise):
    """Put the work into a function or class of another name, in a cell of its own."""
    tree = ast.parse(source)
    if promise is None:
        half = max(1, len(tree.body) // 2)
        return tuple(ast.unparse(part) for part in (tree.body[:half], tree.body[half:]) if part)
    place = next(i for i, node in enumerate(tree.body) if getattr(node, "name", "") == promise.name)
    node, before, after = tree.body[place], tree.body[:place], tree.body[place + 1 :]
    if promise.is_class:
        second = ast.parse(f"class {promise.name}(_Work):\n    pass").body
    else:
        names = ", ".join(arguments_of(node))
        second = ast.parse(ast.unparse(node).partition("\n")[0] + f"\n    return _work({names})").body
    node.name = "_Work" if promise.is_class else "_work"
    first = _renamed_calls([*before, node], promise.name, node.name)
    return ast.unparse(first), ast.unparse([*second, *after])


def _renamed_calls(statements, old, new):
    """Return statements in which a function that calls itself does so by its new name."""
    for node in (each for statement in statements for each in ast.walk(statement)):
        if isinstance(node, ast.Name) and node.id == old:
            node.id = new
    return statements


def helper_cell(source, promise):
    """Put imports and helper functions into a cell before, beside something that is tried out."""
    tree = ast.parse(source)
    own = [node for node in tree.body if getattr(node, "name", "") != getattr(promise, "name", "")]
    helpers = [node for node in own if isinstance(node, ast.FunctionDef | ast.Import | ast.ImportFrom)]
    rest = [node for node in tree.body if node not in helpers]
    return f"{_TRIED_OUT}\n{ast.unparse(helpers)}".strip(), ast.unparse(rest)


_TRIED_OUT = """import numpy as np

notes = [1, 2, 3]


def show_me(x):
    print(np.shape(x))


show_me(notes)
"""


def renamed_arguments(source, promise):
    """Call the arguments by other names in the body."""
    tree = ast.parse(source)
    function = [node for node in tree.body if getattr(node, "name", "") == promise.name][-1]
    names = {name: f"my_{name}" for name in arguments_of(function)}
    for node in (each for statement in function.body for each in ast.walk(statement)):
        if isinstance(node, ast.Name) and node.id in names:
            node.id = names[node.id]
    begin = ast.parse(f"{', '.join(names.values())}, = {', '.join(names)},").body
    function.body = [*begin, *function.body]
    return (ast.unparse(ast.fix_missing_locations(tree)),)


class _Calls(ast.NodeTransformer):
    """Rewrites the calls of some functions; `earlier` gives the names of each one's arguments."""

    def __init__(self, earlier, rewrite):
        self.earlier, self.rewrite = earlier, rewrite

    def visit_Call(self, node):
        self.generic_visit(node)
        names = self.earlier.get(ast.unparse(node.func))
        starred = any(isinstance(arg, ast.Starred) for arg in node.args)
        return node if names is None or starred else self.rewrite(node, names)


def _by_keyword(node, names):
    given = [ast.keyword(name, arg) for name, arg in zip(names, node.args, strict=False)]
    return ast.Call(node.func, [], [*given, *node.keywords])


def _by_place(node, names):
    given = dict(zip(names, node.args, strict=False)) | {k.arg: k.value for k in node.keywords}
    in_a_row = [name for name in names if name in given]
    if in_a_row != names[: len(in_a_row)]:
        return node
    return ast.Call(node.func, [given[name] for name in in_a_row], [])


def _with_lists(node, names):
    listed = [ast.parse(f"_listed({ast.unparse(arg)})", mode="eval").body for arg in node.args]
    keywords = [
        ast.keyword(k.arg, ast.parse(f"_listed({ast.unparse(k.value)})", mode="eval").body)
        for k in node.keywords
    ]
    return ast.Call(node.func, listed, keywords)


_LISTED = "def _listed(value):\n    return value.tolist() if isinstance(value, np.ndarray) else value\n\n\n"


def calls_of_earlier_functions(earlier):
    """Return dresses that call earlier exercises' functions otherwise; `earlier` has their arguments."""

    def put_on(source, promise, rewrite, prelude):
        tree = ast.parse(source)
        changed = ast.unparse(ast.fix_missing_locations(_Calls(earlier, rewrite).visit(tree)))
        return (prelude + changed if changed != ast.unparse(ast.parse(source)) else source,)

    ways = (
        ("earlier functions called by keyword", _by_keyword, ""),
        ("earlier functions called by place", _by_place, ""),
        ("earlier functions called with lists", _with_lists, _LISTED),
    )
    return tuple(
        Dress(name, _is_function, functools.partial(put_on, rewrite=rewrite, prelude=prelude))
        for name, rewrite, prelude in ways
    )


TEXTS = (
    Dress("two cells", _any, two_cells),
    Dress("helper cell", _any, helper_cell),
    Dress("arguments renamed in the body", _is_function, renamed_arguments),
)
