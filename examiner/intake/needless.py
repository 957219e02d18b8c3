"""Leaves out statements that decide nothing, and that fail while grading or harm other cells.

It leaves out an import of a missing module that nothing uses, a mount of Google Drive outside Colab, and a
`del` of names that other cells need. The number of lines stays the same.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from examiner.notebook.installed import COLAB, can_import
from examiner.notebook.lexical import parts
from examiner.notebook.syntax import bound_names, parsed, plain

_RESET = re.compile(r"get_ipython\(\)\.(reset\(|(run_line_)?magic\(['\"]%?reset)")
_IMPORT = re.compile(r"^[^\S\n]*(?:import|from)\b[^\n(]*(?:\([^)]*\))?[^\n]*", re.MULTILINE)
_FROM_COLAB = re.compile(r"\bfrom google\.colab[\w.]* import ([\w, ]+)|\bimport (google)\.colab")
_MAY_HOLD = re.compile(r"\b(?:import|del|get_ipython)\b")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Around:
    """What a cell stands among.

    `needed` holds the names that the release and its answers bind, `words` the words of all code of the
    student's but imports, and `colab` what the notebook takes from Colab's own module and binds nowhere else.
    """

    needed: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    colab: frozenset[str] = frozenset()


def around(released: Iterable[str], sources: Iterable[str]) -> Around:
    """Return the surroundings of a notebook's cells, from the release's code and all of the student's."""
    texts = ["".join(part.text for part in parts(text) if part.kind != "comment") for text in sources]
    of_colab = [frozenset(_WORD.findall(" ".join(map("".join, _FROM_COLAB.findall(text))))) for text in texts]
    colab = frozenset().union(*of_colab)
    if colab:
        bound = (bound_names(text) - names for text, names in zip(texts, of_colab, strict=True))
        colab = colab.difference(*bound)
    calls = re.compile(rf"^(?:{'|'.join(map(re.escape, colab))})\.[^\n]*" if colab else "(?!)", re.MULTILINE)
    code = (calls.sub("", _IMPORT.sub("", text)) for text in texts)
    used = frozenset(word for text in code for word in _WORD.findall(text))
    return Around(frozenset().union(*map(bound_names, released)), used, colab)


def without_statements(source: str, around: Around) -> tuple[str, tuple[str, ...]]:
    """Return a cell without statements that decide nothing and fail or harm here, and a clause for each."""
    may_hold = _MAY_HOLD.search(source) or not around.colab.isdisjoint(_WORD.findall(source))
    tree = parsed(source) if may_hold else None
    if tree is None:
        return source, ()
    rewriting = _Rewriting(source, around)
    try:
        rewriting.go_through(tree.body, at_top=True)
    except Exception:  # of many types: code may be too deep to be written again
        return source, ()
    text = "".join(rewriting.lines)
    if not rewriting.said or parsed(text) is None:
        return source, ()
    return text, tuple(dict.fromkeys(rewriting.said))


class _Rewriting:
    """One pass through a cell's statements, which puts shorter lines in the places of some."""

    def __init__(self, source: str, around: Around):
        self.lines = source.split("\n")
        self.lines = [f"{line}\n" for line in self.lines[:-1]] + self.lines[-1:]
        self.said: list[str] = []
        self._plain = plain(source).split("\n")
        self._around = around

    def go_through(self, body: list[ast.stmt], *, at_top: bool = False) -> None:
        """Look at the statements of a block that runs for certain, and of functions, which may be called."""
        for together in _by_lines(body):
            n_said = len(self.said)
            kept = [left for statement in together if (left := self._left_of(statement, at_top))]
            if len(self.said) > n_said and not self._write(together, kept):
                del self.said[n_said:]
            for statement in together:
                if isinstance(statement, ast.FunctionDef | ast.ClassDef | ast.With):
                    self.go_through(statement.body)

    def _write(self, together: list[ast.stmt], kept: list[ast.stmt]) -> bool:
        """Put what is kept of statements that share lines into the first line, and say whether it fits."""
        first, last = together[0].lineno - 1, (together[-1].end_lineno or 0) - 1
        line, same = self.lines[first], self._plain[first]
        text = "; ".join(map(ast.unparse, kept)) or "pass"
        if line.strip() != same.strip() or same[: together[0].col_offset].strip() or "\n" in text:
            return False  # behind a prompt, behind the head of a block, or with a block of its own
        indentation = line[: len(line) - len(line.lstrip())]
        ends = [each[len(each.rstrip("\n")) :] for each in self.lines[first : last + 1]]
        self.lines[first : last + 1] = [f"{indentation}{text}{ends[0]}", *ends[1:]]
        return True

    def _left_of(self, statement: ast.stmt, at_top: bool) -> ast.stmt | None:
        """Return what is left of a statement, and say of what is not."""
        if isinstance(statement, ast.Import):
            kept = self._kept_names("", statement.names)
            return ast.Import(kept) if kept else None
        if isinstance(statement, ast.ImportFrom) and statement.module and not statement.level:
            kept = self._kept_names(statement.module, statement.names)
            return ast.ImportFrom(statement.module, kept, 0) if kept else None
        if isinstance(statement, ast.Delete) and at_top:
            return self._left_of_deletion(statement)
        is_call = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)
        return None if is_call and at_top and self._is_needless(statement.value) else statement  # type: ignore[attr-defined]

    def _kept_names(self, module: str, names: list[ast.alias]) -> list[ast.alias]:
        """Return what an import brings that is there, or is used: then its error is what has to be read."""
        gone = [alias for alias in names if self._is_useless(module, alias)]
        if gone:
            shown = module or ", ".join(alias.name for alias in gone)
            self.said.append(
                f"the import of {shown[:100]} was left out, because it is not installed here and not used"
            )
        return [alias for alias in names if alias not in gone]

    def _is_useless(self, module: str, alias: ast.alias) -> bool:
        name = module or alias.name
        bound = alias.asname or alias.name.partition(".")[0]
        return bound not in self._around.words | {"*"} and not can_import(
            COLAB if name.startswith(COLAB) else name
        )

    def _left_of_deletion(self, statement: ast.Delete) -> ast.stmt | None:
        own = bound_names("".join(self.lines))
        names = [target.id for target in statement.targets if isinstance(target, ast.Name)]
        harmful = [name for name in names if name in self._around.needed - own]
        if not harmful:
            return statement
        self.said.append(f"`del {', '.join(harmful)}` was left out, because other cells need it")
        kept = [each for each in statement.targets if getattr(each, "id", "") not in harmful]
        return ast.Delete(kept) if kept else None

    def _is_needless(self, call: ast.Call) -> bool:
        if _RESET.match(ast.unparse(call)):
            self.said.append(
                "`get_ipython().reset()` was left out, because it removes what other cells defined"
            )
            return True
        root: ast.expr = call.func
        while isinstance(root, ast.Attribute):
            root = root.value
        if isinstance(root, ast.Name) and root.id in self._around.colab and not can_import(COLAB):
            self.said.append(f"`{ast.unparse(call.func)[:40]}` was left out, because it works only in Colab")
            return True
        return False


def _by_lines(body: list[ast.stmt]) -> Iterator[list[ast.stmt]]:
    """Yield statements that share lines together."""
    together: list[ast.stmt] = []
    for statement in body:
        if together and statement.lineno > (together[-1].end_lineno or 0):
            yield together
            together = []
        together.append(statement)
    if together:
        yield together
