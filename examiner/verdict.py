"""Defines the verdict on one submission, as plain data: what ran, what it earned, and why.

The examination makes it. The gradebook, the feedback page and the report read it. A test earns points only if
the verdict records that it ran and passed.
"""

from __future__ import annotations

import dataclasses
import functools
import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

_SAME_FOR_MANY = ("grade_id", "exercise", "message", "key")
_REMEMBERED = 4096  # texts


class TestState(StrEnum):
    """How a test cell ended."""

    __test__ = False  # not a test of pytest's

    PASSED = "passed"
    FAILED = "failed"
    ERROR = "error"
    TIMED_OUT = "timed_out"
    CRASHED = "crashed"
    NOT_REACHED = "not_reached"


class SubmissionState(StrEnum):
    """How the examination of a submission ended."""

    GRADED = "graded"
    NEEDS_REVIEW = "needs_review"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class TestResult:
    """What one test cell found, with the points that it can give; `bonus` is extra credit.

    `key` is a hash of all that the result depends on. `only_hidden` says that all visible checks had passed
    before a hidden one refused the answer.
    """

    __test__ = False

    grade_id: str
    exercise: str
    state: TestState
    max_points: float
    max_bonus: float
    message: str = ""
    key: str = ""
    only_hidden: bool = False

    @property
    def points(self) -> float:
        """Points earned."""
        return self.max_points if self.state is TestState.PASSED else 0.0

    @property
    def bonus(self) -> float:
        """Extra credit earned."""
        return self.max_bonus if self.state is TestState.PASSED else 0.0


@dataclass(frozen=True, slots=True)
class WrittenAnswer:
    """A written answer: whether there is one, and a hash of it that tells when it is another one."""

    grade_id: str
    answered: bool
    digest: str


@dataclass(frozen=True)
class Verdict:
    """The outcome for one student's submission of one assignment.

    `repairs` says what was mended in the notebook, `notes` what was seen while it ran, each in sentences.
    It is not `firm` where something ended by time, by memory or by a crash: that may be the machine's
    doing, so it is tried again before it counts, and never taken for known.
    """

    student: str
    assignment: str
    state: SubmissionState
    reason: str = ""
    tests: tuple[TestResult, ...] = ()
    repairs: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    written: tuple[WrittenAnswer, ...] = ()
    digest: str = ""
    firm: bool = True

    @property
    def points(self) -> float:
        """Points of all tests, without extra credit and written answers."""
        return sum(test.points for test in self.tests)

    @property
    def bonus(self) -> float:
        """Extra credit of all tests."""
        return sum(test.bonus for test in self.tests)

    def by_exercise(self) -> dict[str, list[TestResult]]:
        """Return the results of each exercise, in the notebook's order."""
        exercises: dict[str, list[TestResult]] = {}
        for test in self.tests:
            exercises.setdefault(test.exercise, []).append(test)
        return exercises

    def to_json(self) -> str:
        """Return the verdict as text that `from_json` reads."""
        return json.dumps(asdict(self), indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Verdict:
        """Read what `to_json` wrote; anything else raises ValueError, KeyError or TypeError."""
        fields = json.loads(text)
        if not isinstance(fields, dict):
            raise TypeError(f"a verdict is an object, got {type(fields).__name__}")
        tests = tuple(
            TestResult(**{**test, **_shared(test), "state": TestState(test["state"])})
            for test in fields.pop("tests")
        )
        lists = {name: tuple(fields.pop(name)) for name in ("repairs", "notes")}
        lists["written"] = tuple(WrittenAnswer(**answer) for answer in fields.pop("written"))
        verdict = cls(**{**fields, **lists, "state": SubmissionState(fields["state"]), "tests": tests})
        _check_fields(verdict, *verdict.tests, *verdict.written)
        return verdict


def _shared(test: Any) -> dict[str, str]:
    """Return texts of a test that many students share, so that a large class holds each of them once."""
    return {name: _seen_before(test[name]) for name in _SAME_FOR_MANY if name in test}


@functools.lru_cache(maxsize=_REMEMBERED)
def _seen_before(text: str) -> str:
    """Return the same text as when it was last read."""
    return text


def _check_fields(*parts: Any) -> None:
    """Raise TypeError where a field that came out of a file holds what it never does."""
    for part in parts:
        made: Any = type(part)
        for name, kind in _kinds_of(made):
            if not isinstance(getattr(part, name), kind):
                raise TypeError(f"{name} is no {kind}: {getattr(part, name)!r}")


@functools.cache  # a class has thousands of verdicts
def _kinds_of(part: Any) -> tuple[tuple[str, Any], ...]:
    """Return for each field of a class what its values may be."""
    kinds: dict[str, Any] = {"str": str, "float": (int, float), "bool": bool, "tuple[str, ...]": tuple}
    return tuple((field.name, kinds.get(str(field.type), object)) for field in dataclasses.fields(part))


def write_verdict(verdict: Verdict, folder: Path) -> None:
    """Write a verdict into the folder of its graded notebook, in one step."""
    folder.mkdir(parents=True, exist_ok=True)
    partial = folder / "verdict.json.partial"
    partial.write_text(verdict.to_json(), encoding="utf-8")
    partial.replace(folder / "verdict.json")


def read_verdict(folder: Path) -> Verdict | None:
    """Return the verdict in this folder, or None if there is none yet."""
    try:
        return Verdict.from_json((folder / "verdict.json").read_text(encoding="utf-8"))
    except (FileNotFoundError, KeyError, TypeError, ValueError, RecursionError):
        return None  # absent, or written by an older version: examine again
