"""Brings the cells of the gradebook in step with an exam, and carries over what people have given.

    differences ─▶ what is taken out, kept in a file ─▶ rows renamed, changed, added ─▶ one transaction

A test gives all of its points or none. So where its points change, each score changes with them in the same
transaction: new points never meet an old maximum.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, case, delete, insert, select, update

from examiner.course.facts import Assignment, Course
from examiner.gradebook.database import writing
from examiner.gradebook.desk_tables import BY_CELL, BY_GRADE
from examiner.gradebook.exam_cells import Differences, ExamCell, Held
from examiner.gradebook.schema import ANSWERS, BONUSES, new_id
from examiner.gradebook.tables import (
    ANSWER,
    CELLS,
    COMMENTS,
    EXAM_NOTEBOOKS,
    GRADED,
    GRADES,
    KINDS,
    NOTEBOOKS,
    SOURCES,
    SUBMISSIONS,
)

_COLUMNS = ("student", "cell", "auto_score", "manual_score", "extra_credit", "comment")


@dataclass(frozen=True)
class Given:
    """What one student has for one cell; None where there is nothing of a kind."""

    student: str
    cell: str
    auto_score: float | None = None
    manual_score: float | None = None
    extra_credit: float | None = None
    comment: str | None = None

    @property
    def is_by_hand(self) -> bool:
        """Whether a person has given it."""
        return self.manual_score is not None or bool(self.comment)


def read_given(connection: Connection, held: Held) -> list[Given]:
    """Return what everybody has for each cell: scores, and comments of people."""
    whose = _whose(held)
    grades = (
        select(
            SUBMISSIONS.c.student_id,
            CELLS.c.name,
            GRADES.c.auto_score,
            GRADES.c.manual_score,
            GRADES.c.extra_credit,
        )
        .join_from(GRADES, NOTEBOOKS, NOTEBOOKS.c.id == GRADES.c.notebook_id)
        .join(SUBMISSIONS, SUBMISSIONS.c.id == NOTEBOOKS.c.assignment_id)
        .join(CELLS, CELLS.c.id == GRADES.c.cell_id)
        .where(whose)
    )
    comments = (
        select(SUBMISSIONS.c.student_id, CELLS.c.name, COMMENTS.c.manual_comment)
        .join_from(COMMENTS, NOTEBOOKS, NOTEBOOKS.c.id == COMMENTS.c.notebook_id)
        .join(SUBMISSIONS, SUBMISSIONS.c.id == NOTEBOOKS.c.assignment_id)
        .join(CELLS, CELLS.c.id == COMMENTS.c.cell_id)
        .where(whose, COMMENTS.c.manual_comment != "")
    )
    told = {(row[0], row[1]): row[2] for row in connection.execute(comments)}
    given = [Given(*row, told.pop((row[0], row[1]), None)) for row in connection.execute(grades)]
    alone = [Given(student, cell, comment=comment) for (student, cell), comment in told.items()]
    return sorted([*given, *alone], key=lambda each: (each.student, each.cell))


def _whose(held: Held) -> Any:
    return NOTEBOOKS.c.notebook_id == held.id


def keep_removed(
    course: Course, assignment: Assignment, removed: Iterable[Given], now: datetime
) -> Path | None:
    """Write what is about to be taken out of the gradebook into a file of its own, if there is anything."""
    rows = [[getattr(each, name) for name in _COLUMNS] for each in removed]
    if not rows:
        return None
    folder = course.root / ".examiner" / "removed"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{assignment.name}-{now:%Y-%m-%dT%H%M%S}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([_COLUMNS, *rows])
    return path


def carry_over(
    connection: Connection, held: Held, differences: Differences, sources: Mapping[str, str]
) -> None:
    """Let the gradebook's cells be those of the exam; `sources` are all whose text nbgrader keeps."""
    with writing(connection):
        if differences.renamed_notebook:
            table = EXAM_NOTEBOOKS
            name = differences.renamed_notebook[1]
            connection.execute(update(table).where(table.c.id == held.id).values(name=name))
        for old, new in differences.renamed:
            connection.execute(update(CELLS).where(CELLS.c.id == old.id).values(name=new.name))
        for old, new in differences.changed:
            _change(connection, old, new)
        for cell in differences.removed:
            _remove(connection, cell)
        for cell in differences.added:
            _add(connection, held, cell)
        _keep_sources(connection, held, sources)


def _change(connection: Connection, old: ExamCell, new: ExamCell) -> None:
    table = KINDS[old.kind]
    values = {"max_score": new.max_score, "cell_type": new.cell_type}
    connection.execute(update(table).where(table.c.id == old.id).values(values))
    passed = case((GRADES.c.auto_score > 0, new.max_score), else_=GRADES.c.auto_score)
    connection.execute(update(GRADES).where(GRADES.c.cell_id == old.id).values(auto_score=passed))


def _remove(connection: Connection, cell: ExamCell) -> None:
    grades = select(GRADES.c.id).where(GRADES.c.cell_id == cell.id)
    for table in (ANSWERS, BONUSES, *BY_GRADE):
        connection.execute(delete(table).where(table.c.grade.in_(grades)))
    for table in BY_CELL:
        connection.execute(delete(table).where(table.c.cell == cell.id))
    for table in (GRADES, COMMENTS):
        connection.execute(delete(table).where(table.c.cell_id == cell.id))
    for table in (KINDS[cell.kind], CELLS):
        connection.execute(delete(table).where(table.c.id == cell.id))


def _add(connection: Connection, held: Held, cell: ExamCell) -> None:
    """Add a cell, and for everybody who was graded the row that `make grade` fills next."""
    made = new_id()
    own: dict[str, Any] = {"id": made}
    if cell.kind != ANSWER:
        own |= {"max_score": cell.max_score, "cell_type": cell.cell_type}
    base = {"id": made, "name": cell.name, "notebook_id": held.id, "type": cell.kind}
    connection.execute(insert(CELLS), [base])
    connection.execute(insert(KINDS[cell.kind]), [own])
    graded = connection.scalars(select(NOTEBOOKS.c.id).where(_whose(held))).all()
    if cell.kind != ANSWER:
        waits = cell.cell_type == "markdown"
        _many(connection, GRADES, made, graded, needs_manual_grade=waits)
    if cell.kind != GRADED:
        _many(connection, COMMENTS, made, graded)


def _many(connection: Connection, table: Table, cell: str, notebooks: Sequence[str], **values: Any) -> None:
    rows = [{"id": new_id(), "cell_id": cell, "notebook_id": each, **values} for each in notebooks]
    if rows:
        connection.execute(insert(table), rows)


def _keep_sources(connection: Connection, held: Held, sources: Mapping[str, str]) -> None:
    """Let nbgrader find the cells whose text it keeps; it writes the text itself, and refuses new ones."""
    mine = SOURCES.c.notebook_id == held.id
    connection.execute(delete(SOURCES).where(mine, SOURCES.c.name.not_in(list(sources))))
    there = set(connection.scalars(select(SOURCES.c.name).where(mine)))
    rows = [
        {"id": new_id(), "name": name, "cell_type": kind, "locked": False, "notebook_id": held.id}
        for name, kind in sources.items()
        if name not in there
    ]
    if rows:
        connection.execute(insert(SOURCES), rows)
