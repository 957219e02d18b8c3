"""Whose work there is in the course's folders: every command that goes over a class asks here."""

from __future__ import annotations

import os
from pathlib import Path

from examiner.course.facts import Assignment, Course

HANDED_IN, GRADED = "submitted", "autograded"


def folders(course: Course, step: str, assignment: Assignment) -> dict[str, Path]:
    """Return the folder of an assignment in a step for each student who has one, by students' names."""
    top = course.root / step
    names = sorted(entry.name for entry in os.scandir(top)) if top.is_dir() else []
    found = {name: top / name / assignment.name for name in names}
    return {name: folder for name, folder in found.items() if os.path.exists(folder)}  # noqa: PTH110


def is_student(course: Course, name: str) -> bool:
    """Return whether somebody of this name has handed in anything, for any assignment."""
    is_name = name not in ("", ".", "..") and "/" not in name
    return is_name and any(os.path.isdir(course.root / step / name) for step in (HANDED_IN, GRADED))  # noqa: PTH112


def students(course: Course) -> list[str]:
    """Return the names of all who have handed in anything, for any assignment."""
    found = [folder for step in (HANDED_IN, GRADED) for folder in (course.root / step).glob("*/")]
    return sorted({folder.name for folder in found if folder.is_dir()})
