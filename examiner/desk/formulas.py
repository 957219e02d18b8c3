"""Finds the formulas of an answer, and says whether one of them is that of the model answer.

A label helps a person to look; it never gives points. For grouping, a text is written with a fingerprint in
the place of each formula, so that one result in two styles is the same text, and another sign is not.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from examiner.desk.formula_tokens import Unread
from examiner.desk.formula_trees import Side, sides_of
from examiner.desk.formula_values import Steps, fingerprint
from examiner.results.questions import Question

_MOST_LETTERS, _MOST_FORMULAS = 20_000, 60
_ENVIRONMENT = r"align|aligned|equation|gather|gathered|eqnarray|split|multline"
_MATH = re.compile(
    r"\$\$(?P<double>[^$]{1,2000})\$\$|\\\[(?P<bracket>[^$]{1,2000}?)\\\]|\\\((?P<round>[^$]{1,2000}?)\\\)|"
    rf"\\begin\{{(?:{_ENVIRONMENT})\*?\}}(?P<environment>[^$]{{1,2000}}?)\\end\{{(?:{_ENVIRONMENT})\*?\}}|"
    r"(?<!\\)\$(?P<single>[^$\n]{1,2000})(?<!\\)\$|`(?P<code>[^`\n]{1,500})`"
)
_WRAPPED = re.compile(
    rf"\\(?:begin|end)\{{(?:{_ENVIRONMENT})\*?\}}|\\label\{{[^}}]*\}}|\\nonumber|\\tag\{{[^}}]*\}}"
)
_BREAK = re.compile(
    r"\\\\(?:\[[^\]]*\])?(?!\s*&?\s*(?:\\q?quad)?\s*(?:[=+-]|\\(?:approx|leq?|geq?|propto|equiv)\b))"
)
_PLAIN = re.compile(
    r"^[ \t]*(?:[-*+>]|\d{1,2}[.)])?[ \t]*(?P<formula>[^\n$`]{1,500}=[^\n$`]{2,500})$", re.MULTILINE
)
_WORD = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{4,}")
_KNOWN_WORDS = re.compile(r"alpha|beta|gamma|delta|epsilon|theta|lambda|sigma|omega|tanh|sqrt|rate|loss|prod")
_UNEQUAL = frozenset("≠<>≤≥")
_TOP = re.compile(r"[-+*/^_(]|\\(?:[dt]?frac|sum|prod|sqrt|log|ln|exp)\b")


class Label(StrEnum):
    """What a page says of an answer's formulas."""

    SAME = "equivalent to the model answer"
    OTHER = "not equivalent to the model answer"
    UNREAD = "could not be read"
    NONE = ""


@dataclass(frozen=True)
class _Found:
    """A formula in a text: where it is, its rows, and whether it stands on a line of its own."""

    start: int
    end: int
    text: str
    displayed: bool


def with_fingerprints(text: str) -> str:
    """Return a text with each formula that can be read as its fingerprint; the others stay as they are."""
    text, steps = text[:_MOST_LETTERS], Steps()
    pieces, place = [], 0
    for found in _formulas(text):
        keys = [_key(row, steps) for row in _rows(found.text)]
        if all(keys):
            pieces += [text[place : found.start], " ".join(["", *(f"⟨{key}⟩" for key in keys), ""])]
            place = found.end
    return "".join([*pieces, text[place:]])


def result_of(question: Question) -> str:
    """Return the fingerprint of what the model answer arrives at: its last formula on a line of its own.

    It is empty where there is none, or where the question itself says it.
    """
    steps = Steps()
    told = [found for found in _formulas(question.model_answer) if found.displayed]
    results = [_last(row, steps) for found in told[::-1] for row in _rows(found.text)[::-1]]
    result = next(filter(None, results), "")
    asked = [
        key for found in _formulas(question.text) for row in _rows(found.text) for key in _keys(row, steps)
    ]
    return "" if result in asked else result


def label(answer: str, result: str) -> Label:
    """Return whether an answer holds a formula that is worth the same as the model answer's result."""
    if not result:
        return Label.NONE
    steps, n_formulas, n_read = Steps(), 0, 0
    for found in _formulas(answer[:_MOST_LETTERS]):
        for row in filter(_TOP.search, _rows(found.text)):  # a name alone says nothing
            keys = _keys(row, steps)
            if result in keys:
                return Label.SAME
            n_formulas, n_read = n_formulas + 1, n_read + bool(keys)
    if not n_formulas:
        return Label.NONE
    return Label.OTHER if n_read else Label.UNREAD


def _formulas(text: str) -> list[_Found]:
    """Return the formulas of a text, in order: between marks of LaTeX, in code, or as a plain line."""
    found = list(_marked(text))
    taken = [(each.start, each.end) for each in found]
    for line in _PLAIN.finditer(text):
        start, end = line.span("formula")
        is_free = all(end <= begun or start >= ended for begun, ended in taken)
        if is_free and len(_WORD.findall(_KNOWN_WORDS.sub("", line["formula"]))) <= 1:
            found.append(_Found(start, end, line["formula"], displayed=True))
    return sorted(found, key=lambda each: each.start)[:_MOST_FORMULAS]


def _marked(text: str) -> Iterator[_Found]:
    for match in _MATH.finditer(text):
        kind = str(match.lastgroup)
        if kind != "code" or "=" in match[kind]:
            displayed = kind in ("double", "bracket", "environment")
            yield _Found(match.start(), match.end(), match[kind], displayed)


def _rows(formula: str) -> list[str]:
    return [row for row in _BREAK.split(_WRAPPED.sub(" ", formula)) if row.strip()]


@dataclass(frozen=True)
class _Read:
    """A row that was read: its sides, and for each its fingerprint, or nothing where it cannot be read."""

    sides: tuple[Side, ...]
    keys: tuple[str, ...]
    n_steps: int

    @property
    def head(self) -> str:
        """What an equation defines; nothing where no name, and nothing that cannot be read, comes first."""
        if len(self.sides) < 2 or not (self.sides[0].is_name or self.sides[0].tree is None):
            return ""
        return self.sides[0].head

    @property
    def told(self) -> tuple[str, ...]:
        """The fingerprints of its sides, without what is defined."""
        return self.keys[1:] if self.head else self.keys


@lru_cache(10_000)  # a class writes the same formulas, and each is read for a group and for a label
def _read(row: str) -> _Read:
    steps = Steps()
    try:
        sides = sides_of(row.replace("\\\\", " "))
    except Unread:
        sides = []
    keys = tuple(_fingerprint(side, steps) for side in sides)
    return _Read(tuple(sides), keys, steps.n_taken)


def _read_within(row: str, steps: Steps) -> _Read:
    """Read a row, at the cost of its steps; where they are not left, nothing of it is read."""
    read = _read(row)
    try:
        steps.take(read.n_steps)
    except Unread:
        return _Read((), (), 0)
    return read


def _keys(row: str, steps: Steps) -> list[str]:
    """Return the fingerprints of what a row says; where it says what something is not, with a sign before."""
    read = _read_within(row, steps)
    sign = "≠" * any(side.relation in _UNEQUAL for side in read.sides if side.relation)
    return [sign + key for key in read.told if key]


def _key(row: str, steps: Steps) -> str:
    """Return what stands for a formula as a whole, or nothing if any side of it cannot be read.

    What is defined belongs to it, as a text: `LL = x` says another thing than `NLL = x` or `-LL = x`.
    """
    read = _read_within(row, steps)
    if not read.told or not all(read.told):
        return ""
    if all(side.relation in ("", "=") for side in read.sides):
        return "=".join(filter(None, [_hashed(read.head), *dict.fromkeys(read.told)]))
    pairs = zip(read.sides, (read.keys[0] or _hashed(read.head), *read.keys[1:]), strict=True)
    return "".join(side.relation + key for side, key in pairs)


def _hashed(head: str) -> str:
    return hashlib.sha256(head.encode()).hexdigest()[:8] if head else ""


def _last(row: str, steps: Steps) -> str:
    read = _read_within(row, steps)
    return read.keys[-1] if read.keys and _TOP.search(row) else ""


def _fingerprint(side: Side, steps: Steps) -> str:
    try:
        return fingerprint(side.tree, steps) if side.tree else ""
    except Unread:
        return ""
