"""Groups what candidates return on the visible example into kinds of mistakes, and keeps the frequent ones.

    what the probe said of a candidate ─▶ a refused value, an error, or nothing: then hidden checks
                                       ─▶ one kind for all that returned the same

A candidate counts only if it did here what its students' answers did when they were graded. Cleaned of a text
that mattered, it might do something else, and would be the draft of a mistake that nobody made.
"""

from __future__ import annotations

import builtins
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from examiner.harvest.collected import Candidate
from examiner.harvest.recorder import Recorded, read
from examiner.results.hints import hint_of
from examiner.verdict import TestResult, TestState

_RAISED = re.compile(r"Your code raised (\w{1,60})\b")
_NAME = re.compile(r"(.+?) (?:is not right|should be finite|should have shape)\b", re.DOTALL)


@dataclass(frozen=True)
class Kind:
    """Answers to an exercise that made the same mistake; `answer` is the shortest of the most frequent ones.

    `recorded` is what they return where a visible check refuses it, `raised` the error that they raise there.
    Where both are missing, only hidden checks refuse them, with `hint`.
    """

    exercise: str
    n_students: int
    n_answers: int
    answer: str
    hint: str
    recorded: Recorded | None = None
    raised: str = ""


@dataclass(frozen=True)
class Probed:
    """A candidate with what the probe said of it: the results of its exercise's tests."""

    candidate: Candidate
    results: tuple[TestResult, ...]


def kinds_of(probed: Iterable[Probed], least: int) -> tuple[list[Kind], int]:
    """Return the kinds of so many students, the most frequent first, and how many did otherwise here."""
    groups: dict[tuple[str, str], list[tuple[Probed, Recorded | None, str]]] = defaultdict(list)
    n_otherwise = 0
    for each in probed:
        told = _told(each)
        if told is None:
            n_otherwise += each.candidate.n_students
            continue
        key, recorded, raised = told
        groups[each.candidate.exercise, key].append((each, recorded, raised))
    kinds = [_kind(group) for group in groups.values()]
    frequent = [kind for kind in kinds if kind.n_students >= least]
    return sorted(frequent, key=lambda kind: (-kind.n_students, kind.exercise, kind.answer)), n_otherwise


def _told(probed: Probed) -> tuple[str, Recorded | None, str] | None:
    """Return what tells this mistake from others, or None where the candidate did not do it here."""
    candidate = probed.candidate
    refused = next((test for test in probed.results if test.state is not TestState.PASSED), None)
    if refused is None:
        is_known = not candidate.seen and _is_builtin(_RAISED.match(candidate.hint))
        return (f"hidden {candidate.hint}", None, "") if is_known else None
    if not candidate.seen:
        return None
    if recorded := read(refused.message):
        alike = (
            candidate.said == recorded.said if candidate.said else _checked(candidate.hint) == recorded.name
        )
        return (f"{recorded.name} {recorded.digest}", recorded, "") if alike else None
    raised = _RAISED.match(refused.message)
    if raised and _is_builtin(raised) and hint_of(candidate.hint) == hint_of(refused.message):
        return f"raised {raised[1]}", None, raised[1]
    return None


def _is_builtin(raised: re.Match[str] | None) -> bool:
    """Return whether an error is one of Python's: the name of another could be anything."""
    return raised is None or isinstance(getattr(builtins, raised[1], None), type)


def _checked(hint: str) -> str:
    """Return the name of what a hint says is not right, or an empty string."""
    found = _NAME.match(hint)
    return found[1] if found else ""


def _kind(group: Sequence[tuple[Probed, Recorded | None, str]]) -> Kind:
    most = max(each.candidate.n_students for each, *_ in group)
    typical = min(
        (each.candidate for each, *_ in group if each.candidate.n_students == most),
        key=lambda candidate: (len(candidate.answer), candidate.answer),
    )
    _, recorded, raised = group[0]
    total = sum(each.candidate.n_students for each, *_ in group)
    return Kind(typical.exercise, total, len(group), typical.answer, typical.hint, recorded, raised)
