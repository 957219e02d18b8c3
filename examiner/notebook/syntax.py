"""Reads a cell's code without running it: the one place that looks at a student's code.

    text ─▶ without what IPython alone understands ─▶ syntax tree ─▶ plain sets of names

A student's code may be any text: broken, deep, long, or such that Python parses it and refuses it later. No
text raises an error here, and time and memory are bounded: code that is too long or too deeply nested is not
parsed. The functions say when they cannot tell, and the callers then take the safe side. Trees stay within
this module and those that it asks.
"""

from __future__ import annotations

import ast
import functools
import re
import warnings
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from examiner.notebook.lexical import is_deep, lines
from examiner.notebook.names import bound_by, needed_by, only_binds, stood_in_by

DEFINITION = re.compile(r"^(?:async )?(?:def|class) (\w+)", re.MULTILINE)
# Longer cells are not parsed: that can take long, and nobody types them.
_MAX_PARSED = 50_000
# Python's parser goes as deep on a stack of 1 MB; a sum of 600 terms is one that people's programs write.
_MAX_NESTING = 1_000

# Commands for a cell whose body is Python that runs here, or would if it were not timed.
PYTHON_CELLS = frozenset(
    ("time", "timeit", "capture", "prun", "debug", "memit", "mprun", "lprun", "scalene", "snakeviz", "heat")
)
CELL_COMMAND = re.compile(r"%%(\w+)")
_COMMAND = re.compile(r"([^\S\n]*)(?:[%!?][^\n]*|[\w.*%\[\]]+\?\??[^\S\n]*)\n?")
_ASSIGNED = re.compile(r"([^\S\n]*[\w.,*()\[\]'\" ]+=[^\S\n]*)[%!]\S[^\n]*\n?")
_MAY_COMMAND = re.compile(r"^[^\S\n]*[%!?]|=[^\S\n]*[%!]|\?[^\S\n]*$", re.MULTILINE)


_Found = TypeVar("_Found")


def _read_off(source: str, read: Callable[[ast.Module], _Found]) -> _Found | None:
    """Return what is read off a cell's code, or None where that cannot be told."""
    tree = _tree(source)
    try:
        return None if tree is None else read(tree)
    except Exception:  # of many types: what parses may be too deep to be followed, or refused when compiled
        return None


@functools.lru_cache(maxsize=64)  # what asks for one thing of a cell soon asks for another
def _tree(source: str) -> ast.Module | None:
    return parsed(source)


@functools.lru_cache(maxsize=1000)
def _bound(source: str) -> frozenset[str] | None:
    return _read_off(source, lambda tree: bound_by(tree.body))


def is_python(source: str) -> bool:
    """Return whether a text can be parsed as code."""
    return _bound(source) is not None


def bound_names(source: str, *, if_broken: bool = True) -> frozenset[str]:
    """Return the names that code binds at its top level; those it defines by sight where it is broken."""
    bound = _bound(source)
    if bound is not None:
        return bound
    return frozenset(DEFINITION.findall(source) if if_broken else ())


@functools.lru_cache(maxsize=1000)
def needed_names(source: str) -> frozenset[str] | None:
    """Return the names that code may take from what ran before it, or None where that cannot be told."""
    return _read_off(source, lambda tree: needed_by(tree, plain(source)))


@functools.lru_cache(maxsize=1000)
def binds_alone(source: str, *, may_call: bool = False) -> bool:
    """Return whether a cell gives names values and changes no object, in Python alone.

    With `may_call` it may call functions for the values, and print some.
    """
    binds = _read_off(source, functools.partial(only_binds, may_call=may_call))
    return bool(binds) and plain(source) == source


@functools.lru_cache(maxsize=200)
def stood_in(source: str) -> frozenset[str]:
    """Return the names that a test gives values of its own, by `checks.stand_in`, before it loads them."""
    return _read_off(source, stood_in_by) or frozenset()


@functools.lru_cache(maxsize=200)
def imported(source: str) -> frozenset[str]:
    """Return the modules that code imports, and names that may be modules."""
    return _read_off(source, lambda tree: frozenset(imported_by(tree))) or frozenset()


@functools.lru_cache(maxsize=200)
def attributes_used(source: str) -> frozenset[tuple[str, str]]:
    """Return each name of which code uses an attribute, with that, as `("plots", "show")`."""
    return _read_off(source, _attributes) or frozenset()


def _attributes(tree: ast.Module) -> frozenset[tuple[str, str]]:
    used = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    return frozenset((node.value.id, node.attr) for node in used if isinstance(node.value, ast.Name))


def parsed(source: str) -> ast.Module | None:
    """Return the syntax tree of a cell's code, or none where it is broken, too long or nested too deep."""
    if len(source) > _MAX_PARSED or is_deep(source, _MAX_NESTING):
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a student's string escapes
            return ast.parse(plain(source))
    except Exception:  # of many types: an answer may be any text
        return None


@functools.lru_cache(maxsize=1000)
def plain(source: str) -> str:
    """Return code without what IPython alone understands, line by line: commands, help, prompts.

    IPython's own way to do this reads the whole cell again for each command in it.
    """
    from IPython.core import inputtransformer2 as ipython  # not needed to read the course's own notebooks

    text = source.lstrip("\n")
    rows: list[str] = text.splitlines(keepends=True)
    strips: list[Any] = [ipython.leading_indent, ipython.classic_prompt, ipython.ipython_prompt]
    for strip in strips:
        rows = strip(rows)
    if rows and (command := CELL_COMMAND.match(rows[0])):
        rows = ["\n", *rows[1:]] if command[1] in PYTHON_CELLS else []
    python = "".join(rows)
    if _MAY_COMMAND.search(python):
        python = "".join(_without_commands(python))
    return "\n" * (len(source) - len(text)) + python


def _without_commands(text: str) -> Iterator[str]:
    is_command = False
    for line, begins in lines(text):
        command = _COMMAND.fullmatch(line) if begins else None
        assigned = _ASSIGNED.fullmatch(line) if begins else None
        is_command = bool(command or assigned) if begins else is_command
        if command:
            yield f"{command[1]}pass\n"
        elif assigned:
            yield f"{assigned[1]}None\n"
        else:
            yield "\n" if is_command else line  # a command goes on behind a backslash


def imported_by(tree: ast.AST) -> Iterator[str]:
    """Yield the modules that code imports, and what it imports of them, which may be modules."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
