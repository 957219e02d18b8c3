"""Reads student, assignment and time from the file names in a zip file of submissions.

    names ─▶ which folders hold all of it, and which platform named the rest ─▶ for each an entry or a reason

It understands the downloads of learning platforms (`platforms`), nbgrader's `<student>/<assignment>/…`, plain
`<student>/…`, and `Ada Lovelace - lnp.ipynb`, also within folders that hold all of it. Only the part of a
name that the packer wrote tells the student; a name that a student chose never does. Nothing is read or
written here.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath

from examiner.collecting.platforms import BLACKBOARD, NAMED, PLATFORMS, Platform, Told
from examiner.course.facts import Assignment, Course
from examiner.intake.files import shown_name
from examiner.intake.timestamps import FILE as TIME_STAMP

OWN_TIME_STAMP = "handed-in-timestamp.txt"

_MOST_CHARACTERS = 1_000
_DRIVE = re.compile(r"[A-Za-z]:")
_NO_STUDENT = "does not name its student"
_OUTSIDE = "leads outside the folder of submissions"


class NotPlaced(Exception):
    """A file stays where it is; the message completes the sentence that its name begins."""


@dataclass(frozen=True)
class Who:
    """A person as an archive names them; `number` is the platform's, where there is one."""

    name: str
    platform: str = ""
    number: str = ""


@dataclass(frozen=True)
class Entry:
    """A file of an archive: whose it is, its path in the submission, its assignment if the name tells it.

    `time` is that of handing in, by a clock in the course's zone unless it names its own, and `is_late` the
    platform's word.
    """

    who: Who
    path: str
    assignment: Assignment | None = None
    time: datetime | None = None
    is_late: bool = False
    head: str = field(
        default="", compare=False
    )  # the part of the name that the platform wrote, with which it takes feedback back


@dataclass(frozen=True)
class Understood:
    """What the names of an archive tell: an entry for each, or a reason why it is not placed."""

    entries: dict[str, Entry] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Shape:
    """How an archive is laid out: `shared` folders hold all of it, and `wrapping` of them are nobody's.

    There are several `platforms` where two may have made the names that are theirs.
    """

    shared: int
    wrapping: int
    platforms: tuple[Platform, ...] = ()
    title: str = ""  # of the assignment in Blackboard's names
    assignments_first: bool = False  # students' folders lie in those of assignments


def understand(names: Iterable[str], course: Course, roster: Container[str] = ()) -> Understood:
    """Return what the names of an archive's files tell; the caller knows which names are files.

    `roster` holds the names of the class: a folder of `Ada Lovelace - lnp.ipynb` and others could otherwise
    be one student's.
    """
    found = Understood()
    parts: dict[str, list[str]] = {}
    for name in dict.fromkeys(names):
        try:
            parts[name] = _parts(name)
        except NotPlaced as reason:
            found.refused[name] = str(reason)
    shape = _shape(list(parts.values()), {assignment.name for assignment in course.assignments}, roster)
    for name, pieces in parts.items():
        if _is_platforms_own(pieces[shape.wrapping :], shape):
            continue
        try:
            found.entries[name] = _entry(name, pieces, shape, course)
        except NotPlaced as reason:
            found.refused[name] = str(reason)
    return found


def entry_of(who: Who, path: str, course: Course) -> Entry:
    """Return the entry of a file by its path in a submission, where it is known otherwise whose that is.

    `NotPlaced` says why it has no place.
    """
    assignment, inner = _without_assignment(_parts(path), course)
    return Entry(who, _unmistakable(inner), assignment or _told_by(inner, inner, course))


def _is_platforms_own(pieces: list[str], shape: _Shape) -> bool:
    """Return whether a platform itself wrote this file beside what students handed in, or within it."""
    return any(
        pieces in [[page] for page in platform.own_pages]
        or (len(pieces) == 2 and pieces[1] in platform.own_files)
        for platform in shape.platforms
    )


def _parts(name: str) -> list[str]:
    pieces = name.split("/")
    if name.startswith("/") or "\\" in name or ".." in pieces or _DRIVE.match(pieces[0]):
        raise NotPlaced(_OUTSIDE)
    if len(name) > _MOST_CHARACTERS:
        raise NotPlaced(f"has a name of more than {_MOST_CHARACTERS} characters")
    pieces = [piece for piece in pieces if piece not in ("", ".")]
    if not pieces:
        raise NotPlaced("has no name")
    return pieces


def _shape(files: Sequence[list[str]], assignments: set[str], roster: Container[str]) -> _Shape:
    """Return which folders hold all files and are nobody's name, and who named what is in them.

    A single student's folder, which holds all files of an archive too, is none of these: a folder is
    nobody's if what lies in it is named as a platform names things, or if there are folders side by side.
    """
    shared = len(os.path.commonprefix([tuple(pieces[:-1]) for pieces in files])) if files else 0
    for depth in range(shared + 1):
        heads = {(pieces[depth], len(pieces) > depth + 1) for pieces in files}
        if platforms := _platforms_of(heads, roster, at_top=not depth):
            return _Shape(shared, depth, platforms, _title(platforms[0], heads))
    for depth in range(shared + 1):
        folders = {pieces[depth] for pieces in files if len(pieces) > depth + 1}
        if len(folders) > 1 and all(len(pieces) > depth + 1 for pieces in files):
            first = folders <= assignments and (not depth or all(len(pieces) > depth + 2 for pieces in files))
            return _Shape(shared, depth, assignments_first=first)
    return _Shape(shared, 0)


def _platforms_of(
    heads: set[tuple[str, bool]], roster: Container[str], *, at_top: bool
) -> tuple[Platform, ...]:
    """Return the platforms by whose rules most names are made: one, or several that fit as well.

    One name says little, as a student's own file may be called like anything. Below the top, files that lie
    side by side say less: they may be one student's.
    """
    counts = Counter(
        {
            platform: sum(platform.read(name, is_folder=is_folder) is not None for name, is_folder in heads)
            for platform in (*PLATFORMS, NAMED)
        }
    )
    most = max(counts.values())
    fitting = tuple(platform for platform in PLATFORMS if counts[platform] == most) or (NAMED,)
    return fitting if most and (at_top or _are_several(heads, fitting[0], roster)) else ()


def _are_several(heads: set[tuple[str, bool]], platform: Platform, roster: Container[str]) -> bool:
    """Return whether names below the top are those of a platform for sure."""
    told = [(platform.read(name, is_folder=is_folder), is_folder) for name, is_folder in heads]
    if any(found for found, is_folder in told if is_folder):
        return True
    if platform is NAMED:
        return any(" ".join(found.name.split()) in roster for found, _ in told if found)
    numbers = {found.number or found.name for found, _ in told if found}
    return len(numbers) > 1 and all(found for found, _ in told)


def _title(platform: Platform, heads: set[tuple[str, bool]]) -> str:
    """Return what all names of Blackboard's begin with: the assignment's title, before the person's name."""
    if platform is not BLACKBOARD:
        return ""
    told = [found.name for name, is_folder in heads if (found := platform.read(name, is_folder=is_folder))]
    beginning = os.path.commonprefix(sorted(set(told)))
    return beginning[: beginning.rfind("_") + 1]


def _entry(name: str, pieces: list[str], shape: _Shape, course: Course) -> Entry:
    head, rest = pieces[shape.wrapping], pieces[shape.wrapping + 1 :]
    for platform in shape.platforms:
        if told := platform.read(head, is_folder=bool(rest)):
            _check_told(told, platform, shape, course)
            assignment, path = _without_assignment(rest or [told.file], course)
            assignment = _named(told.assignment, course) or assignment or _told_by(name, path, course)
            who = _who(told, platform, shape.title)
            return Entry(who, _unmistakable(path), assignment, told.time, told.is_late, head)
    person, assignment, inner = _plain(pieces, shape, course)
    path = "/".join(inner)
    return Entry(Who(person), _unmistakable(path), assignment or _told_by(name, path, course))


def _named(name: str, course: Course) -> Assignment | None:
    """Return the assignment that a platform names, if it names one."""
    if not name:
        return None
    found = [each for each in course.assignments if each.name == name]
    if not found:
        raise NotPlaced(f"is of {shown_name(name)}, which course.toml does not list")
    return found[0]


def _check_told(told: Told, platform: Platform, shape: _Shape, course: Course) -> None:
    if len(shape.platforms) > 1:
        raise NotPlaced(
            f"could come from {' or from '.join(each.name for each in shape.platforms)}: put it into a "
            "folder with the student's name, and collect a zip file of that folder"
        )
    if platform is NAMED and _is_of_a_notebook(told.name, course):
        raise NotPlaced(_NO_STUDENT)
    if told.file in (".", ".."):
        raise NotPlaced(_OUTSIDE)


def _who(told: Told, platform: Platform, title: str) -> Who:
    if platform is not BLACKBOARD:
        return Who(told.name, platform.name if told.number else "", told.number)
    account = told.name.removeprefix(title) if title else told.name.rpartition("_")[2]
    return Who(account, BLACKBOARD.name, account)


def _plain(pieces: list[str], shape: _Shape, course: Course) -> tuple[str, Assignment | None, list[str]]:
    """Return student, assignment and path where folders are named by people: `<student>/<assignment>/…`.

    Only a folder beside those of others, or in those that hold all, is a student's: the ones within it are
    what that student made.
    """
    named = [assignment.name for assignment in course.assignments]
    place = next((place for place, piece in enumerate(pieces[:-1]) if piece in named), None)
    student = shape.wrapping
    if place is not None and shape.wrapping < place <= shape.shared + 1:
        student = place - 1
    elif place is not None and place == shape.wrapping:
        student = place - 1 if place and not shape.assignments_first else place + 1
    inner = [piece for number, piece in enumerate(pieces) if number > student and number != place]
    if not inner:
        raise NotPlaced(_NO_STUDENT)
    return pieces[student], course.assignment(pieces[place]) if place is not None else None, inner


def _without_assignment(inner: list[str], course: Course) -> tuple[Assignment | None, str]:
    """Take the folder of an assignment out of a path."""
    for assignment in course.assignments:
        if assignment.name in inner[:-1]:
            place = inner.index(assignment.name)
            return assignment, "/".join([*inner[:place], *inner[place + 1 :]])
    return None, "/".join(inner)


def assignment_told(text: str, course: Course) -> Assignment | None:
    """Return the one assignment whose name or notebook a text holds, or the course's only one."""
    if len(course.assignments) == 1:
        return course.assignments[0]
    fitting = [each for each in course.assignments if _tells(text, each)]
    return fitting[0] if len(fitting) == 1 else None


def _told_by(name: str, path: str, course: Course) -> Assignment | None:
    """Return the assignment that the file's own name tells, or that of a folder; none if several fit."""
    for text in (PurePosixPath(path).name, name):
        if told := assignment_told(text, course):
            return told
    return None


def _tells(text: str, assignment: Assignment) -> bool:
    plain = re.sub(r"[\s-]+", "_", text.lower())
    return assignment.notebook.lower() in plain or assignment.name in plain


def _is_of_a_notebook(text: str, course: Course) -> bool:
    """Return whether this is no person's name: `poisson_glm - Copy.ipynb` is a copy of a notebook."""
    return not any(map(str.isalpha, text)) or any(_tells(text, each) for each in course.assignments)


def _unmistakable(path: str) -> str:
    """Return a path that is not taken for the time stamp, whose place belongs to who says the time."""
    first, slash, rest = path.partition("/")
    return OWN_TIME_STAMP + slash + rest if first.casefold() == TIME_STAMP else path
