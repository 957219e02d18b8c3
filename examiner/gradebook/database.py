"""Opens the gradebook's database: SQLite beside the course, or PostgreSQL if `GRADEBOOK_URL` says so.

`nbgrader_config.py` takes the address from here, so nbgrader's commands, Formgrader and the examiner use the
same database. When the database refuses something, the error is one line, and no line shows a password.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import NullPool

from examiner.course.facts import Course
from examiner.errors import GradebookError
from examiner.gradebook.converters import load_config, nbgrader_at_ease
from examiner.gradebook.schema import add_own_tables, add_version, is_whole
from examiner.wording import say

VARIABLE = "GRADEBOOK_URL"
MENDED = "The gradebook {place} had no version, as nbgrader was stopped while it made it. It has one now."

_EXPECTED = "expected postgresql://USER@HOST/DATABASE or sqlite:////FOLDER/gradebook.db"
_PSYCOPG = "postgresql+psycopg2"
_DRIVERS = {"postgresql": _PSYCOPG, "postgres": _PSYCOPG, _PSYCOPG: _PSYCOPG, "sqlite": "sqlite"}
_CONNECT_SECONDS = 10
_SETS_ADDRESS = re.compile(r"\b(?:db_url|load_subconfig)\b")
_OWN_ADDRESS = "c.CourseDirectory.db_url = url"
_BUSY_SECONDS = 60


def gradebook_url() -> str:
    """Return the address that `GRADEBOOK_URL` gives, as SQLAlchemy wants it, or "" where it gives none."""
    told = os.environ.get(VARIABLE, "")
    return checked_url(told, VARIABLE) if told else ""


def checked_url(told: str, name: str) -> str:
    """Return an address as SQLAlchemy wants it; `name` says in errors where the address stands."""
    try:
        url = sqlalchemy.make_url(told)
    except (ArgumentError, ValueError):
        raise GradebookError(f"{name} holds no address of a database: {_EXPECTED}") from None
    if url.drivername not in _DRIVERS:
        raise GradebookError(f"{name} begins with {url.drivername}://, {_EXPECTED}")
    if "@" in (url.host or ""):
        raise GradebookError(
            f"{name} has more than one @: write one that belongs to the password as %40, "
            "or keep the password in ~/.pgpass"
        )
    # The rest stays as it was written: SQLAlchemy would write / as %2F, and `nbgrader db upgrade` takes no %.
    address = _DRIVERS[url.drivername] + told.removeprefix(url.drivername)
    if url.get_backend_name() == "sqlite" or "connect_timeout" in url.query:
        return address
    return f"{address}{'&' if url.query else '?'}connect_timeout={_CONNECT_SECONDS}"


def address(course: Course) -> str:
    """Return the address of the course's gradebook, by which `nbgrader_config.py` sets `db_url`."""
    return gradebook_url() or f"sqlite:///{course.root / 'gradebook.db'}"


def _address(course: Course) -> str:
    """Return the address that nbgrader uses; it is only asked where the course's settings are not ours."""
    settings = course.root / "nbgrader_config.py"
    lines = settings.read_text(encoding="utf-8", errors="replace").splitlines() if settings.exists() else []
    if {line.strip() for line in lines if _SETS_ADDRESS.search(line)} <= {_OWN_ADDRESS}:
        return address(course)
    from nbgrader.coursedir import CourseDirectory

    return str(CourseDirectory(config=load_config(course)).db_url)


@contextmanager
def open_gradebook(course: Course) -> Iterator[Any]:
    """Open the course's gradebook through nbgrader; it is made when it is missing."""
    from nbgrader.coursedir import CourseDirectory

    directory = CourseDirectory(config=load_config(course))
    with open_address(directory.db_url, directory.course_id) as gradebook:
        yield gradebook


@contextmanager
def open_address(url: str, course_id: str) -> Iterator[Any]:
    """Open the gradebook at an address, which is made when it is missing."""
    from nbgrader.api import Gradebook

    with nbgrader_at_ease(), in_one_line(url):
        try:
            gradebook = Gradebook(url, course_id)
        except subprocess.CalledProcessError:
            raise GradebookError(_no_gradebook()) from None
        except DBAPIError as error:
            if error.statement is None:
                raise  # it was not reached
            gradebook = Gradebook(url, course_id)  # another process was making it
        with gradebook:
            if add_version(gradebook.engine):
                say(MENDED.format(place=place(url)), stream=sys.stderr)
            add_own_tables(gradebook.engine)
            yield gradebook


def _no_gradebook() -> str:
    told = f"nbgrader could not make the gradebook: `alembic`, which it calls, failed in {sys.prefix}"
    hint = ". It cannot read a folder's name with a per cent sign: rename the folder"
    return told + (hint if "%" in sys.prefix else "")


@contextmanager
def connect(course: Course) -> Iterator[Connection]:
    """Open a connection to the course's gradebook for many plain statements; it is made when missing."""
    url = sqlalchemy.make_url(_address(course))
    is_sqlite = url.get_backend_name() == "sqlite"
    patience = {"timeout": _BUSY_SECONDS} if is_sqlite else {}
    engine = sqlalchemy.create_engine(url, poolclass=NullPool, connect_args=patience)
    with in_one_line(url):
        _make_whole(course, engine)
        with engine.connect() as connection:
            if is_sqlite:
                _settle(connection)
            yield connection


def _make_whole(course: Course, engine: Engine) -> None:
    """Let nbgrader make what a gradebook lacks, and the examiner its tables beside that."""
    with engine.connect() as connection:
        if is_whole(connection):
            return
    with open_gradebook(course):
        pass


@contextmanager
def writing(connection: Connection) -> Iterator[None]:
    """Run a block as one transaction. SQLite waits here for other writers, PostgreSQL at locked rows."""
    with connection.begin():
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield


def place(url: Any) -> str:
    """Return where a database is, without user and password."""
    url = sqlalchemy.make_url(url)
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    port = f":{url.port}" if url.port else ""
    return f"{url.database} on {url.host or url.query.get('host') or 'this machine'}{port}"


def _settle(connection: Connection) -> None:
    """Let SQLite's readers and its writer not wait for each other, where the file system can do that.

    A kill loses nothing. A power cut may take the last verdicts; the next run records them again.
    """
    mode = connection.exec_driver_sql("PRAGMA journal_mode = wal").scalar()
    if mode == "wal":
        connection.exec_driver_sql("PRAGMA synchronous = normal")
    for setting in ("cache_size = -32000", "wal_autocheckpoint = 10000"):
        connection.exec_driver_sql(f"PRAGMA {setting}")
    connection.rollback()


@contextmanager
def in_one_line(url: Any) -> Iterator[None]:
    """Say in one line why a database refuses something."""
    try:
        yield
    except DBAPIError as error:
        said = str(error.orig).strip().partition("\n")[0]
        told = f"the gradebook {place(url)} cannot be used: {said}. {_advice(url, said)}"
        raise GradebookError(told) from None


def _advice(url: Any, said: str) -> str:
    if sqlalchemy.make_url(url).get_backend_name() != "sqlite":
        return f"Start the server, or correct {VARIABLE}. What is recorded stays"
    if "locked" in said:
        return "Another program is writing to it: close that, then run this again"
    return "Make the file writable, or restore it from a backup"
