"""Finds what lies in `submitted/` where nobody looks for it: under another name, or at another depth.

`submitted/<student>/<assignment>/` is where work is expected. What lies elsewhere is never graded, so each
command that goes over a class names it, with the place where it probably belongs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from examiner.course.entries import nearest
from examiner.course.facts import Assignment, Course
from examiner.course.submissions import HANDED_IN
from examiner.intake.files import is_junk, shown_name

_OURS = {"README.md"}
_EXPECTED = "expected submitted/STUDENT/ASSIGNMENT/"


def strays(course: Course) -> list[str]:
    """Return a sentence for each folder or file of `submitted/` that fits no assignment."""
    top = course.root / HANDED_IN
    return [said for path in _within(top) for said in _about(course, path)]


def _about(course: Course, path: Path) -> Iterator[str]:
    """Yield what is to be said of something at the place of a student's folder."""
    names = {assignment.name for assignment in course.assignments}
    if not path.is_dir():
        if path.name not in _OURS:
            yield _sentence(path, f"lies beside the students' folders, {_EXPECTED}", "")
    elif path.name in names:
        yield _sentence(path, f"is an assignment where a student is expected, {_EXPECTED}", "")
    else:
        for found in _within(path):
            if not found.is_dir():
                meant = _nearest(course, found.stem)
                yield _sentence(found, "lies one level too high", _place(path, meant))
            elif found.name not in names:
                meant = _nearest(course, found.name)
                yield _sentence(found, "fits no assignment", _place(path, meant))


def _within(folder: Path) -> list[Path]:
    """Return what lies in a folder, without what systems and programs leave there."""
    try:
        found = sorted(folder.iterdir())
    except OSError:
        return []
    return [path for path in found if not path.name.startswith(".") and not is_junk(path.name)]


def _sentence(path: Path, said: str, place: str) -> str:
    shown = "/".join(shown_name(part) for part in path.parts[path.parts.index(HANDED_IN) :])
    hint = f": did you mean {place}?" if place else ""
    return f"{shown} {said}{hint}"


def _place(student: Path, meant: Assignment | None) -> str:
    return f"{HANDED_IN}/{shown_name(student.name)}/{meant.name}/" if meant else ""


def _nearest(course: Course, name: str) -> Assignment | None:
    """Return the assignment that a folder or file is probably of, by its name or its notebook's."""
    known = {
        _plain(said): assignment
        for assignment in course.assignments
        for said in (assignment.name, assignment.notebook)
    }
    return known.get(nearest(_plain(name), known))


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "_", name.lower()).strip("_")
