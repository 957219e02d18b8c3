"""The facts of the course: what `course.toml` says, checked, and where its files live.

First step of every command: `read_course` turns the file into frozen data or says what is wrong with it.
"""

from __future__ import annotations

import difflib
import functools
import tomllib
import zoneinfo
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any
from urllib.parse import quote

from examiner.errors import CourseError, UnknownAssignment

PLACEHOLDER_OWNER = "YOUR-ORGANISATION"


@dataclass(frozen=True)
class LatePolicy:
    """What a late submission loses: a share of its score for each day begun after the grace period."""

    grace_minutes: float = 0
    percent_per_day: float = 0
    percent_at_most: float = 100

    def penalty(self, score: float, seconds_late: float) -> float:
        """Return the points that a score loses when handed in this late."""
        seconds_counted = seconds_late - 60 * self.grace_minutes
        if seconds_counted <= 0:
            return 0.0
        days_begun = -(-seconds_counted // 86_400)
        return score * min(self.percent_per_day * days_begun, self.percent_at_most) / 100


@dataclass(frozen=True)
class Limits:
    """What the code of one submission may use while it is graded."""

    cell_seconds: int = 30
    total_seconds: int = 600
    memory_mb: int = 3000
    disk_mb: int = 200
    files: int = 20_000
    file_mb: int = 64
    open_files: int = 256
    processes: int = 128
    output_kb: int = 2000


@dataclass(frozen=True)
class Grading:
    """Modules that the grader offers to students' code beside what the course itself uses."""

    packages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Feedback:
    """Where students' feedback on sections is sent: a project of a Datatops server; nowhere if empty."""

    endpoint: str = ""
    project: str = ""
    user_key: str = ""

    @property
    def address(self) -> str:
        """Where an answer is sent to, or an empty string."""
        if not self.endpoint:
            return ""
        return f"{self.endpoint.rstrip('/')}/api/v1/projects/{quote(self.project, safe='')}"


@dataclass(frozen=True)
class Assignment:
    """One tutorial: its folder in `source/`, its title, when it is due."""

    name: str
    title: str
    due: datetime | None
    notebook: str

    @property
    def filename(self) -> str:
        """The notebook's file name, the same in source, release and submissions."""
        return f"{self.notebook}.ipynb"


@dataclass(frozen=True)
class Course:
    """The course as `course.toml` describes it."""

    root: Path
    title: str
    repository: str
    branch: str
    late: LatePolicy
    limits: Limits
    feedback: Feedback
    grading: Grading
    assignments: tuple[Assignment, ...]
    timezone: tzinfo = UTC  # of times that name no zone

    def assignment(self, name: str) -> Assignment:
        """Return an assignment by name, or raise `UnknownAssignment` with the nearest names."""
        names = [assignment.name for assignment in self.assignments]
        if name in names:
            return self.assignments[names.index(name)]
        near = difflib.get_close_matches(name, names, n=1, cutoff=0.3)
        guess = f" Did you mean {near[0]}?" if near else ""
        raise UnknownAssignment(f"course.toml lists {', '.join(names)}, but no assignment {name!r}.{guess}")

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


def read_course(root: Path) -> Course:
    """Read `course.toml` in this folder; `CourseError` says which entry is wrong and what was expected."""
    path = root / "course.toml"
    try:
        facts = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CourseError(f"{path} is missing: run this in the top folder of the course") from None
    except tomllib.TOMLDecodeError as error:
        raise CourseError(f"{path} is not valid TOML: {error}") from None
    try:
        return Course(
            root=root.resolve(),
            title=facts["title"],
            repository=facts["repository"],
            branch=facts["branch"],
            late=LatePolicy(**facts.get("late", {})),
            limits=Limits(**facts.get("limits", {})),
            feedback=Feedback(**facts.get("feedback", {})),
            grading=_grading(facts.get("grading", {})),
            assignments=tuple(_assignment(root, entry) for entry in facts["assignments"]),
            timezone=_timezone(facts.get("timezone")),
        )
    except KeyError as error:
        raise CourseError(f"{path}: the entry {error} is missing") from None
    except TypeError as error:
        raise CourseError(f"{path}: {error}") from None


@functools.cache
def zone_names() -> frozenset[str]:
    """Return the names of the world's time zones, such as Europe/Berlin."""
    return frozenset(zoneinfo.available_timezones())


def _timezone(name: Any) -> tzinfo:
    if name is None or name == "UTC":
        return UTC
    if isinstance(name, str) and name in zone_names():
        return zoneinfo.ZoneInfo(name)
    near = difflib.get_close_matches(str(name), zone_names(), n=1)
    guess = f" Did you mean {near[0]}?" if near else ""
    if not zone_names():
        guess = " This machine knows no zones: install the package tzdata."
    raise CourseError(f"course.toml: timezone must be a name like Europe/Berlin, got {name!r}.{guess}")


def _grading(entries: dict[str, Any]) -> Grading:
    names: Any = Grading(**entries).packages
    if not isinstance(names, list | tuple):
        raise CourseError(f"course.toml: [grading] packages must be a list of modules, got {names!r}")
    for name in names:
        if not isinstance(name, str) or not all(part.isidentifier() for part in name.split(".")):
            raise CourseError(
                'course.toml: [grading] packages names modules as `import` does, such as "seaborn", '
                f"got {name!r}"
            )
    return Grading(tuple(names))


def _assignment(root: Path, entry: dict[str, Any]) -> Assignment:
    folder = root / "source" / entry["name"]
    notebooks = sorted(path.stem for path in folder.glob("*.ipynb"))
    if len(notebooks) != 1:
        found = ", ".join(notebooks) or "none"
        raise CourseError(f"course.toml: expected one notebook in source/{entry['name']}, found {found}")
    return Assignment(entry["name"], entry["title"], _due(entry), notebooks[0])


def _due(entry: dict[str, Any]) -> datetime | None:
    due = entry.get("due")
    if due is None:
        return None
    if not isinstance(due, datetime) or due.tzinfo is None:
        raise CourseError(
            f"course.toml: due of {entry['name']} must be a date-time with a zone, "
            f"like 2027-02-12T23:59:00Z, got {due}"
        )
    return due.astimezone(UTC)
