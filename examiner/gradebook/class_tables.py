"""Tables beside nbgrader's for what a class needs: who is who, exports of platforms, what was returned.

nbgrader's own table of students holds names, e-mail and one LMS id. These hold what has no place there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Float,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    func,
    inspect,
    select,
)
from sqlalchemy.schema import CreateTable

from examiner.course.facts import Course
from examiner.gradebook.database import connect

_METADATA = MetaData()
_PREPARING = 20_170_602  # any number that is the same in every process: PostgreSQL knows the lock by it


def _key(name: str, length: int = 128) -> Column[str]:
    return Column(name, String(length), primary_key=True)


# By what a student is known: a name (`platform` is empty), or a platform's number, in all or one assignment.
IDENTITIES = Table(
    "examiner_identity",
    _METADATA,
    _key("student"),
    _key("platform", 40),
    _key("value", 300),
    _key("assignment"),
)
# Who is on the roster, and who has left the course.
ENROLMENTS = Table(
    "examiner_enrolment",
    _METADATA,
    _key("student"),
    Column("listed", Boolean, nullable=False),
    Column("departed", Boolean, nullable=False),
)
# The last export of each platform, whole; `assignment` is empty where it holds all of the course.
EXPORTS = Table(
    "examiner_export",
    _METADATA,
    _key("platform", 40),
    _key("assignment"),
    Column("filename", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
)
# Which column of a platform's gradebook is an assignment's, once a person has said it.
COLUMNS = Table(
    "examiner_column",
    _METADATA,
    _key("platform", 40),
    _key("assignment"),
    Column("title", Text, nullable=False),
)
# How a platform named the files that a student handed in: it takes feedback back by these names.
HANDED_IN = Table(
    "examiner_handed_in",
    _METADATA,
    _key("student"),
    _key("assignment"),
    _key("platform", 40),
    Column("name", Text, nullable=False),
)
# Each score and page that was returned to a platform; the highest `round` is the last.
RETURNED = Table(
    "examiner_returned",
    _METADATA,
    _key("student"),
    _key("assignment"),
    _key("platform", 40),
    _key("round", 10),
    Column("score", Float),
    Column("page", String(64), nullable=False),
)
TABLES = (IDENTITIES, ENROLMENTS, EXPORTS, COLUMNS, HANDED_IN, RETURNED)


@contextmanager
def connect_class(course: Course) -> Iterator[Connection]:
    """Open the course's gradebook, with these tables in it."""
    with connect(course) as connection:
        with connection.begin():
            add_tables(connection)
        yield connection


def add_tables(connection: Connection) -> None:
    """Add these tables, once for each gradebook."""
    if inspect(connection).has_table(TABLES[-1].name):
        return
    if connection.dialect.name == "postgresql":  # where two at once would both try, and one fail
        connection.execute(select(func.pg_advisory_xact_lock(_PREPARING)))
    for table in TABLES:
        connection.execute(CreateTable(table, if_not_exists=True))
