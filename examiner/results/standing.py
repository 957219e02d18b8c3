"""Decides what a student's page says of points: of each part of each exercise, and of all together.

A verdict and a score of the gradebook come in; plain data go out. An answer that waits for a person counts
neither as earned nor as lost.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from examiner.gradebook.scores import Score
from examiner.verdict import TestResult
from examiner.wording import number, time_span, timestamp
from neurocourse.look import SIGNS


class PartState(StrEnum):
    """How a part of an exercise stands; the value is how a page says it, with a sign that needs no colour."""

    FAILED = f"{SIGNS['not yet']} not yet"
    PARTLY = f"{SIGNS['partly']} partly passed"
    UNANSWERED = f"{SIGNS['to do']} no answer"
    CHANGED = f"{SIGNS['changed']} to be graded again"
    GRADED = f"{SIGNS['written']} graded by a person"
    WAITING = f"{SIGNS['waits']} waits for a person"
    PASSED = f"{SIGNS['pass']} passed"

    @property
    def is_to_look_at(self) -> bool:
        """Whether the student has something to mend."""
        return self in (PartState.FAILED, PartState.PARTLY, PartState.UNANSWERED)


@dataclass(frozen=True)
class Part:
    """The code of an exercise, or one of its written answers; `extra` is what of the points is on top.

    `cell` is the name of the cell of a written answer.
    """

    exercise: str
    kind: str
    state: PartState
    earned: float
    possible: float
    extra: float
    cell: str = ""

    @property
    def id(self) -> str:
        """Its name within a page."""
        return f"{self.exercise}-{self.kind}"

    @property
    def points(self) -> str:
        """Its points in a word or two."""
        return f"{self._earned}{number(self.possible)}{self._all_extra}"

    @property
    def points_told(self) -> str:
        """Its points in words."""
        return f"{self.points} points"

    @property
    def _earned(self) -> str:
        return "up to " if self.state is PartState.WAITING else f"{number(self.earned)} of "

    @property
    def _all_extra(self) -> str:
        return " extra" if self.extra and self.extra == self.possible else ""


@dataclass(frozen=True)
class Standing:
    """The points of a submission as far as they are known; extra credit stands apart from the rest."""

    earned: float
    lost: float
    waiting: float
    extra: float
    extra_waiting: float
    late_penalty: float
    days_late: float
    total: float
    own_due: datetime | None = None

    @property
    def graded(self) -> float:
        """The points that are decided."""
        return self.earned + self.lost

    @property
    def is_final(self) -> bool:
        """Whether nothing waits for a person."""
        return not self.waiting and not self.extra_waiting

    @property
    def headline(self) -> str:
        """The first sentence of a page: what is earned, of what is graded, and what waits."""
        if self.is_final:
            return f"{number(self.total)} of {number(self.graded)} points"
        verb = "waits" if (self.waiting or self.extra_waiting) == 1 else "wait"
        if not self.waiting:
            so_far = f"{number(self.total)} of {number(self.graded)} points so far"
            return f"{so_far}; {number(self.extra_waiting)} extra {verb} for a person"
        if not self.graded:
            return f"Nothing is graded so far; {number(self.waiting)} points {verb} for a person"
        so_far = f"{number(self.earned)} of {number(self.graded)} points graded so far"
        return f"{so_far}; {number(self.waiting)} {verb} for a person"

    @property
    def remarks(self) -> list[str]:
        """What goes on top of the points of the headline, or off them."""
        said = []
        if self.extra:
            said.append(f"Extra credit: {number(self.extra)} points on top")
        if self.extra_waiting and self.waiting:
            said.append(f"Extra credit that waits for a person: {number(self.extra_waiting)} points")
        if self.own_due:
            said.append(f"Your own due date: {timestamp(self.own_due)}")
        if self.late_penalty:
            late = f"{time_span(86_400 * self.days_late)} late"
            said.append(f"Handed in {late}: {number(self.late_penalty)} points less")
        if self.extra or self.late_penalty:
            so_far = "" if self.is_final else " so far"
            said.append(f"With the exercises' {number(self.earned)}, that makes {number(self.total)}{so_far}")
        return said


def standing(score: Score, parts: Iterable[Part]) -> Standing:
    """Return how a submission stands."""
    waits = [part for part in parts if part.state is PartState.WAITING]
    waiting = sum(part.possible - part.extra for part in waits)
    return Standing(
        earned=score.points,
        lost=max(0.0, score.max_points - waiting - score.points),
        waiting=waiting,
        extra=score.bonus,
        extra_waiting=sum(part.extra for part in waits),
        late_penalty=score.late_penalty,
        days_late=score.days_late,
        total=score.total,
        own_due=score.own_due,
    )


def code_part(exercise: str, tests: list[TestResult], score: Score) -> Part:
    """Return the part that the tests of an exercise give points for."""
    names = {test.grade_id for test in tests}
    extra = sum(test.max_bonus for test in tests)
    earned = sum(score.earned.get(name, 0.0) for name in names)
    possible = sum(test.max_points for test in tests) + extra
    if names & score.changed:
        state = PartState.CHANGED
    elif names & score.given:
        state = PartState.GRADED
    elif earned >= possible:
        state = PartState.PASSED
    else:
        state = PartState.PARTLY if earned else PartState.FAILED
    return Part(exercise, "code", state, earned, possible, extra)


def written_part(exercise: str, name: str, score: Score, *, bonus: float, answered: bool) -> Part:
    """Return a written answer; `bonus` is the extra credit that it can earn, `name` the id of its cell."""
    answer = score.written[name]
    if name in score.changed:
        state = PartState.CHANGED
    elif answer.waiting:
        state = PartState.WAITING
    elif name in score.given or answered:
        state = PartState.GRADED
    else:
        state = PartState.UNANSWERED
    return Part(exercise, "written", state, answer.points, answer.max_points + bonus, bonus, name)
