"""nbgrader's tables as it makes them, for plain statements.

They are written down here because importing nbgrader takes a second, and most commands only read and write
rows. nbgrader itself makes and changes the tables. A test compares each of these with nbgrader's own.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, DateTime, Enum, Float, Interval, MetaData, String, Table, Text

GRADED, ANSWER, TASK = "GradeCell", "SolutionCell", "TaskCell"
"""The kinds of cells, as the column `type` of a cell names them."""

_METADATA = MetaData()


def _id() -> Column[str]:
    return Column("id", String(32), primary_key=True)


def _name(name: str, length: int = 128, *, nullable: bool = True) -> Column[str]:
    return Column(name, String(length), nullable=nullable)


def _one_of(table: str) -> Column[str]:
    """Return the column of a cell's type; PostgreSQL has a type of its own for each table's."""
    return Column("cell_type", Enum("code", "markdown", name=f"{table}_type"), nullable=False)


STUDENTS = Table(
    "student",
    _METADATA,
    Column("id", String(128), primary_key=True),
    _name("first_name"),
    _name("last_name"),
    _name("email"),
    _name("lms_user_id"),
)
ASSIGNMENTS = Table(
    "assignment",
    _METADATA,
    _id(),
    _name("name", nullable=False),
    Column("duedate", DateTime),
    _name("course_id", nullable=False),
)
EXAM_NOTEBOOKS = Table(
    "notebook",
    _METADATA,
    _id(),
    _name("name", nullable=False),
    _name("assignment_id", 32),
    _name("kernelspec", 1024),
)
CELLS = Table(
    "base_cell",
    _METADATA,
    _id(),
    _name("name", nullable=False),
    _name("notebook_id", 32, nullable=False),
    _name("type", 50),
)
GRADE_CELLS = Table(
    "grade_cells", _METADATA, _id(), Column("max_score", Float, nullable=False), _one_of("grade_cell")
)
SOLUTION_CELLS = Table("solution_cells", _METADATA, _id())
TASK_CELLS = Table(
    "task_cells", _METADATA, _id(), Column("max_score", Float, nullable=False), _one_of("grade_cell")
)
SOURCES = Table(
    "source_cell",
    _METADATA,
    _id(),
    _name("name", nullable=False),
    _one_of("source_cell"),
    Column("locked", Boolean, nullable=False, default=False),
    Column("source", Text),
    _name("checksum"),
    _name("notebook_id", 32),
)
SUBMISSIONS = Table(
    "submitted_assignment",
    _METADATA,
    _id(),
    _name("assignment_id", 32),
    _name("student_id"),
    Column("timestamp", DateTime),
    Column("extension", Interval),
)
NOTEBOOKS = Table(
    "submitted_notebook",
    _METADATA,
    _id(),
    _name("assignment_id", 32),
    _name("notebook_id", 32),
    Column("flagged", Boolean, default=False),
    Column("late_submission_penalty", Float(0)),
)
GRADES = Table(
    "grade",
    _METADATA,
    _id(),
    _name("notebook_id", 32),
    _name("cell_id", 32),
    Column("auto_score", Float),
    Column("manual_score", Float),
    Column("extra_credit", Float),
    Column("needs_manual_grade", Boolean, nullable=False, default=True),
)
COMMENTS = Table(
    "comment",
    _METADATA,
    _id(),
    _name("notebook_id", 32),
    _name("cell_id", 32),
    Column("auto_comment", Text),
    Column("manual_comment", Text),
)
KINDS = {GRADED: GRADE_CELLS, ANSWER: SOLUTION_CELLS, TASK: TASK_CELLS}
NBGRADERS = tuple(_METADATA.tables.values())
