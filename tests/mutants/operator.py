"""What an operator is: a small function that yields what could stand in the place of a node.

    def sign(node, setting):
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            yield text(node.operand)

It looks at one node of an answer in normal form and yields code, with a label where "this -> that" would not
tell what was changed. An operator stands in one table, with a piece of code and one of its mutants.
"""

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from tests.mutants.trees import parents, text
from tests.notebooks.promises import Promise


@dataclass(frozen=True)
class Change:
    """Code for the place of a node; the label says what was changed."""

    code: str
    label: str = ""


@dataclass(frozen=True)
class Setting:
    """What an operator may know beside the node: the whole answer, the promise, the notebook's names.

    `meanings` gives for an argument what the notebook has under another name, or the same. What is changed in
    arguments and results is independent of how a function works, and is so `as_a_whole` in one answer alone.
    """

    tree: ast.Module
    promise: Promise | None = None
    meanings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    as_a_whole: bool = True

    @cached_property
    def above(self):
        """The node above each node."""
        return parents(self.tree)

    def around(self, node, kind):
        """Return the nearest node of this kind around a node, or None."""
        while (node := self.above.get(node)) is not None and not isinstance(node, kind):
            pass
        return node

    def function(self, node):
        """Return the function around a node, or None."""
        return self.around(node, ast.FunctionDef)

    def is_asked_for(self, node):
        """Return whether a node is the function that the tests call, or a method of the class."""
        if not isinstance(node, ast.FunctionDef) or self.promise is None:
            return False
        above = self.above[node]
        if isinstance(above, ast.ClassDef):
            return self.promise.is_class and above.name == self.promise.name
        return isinstance(above, ast.Module) and node.name == self.promise.name

    @property
    def has_gradients(self):
        """Whether gradients of what it promises matter."""
        return self.promise is not None and self.promise.has_gradients


@dataclass(frozen=True)
class Operator:
    """An operator of the table; `before` and `after` are an example."""

    change: Callable[[ast.AST, Setting], Iterator[Any]]
    before: str
    after: str

    @property
    def name(self):
        """What it is called in names of mutants."""
        return self.change.__name__.replace("_", " ")

    def changes(self, node, setting):
        """Yield what could stand in the place of a node."""
        for found in self.change(node, setting):
            yield found if isinstance(found, Change) else Change(found)


SIGNS = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/",
    ast.FloorDiv: "//", ast.Mod: "%", ast.Pow: "**", ast.MatMult: "@",
}  # fmt: skip


def arguments_of(function):
    """Return the names of a function's arguments, `self` aside."""
    given = function.args
    names = [argument.arg for argument in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
    return [name for name in names if name != "self"]


def beginning_with(function, *lines):
    """Return the text of a function with lines at its beginning."""
    own = ast.parse("\n".join(lines)).body
    return with_body(function, [*own, *function.body])


def returning(function, template):
    """Return the text of a function in which a template, with `_` for the value, stands in each return."""

    class Returns(ast.NodeTransformer):
        def visit_FunctionDef(self, node):  # what another function returns stays
            return self.generic_visit(node) if node is top else node

        visit_Lambda = visit_AsyncFunctionDef = visit_FunctionDef

        def visit_Return(self, node):
            return ast.parse(f"return {template(node.value)}").body[0] if node.value else node

    top = ast.parse(text(function)).body[0]
    return ast.unparse(ast.fix_missing_locations(Returns().visit(top)))


def with_body(function, body):
    """Return the text of a function with other statements."""
    copied = ast.parse(text(function)).body[0]
    copied.body = body
    return ast.unparse(ast.fix_missing_locations(copied))


def called(node):
    """Return the dotted name of what a call calls, or an empty string."""
    return text(node.func) if isinstance(node, ast.Call) else ""


def last_name(node):
    """Return the last part of the name of what a call calls: of `np.sum(x)` and `x.sum()` it is `sum`."""
    return called(node).rpartition(".")[2] if isinstance(node, ast.Call) else ""


def with_func(node, name):
    """Return the text of a call with another function; a method stays one of its object."""
    if isinstance(node.func, ast.Attribute):
        name = f"{text(node.func.value)}.{name}"
    return f"{name}({inside(node)})"


def inside(node, *, without=None, args=None):
    """Return what stands between the parentheses of a call, perhaps without one of its keywords."""
    places = [text(arg) for arg in (node.args if args is None else args)]
    kept = [keyword for keyword in node.keywords if keyword is not without]
    return ", ".join(
        [*places, *(f"{k.arg}={text(k.value)}" if k.arg else f"**{text(k.value)}" for k in kept)]
    )


MODULES = ("np", "numpy", "torch", "nn", "math", "scipy", "hmm", "decoding", "random", "signal", "itertools")


def is_of_module(node):
    """Return whether a call is of a function in a module, as `np.sum(x)`, and not of an object's method."""
    func = node.func
    while isinstance(func, ast.Attribute):
        func = func.value
    return isinstance(func, ast.Name) and func.id in MODULES
