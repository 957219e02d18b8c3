"""Reads and writes the roster: nbgrader's table of students, and by what else each of them is known.

Whatever a command changes of the roster is written in one transaction, or not at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update

from examiner.course import extensions
from examiner.course.facts import Assignment, Course
from examiner.gradebook.class_tables import (
    COLUMNS,
    ENROLMENTS,
    EXPORTS,
    HANDED_IN,
    IDENTITIES,
    connect_class,
)
from examiner.gradebook.database import writing
from examiner.gradebook.recording import check_name
from examiner.gradebook.schema import read_layout
from examiner.gradebook.tables import STUDENTS, SUBMISSIONS

_FACTS = ("first_name", "last_name", "email", "lms_user_id")


@dataclass(frozen=True, order=True)
class Identity:
    """By what a student is known: a name (`platform` is empty) or a platform's number.

    `assignment` is empty where it holds in all of the course.
    """

    platform: str
    value: str
    assignment: str = ""


@dataclass(frozen=True)
class Member:
    """A student: what nbgrader's table holds, whether on the roster, and by what else they are known."""

    student: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    lms_user_id: str = ""
    listed: bool = False
    departed: bool = False
    identities: frozenset[Identity] = field(default_factory=frozenset)

    @property
    def name(self) -> str:
        """First and last name, or that of the folder where neither is known."""
        return f"{self.first_name} {self.last_name}".strip() or self.student


@dataclass(frozen=True)
class Export:
    """A file that a platform exported; `assignment` is empty where it is for the whole course."""

    platform: str
    filename: str
    content: bytes
    assignment: str = ""


def read_members(course: Course) -> dict[str, Member]:
    """Return everybody whom the gradebook knows, by the names of their folders."""
    with connect_class(course) as connection, connection.begin():
        return _members(connection)


def write_members(course: Course, members: Iterable[Member], exports: Iterable[Export] = ()) -> None:
    """Write members as they are now, and keep exports, all or nothing; those who are not named stay."""
    members, exports = list(members), list(exports)
    for member in members:
        check_name(member.student)
    with connect_class(course) as connection, writing(connection):
        before = _members(connection)
        known = set(connection.scalars(select(STUDENTS.c.id)))
        for member in members:
            if before.get(member.student) != member:
                _write(connection, member, is_new=member.student not in known)
        for export in exports:
            row = {"filename": export.filename, "content": export.content}
            _put(connection, EXPORTS, {"platform": export.platform, "assignment": export.assignment}, row)


def read_export(course: Course, platform: str, assignment: Assignment) -> Export | None:
    """Return the last export of a platform, that for the assignment before that for the course."""
    with connect_class(course) as connection, connection.begin():
        rows = connection.execute(
            select(EXPORTS.c.platform, EXPORTS.c.filename, EXPORTS.c.content, EXPORTS.c.assignment)
            .where(EXPORTS.c.platform == platform, EXPORTS.c.assignment.in_(["", assignment.name]))
            .order_by(EXPORTS.c.assignment.desc())
        ).all()
    return Export(*rows[0]) if rows else None


def read_column(course: Course, platform: str, assignment: Assignment) -> str:
    """Return the title of the column that a person chose for an assignment, or an empty string."""
    with connect_class(course) as connection, connection.begin():
        title = connection.scalar(
            select(COLUMNS.c.title).where(
                COLUMNS.c.platform == platform, COLUMNS.c.assignment == assignment.name
            )
        )
    return title or ""


def write_column(course: Course, platform: str, assignment: Assignment, title: str) -> None:
    """Remember which column of a platform's gradebook is an assignment's."""
    with connect_class(course) as connection, writing(connection):
        _put(connection, COLUMNS, {"platform": platform, "assignment": assignment.name}, {"title": title})


def write_names(course: Course, names: Mapping[tuple[str, str, str], str]) -> None:
    """Keep how platforms named what was handed in, by student, assignment and platform."""
    with connect_class(course) as connection, writing(connection):
        for (student, assignment, platform), name in names.items():
            key = {"student": student, "assignment": assignment, "platform": platform}
            _put(connection, HANDED_IN, key, {"name": name})


def read_names(course: Course, platform: str, assignment: Assignment) -> dict[str, str]:
    """Return how a platform named what each student handed in for an assignment."""
    with connect_class(course) as connection, connection.begin():
        rows = connection.execute(
            select(HANDED_IN.c.student, HANDED_IN.c.name).where(
                HANDED_IN.c.platform == platform, HANDED_IN.c.assignment == assignment.name
            )
        )
        return {row.student: row.name for row in rows}


def read_extensions(course: Course, assignment: Assignment) -> dict[str, timedelta]:
    """Return the extension of each student who has one for an assignment."""
    all_told = extensions.read_extensions(course).values()
    told = {each.student: each.longer for each in all_told if each.assignment == assignment.name}
    with connect_class(course) as connection, connection.begin():
        layout = read_layout(connection, assignment)
        if layout is None:
            return told
        rows = connection.execute(
            select(SUBMISSIONS.c.student_id, SUBMISSIONS.c.extension)
            .where(SUBMISSIONS.c.assignment_id == layout.assignment)
            .where(SUBMISSIONS.c.extension.is_not(None))
        )
        return {row.student_id: row.extension for row in rows} | told


def _members(connection: Connection) -> dict[str, Member]:
    identities: dict[str, set[Identity]] = defaultdict(set)
    for row in connection.execute(select(IDENTITIES)):
        identities[row.student].add(Identity(row.platform, row.value, row.assignment))
    states = {row.student: row for row in connection.execute(select(ENROLMENTS))}
    facts = {row.id: row for row in connection.execute(select(STUDENTS))}
    return {
        student: Member(
            student=student,
            **{name: getattr(facts.get(student), name, None) or "" for name in _FACTS},
            listed=bool(getattr(states.get(student), "listed", False)),
            departed=bool(getattr(states.get(student), "departed", False)),
            identities=frozenset(identities[student]),
        )
        for student in sorted({*facts, *identities, *states})
    }


def _write(connection: Connection, member: Member, *, is_new: bool) -> None:
    facts = {name: getattr(member, name) or None for name in _FACTS}
    if is_new and (member.listed or any(facts.values())):
        connection.execute(insert(STUDENTS), [{"id": member.student, **facts}])
    elif not is_new:
        connection.execute(update(STUDENTS).where(STUDENTS.c.id == member.student).values(facts))
    state = {"listed": member.listed, "departed": member.departed}
    _put(connection, ENROLMENTS, {"student": member.student}, state)
    connection.execute(delete(IDENTITIES).where(IDENTITIES.c.student == member.student))
    rows = [{"student": member.student} | asdict(each) for each in sorted(member.identities)]
    if rows:
        connection.execute(insert(IDENTITIES), rows)


def _put(connection: Connection, table: Table, key: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    """Write a row in place of the one with its key."""
    same = [table.c[name] == bindparam(f"key_{name}") for name in key]
    keys = {f"key_{name}": value for name, value in key.items()}
    connection.execute(delete(table).where(*same), keys)
    connection.execute(insert(table), [{**key, **values}])
