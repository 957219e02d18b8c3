"""Places in the syntax tree of an answer, and the answer with something else in one of them.

All texts are in normal form, as `ast.unparse` writes it, without comments, docstrings and blank lines. So two
that differ in their looks alone are one, and a line keeps its number when a comment changes.
"""

import ast
import contextlib
import os
import re
import warnings
from types import CodeType

_WIDTH, _AROUND, _LONGEST = 50, 12, 90


def text(node):
    """Return the code of a node, or of a list of statements."""
    if isinstance(node, list):
        return "\n".join(map(ast.unparse, node))
    return ast.unparse(node)


def places(tree):
    """Yield each node of a tree with the way to it: field names and indices from the top."""
    waiting = [((), tree)]
    while waiting:
        way, node = waiting.pop()
        if way:
            yield way, node
        below = []
        for field, value in ast.iter_fields(node):
            if isinstance(value, ast.AST):
                below.append(((*way, field), value))
            elif isinstance(value, list):
                items = (item for item in enumerate(value) if isinstance(item[1], ast.AST))
                below += [((*way, field, index), item) for index, item in items]
        waiting += reversed(below)


def parents(tree):
    """Return the node above each node."""
    return {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}


def with_other(tree, way, code):
    """Return the text of a tree with this code in place of the node at the end of a way.

    Raise SyntaxError where it cannot stand there. The tree is as it was afterwards.
    """
    above = tree
    for step in way[:-1]:
        above = above[step] if isinstance(step, int) else getattr(above, step)
    last = way[-1]
    if not isinstance(above, list):
        return _text_with(tree, above, last, _part(code, getattr(above, last)))
    owner = tree
    for step in way[:-2]:
        owner = owner[step] if isinstance(step, int) else getattr(owner, step)
    return _text_with(tree, owner, way[-2], _items(above, last, code))


def _text_with(tree, owner, field, value):
    """Return the text of a tree in which a field of one of its nodes has another value."""
    old = getattr(owner, field)
    setattr(owner, field, value)
    try:
        return ast.unparse(tree)
    finally:
        setattr(owner, field, old)


def _items(items, place, code):
    """Return a list of nodes with code in the place of one; a block does not become empty."""
    old = items[place]
    new = ast.parse(code).body if isinstance(old, ast.stmt) else [_part(code, old)]
    return [*items[:place], *new, *items[place + 1 :]] or [ast.Pass()]


def _part(code, old):
    """Parse what is to stand in the place of an expression, or of a part that is none."""
    if isinstance(old, ast.comprehension):
        return ast.parse(f"[None {code}]", mode="eval").body.generators[0]
    return ast.parse(f"({code})", mode="eval").body


def fingerprint(source):
    """Return what the compiler makes of a text, which is equal for texts that do the same step by step.

    Raise SyntaxError where it makes nothing of it.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a number that is called, or indexed
        return _bare(compile(source, "<answer>", "exec", dont_inherit=True))


def _bare(code):
    """Return code without names of files and numbers of lines."""
    constants = tuple(
        _bare(item) if isinstance(item, CodeType) else (type(item).__name__, repr(item))
        for item in code.co_consts
    )
    names = (code.co_names, code.co_varnames, code.co_freevars, code.co_cellvars)
    return (code.co_code, code.co_exceptiontable, constants, names, code.co_argcount, code.co_flags)


def became(before, after):
    """Return "before -> after" on one line; of long texts, where they differ."""
    before, after = (_line(code) for code in (before, after))
    if max(len(before), len(after)) > _WIDTH:
        start = max(0, len(os.path.commonprefix([before, after])) - _AROUND)
        rest = [before[start:], after[start:]]
        end = max(0, len(os.path.commonprefix([text[::-1] for text in rest])) - _AROUND)
        before, after = ("…" * (start > 0) + text[: len(text) - end] + "…" * (end > 0) for text in rest)
    return f"{_cut(before)} -> {_cut(after)}"


def _line(code):
    for mode in ("exec", "eval"):  # the latter last: a word alone would be a docstring
        with contextlib.suppress(SyntaxError):  # of a part that cannot stand alone
            code = ast.unparse(ast.parse(code, mode=mode))
    return re.sub(r"\s+", " ", code.strip()) or "nothing"


def _cut(line):
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
