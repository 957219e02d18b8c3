"""Takes out of an answer what could tell whose it is, and leaves what it does.

    code ─▶ no comments, docstrings, annotations, prints ─▶ names, texts and long numbers that are not the
            course's become neutral ones ─▶ one form for all answers that differ in nothing else

What is kept is what the course's own notebook says (`Vocabulary`), what Python and libraries call things,
and texts that steer them (`"same"`, `"ij,j->i"`, `"float64"`). Everything else could be a name.
"""

from __future__ import annotations

import ast
import builtins
import copy
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from examiner.notebook import cells
from examiner.notebook.syntax import parsed

_SUBSCRIPTS = re.compile(r"(?:[a-zA-Z]{0,4}|\.\.\.)(?:,[a-zA-Z]{0,4})*(?:->[a-zA-Z]{0,4})?")
# What students pass to NumPy, SciPy, scikit-learn and PyTorch, beside what the course's own code passes.
_OPTIONS = """
    same valid full mean sum none edge constant reflect symmetric wrap nearest linear cubic ignore warn raise
    left right first last clip ij xy C F K A BFGS L-BFGS-B CG Newton-CG Nelder-Mead Powell TNC SLSQP lbfgs
    liblinear saga newton-cg l1 l2 elasticnet k-means++ random relu tanh cpu batchmean
"""
_LIBRARIES = ("numpy", "scipy", "matplotlib", "sklearn", "torch", "pandas", "neurocourse", "IPython")
_DTYPES = frozenset({"bool", "complex", "double", "float", "int", "long", "object", "single", "uint", "int_"})
_NEUTRAL_NUMBER = 123456
_FIELDS = ("id", "arg", "attr", "name", "asname", "rest")  # of a syntax tree's nodes, with names in them
_LONG_NUMBER = 6  # digits: a student's number may have as many


@dataclass(frozen=True)
class Vocabulary:
    """The names, texts and numbers that stand in the course's own notebook."""

    names: frozenset[str]
    texts: frozenset[str]
    numbers: frozenset[int]


def vocabulary_of(*notebooks: Any) -> Vocabulary:
    """Return what the code of the course's notebooks says; a cell that is no plain Python says nothing."""
    nodes = [node for tree in _trees(notebooks) for node in ast.walk(tree)]
    constants = [node.value for node in nodes if isinstance(node, ast.Constant)]
    return Vocabulary(
        frozenset(name for node in nodes for name in _names(node)),
        frozenset(value for value in constants if isinstance(value, str)),
        frozenset(value for value in constants if isinstance(value, int)),
    )


def _trees(notebooks: Iterable[Any]) -> Iterable[ast.AST]:
    for notebook in notebooks:
        for cell in notebook.cells:
            if cell.cell_type == "code":
                try:
                    yield ast.parse(cells.without_marks(cell.source))
                except SyntaxError:
                    continue


def _names(node: ast.AST) -> list[str]:
    """Return the names that a node of a syntax tree says itself."""
    said = [value for field in _FIELDS if isinstance(value := getattr(node, field, None), str)]
    if isinstance(node, ast.Global | ast.Nonlocal):
        said += node.names
    return said


def cleaned(source: str, vocabulary: Vocabulary) -> str | None:
    """Return an answer without what could tell whose it is, or None where it is no Python."""
    read = parsed(source)
    if read is None:
        return None
    try:
        tree = _WithoutWords().visit(copy.deepcopy(read))
        neutral = _own_names(tree, vocabulary)
        tree = _Neutral(tree, neutral, vocabulary).visit(tree)
        return f"{ast.unparse(ast.fix_missing_locations(tree))}\n"
    except Exception:  # of many types: what parses may be too deep to be followed
        return None


class _WithoutWords(ast.NodeTransformer):
    """Takes out docstrings, annotations, and calls that only print."""

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        if isinstance(body := getattr(node, "body", None), list):
            kept = [each for each in body if not _says_only(each)]
            node.body = kept or ([] if isinstance(node, ast.Module) else [ast.Pass()])  # type: ignore[attr-defined]
        for field in ("annotation", "returns"):
            if not isinstance(node, ast.AnnAssign) and getattr(node, field, None) is not None:
                setattr(node, field, None)
        if getattr(node, "type_comment", None):
            node.type_comment = None  # type: ignore[attr-defined]
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST | None:  # noqa: N802  (as ast calls it)
        if node.value is None:
            return ast.Pass()
        return ast.Assign([node.target], self.visit(node.value))


def _says_only(node: ast.stmt) -> bool:
    if not isinstance(node, ast.Expr):
        return False
    value = node.value
    prints = isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "print"
    return prints or isinstance(value, ast.Constant)


def _own_names(tree: ast.AST, vocabulary: Vocabulary) -> dict[str, str]:
    """Return a neutral name for each that the answer made up, in the order of its first use."""
    known = vocabulary.names | set(dir(builtins))
    bound = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load)
    }
    methods = {
        each.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        for each in node.body
        if isinstance(each, ast.FunctionDef) and not each.name.startswith("__")
    }
    neutral: dict[str, str] = {}
    for node in _in_order(tree):
        for name in _made_up(node, bound | methods):
            if name not in known and name not in neutral:
                neutral[name] = f"name_{len(neutral) + 1}"
    return neutral


def _in_order(node: ast.AST) -> Iterable[ast.AST]:
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _in_order(child)


def _made_up(node: ast.AST, attributes: set[str]) -> list[str]:
    """Return the names of a node that may be the student's own: not what a library calls its parts."""
    if isinstance(node, ast.Attribute):
        return [node.attr] if node.attr in attributes else []
    if isinstance(node, ast.alias):
        return [node.asname] if node.asname else []
    if isinstance(node, ast.keyword):
        return []
    return _names(node)


class _Neutral(ast.NodeTransformer):
    """Puts neutral names, texts and numbers in place of those that are not the course's."""

    def __init__(self, tree: ast.AST, names: dict[str, str], vocabulary: Vocabulary):
        self._names = names
        self._vocabulary = vocabulary
        self._parameters = {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
        self._texts: dict[str, str] = {}

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        if isinstance(node, ast.keyword) and node.arg not in self._parameters:
            return node  # a library's
        for field in _FIELDS:
            name = getattr(node, field, None)
            if isinstance(name, str) and name in self._names:
                setattr(node, field, self._names[name])
        if isinstance(node, ast.Global | ast.Nonlocal):
            node.names = [self._names.get(name, name) for name in node.names]
        return node

    def visit_alias(self, node: ast.alias) -> ast.AST:
        asname = self._names.get(node.asname, node.asname) if node.asname else None
        return ast.alias(node.name, asname)

    def visit_Import(self, node: ast.Import) -> ast.AST:  # noqa: N802  (as ast calls it)
        kept = [self.visit(each) for each in node.names if _is_library(each.name)]
        return ast.Import(kept) if kept else ast.Pass()

    def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.AST:  # noqa: N802  (as above)
        known = _is_library(node.module or "")
        kept = [self.visit(each) for each in node.names if known and self._is_in(node.module, each.name)]
        return ast.ImportFrom(node.module, kept, 0) if kept else ast.Pass()

    def _is_in(self, module: str | None, name: str) -> bool:
        """Whether a name that is imported is a library's, as far as is known without importing anything."""
        loaded = sys.modules.get(module or "")
        return name == "*" or name in self._vocabulary.names or hasattr(loaded, name)

    def visit_Constant(self, node: ast.Constant) -> ast.AST:  # noqa: N802  (as ast calls it)
        value = node.value
        if isinstance(value, str) and not self._is_technical(value):
            return ast.Constant(self._texts.setdefault(value, f"text_{len(self._texts) + 1}"))
        if isinstance(value, bytes):
            return ast.Constant(b"bytes")
        if isinstance(value, int | float) and self._may_tell_who(value):
            return ast.Constant(type(value)(_NEUTRAL_NUMBER))
        return node

    def _is_technical(self, text: str) -> bool:
        """Whether a text steers a library, or is the course's; a name in it would be neither."""
        if text in self._vocabulary.texts or text in _OPTIONS.split() or not text.strip():
            return True
        if ("->" in text or "," in text) and _SUBSCRIPTS.fullmatch(text.replace(" ", "")):
            return True
        return text in _DTYPES or (text.rstrip("0123456789") in _DTYPES and _is_dtype(text))

    def _may_tell_who(self, value: float) -> bool:
        """Whether a number is as long as a student's, and neither round nor the course's own."""
        if isinstance(value, bool) or value != value or abs(value) == float("inf") or value != int(value):
            return False
        digits = str(abs(int(value)))
        is_round = len(digits.rstrip("0")) <= 2 or int(value) & (int(value) - 1) == 0
        return len(digits) >= _LONG_NUMBER and not is_round and int(value) not in self._vocabulary.numbers


def _is_library(module: str) -> bool:
    top = module.partition(".")[0]
    return top in _LIBRARIES or top in sys.stdlib_module_names


def _is_dtype(text: str) -> bool:
    try:
        return bool(np.dtype(text))
    except TypeError:
        return False
