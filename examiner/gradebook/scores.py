"""Writes verdicts into nbgrader's gradebook, and reads scores from it.

The gradebook is nbgrader's own database, so Formgrader, manual grading, comments and `nbgrader export` work
on it. It never changes what a person gave.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update

from examiner.apart import Failures, kept_by
from examiner.course.facts import Assignment, Course, LatePolicy
from examiner.gradebook.database import connect, open_gradebook, writing
from examiner.gradebook.marks import mark_of
from examiner.gradebook.recording import SET_PENALTY, open_writer
from examiner.gradebook.schema import BONUSES, Layout, read_layout
from examiner.gradebook.tables import (
    ASSIGNMENTS,
    CELLS,
    COMMENTS,
    GRADES,
    NOTEBOOKS,
    STUDENTS,
    SUBMISSIONS,
)
from examiner.verdict import Verdict
from examiner.wording import timestamp

_PART_BY_PART = {"yield_per": 1000}  # rows
_NO_RESPONSE = "No response."  # what nbgrader writes where a student left a written answer as it was
_CHANGED_DUE = (
    "{name}: the gradebook said that it is due {before}, and now says {now}, as course.toml does. If the "
    "earlier date is right, write it there (`due` of {name})."
)
_SUBMISSIONS = (
    select(
        SUBMISSIONS.c.student_id.label("student"),
        SUBMISSIONS.c.timestamp,
        SUBMISSIONS.c.extension,
        NOTEBOOKS.c.id.label("notebook"),
        NOTEBOOKS.c.late_submission_penalty.label("penalty"),
    )
    .join(NOTEBOOKS, NOTEBOOKS.c.assignment_id == SUBMISSIONS.c.id)
    .where(NOTEBOOKS.c.notebook_id == bindparam("notebook"))
    .order_by(SUBMISSIONS.c.student_id)
)
_GRADES = (
    select(
        GRADES.c.notebook_id,
        GRADES.c.cell_id,
        GRADES.c.auto_score,
        GRADES.c.manual_score,
        GRADES.c.extra_credit,
        GRADES.c.needs_manual_grade,
        BONUSES.c.bonus,
    )
    .join(NOTEBOOKS, NOTEBOOKS.c.id == GRADES.c.notebook_id)
    .outerjoin(BONUSES, BONUSES.c.grade == GRADES.c.id)
    .where(NOTEBOOKS.c.notebook_id == bindparam("notebook"))
    .order_by(GRADES.c.notebook_id)
)
_TOLD = func.coalesce(COMMENTS.c.manual_comment, COMMENTS.c.auto_comment)
_COMMENTS = (
    select(COMMENTS.c.notebook_id, CELLS.c.name, _TOLD.label("told"))
    .join(NOTEBOOKS, NOTEBOOKS.c.id == COMMENTS.c.notebook_id)
    .join(CELLS, CELLS.c.id == COMMENTS.c.cell_id)
    .where(NOTEBOOKS.c.notebook_id == bindparam("notebook"))
    .where(_TOLD.not_in(["", _NO_RESPONSE]))
)


@dataclass(frozen=True, slots=True)
class WrittenScore:
    """The points that a person gave for a written answer; `waiting` until then."""

    points: float
    max_points: float
    waiting: bool


@dataclass(frozen=True, slots=True)
class Score:
    """What the gradebook holds for one submission: points with manual grading, extra credit and penalty.

    `earned` has the points of each graded cell, what a person gave and extra credit included. `to_grade`
    counts the answers that no person has scored yet, `to_recheck` the scores that a person gave for an
    answer that has changed since. `given` names the cells that a person scored, `changed` those of them whose
    answer has changed since. `above_maximum` has such scores with the most that their cell can give,
    and `own_due` is the student's own due date, in UTC, where there is an extension.
    """

    student: str
    assignment: str
    points: float
    max_points: float
    bonus: float
    late_penalty: float
    days_late: float
    written: dict[str, WrittenScore]
    comments: dict[str, str]
    earned: dict[str, float]
    to_grade: int = 0
    to_recheck: int = 0
    given: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()
    above_maximum: dict[str, tuple[float, float]] = field(default_factory=dict)
    own_due: datetime | None = None

    @property
    def needs_manual_grade(self) -> bool:
        """Whether a person has yet to grade an answer."""
        return any(answer.waiting for answer in self.written.values())

    @property
    def total(self) -> float:
        """Points and extra credit less the late penalty, never below zero."""
        return max(0.0, self.points + self.bonus - self.late_penalty)


def set_due_date(course: Course, assignment: Assignment) -> str:
    """Bring the due date in the gradebook in step with `course.toml`, and say in a sentence if it changes."""
    due = assignment.due.replace(tzinfo=None) if assignment.due else None
    mine = ASSIGNMENTS.c.name == assignment.name
    with connect(course) as connection:
        known = connection.execute(select(ASSIGNMENTS.c.duedate).where(mine)).first()
        connection.rollback()
        if known and known.duedate != due:
            with writing(connection):
                connection.execute(update(ASSIGNMENTS).where(mine).values(duedate=due))
    if not known:
        with open_gradebook(course) as gradebook:
            gradebook.update_or_create_assignment(assignment.name, duedate=due)
    before = known.duedate if known else None
    if before in (None, due):
        return ""
    return _CHANGED_DUE.format(name=assignment.name, before=timestamp(before), now=timestamp(due))


def students(course: Course) -> list[str]:
    """Return the names of all students in the gradebook."""
    with connect(course) as connection:
        return list(connection.scalars(select(STUDENTS.c.id).order_by(STUDENTS.c.id)))


def is_released(course: Course, assignment: Assignment) -> bool:
    """Return whether the gradebook knows the assignment's cells."""
    with connect(course) as connection:
        return read_layout(connection, assignment) is not None


def record(course: Course, assignment: Assignment, verdict: Verdict) -> None:
    """Record one verdict, as `Writer.record` does; a batch opens one writer for all of them."""
    with open_writer(course) as writer:
        writer.record(assignment, verdict)


def scores(
    course: Course, assignment: Assignment, failures: Failures | None = None, *, only: str | None = None
) -> dict[str, Score]:
    """Return the scores of all students who handed the assignment in, or `only` of one, by student.

    What a person has given since the grading counts for the late penalty, too, which is renewed first.
    Whose rows make no sense is kept apart in `failures`; without it, the first of them ends the work.
    """
    book: dict[str, Score] = {}
    with connect(course) as connection:
        layout = read_layout(connection, assignment)
        if layout is None:
            return {}
        where = {"notebook": layout.notebook}
        of_whom = [] if only is None else [SUBMISSIONS.c.student_id == only]
        submissions = {row.notebook: row for row in connection.execute(_SUBMISSIONS.where(*of_whom), where)}
        mine = [] if only is None else [NOTEBOOKS.c.id.in_(list(submissions))]
        comments = _by_notebook(connection.execute(_COMMENTS.where(*mine), where))
        grades_of_all = connection.execute(_GRADES.where(*mine), where, execution_options=_PART_BY_PART)
        for notebook, grades in _grades_of_each(grades_of_all, submissions):
            row = submissions[notebook]
            with kept_by(failures, row.student):
                book[row.student] = _score(layout, course.late, row, grades, comments[notebook])
        renewed = [row for row in submissions.values() if row.student in book]
        _renew_penalties(connection, {row.notebook: (row.penalty, book[row.student]) for row in renewed})
        connection.commit()
    return dict(sorted(book.items()))


def _grades_of_each(rows: Iterable[Any], notebooks: Iterable[str]) -> Iterator[tuple[str, list[Any]]]:
    """Yield each submission's notebook with its grades; those of a large class are never held together."""
    empty = set(notebooks)
    for notebook, grades in groupby(rows, key=attrgetter("notebook_id")):
        if notebook in empty:
            empty.remove(notebook)
            yield notebook, [*grades]
    yield from ((notebook, []) for notebook in empty)


def _by_notebook(rows: Iterable[Any]) -> dict[str, list[Any]]:
    groups = defaultdict(list)
    for row in rows:
        groups[row.notebook_id].append(row)
    return groups


def _renew_penalties(connection: Connection, scores: dict[str, tuple[float | None, Score]]) -> None:
    changed = [
        {"row": notebook, "new_late_submission_penalty": score.late_penalty}
        for notebook, (penalty, score) in scores.items()
        if score.late_penalty != penalty
    ]
    if changed:
        connection.execute(SET_PENALTY, changed)


def _score(layout: Layout, late: LatePolicy, row: Any, grades: list[Any], comments: list[Any]) -> Score:
    cells = {cell.id: cell for cell in layout.graded}
    marks = [(cells[grade.cell_id], mark_of(cells[grade.cell_id].name, grade)) for grade in grades]
    total = sum(mark.score for _, mark in marks)
    bonus = sum(mark.extra_credit or 0.0 for _, mark in marks)
    seconds_late = layout.seconds_late(row.timestamp, row.extension)
    waiting = [mark for _, mark in marks if mark.needs_manual_grade]
    return Score(
        student=row.student,
        assignment=layout.name,
        points=total - bonus,
        max_points=layout.max_score,
        bonus=bonus,
        late_penalty=late.penalty(total, seconds_late),
        days_late=seconds_late / 86_400,
        written={
            mark.cell: WrittenScore(mark.score, cell.max_score, mark.needs_manual_grade)
            for cell, mark in marks
            if cell.is_written
        },
        comments={comment.name: comment.told for comment in comments},
        earned={mark.cell: mark.score for _, mark in marks},
        to_grade=sum(mark.is_ungraded for mark in waiting),
        to_recheck=sum(not mark.is_ungraded for mark in waiting),
        given=frozenset(mark.cell for _, mark in marks if mark.is_by_person),
        changed=frozenset(mark.cell for mark in waiting if not mark.is_ungraded),
        above_maximum={
            mark.cell: (mark.manual_score, cell.max_score)
            for cell, mark in marks
            if mark.manual_score is not None and mark.manual_score > cell.max_score
        },
        own_due=layout.due + row.extension if layout.due and row.extension else None,
    )
