"""Tells who of the roster handed in nothing, and who has left the course and is in no list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from examiner.course import submissions
from examiner.course.facts import Assignment, Course
from examiner.gradebook.roster import read_members
from examiner.wording import printable


@dataclass(frozen=True)
class Attendance:
    """Who handed in and who did not; nobody is missing or unlisted where the course has no roster."""

    n_listed: int = 0
    missing: tuple[str, ...] = ()
    not_listed: tuple[str, ...] = ()
    departed: tuple[str, ...] = ()


def departed(course: Course) -> set[str]:
    """Return who is marked as having left the course."""
    return {student for student, member in read_members(course).items() if member.departed}


def read_attendance(course: Course, assignment: Assignment) -> Attendance:
    """Return who of the roster handed an assignment in."""
    members = read_members(course)
    here = set(submissions.folders(course, submissions.HANDED_IN, assignment))
    left = {student for student, member in members.items() if member.departed}
    listed = {student for student, member in members.items() if member.listed}
    if not listed:
        return Attendance()
    return Attendance(
        len(listed - left),
        tuple(sorted(listed - here - left)),
        tuple(sorted(here - listed - left)),
        tuple(sorted(here & left)),
    )


def attendance(course: Course, assignment: Assignment) -> str:
    """Return who handed in nothing, who is not on the roster, who has left; nothing without a roster."""
    found = read_attendance(course, assignment)
    lines = [
        *_counted("Handed in nothing", found.missing),
        *_counted("Handed in, and not on the roster", found.not_listed),
        *_counted("Have left the course, and are in no table here", found.departed),
    ]
    return "\n".join(lines)


def _counted(title: str, names: Sequence[str]) -> list[str]:
    return [printable(f"{title} ({len(names)}): {', '.join(names)}")] if names else []
