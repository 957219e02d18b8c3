"""What can be read off a cell's code without running it; a student's may be broken, or any text."""

from __future__ import annotations

import ast
import functools
import re
import warnings
from collections.abc import Iterator
from typing import TypeGuard

from IPython.core.inputtransformer2 import TransformerManager

DEFINITION = re.compile(r"^(?:async )?(?:def|class) (\w+)", re.MULTILINE)
_DEFINING = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
# Longer cells are not parsed: that can take long, and nobody types them.
_MAX_PARSED = 50_000


def bound_names(source: str, *, if_broken: bool = True) -> frozenset[str]:
    """Return the names that code binds at its top level; those it defines by sight where it is broken."""
    tree = parsed(source)
    if tree is None:
        return frozenset(DEFINITION.findall(source) if if_broken else ())
    return bound_by(tree.body)


def bound_by(body: list[ast.stmt]) -> frozenset[str]:
    """Return the names that statements bind, and those in their blocks, but not in functions and classes."""
    return frozenset(name for node in _top_level(body) for name in _bound_by(node))


@functools.lru_cache(maxsize=1000)
def parsed(source: str) -> ast.Module | None:
    """Return the syntax tree of a cell's code, or none where it is broken or too long to look at."""
    if len(source) > _MAX_PARSED:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a student's string escapes
            return ast.parse(TransformerManager().transform_cell(source))  # type: ignore[no-untyped-call]
    except Exception:  # of many types: an answer may be any text
        return None


def _top_level(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield the statements of a body and of the blocks in it, but not of functions and classes."""
    waiting = list(reversed(body))
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, _DEFINING):
            waiting += [
                child
                for block in ast.iter_child_nodes(node)
                for child in ([block] if isinstance(block, ast.stmt) else ast.iter_child_nodes(block))
                if isinstance(child, ast.stmt)
            ]


def _bound_by(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, _DEFINING):
        yield node.name
    elif isinstance(node, ast.Import | ast.ImportFrom):
        yield from (alias.asname or alias.name for alias in node.names)
    elif isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        for target in targets:
            yield from (name.id for name in ast.walk(target) if _is_stored(name))


def _is_stored(node: ast.AST) -> TypeGuard[ast.Name]:
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
