"""The verdict on one submission, as plain data: what ran, what it earned, and why.

The examination makes it; the gradebook, the feedback page and the report read it. Points come from an
explicit record that a test ran and passed, and from nothing else.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any


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


@dataclass(frozen=True)
class TestResult:
    """What one test cell found, with the points that it can give; `bonus` is extra credit."""

    __test__ = False

    grade_id: str
    exercise: str
    state: TestState
    max_points: float
    max_bonus: float
    message: str = ""

    @property
    def points(self) -> float:
        """Points earned."""
        return self.max_points if self.state is TestState.PASSED else 0.0

    @property
    def bonus(self) -> float:
        """Extra credit earned."""
        return self.max_bonus if self.state is TestState.PASSED else 0.0


@dataclass(frozen=True)
class Verdict:
    """The outcome for one student's submission of one assignment."""

    student: str
    assignment: str
    state: SubmissionState
    reason: str = ""
    tests: tuple[TestResult, ...] = ()
    digest: str = ""

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
        """Read what `to_json` wrote."""
        fields: dict[str, Any] = json.loads(text)
        tests = tuple(
            TestResult(**{**test, "state": TestState(test["state"])}) for test in fields.pop("tests")
        )
        return cls(**{**fields, "state": SubmissionState(fields["state"]), "tests": tests})


def write_verdict(verdict: Verdict, folder: Path) -> None:
    """Write a verdict into the folder of its graded notebook, in one step."""
    folder.mkdir(parents=True, exist_ok=True)
    partial = folder / "verdict.json.partial"
    partial.write_text(verdict.to_json(), encoding="utf-8")
    partial.replace(folder / "verdict.json")


def read_verdict(folder: Path) -> Verdict | None:
    """Return the verdict in this folder, or None where none has been written."""
    try:
        return Verdict.from_json((folder / "verdict.json").read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError, KeyError, TypeError, ValueError):
        return None  # absent, or written by an older version: examine again
