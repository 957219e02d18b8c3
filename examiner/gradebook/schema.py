"""The examiner's tables beside nbgrader's, and what nbgrader keeps of an assignment."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Float,
    MetaData,
    String,
    Table,
    func,
    insert,
    inspect,
    select,
)
from sqlalchemy.schema import CreateIndex, CreateTable

from examiner.course.facts import Assignment
from examiner.errors import GradebookError
from examiner.gradebook import desk_tables
from examiner.gradebook.tables import (
    ASSIGNMENTS,
    CELLS,
    EXAM_NOTEBOOKS,
    GRADE_CELLS,
    GRADED,
    NBGRADERS,
    TASK_CELLS,
)

# What was last recorded for a grade: a hash of the written answer, the extra credit. What differs from it
# at the next recording has been changed since, by the student or by a person who grades.
ANSWERS = Table(
    "examiner_answer",
    MetaData(),
    Column("grade", String(32), primary_key=True),
    Column("digest", String(64), nullable=False),
    sqlite_with_rowid=False,
)
BONUSES = Table(
    "examiner_bonus",
    MetaData(),
    Column("grade", String(32), primary_key=True),
    Column("bonus", Float, nullable=False),
    sqlite_with_rowid=False,
)

# The extension that `extensions.csv` gave; one that differs from it was granted by a person since.
EXTENSIONS = Table(
    "examiner_extension",
    MetaData(),
    Column("submission", String(32), primary_key=True),
    Column("seconds", Float, nullable=False),
    sqlite_with_rowid=False,
)
OWN_TABLES = (ANSWERS, BONUSES, EXTENSIONS, *desk_tables.TABLES)
VERSIONS = Table("alembic_version", MetaData(), Column("version_num", String(32), nullable=False))

# nbgrader looks for what belongs to a submission in columns without an index: it reads the whole class.
_INDEXES = {
    "examiner_grade_notebook": "grade (notebook_id)",
    "examiner_comment_notebook": "comment (notebook_id)",
    "examiner_notebook_submission": "submitted_notebook (assignment_id)",
    "examiner_submission_student": "submitted_assignment (student_id)",
}
_PREPARING = 20_170_601  # any number that is the same in every process: PostgreSQL knows the lock by it


@dataclass(frozen=True)
class Cell:
    """A graded cell of an assignment."""

    id: str
    name: str
    max_score: float
    is_written: bool


@dataclass(frozen=True)
class Layout:
    """An assignment as the gradebook knows it: its ids, and its cells, which every submission mirrors."""

    name: str
    assignment: str
    notebook: str
    due: datetime | None
    graded: tuple[Cell, ...]
    commented: tuple[str, ...]

    @property
    def max_score(self) -> float:
        """Points of all graded cells."""
        return sum(cell.max_score for cell in self.graded)

    def seconds_late(self, handed_in: datetime | None, extension: timedelta | None) -> float:
        """Return how long after the due date, with a person's extension, a submission came."""
        if handed_in is None or self.due is None:
            return 0.0
        return max(0.0, (handed_in - self.due - (extension or timedelta())).total_seconds())


def read_layout(connection: Connection, assignment: Assignment) -> Layout | None:
    """Return the layout of an assignment, or None where it is not released."""
    notebook = connection.execute(
        select(ASSIGNMENTS.c.id, ASSIGNMENTS.c.duedate, EXAM_NOTEBOOKS.c.id.label("notebook"))
        .join(EXAM_NOTEBOOKS, EXAM_NOTEBOOKS.c.assignment_id == ASSIGNMENTS.c.id)
        .where(ASSIGNMENTS.c.name == assignment.name, EXAM_NOTEBOOKS.c.name == assignment.notebook)
    ).first()
    if notebook is None:
        return None
    rows = connection.execute(_select_cells(notebook.notebook)).all()
    return Layout(
        name=assignment.name,
        assignment=notebook.id,
        notebook=notebook.notebook,
        due=notebook.duedate,
        graded=tuple(
            Cell(row.id, row.name, row.max_score, row.cell_type == "markdown")
            for row in rows
            if row.max_score is not None
        ),
        commented=tuple(row.id for row in rows if row.type != GRADED),
    )


def _select_cells(notebook: str) -> Any:
    base, grade, task = CELLS, GRADE_CELLS, TASK_CELLS
    return (
        select(
            base.c.id,
            base.c.name,
            base.c.type,
            func.coalesce(grade.c.max_score, task.c.max_score).label("max_score"),
            func.coalesce(grade.c.cell_type, task.c.cell_type).label("cell_type"),
        )
        .outerjoin(grade, grade.c.id == base.c.id)
        .outerjoin(task, task.c.id == base.c.id)
        .where(base.c.notebook_id == notebook)
        .order_by(base.c.name, base.c.type)
    )


def new_id() -> str:
    """Return an id like nbgrader's, but later ones sort after earlier ones.

    Rows made together then lie together in every index, and adding one costs the same in a large class.
    """
    return f"{time.time_ns():016x}{uuid4().hex[:16]}"


def add_own_tables(engine: Engine) -> None:
    """Add the examiner's tables and indexes, once for each gradebook."""
    if {table.name for table in OWN_TABLES} <= set(inspect(engine).get_table_names()):
        return
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":  # where two at once would both try, and one fail
            connection.execute(select(func.pg_advisory_xact_lock(_PREPARING)))
        for name, columns in _INDEXES.items():
            connection.exec_driver_sql(f"CREATE INDEX IF NOT EXISTS {name} ON {columns}")
        for table in OWN_TABLES:
            connection.execute(CreateTable(table, if_not_exists=True))
            for index in table.indexes:
                connection.execute(CreateIndex(index, if_not_exists=True))


def is_whole(connection: Connection) -> bool:
    """Return whether a database holds all tables of a gradebook, and their version."""
    tables = {table.name for table in (*NBGRADERS, *OWN_TABLES, VERSIONS)}
    there = set(inspect(connection).get_table_names())
    return tables <= there and connection.execute(select(VERSIONS)).first() is not None


def add_version(engine: Engine) -> bool:
    """Give a gradebook the version that nbgrader failed to write; return whether it lacked one.

    nbgrader makes its tables first and then writes their version. What ends it in between leaves a gradebook
    that `nbgrader db upgrade` cannot read. Only tables that have every column of now are of this version.
    """
    from nbgrader import api

    with engine.begin() as connection:
        seen = inspect(connection)
        if seen.has_table(VERSIONS.name) and connection.execute(select(VERSIONS)).first():
            return False
        for table in api.Base.metadata.sorted_tables:
            there = {column["name"] for column in seen.get_columns(table.name)}
            if lacking := {column.name for column in table.columns} - there:
                raise GradebookError(
                    f"the gradebook has no version, and its table {table.name} has no column "
                    f"{', '.join(sorted(lacking))}: an older nbgrader made it. Restore it from a backup, and "
                    "run `nbgrader db upgrade`"
                )
        connection.execute(CreateTable(VERSIONS, if_not_exists=True))
        connection.execute(insert(VERSIONS), [{"version_num": api.get_alembic_version()}])
    return True
