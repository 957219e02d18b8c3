"""Records verdicts in nbgrader's gradebook: one writer for a batch, one transaction for each verdict.

    verdict ─▶ read the grades as they are ─▶ marks (pure) ─▶ write what differs ─▶ commit

It reads and writes nbgrader's tables by plain statements. Through nbgrader's objects a verdict would cost
many times as much, and ever more as the class grows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Insert, Table, Update, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError, OperationalError

from examiner.course.extensions import read_extensions
from examiner.course.facts import Assignment, Course
from examiner.errors import NotReleased, Unrecordable
from examiner.gradebook.database import connect, writing
from examiner.gradebook.marks import Mark, mark_all, mark_of
from examiner.gradebook.schema import ANSWERS, BONUSES, EXTENSIONS, Layout, new_id, read_layout
from examiner.gradebook.tables import COMMENTS, GRADES, NOTEBOOKS, STUDENTS, SUBMISSIONS
from examiner.intake import timestamps
from examiner.notebook import cells
from examiner.verdict import Verdict

_MOST_CHARACTERS = 128  # of a student's name in nbgrader's tables; SQLite alone would take more

_WRITTEN = ("auto_score", "extra_credit", "needs_manual_grade")

_FIND_STUDENT = select(STUDENTS.c.id).where(STUDENTS.c.id == bindparam("student"))
_FIND_SUBMISSION = (
    select(
        SUBMISSIONS.c.id,
        SUBMISSIONS.c.timestamp,
        SUBMISSIONS.c.extension,
        NOTEBOOKS.c.id.label("notebook"),
        NOTEBOOKS.c.late_submission_penalty.label("penalty"),
        EXTENSIONS.c.seconds.label("seconds_given"),
    )
    .join(NOTEBOOKS, NOTEBOOKS.c.assignment_id == SUBMISSIONS.c.id)
    .outerjoin(EXTENSIONS, EXTENSIONS.c.submission == SUBMISSIONS.c.id)
    .where(SUBMISSIONS.c.assignment_id == bindparam("assignment"))
    .where(SUBMISSIONS.c.student_id == bindparam("student"))
    .where(NOTEBOOKS.c.notebook_id == bindparam("notebook"))
)
# Locked until the transaction ends: a score that a person gives meanwhile comes after it, and stays.
_FIND_GRADES = (
    select(
        GRADES.c.id,
        GRADES.c.cell_id,
        GRADES.c.auto_score,
        GRADES.c.manual_score,
        GRADES.c.extra_credit,
        GRADES.c.needs_manual_grade,
        ANSWERS.c.digest,
        BONUSES.c.bonus,
    )
    .outerjoin(ANSWERS, ANSWERS.c.grade == GRADES.c.id)
    .outerjoin(BONUSES, BONUSES.c.grade == GRADES.c.id)
    .where(GRADES.c.notebook_id == bindparam("notebook"))
    .with_for_update(of=GRADES)
)


def _set(table: Table, key: str, *columns: str) -> Update:
    """Return a statement that sets columns in one row, to parameters named `new_` and the column."""
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in columns}
    return update(table).where(table.c[key] == bindparam("row")).values(values)


_SET_EXTENSION = _set(SUBMISSIONS, "id", "extension")
_SET_TIMESTAMP = _set(SUBMISSIONS, "id", "timestamp")
SET_PENALTY = _set(NOTEBOOKS, "id", "late_submission_penalty")
_SET_GRADE = _set(GRADES, "id", *_WRITTEN)


@dataclass(frozen=True)
class _Submission:
    """A submission as the gradebook holds it, with the marks of its grades by the grades' ids."""

    id: str
    notebook: str
    marks: Mapping[str, Mark]
    timestamp: datetime | None = None
    extension: timedelta | None = None
    penalty: float | None = None
    seconds_given: float | None = None  # the extension that was last recorded from `extensions.csv`

    @property
    def granted(self) -> timedelta | None:
        """The extension that a person has granted in the gradebook."""
        is_ours = self.extension and self.extension.total_seconds() == self.seconds_given
        return None if is_ours else self.extension


class Writer:
    """Records verdicts, each at once and whole: whatever ends this process, what is recorded stays."""

    def __init__(self, course: Course, connection: Connection):
        self._course = course
        self._connection = connection
        self._layouts: dict[str, Layout] = {}
        self._worth: dict[str, dict[str, tuple[float, float]]] = {}
        self._extensions = read_extensions(course)

    def record(self, assignment: Assignment, verdict: Verdict) -> None:
        """Write a verdict's points, extra credit and late penalty; what a person gave stays.

        It is marked for another look when what it was given for has changed. To record a verdict again
        changes nothing.
        """
        check_name(verdict.student)
        handed_in = timestamps.handed_in(self._course, assignment, verdict.student).naive
        layout = self._layout(assignment)
        try:
            self._record(layout, verdict, handed_in)
        except (IntegrityError, OperationalError):
            # Another writer added the same submission at this moment, or the server ended the connection.
            self._record(layout, verdict, handed_in)

    def _layout(self, assignment: Assignment) -> Layout:
        if assignment.name not in self._layouts:
            with self._connection.begin():
                layout = read_layout(self._connection, assignment)
            if layout is None:
                raise NotReleased(f"{assignment.name} is not in the gradebook yet: run `make release` first")
            self._layouts[assignment.name] = layout
            self._worth[layout.name] = self._read_worth(assignment)
        return self._layouts[assignment.name]

    def _read_worth(self, assignment: Assignment) -> dict[str, tuple[float, float]]:
        """Return the points of each graded cell and its extra credit, of which nbgrader knows nothing."""
        source = cells.read_notebook(self._course.path("source", assignment) / assignment.filename)
        graded = cells.graded(source.cells)
        return {cells.grade_id(cell): (cells.points(cell), cells.bonus(cell)) for cell in graded}

    def _record(self, layout: Layout, verdict: Verdict, handed_in: datetime | None) -> None:
        with writing(self._connection):
            held = self._find(layout, verdict.student)
            if held is None:
                held = self._add(layout, verdict.student)
                marks = _after(held, verdict)
                self._many(insert(GRADES), _new_grades(layout, held, marks))
            else:
                marks = _after(held, verdict)
                self._many(_SET_GRADE, _changed_grades(held, marks))
            self._keep(ANSWERS, "digest", held, marks)
            self._keep(BONUSES, "bonus", held, marks)
            if handed_in != held.timestamp:
                self._many(_SET_TIMESTAMP, [{"row": held.id, "new_timestamp": handed_in}])
            extension = self._extend(layout, verdict.student, held)
            score = sum(mark.score for mark in marks.values())
            penalty = self._course.late.penalty(score, layout.seconds_late(handed_in, extension))
            if penalty != held.penalty:
                self._many(SET_PENALTY, [{"row": held.notebook, "new_late_submission_penalty": penalty}])

    def _find(self, layout: Layout, student: str) -> _Submission | None:
        where = {"assignment": layout.assignment, "notebook": layout.notebook, "student": student}
        row = self._connection.execute(_FIND_SUBMISSION, where).first()
        if row is None:
            return None
        names = {cell.id: cell.name for cell in layout.graded}
        worth = self._worth[layout.name]
        grades = self._connection.execute(_FIND_GRADES, {"notebook": row.notebook})
        marks = {}
        for grade in grades:
            name = names[grade.cell_id]
            marks[grade.id] = mark_of(name, grade, worth.get(name))
        told = (row.timestamp, row.extension, row.penalty, row.seconds_given)
        return _Submission(row.id, row.notebook, marks, *told)

    def _extend(self, layout: Layout, student: str, held: _Submission) -> timedelta | None:
        """Record and return a student's extension: that of `extensions.csv`, or else a person's."""
        told = self._extensions.get((student, layout.name))
        extension = told.longer if told else held.granted
        if extension != held.extension:
            self._many(_SET_EXTENSION, [{"row": held.id, "new_extension": extension}])
        seconds = told.longer.total_seconds() if told else None
        if seconds != held.seconds_given:
            self._connection.execute(delete(EXTENSIONS).where(EXTENSIONS.c.submission == held.id))
            rows = [{"submission": held.id, "seconds": seconds}] if told else []
            self._many(insert(EXTENSIONS), rows)
        return extension

    def _add(self, layout: Layout, student: str) -> _Submission:
        """Add a submission as nbgrader does, with its comments; its grades are added by who knows them."""
        if self._connection.execute(_FIND_STUDENT, {"student": student}).first() is None:
            self._many(insert(STUDENTS), [{"id": student}])
        submission, notebook = new_id(), new_id()
        belongs = {"assignment_id": layout.assignment, "student_id": student}
        self._many(insert(SUBMISSIONS), [{"id": submission, **belongs}])
        belongs = {"assignment_id": submission, "notebook_id": layout.notebook}
        self._many(insert(NOTEBOOKS), [{"id": notebook, **belongs}])
        comments = [{"id": new_id(), "cell_id": cell, "notebook_id": notebook} for cell in layout.commented]
        self._many(insert(COMMENTS), comments)
        worth = self._worth[layout.name]
        marks = {new_id(): Mark(cell.name, worth=worth.get(cell.name)) for cell in layout.graded}
        return _Submission(submission, notebook, marks)

    def _keep(self, table: Table, name: str, held: _Submission, marks: Mapping[str, Mark]) -> None:
        """Keep what this recording wrote, by which the next one sees what has changed since."""
        pairs = {
            grade: (getattr(held.marks[grade], name), getattr(mark, name)) for grade, mark in marks.items()
        }
        added = [{"grade": grade, name: new} for grade, (old, new) in pairs.items() if old is None is not new]
        changed = [
            {"row": grade, f"new_{name}": new}
            for grade, (old, new) in pairs.items()
            if old is not None and old != new
        ]
        self._many(insert(table), added)
        self._many(_set(table, "grade", name), changed)

    def _many(self, statement: Update | Insert, rows: list[dict[str, Any]]) -> None:
        if rows:
            self._connection.execute(statement, rows)


@contextmanager
def open_writer(course: Course) -> Iterator[Writer]:
    """Open the course's gradebook for recording, once for all verdicts."""
    with connect(course) as connection:
        yield Writer(course, connection)


def check_name(student: str) -> None:
    """Raise `Unrecordable` if the gradebook cannot hold the name of a student's folder."""
    if len(student) > _MOST_CHARACTERS:
        raise Unrecordable(
            f"a student's name may have {_MOST_CHARACTERS} characters, got {len(student)}: "
            f"rename submitted/{student[:20]}..."
        )
    try:
        student.encode()
    except UnicodeEncodeError:
        raise Unrecordable(f"a student's name must be text in UTF-8: rename submitted/{student!a}") from None


def by_name(students: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the students whose names the gradebook can hold, and a line on each of the others."""
    held, told = [], []
    for student in students:
        try:
            check_name(student)
        except Unrecordable as refusal:
            told.append(str(refusal))
        else:
            held.append(student)
    return held, told


def _after(held: _Submission, verdict: Verdict) -> dict[str, Mark]:
    return dict(zip(held.marks, mark_all(held.marks.values(), verdict), strict=True))


def _new_grades(layout: Layout, held: _Submission, marks: Mapping[str, Mark]) -> list[dict[str, Any]]:
    cells = {cell.name: cell.id for cell in layout.graded}
    return [
        {"id": grade, "cell_id": cells[mark.cell], "notebook_id": held.notebook}
        | {name: getattr(mark, name) for name in _WRITTEN}
        for grade, mark in marks.items()
    ]


def _changed_grades(held: _Submission, marks: Mapping[str, Mark]) -> list[dict[str, Any]]:
    return [
        {"row": grade} | {f"new_{name}": getattr(mark, name) for name in _WRITTEN}
        for grade, mark in marks.items()
        if any(getattr(mark, name) != getattr(held.marks[grade], name) for name in _WRITTEN)
    ]
