"""The facts of the course: what `course.toml` says, checked, and where its files live.

First step of every command: `read_course` turns the file into frozen data or says what is wrong with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

from examiner.course import entries, kinds, toml_lines
from examiner.course.entries import number, whole
from examiner.course.toml_lines import Place
from examiner.errors import CourseError, UnknownAssignment

PLACEHOLDER_OWNER = "YOUR-ORGANISATION"
FILENAME = "course.toml"


@dataclass(frozen=True)
class LatePolicy:
    """What a late submission loses: a share of its score for each day begun after the grace period."""

    grace_minutes: Annotated[float, number(0, 525_600, "minutes")] = 0
    percent_per_day: Annotated[float, number(0, 100)] = 0
    percent_at_most: Annotated[float, number(0, 100)] = 100

    def penalty(self, score: float, seconds_late: float) -> float:
        """Return the points that a score loses when handed in this late."""
        seconds_counted = seconds_late - 60 * self.grace_minutes
        if seconds_counted <= 0:
            return 0.0
        days_begun = -(-seconds_counted // 86_400)
        return score * min(self.percent_per_day * days_begun, self.percent_at_most) / 100


@dataclass(frozen=True)
class Limits:
    """What the code of one submission may use while it is graded; a field is all there is to a new limit."""

    cell_seconds: Annotated[int, whole(1, 86_400, "seconds")] = 30
    total_seconds: Annotated[int, whole(1, 604_800, "seconds")] = 600
    memory_mb: Annotated[int, whole(200, 1_000_000, "MB")] = 3000
    disk_mb: Annotated[int, whole(1, 1_000_000, "MB")] = 200
    files: Annotated[int, whole(100, 100_000_000, "files")] = 20_000
    file_mb: Annotated[int, whole(1, 1_000_000, "MB")] = 64
    open_files: Annotated[int, whole(32, 1_000_000, "files")] = 256
    processes: Annotated[int, whole(8, 1_000_000, "processes")] = 128
    output_kb: Annotated[int, whole(1, 1_000_000, "kB")] = 2000

    def contradictions(self) -> Iterator[tuple[str, str]]:
        """Yield each limit that another one makes meaningless, and why."""
        if self.cell_seconds > self.total_seconds:
            yield "cell_seconds", _more(self.cell_seconds, "total_seconds", self.total_seconds)
        if self.file_mb > self.disk_mb:
            yield "file_mb", _more(self.file_mb, "disk_mb", self.disk_mb)


def _more(value: int, other: str, limit: int) -> str:
    return f"is {value}, expected {limit} at most, as {other} is"


@dataclass(frozen=True)
class Grading:
    """Modules that the grader offers to students' code beside what the course itself uses."""

    packages: Annotated[tuple[str, ...], kinds.MODULES] = ()


@dataclass(frozen=True)
class Feedback:
    """Where students' feedback on sections is sent: a project of a Datatops server; nowhere if empty."""

    endpoint: Annotated[str, kinds.ADDRESS] = ""
    project: Annotated[str, kinds.TEXT] = ""
    user_key: Annotated[str, kinds.TEXT] = ""

    def contradictions(self) -> Iterator[tuple[str, str]]:
        """Yield what is missing where answers are to be sent."""
        if self.endpoint and not self.project:
            yield "project", "is missing, expected the name of the server's project as endpoint is given"

    @property
    def address(self) -> str:
        """Where an answer is sent to, or an empty string."""
        if not self.endpoint:
            return ""
        return f"{self.endpoint.rstrip('/')}/api/v1/projects/{quote(self.project, safe='')}"


@dataclass(frozen=True)
class Assignment:
    """One tutorial: its folder in `source/`, its title, when it is due, what its picture shows.

    The picture is the name of an expected figure; the website shows it above the finding.
    """

    name: Annotated[str, kinds.NAME]
    title: Annotated[str, kinds.LINE]
    due: Annotated[datetime | None, kinds.DUE] = None
    picture: Annotated[str, kinds.PICTURE] = ""
    finding: Annotated[str, kinds.TEXT] = ""
    notebook: str = ""

    @property
    def filename(self) -> str:
        """The notebook's file name, the same in source, release and submissions."""
        return f"{self.notebook}.ipynb"


@dataclass(frozen=True)
class Course:
    """The course as `course.toml` describes it."""

    root: Path
    title: Annotated[str, kinds.LINE]
    repository: Annotated[str, kinds.REPOSITORY]
    branch: Annotated[str, kinds.BRANCH]
    assignments: tuple[Assignment, ...]
    late: LatePolicy = LatePolicy()
    limits: Limits = Limits()
    feedback: Feedback = Feedback()
    grading: Grading = Grading()
    timezone: Annotated[tzinfo, kinds.ZONE] = UTC  # of times that name no zone

    def assignment(self, name: str) -> Assignment:
        """Return an assignment by name or number, or raise `UnknownAssignment` with the nearest names.

        Its number is what its name begins with, or its place in `course.toml` where no name begins with one.
        """
        names = [assignment.name for assignment in self.assignments]
        if name in names:
            return self.assignments[names.index(name)]
        numbered = [each for each in self.assignments if self._number(each) == _as_number(name)]
        if name.isdecimal() and len(numbered) == 1:
            return numbered[0]
        near = entries.nearest(name, names, cutoff=0.3)
        guess = f" Did you mean {near}?" if near else ""
        raise UnknownAssignment(f"course.toml lists {', '.join(names)}, but no assignment {name!r}.{guess}")

    def _number(self, assignment: Assignment) -> int | None:
        numbers = [_as_number(each.name) for each in self.assignments]
        place = self.assignments.index(assignment)
        return numbers[place] if any(number is not None for number in numbers) else place + 1

    def chosen(self, name: str | None) -> tuple[Assignment, ...]:
        """Return the named assignment alone, or all of them."""
        return (self.assignment(name),) if name else self.assignments

    def path(self, step: str, assignment: Assignment, student: str = ".") -> Path:
        """Return the folder of an assignment in one of nbgrader's steps, such as source or submitted."""
        return self.root / step / student / assignment.name

    @property
    def has_placeholder_repository(self) -> bool:
        """Whether launch links lead nowhere yet."""
        return self.repository.startswith(PLACEHOLDER_OWNER)


def _as_number(name: str) -> int | None:
    """Return the number that a name begins with, if any."""
    begin = re.match(r"[0-9]{1,9}(?![0-9])", name)
    return int(begin[0]) if begin else None


def read_course(root: Path) -> Course:
    """Read `course.toml` in this folder; `CourseError` lists what is wrong with it, each with its line."""
    text = _text_of(root / FILENAME)
    try:
        facts = toml_lines.parsed(text)
    except toml_lines.NotToml as error:
        raise CourseError(f"{FILENAME}, line {error.line}: {error}") from None
    reader = entries.Reader(Course)
    course = reader.table(Course, facts, root=root.resolve())
    assignments = [(place, table) for place, table in reader.fine if isinstance(table, Assignment)]
    _find_duplicates(assignments, reader)
    notebooks = [_notebook(root, place, assignment, reader) for place, assignment in assignments]
    if reader.problems or course is None:
        raise CourseError(_told(entries.sentences(reader.problems, text, FILENAME)))
    return replace(course, assignments=tuple(notebooks))


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")  # some editors begin a file with a mark
    except FileNotFoundError:
        raise CourseError(f"{path} is missing: run this in the top folder of the course") from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise CourseError(
            f"{FILENAME}, line {line}: expected text in UTF-8, got the byte {error.object[error.start]:#x}; "
            "save the file as UTF-8"
        ) from None
    except OSError as error:
        raise CourseError(f"{path} cannot be read ({error.strerror}): expected a text file") from None


def _told(said: list[str]) -> str:
    if len(said) == 1:
        return said[0]
    return "\n  ".join([f"{len(said)} entries of {FILENAME} are not as expected:", *said])


def _find_duplicates(assignments: list[tuple[Place, Assignment]], reader: entries.Reader) -> None:
    """Report a name that another assignment has; where letters differ only in case, some disks see one."""
    seen: set[str] = set()
    for place, assignment in assignments:
        if assignment.name.casefold() in seen:
            reader.report(
                (*place, "name"),
                f'name in [[assignments]] is the text "{assignment.name}", which an assignment above has '
                "already, expected another name for each",
            )
        seen.add(assignment.name.casefold())


def _notebook(root: Path, place: Place, assignment: Assignment, reader: entries.Reader) -> Assignment:
    """Return an assignment with the name of its notebook, which is the only one in its folder."""
    notebooks = sorted(path.stem for path in (root / "source" / assignment.name).glob("*.ipynb"))
    if len(notebooks) == 1:
        return replace(assignment, notebook=notebooks[0])
    folders = [path.name for path in (root / "source").glob("*/")]
    absent = not notebooks and assignment.name not in folders
    meant = entries.did_you_mean(entries.nearest(assignment.name, folders) if absent else "")
    reader.report(
        (*place, "name"),
        f"source/{assignment.name} holds {', '.join(notebooks) or 'no notebook'}, expected one notebook"
        + ("; " + meant if meant else ""),
    )
    return assignment
