"""Tell where a student stands: which exercises pass their visible checks in this session.

`notebook.set_up` registers a hook that sees each cell after it has run. It recognises a cell of checks by its
line ``print("<label>: all visible checks pass.")``. The first word of a label names the exercise. Hidden
tests are not in a student's notebook, so this module says nothing about them.
"""

from __future__ import annotations

import re
import typing
from dataclasses import dataclass

from neurocourse.versions import Versions

if typing.TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

__all__ = ["Part", "Row", "Saved", "Standing", "check_label", "next_step", "read_parts"]

_LABEL = re.compile(r"^( *)print\((\"(\w[^\":]*): all visible checks pass.*\")\)", re.MULTILINE)
_PART = re.compile(r"(?P<label>.*?)(?: \((?P<facts>[^()]*)\))?")
_STATES = {
    "not filled in": "to do",
    "does not pass yet": "not yet",
    "changed since its check": "changed",
    "not checked": "to do",
    "visible checks pass": "pass",
    "not answered when last saved": "to do",
    "written": "written",
    "answered": "written",
}
# Of two checks of an exercise, the less happy one counts: states in the order of `_STATES`.
_ORDER = list(_STATES)
_NEXT = {
    "not filled in": "fill in `{name}`, run it, and run its check.",
    "does not pass yet": "look at the hint below the check of `{name}`.",
    "changed since its check": "run the check of `{name}` again.",
    "not checked": "run the check of `{name}`.",
    "not answered when last saved": "write your answer to `{name}`, and save.",
}
_STUB = "YOUR ANSWER HERE"
_ALL_DONE = "read your written answers once more, then hand in."


@dataclass(frozen=True)
class Part:
    """What earns points in a tutorial: the label of a check, or the id of a written answer's cell."""

    label: str
    points: float
    is_bonus: bool = False
    is_written: bool = False

    @property
    def name(self) -> str:
        """The exercise that it belongs to."""
        return self.label if self.is_written else self.label.split()[0]


@dataclass(frozen=True)
class Row:
    """An exercise with its points, in words, and how it stands."""

    name: str
    points: str
    state: str

    @property
    def kind(self) -> str:
        """The state as one of `neurocourse.look.SIGNS`."""
        return _STATES[self.state]


@dataclass(frozen=True)
class Saved:
    """What stood in the cells of answers, by their ids, when the notebook was last saved, and when."""

    texts: Mapping[str, str]
    at: float = 0.0  # in seconds since 1970


@dataclass(frozen=True)
class _Check:
    ended: str  # one of _STATES
    answer: object  # what the exercise's name stood for when it was checked


def check_label(source: str) -> str:
    r"""Return the label under which a cell of checks says that they pass, or an empty string.

    Examples
    --------
    >>> check_label('check(sigmoid(0))\nprint("sigmoid for large numbers: all visible checks pass.")')
    'sigmoid for large numbers'
    >>> check_label("sigmoid(0)")
    ''
    """
    found = _LABEL.search(source)
    return found.group(3) if found else ""


def read_parts(text: str) -> list[Part]:
    """Return the parts of a tutorial from a line, with ``" | "`` between them.

    Examples
    --------
    >>> for part in read_parts("fit (20) | sta (4, bonus) | why (3, bonus, written)"):
    ...     print(part.name, part.points, part.is_bonus, part.is_written)
    fit 20.0 False False
    sta 4.0 True False
    why 3.0 True True
    """
    parts = []
    for entry in text.split(" | "):
        found = _PART.fullmatch(entry)
        facts = (found["facts"] or "").split(", ") if found else []
        points = sum(float(fact) for fact in facts if fact.replace(".", "").isdecimal())
        label = found["label"] if found else entry
        parts.append(Part(label, points, "bonus" in facts, "written" in facts))
    return parts


class Standing:
    """How the checks that were run in a session ended.

    Parameters
    ----------
    namespace : dict
        The names of the session. An answer that is defined anew after its check has to be checked again.
    """

    def __init__(self, namespace: Mapping[str, Any]) -> None:
        self._namespace = namespace
        self._versions = Versions(namespace)
        self._checks: dict[str, _Check] = {}

    def record(self, result: Any) -> None:
        """Take note of a cell that has run: IPython's event ``post_run_cell``."""
        self._versions.record(result)
        label = check_label(result.info.raw_cell or "")
        if label:
            stub = isinstance(getattr(result, "error_in_exec", None), NotImplementedError)
            failed = "not filled in" if stub else "does not pass yet"
            ended = "visible checks pass" if result.success else failed
            self._checks[label] = _Check(ended, self._namespace.get(label.split()[0]))

    def checked(self, lines: list[str]) -> list[str]:
        """Return the lines of a cell that is about to run.

        A check says with a card that it passes. Where it would judge an older version of an answer or a stub,
        it says so instead. One of IPython's input transformers.
        """
        source = "".join(lines)
        label = check_label(source)
        if not label:
            return lines
        if why := self._versions.why_outdated(label.split()[0]):
            return [f"raise __import__('neurocourse.checks').checks.CheckFailed({why!r})\n"]
        if self._versions.is_unfilled(label.split()[0]):
            return ["raise NotImplementedError\n"]
        passes = r"\1__import__('neurocourse.notebook').notebook.say_passed(\2)"
        return _LABEL.sub(passes, source).splitlines(keepends=True)

    def rows(self, parts: list[Part], saved: Saved) -> list[Row]:
        """Return how each exercise stands, in the order of the tutorial.

        Parameters
        ----------
        parts : list of Part
        saved : Saved
            The notebook on disk, as far as it can be seen from here.
        """
        grouped: dict[str, list[Part]] = {}
        for part in parts:
            grouped.setdefault(part.name, []).append(part)
        return [Row(name, _points(own), self._state(own, saved)) for name, own in grouped.items()]

    def _state(self, parts: list[Part], saved: Saved) -> str:
        return min((self._state_of(part, saved) for part in parts), key=_ORDER.index)

    def _state_of(self, part: Part, saved: Saved) -> str:
        if part.is_written:
            return _state_of_text(saved.texts.get(part.label))
        check = self._checks.get(part.label)
        if check is None:
            return "not checked"
        was_replaced = check.answer is not self._namespace.get(part.name)
        if was_replaced or self._versions.why_outdated(part.name) or self._is_edited(part.name, saved):
            return "changed since its check"
        return check.ended

    def _is_edited(self, name: str, saved: Saved) -> bool:
        return name in saved.texts and self._versions.is_edited(name, saved.texts[name], saved.at)


def _state_of_text(text: str | None) -> str:
    if text is None:
        return "written"
    before, stub, after = text.partition(_STUB)
    return "not answered when last saved" if stub and not after.strip() else "answered"


def next_step(rows: list[Row]) -> str:
    """Return what to do next: of the first row that is not done, those without a bonus before the others."""
    undone = [row for row in rows if row.state in _NEXT]
    undone.sort(key=lambda row: "bonus" in row.points)
    return _NEXT[undone[0].state].format(name=undone[0].name) if undone else _ALL_DONE


def _points(parts: list[Part]) -> str:
    total = sum(part.points for part in parts)
    return f"{f'{total:g} ' if total else ''}{'bonus' * parts[0].is_bonus}".strip()
