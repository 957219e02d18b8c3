"""Whose and which: what the names in a zip file of submissions say of student and assignment.

Understood are the downloads of Moodle (`Ada Lovelace_117_assignsubmission_file_/lnp.ipynb`, in folders or
flat) and of Canvas (`lovelaceada_LATE_81_4711_lnp.ipynb`), nbgrader's `<student>/<assignment>/…` and plain
`<student>/…`, each perhaps within folders that hold all of it. Nothing is read or written here.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from examiner.course import Assignment, Course

_MOODLE = re.compile(r"(?P<student>.+)_(?P<number>\d+)_assignsubmission_[a-z]+(?:_(?P<file>.*))?")
_CANVAS = re.compile(r"(?P<student>.+?)(?P<late>_LATE)?_(?P<number>\d+)_\d+_(?P<file>.+)")
_CANVAS_ANONYMOUS = re.compile(r"anon(?P<late>_LATE)?_(?P<student>[A-Za-z0-9]+)_\d+_(?P<file>.+)")
_JUNK = re.compile(r"(^|/)(\.(?!\.)[^/]+|__MACOSX|__pycache__|Thumbs\.db|desktop\.ini)(/|$)")


class NotPlaced(Exception):
    """A file stays where it is; the message completes the sentence that its name begins."""


@dataclass(frozen=True)
class Who:
    """A student by the name in an archive; `number` is Moodle's, which changes with each assignment.

    `is_late` is what Canvas says in the name.
    """

    name: str
    number: str = ""
    is_late: bool = False


@dataclass(frozen=True)
class Entry:
    """A file of an archive: whose it is, its path in the submission, its assignment if the name tells it."""

    who: Who
    path: str
    assignment: Assignment | None


def is_junk(name: str) -> bool:
    """Return whether a file is one that operating systems and editors add."""
    return bool(_JUNK.search(name))


def wrapping_folders(names: Iterable[str]) -> int:
    """Return how many folders hold all of the files, and are therefore nobody's name.

    A single student's folder, which holds all files of an archive too, is none: a folder counts only
    if there are others side by side within it.
    """
    folders = [PurePosixPath(name).parts[:-1] for name in names]
    depth = 0
    while folders and all(len(parts) > depth for parts in folders):
        if len({parts[depth] for parts in folders}) > 1:
            return depth
        depth += 1
    return 0


def understand(name: str, course: Course, *, wrapped: int = 0) -> Entry:
    """Return what a file's name in the archive tells; `NotPlaced` if it leads outside or tells no student."""
    parts = name.split("/")
    if name.startswith("/") or "\\" in name or ".." in parts or ":" in parts[0]:
        raise NotPlaced("leads outside of the folder of submissions")
    parts = [part for part in parts if part not in ("", ".")]
    names = [assignment.name for assignment in course.assignments]
    place = next((place for place, part in enumerate(parts[:-1]) if part in names), None)
    if place is None:
        who, path = _who(parts[wrapped:])
        return Entry(who, path, _told_by(name, path, course))
    assignment = course.assignment(parts.pop(place))
    who, path = _who(parts[place - 1 if place else max(wrapped - 1, 0) :])
    return Entry(who, path, assignment)


def _who(parts: list[str]) -> tuple[Who, str]:
    first, rest = parts[0], parts[1:]
    if match := _MOODLE.fullmatch(first):
        inner = rest or [match["file"] or ""]
        if inner[0]:
            return Who(match["student"], match["number"]), "/".join(inner)
    if not rest:
        if match := _CANVAS_ANONYMOUS.fullmatch(first):
            return Who(match["student"], is_late=bool(match["late"])), match["file"]
        if match := _CANVAS.fullmatch(first):
            student = f"{match['student']}_{match['number']}"
            return Who(student, is_late=bool(match["late"])), match["file"]
        raise NotPlaced("does not tell whose it is")
    return Who(first), "/".join(rest)


def _told_by(name: str, path: str, course: Course) -> Assignment | None:
    """Return the assignment that the file's own name tells, or that of a folder; none if several fit."""
    if len(course.assignments) == 1:
        return course.assignments[0]
    for text in (PurePosixPath(path).name, name):
        plain = re.sub(r"[\s-]+", "_", text.lower())
        fitting = [
            each for each in course.assignments if each.notebook.lower() in plain or each.name in plain
        ]
        if len(fitting) == 1:
            return fitting[0]
    return None


def student_names(students: Iterable[Who]) -> dict[Who, str]:
    """Return for each student the name of a folder; those who share one get their number added, or none."""
    everyone = set(students)
    plain = {who: _as_folder(who.name) for who in everyone}
    shared = Counter(plain.values())
    numbered = {
        who: name if shared[name] == 1 else _as_folder(f"{who.name}_{who.number}") if who.number else ""
        for who, name in plain.items()
    }
    return {who: name for who, name in numbered.items() if name}


def _as_folder(name: str) -> str:
    return re.sub(r"[^\w.@-]+", "_", unicodedata.normalize("NFC", name))[:80].strip("._-")
