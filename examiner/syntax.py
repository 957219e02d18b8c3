"""What can be read off a cell's code without running it: the one place that looks at a student's code.

    text ─▶ without what IPython alone understands ─▶ syntax tree ─▶ `Code`: plain sets of names

A student's code may be any text: broken, deep, long, or such that Python parses it and refuses it later. None
of it raises here, and time and memory are bounded: what is too long or too deeply nested is not parsed. What
cannot be read off is said to be so, and whoever asks takes the safe side. Trees stay within this module and
those that it asks.
"""

from __future__ import annotations

import ast
import functools
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from IPython.core import inputtransformer2 as ipython

from examiner.lexical import lines, nesting
from examiner.names import bound_by, needed_by, stood_in_by

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


@dataclass(frozen=True)
class Code:
    """What a cell's code says of itself.

    `binds` holds the names that it binds at its top. `needs` holds the names that it may take from what ran
    before it, and is None where that cannot be told. `imports` holds the modules that it imports, and names
    that may be modules. `uses` holds each name with an attribute of it, as `("plots", "show")`. `stands_in`
    holds the names that a test replaces before it loads them.
    """

    is_python: bool = False
    binds: frozenset[str] = frozenset()
    needs: frozenset[str] | None = None
    imports: frozenset[str] = frozenset()
    uses: frozenset[tuple[str, str]] = frozenset()
    stands_in: frozenset[str] = frozenset()


@functools.lru_cache(maxsize=500)
def read_code(source: str) -> Code:
    """Return what can be read off a cell's code; of what is no Python, nothing."""
    tree = parsed(source)
    if tree is None:
        return Code()
    used = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    certain = Code(
        is_python=True,
        binds=bound_by(tree.body),
        imports=frozenset(imported_by(tree)),
        uses=frozenset((node.value.id, node.attr) for node in used if isinstance(node.value, ast.Name)),
    )
    try:
        stands_in = stood_in_by(tree) if "stand_in" in source else frozenset()
        return replace(certain, needs=needed_by(tree, plain(source)), stands_in=stands_in)
    except Exception:  # of many types: what parses may be too deep to be followed, or refused when compiled
        return certain


def bound_names(source: str, *, if_broken: bool = True) -> frozenset[str]:
    """Return the names that code binds at its top level; those it defines by sight where it is broken."""
    code = read_code(source)
    if code.is_python:
        return code.binds
    return frozenset(DEFINITION.findall(source) if if_broken else ())


def parsed(source: str) -> ast.Module | None:
    """Return the syntax tree of a cell's code, or none where it is broken, too long or nested too deep."""
    if len(source) > _MAX_PARSED or nesting(source) > _MAX_NESTING:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a student's string escapes
            return ast.parse(plain(source))
    except Exception:  # of many types: an answer may be any text
        return None


def plain(source: str) -> str:
    """Return code without what IPython alone understands, line by line: commands, help, prompts.

    IPython's own way to do this reads the whole cell again for each command in it.
    """
    text = source.lstrip("\n")
    rows: list[str] = text.splitlines(keepends=True)
    strips: list[Any] = [ipython.leading_indent, ipython.classic_prompt, ipython.ipython_prompt]
    for strip in strips:
        rows = strip(rows)
    if rows and (command := CELL_COMMAND.match(rows[0])):
        rows = ["\n", *rows[1:]] if command[1] in PYTHON_CELLS else []
    return "\n" * (len(source) - len(text)) + "".join(_without_commands("".join(rows)))


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
