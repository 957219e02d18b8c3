"""Takes students who have left, and work that is not there any more, out of gradebook and folders.

Nothing is lost: what people and tests gave goes into a file, and folders are put aside, all of it under
`.examiner/removed/`. Folders go first. So what stops this in between leaves something that the same command
finds again.
"""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Select, bindparam, delete, select, update

from examiner.course.entries import did_you_mean, nearest
from examiner.course.facts import Course
from examiner.errors import UnknownStudent
from examiner.gradebook.class_tables import ENROLMENTS, HANDED_IN, IDENTITIES, RETURNED, connect_class
from examiner.gradebook.database import connect, writing
from examiner.gradebook.desk_tables import BY_GRADE, DECISIONS
from examiner.gradebook.schema import ANSWERS, BONUSES, EXTENSIONS
from examiner.gradebook.tables import ASSIGNMENTS, CELLS, COMMENTS, GRADES, NOTEBOOKS, STUDENTS, SUBMISSIONS

_BY_STUDENT = (HANDED_IN, RETURNED, IDENTITIES, ENROLMENTS)
STEPS = ("submitted", "autograded", "feedback")
_COLUMNS = ("student", "assignment", "cell", "auto_score", "manual_score", "extra_credit", "comment")


@dataclass(frozen=True, order=True)
class Work:
    """What one student has for one assignment."""

    student: str
    assignment: str

    def __str__(self) -> str:
        """Return where its folder is, within `submitted/`."""
        return f"{self.student}/{self.assignment}"


def orphans(course: Course) -> list[Work]:
    """Return the work that was graded and does not lie in `submitted/` any more."""
    with connect(course) as connection:
        graded = {Work(*row) for row in connection.execute(_submissions())}
    for folder in (course.root / STEPS[1]).glob("*/*/"):
        if (folder / "verdict.json").exists():
            graded.add(Work(folder.parent.name, folder.name))
    return sorted(work for work in graded if not (course.root / STEPS[0] / str(work)).is_dir())


def _submissions() -> Select[Any]:
    return select(SUBMISSIONS.c.student_id, ASSIGNMENTS.c.name).join(
        ASSIGNMENTS, ASSIGNMENTS.c.id == SUBMISSIONS.c.assignment_id
    )


def remove_students(course: Course, students: Sequence[str], now: datetime) -> Path:
    """Take students out of gradebook and folders, and return where all of theirs is kept."""
    with connect(course) as connection:
        known = set(connection.scalars(select(STUDENTS.c.id)))
    known |= {path.name for step in STEPS for path in (course.root / step).glob("*/")}
    for student in students:
        if student not in known:
            meant = did_you_mean(nearest(student, known))
            raise UnknownStudent(f"nobody was removed: there is no student {student!r}; {meant}".rstrip("; "))
    aside = _aside(course, now)
    for student in students:
        for step in STEPS:
            _put_aside(course.root / step / student, aside / step / student)
    _drop_answers(course)
    with connect_class(course) as connection, writing(connection):
        works = [Work(*row) for row in connection.execute(_submissions()) if row[0] in students]
        _take_out(connection, works, aside)
        gone = [{"gone": student} for student in students]
        for column in (*(table.c.student for table in _BY_STUDENT), STUDENTS.c.id):
            connection.execute(delete(column.table).where(column == bindparam("gone")), gone)
    return aside


def remove_orphans(course: Course, works: Iterable[Work], now: datetime) -> Path:
    """Take work that is not there any more out of the gradebook, and return where its scores are kept."""
    aside = _aside(course, now)
    works = list(works)
    for work in works:
        for step in STEPS[1:]:
            _put_aside(course.root / step / str(work), aside / step / str(work))
    _drop_answers(course)
    with connect(course) as connection, writing(connection):
        _take_out(connection, works, aside)
    return aside


def _aside(course: Course, now: datetime) -> Path:
    folder = course.root / ".examiner" / "removed" / f"{now:%Y-%m-%dT%H%M%S}"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _drop_answers(course: Course) -> None:
    """Delete what the desk keeps of everybody's answers; it reads those that are left again, in seconds."""
    shutil.rmtree(course.root / ".examiner" / "desk", ignore_errors=True)


def _put_aside(folder: Path, aside: Path) -> None:
    if folder.is_dir():
        aside.parent.mkdir(parents=True, exist_ok=True)
        folder.rename(aside)


def _take_out(connection: Connection, works: Iterable[Work], aside: Path) -> None:
    """Delete submissions with all that belongs to them, once what they hold is written to a file."""
    ids: list[str] = []
    rows: list[tuple[object, ...]] = []
    for work in works:
        found = connection.execute(_of(work)).all()
        ids += [row.id for row in found]
        for row in found:
            rows += [(*(work.student, work.assignment), *each) for each in _given(connection, row.id)]
    if rows:
        with (aside / "scores.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([_COLUMNS, *rows])
    _forget(connection, {grade for submission in ids for grade in connection.scalars(_grades(submission))})
    for submission in ids:
        _delete(connection, submission)


def _of(work: Work) -> Select[Any]:
    return (
        select(SUBMISSIONS.c.id)
        .join(ASSIGNMENTS, ASSIGNMENTS.c.id == SUBMISSIONS.c.assignment_id)
        .where(SUBMISSIONS.c.student_id == work.student, ASSIGNMENTS.c.name == work.assignment)
    )


def _given(connection: Connection, submission: str) -> list[tuple[object, ...]]:
    mine = NOTEBOOKS.c.assignment_id == submission
    grades = (
        select(CELLS.c.name, GRADES.c.auto_score, GRADES.c.manual_score, GRADES.c.extra_credit)
        .join_from(GRADES, NOTEBOOKS, NOTEBOOKS.c.id == GRADES.c.notebook_id)
        .join(CELLS, CELLS.c.id == GRADES.c.cell_id)
        .where(mine)
    )
    comments = (
        select(CELLS.c.name, COMMENTS.c.manual_comment)
        .join_from(COMMENTS, NOTEBOOKS, NOTEBOOKS.c.id == COMMENTS.c.notebook_id)
        .join(CELLS, CELLS.c.id == COMMENTS.c.cell_id)
        .where(mine, COMMENTS.c.manual_comment != "")
    )
    told = {row[0]: row[1] for row in connection.execute(comments)}
    rows = [(*row, told.pop(row[0], None)) for row in connection.execute(grades)]
    return [*rows, *((cell, None, None, None, comment) for cell, comment in told.items())]


def _notebooks(submission: str) -> Select[Any]:
    return select(NOTEBOOKS.c.id).where(NOTEBOOKS.c.assignment_id == submission)


def _grades(submission: str) -> Select[Any]:
    return select(GRADES.c.id).where(GRADES.c.notebook_id.in_(_notebooks(submission)))


def _forget(connection: Connection, grades: Collection[str]) -> None:
    """Take grades out of what undoes a decision at the desk; one that was on nobody else goes as a whole."""
    for row in connection.execute(select(DECISIONS.c.id, DECISIONS.c.states)).all():
        held = json.loads(row.states)
        left = {grade: state for grade, state in held.items() if grade not in grades}
        this = DECISIONS.c.id == row.id
        if not left:
            connection.execute(delete(DECISIONS).where(this))
        elif len(left) < len(held):
            connection.execute(update(DECISIONS).where(this).values(states=json.dumps(left)))


def _delete(connection: Connection, submission: str) -> None:
    notebooks, grades = _notebooks(submission), _grades(submission)
    for table in (ANSWERS, BONUSES, *BY_GRADE):
        connection.execute(delete(table).where(table.c.grade.in_(grades)))
    for table in (GRADES, COMMENTS):
        connection.execute(delete(table).where(table.c.notebook_id.in_(notebooks)))
    connection.execute(delete(NOTEBOOKS).where(NOTEBOOKS.c.assignment_id == submission))
    connection.execute(delete(EXTENSIONS).where(EXTENSIONS.c.submission == submission))
    connection.execute(delete(SUBMISSIONS).where(SUBMISSIONS.c.id == submission))
