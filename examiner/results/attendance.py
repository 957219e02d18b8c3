"""Tells who of the roster handed in nothing, and who has left the course and is in no list."""

from __future__ import annotations

from collections.abc import Sequence

from examiner.course import submissions
from examiner.course.facts import Assignment, Course
from examiner.gradebook.roster import read_members
from examiner.wording import printable


def departed(course: Course) -> set[str]:
    """Return who is marked as having left the course."""
    return {student for student, member in read_members(course).items() if member.departed}


def attendance(course: Course, assignment: Assignment) -> str:
    """Return who handed in nothing, who is not on the roster, who has left; nothing without a roster."""
    members = read_members(course)
    if not any(member.listed for member in members.values()):
        return ""
    here = set(submissions.folders(course, submissions.HANDED_IN, assignment))
    left = {student for student, member in members.items() if member.departed}
    listed = {student for student, member in members.items() if member.listed}
    lines = [
        *_counted("Handed in nothing", sorted(listed - here - left)),
        *_counted("Handed in, and not on the roster", sorted(here - listed - left)),
        *_counted("Have left the course, and are in no table here", sorted(here & left)),
    ]
    return "\n".join(lines)


def _counted(title: str, names: Sequence[str]) -> list[str]:
    return [printable(f"{title} ({len(names)}): {', '.join(names)}")] if names else []
