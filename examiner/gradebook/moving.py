"""Moves a gradebook into another database, and proves that nothing was lost on the way.

    every table, in the order of its references ─▶ an empty database ─▶ `nbgrader export` of both ─▶ the same?

The gradebook that was moved stays as it is. Where the two do not agree, the new one is emptied again.
"""

from __future__ import annotations

import csv
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, func, insert, inspect, select

from examiner.course.facts import Course
from examiner.errors import GradebookError
from examiner.gradebook import class_tables
from examiner.gradebook.database import checked_url, open_address, open_gradebook, place
from examiner.gradebook.schema import OWN_TABLES, VERSIONS
from examiner.gradebook.tables import STUDENTS, SUBMISSIONS
from examiner.wording import counted

_AT_ONCE = 1000
_DIGITS = 12


@dataclass(frozen=True)
class Moved:
    """Where a gradebook was moved to, and how much; `n_lines` of `nbgrader export` are the same."""

    place: str
    n_students: int
    n_submissions: int
    n_lines: int

    def __str__(self) -> str:
        """Return what was moved, and what to do next."""
        students = counted(self.n_students, "student")
        submissions = counted(self.n_submissions, "submission")
        return (
            f"{students} and {submissions} were moved to {self.place}. "
            f"`nbgrader export` writes the same {self.n_lines} lines from both.\n"
            "From now on set GRADEBOOK_URL to the new address wherever you start make, nbgrader or "
            "JupyterLab. The earlier gradebook stays as it is."
        )


def move(course: Course, told: str) -> Moved:
    """Copy the course's gradebook into the empty database at an address; `GradebookError` if it cannot be."""
    address = checked_url(told, "TO")
    with open_gradebook(course) as source:
        if place(source.engine.url) == place(address):
            raise GradebookError(f"nothing was moved: {place(address)} is the gradebook that is in use")
        _prepare(source)
        with open_address(address, source.course_id) as target:
            _prepare(target)
            _check_empty(target)
            try:
                counts = _copy(source, target)
                n_lines = _compare(source, target)
            except BaseException:
                _empty(target)
                raise
    return Moved(place(address), counts[STUDENTS.name], counts[SUBMISSIONS.name], n_lines)


def _tables() -> list[Any]:
    """Return every table, those that others refer to first."""
    from nbgrader import api

    return [*api.Base.metadata.sorted_tables, *OWN_TABLES, *class_tables.TABLES]


def _prepare(gradebook: Any) -> None:
    with gradebook.engine.begin() as connection:
        class_tables.add_tables(connection)


def _check_empty(target: Any) -> None:
    with target.engine.connect() as connection:
        full = [table.name for table in _tables() if table.name != "course" and _count(connection, table)]
    if full:
        raise GradebookError(
            f"nothing was moved: {place(target.engine.url)} holds a gradebook already ({', '.join(full)}). "
            "Expected an empty database"
        )


def _count(connection: Connection, table: Any) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def _copy(source: Any, target: Any) -> dict[str, int]:
    """Copy all rows in one transaction, and return how many there are of each table."""
    counts = {}
    with source.engine.connect() as reading, target.engine.begin() as writing:
        for table in [*_tables(), VERSIONS]:
            writing.execute(delete(table))  # of a course and a version, which come with a new gradebook
            for rows in reading.execute(select(table)).mappings().partitions(_AT_ONCE):
                writing.execute(insert(table), [dict(row) for row in rows])
            counts[table.name] = _count(writing, table)
            if counts[table.name] != _count(reading, table):
                raise GradebookError(
                    f"nothing was moved: {table.name} has {_count(reading, table)} rows, and "
                    f"{counts[table.name]} arrived. Close what else uses the gradebook, and try again"
                )
    return counts


def _compare(source: Any, target: Any) -> int:
    """Return how many lines nbgrader exports, which are the same from both."""
    before, after = _exported(source), _exported(target)
    if before != after:
        (first, *_) = [*(before - after), *(after - before)]
        raise GradebookError(
            f"nothing was moved: `nbgrader export` would not be the same, first in {','.join(first)}"
        )
    return before.total()


def _exported(gradebook: Any) -> Counter[tuple[str, ...]]:
    """Return the lines of nbgrader's export; databases sort students without names in ways of their own."""
    from nbgrader.plugins import CsvExportPlugin

    with tempfile.TemporaryDirectory() as passing:
        path = Path(passing) / "grades.csv"
        CsvExportPlugin(to=str(path)).export(gradebook)
        with path.open(encoding="utf-8", newline="") as file:
            return Counter(tuple(map(_same, row)) for row in csv.reader(file))


def _same(value: str) -> str:
    """Return a sum of points without what depends on the order in which a database adds."""
    try:
        return f"{float(value):.{_DIGITS}g}"
    except ValueError:
        return value


def _empty(target: Any) -> None:
    target.db.close()
    with target.engine.begin() as connection:
        for table in [VERSIONS, *reversed(_tables())]:
            if inspect(connection).has_table(table.name):
                table.drop(connection)
