"""What a dress is, and how one is put on an answer: by a decorator before its function, or by other text."""

import ast
from collections.abc import Callable
from dataclasses import dataclass

from tests.notebooks.promises import Promise


@dataclass(frozen=True)
class Dress:
    """A form in which a right answer may come.

    `fits` says whether there is anything to dress, by what the docstring promises; `put_on` returns the
    sources of the cells that are the dressed answer. `shows` says whether what the function gives back is
    another thing than before, so that the cells below can tell.
    """

    name: str
    fits: Callable[[Promise | None], bool]
    put_on: Callable[[str, Promise | None], tuple[str, ...]]
    shows: bool = False
    needs: str = ""  # a package


def decorated(source, promise, prelude):
    """Return an answer whose function is decorated with `_dressed`, which the prelude defines."""
    tree = ast.parse(source)
    functions = [node for node in tree.body if getattr(node, "name", "") == promise.name]
    functions[-1].decorator_list.insert(0, ast.Name("_dressed", ast.Load()))
    return (f"{prelude.strip()}\n\n{ast.unparse(ast.fix_missing_locations(tree))}",)


# An answer that calls itself is dressed once, on the outside.
_OUTSIDE = """
import functools


def _dressed(function):
    inside = []

    @functools.wraps(function)
    def dressed(*args, **kwargs):
        if inside:
            return function(*args, **kwargs)
        inside.append(True)
        try:
            {call}
        finally:
            inside.clear()

    return dressed
"""


def around(call):
    """Return a prelude in which a call of the dressed function does this, but not when it calls itself."""
    return _OUTSIDE.format(call=call)
