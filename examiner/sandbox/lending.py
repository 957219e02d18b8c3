"""Lends stand-ins that are no secret: their text goes to the student process, which runs them itself.

    @checks.known def right_gradient ─▶ text of it and of what it uses ═▶ a function beside the student's code

A loop of a student's that calls a stand-in would otherwise cross the wire at each step. What is lent can be
read by the student's code, and kept in a file for a later test. So three things hold:

- A test's author marks what may be known: the reference of an earlier exercise whose formula the notebook's
  text gives. It may use modules and other marked references, and nothing else of the test.
- A test that lends runs after every test that does not, and after the lending tests above it (`in_order`).
  By then the exercises that it answers have been tested, and what is read there comes too late for them.
- Results are judged by references that stay here. A stand-in that counts its calls, or looks at its
  arguments, is not marked, so it stays here, too.
"""

from __future__ import annotations

import ast
import builtins
import functools
from collections.abc import Iterable, Mapping
from types import FunctionType
from typing import Any

from examiner.errors import GraderAtFault

_MARK = "known"
_NOT_KNOWN = (
    "The reference `{name}` of a test is marked as known, but uses `{used}`, which is neither a module nor "
    "marked. This is the course's fault: mark `{used}`, too, or take the mark from `{name}`."
)


def in_order(sources: Mapping[str, str]) -> list[str]:
    """Return the names of tests in the order in which they may run: those that lend are the last."""
    lend = [name for name, source in sources.items() if lent_texts(source)]
    others = [name for name in sources if name not in lend]
    return [*others, *lend]


def as_lent(value: Any, texts: Mapping[str, str]) -> dict[str, Any] | None:
    """Return the node by which a test's function is lent, or None if it is not one of these."""
    if type(value) is FunctionType and getattr(value, "is_known", False) and value.__name__ in texts:
        return {"source": texts[value.__name__], "name": value.__name__}
    return None


@functools.lru_cache(maxsize=1000)
def lent_texts(source: str) -> dict[str, str]:
    """Return for each function that a test marks as known a text that defines it and all that it uses."""
    if _MARK not in source:
        return {}
    tree = ast.parse(source)
    marked = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef) and _is_marked(node)}
    defined = [node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    known = {name: node for name, node in marked.items() if defined.count(name) == 1}
    imports = {_bound(alias): node for node in tree.body for alias in _aliases(node)}
    return {name: _text(name, known, imports) for name in known}


def _is_marked(node: ast.FunctionDef) -> bool:
    return any(ast.unparse(decorator) == f"checks.{_MARK}" for decorator in node.decorator_list)


def _aliases(node: ast.stmt) -> list[ast.alias]:
    return node.names if isinstance(node, ast.Import | ast.ImportFrom) else []


def _bound(alias: ast.alias) -> str:
    return alias.asname or alias.name.partition(".")[0]


def _text(name: str, known: Mapping[str, ast.FunctionDef], imports: Mapping[str, ast.stmt]) -> str:
    """Return the text of a function with the functions that it takes, and with imports, these first."""
    waiting, functions, modules = [name], dict[str, str](), dict[str, str]()
    while waiting:
        function = waiting.pop()
        if function in functions:
            continue
        functions[function] = _without_mark(known[function])
        for used in _taken_from_outside(known[function]):
            if used in known:
                waiting.append(used)
            elif used in imports:
                modules[used] = ast.unparse(imports[used])
            else:
                raise GraderAtFault(_NOT_KNOWN.format(name=function, used=used))
    return "\n".join([*modules.values(), *functions.values()])


def _taken_from_outside(function: ast.FunctionDef) -> Iterable[str]:
    names = [node for node in ast.walk(function) if isinstance(node, ast.Name)]
    inside = {node.id for node in names if not isinstance(node.ctx, ast.Load)}
    inside |= {node.arg for node in ast.walk(function) if isinstance(node, ast.arg)}
    marks = {id(name) for mark in function.decorator_list for name in ast.walk(mark)}
    loaded = {node.id for node in names if isinstance(node.ctx, ast.Load) and id(node) not in marks}
    return sorted(loaded - inside - set(dir(builtins)))


def _without_mark(function: ast.FunctionDef) -> str:
    """Return what a function does, without comments, docstring and mark."""
    body = function.body[1:] if ast.get_docstring(function) and len(function.body) > 1 else function.body
    plain = ast.FunctionDef(function.name, function.args, body, [], None, None)
    return ast.unparse(ast.fix_missing_locations(ast.copy_location(plain, function)))
