"""Who may hand in later: what `extensions.csv` in the top folder of the course says, checked.

    student,assignment,days,due,reason
    ada,02_poisson_glm,3,,ill
    ben,2,,2027-02-20 12:00,moves house

Each line gives a number of days after the due date, or a due date of its own. It counts whether or not the
student has handed in anything yet. As the file is written by hand or by a spreadsheet, separators and
encodings of both are read.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from examiner.course.entries import did_you_mean, nearest
from examiner.course.facts import Assignment, Course
from examiner.errors import CourseError, UnknownAssignment
from examiner.wording import timestamp

FILE = "extensions.csv"
_COLUMNS = ("student", "assignment", "days", "due", "reason")
_NEEDED = ("student", "assignment")
_MOST_DAYS = 366
_SEPARATORS = ",;\t"
_ENCODINGS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


@dataclass(frozen=True)
class Extension:
    """A student's own due date for an assignment, in UTC, how much later than all others', and why."""

    student: str
    assignment: str
    due: datetime
    longer: timedelta
    reason: str = ""

    @property
    def because(self) -> str:
        """The reason, where there is one, as it stands behind a date."""
        return f" ({self.reason})" if self.reason else ""


Extensions = Mapping[tuple[str, str], Extension]
"""By students and assignments."""


def read_extensions(course: Course) -> Extensions:
    """Return the extensions of a course; `CourseError` has a sentence for each line that is odd."""
    path = course.root / FILE
    try:
        text = _decoded(path.read_bytes())
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise CourseError(f"{FILE} cannot be read ({error.strerror}): expected a text file") from None
    problems: list[str] = []
    found: dict[tuple[str, str], Extension] = {}
    for line, row in _rows(text):
        try:
            extension = _extension(course, row)
            key = extension.student, extension.assignment
            if key in found:
                raise _Odd(f"{extension.student} has an extension of {extension.assignment} in a line above")
            found[key] = extension
        except _Odd as said:
            problems.append(f"{FILE}, line {line}: {said}")
    if problems:
        raise CourseError(_told(problems))
    return found


class _Odd(Exception):
    """A line is not as expected; the message says how."""


def _told(problems: list[str]) -> str:
    if len(problems) == 1:
        return problems[0]
    return "\n  ".join([f"{len(problems)} lines of {FILE} are not as expected:", *problems])


def _decoded(content: bytes) -> str:
    """Return the text of a file, as editors and spreadsheets write it."""
    named = next((_ENCODINGS[mark] for mark in _ENCODINGS if content.startswith(mark)), "utf-8")
    try:
        return content.decode(named)
    except UnicodeDecodeError:
        raise CourseError(
            f"{FILE} is not text in UTF-8: save it as “CSV UTF-8”, or names would be read wrongly"
        ) from None


def _rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the lines that hold something, by their titles, with their numbers."""
    if "\0" in text:
        raise CourseError(f"{FILE} is not text: expected lines like ada,02_poisson_glm,3,,ill")
    first = text.lstrip().partition("\n")[0]
    separator = max(_SEPARATORS, key=first.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True)
    titles: list[str] = []
    try:
        for row in lines:
            values = [value.strip() for value in row]
            if not any(values) or values[0].startswith("#"):
                continue
            if not titles:
                titles = _titles(values, lines.line_num)
            elif len(values) > len(titles):
                raise CourseError(
                    f"{FILE}, line {lines.line_num}: has {len(values)} values under {len(titles)} titles: "
                    "put quotes around a reason that holds the separator"
                )
            else:
                yield lines.line_num, dict(zip(titles, values, strict=False))
    except csv.Error as error:
        raise CourseError(f"{FILE}, line {lines.line_num}: cannot be read ({error})") from None


def _titles(values: list[str], line: int) -> list[str]:
    titles = [value.lower() for value in values]
    odd = [title for title in titles if title not in _COLUMNS]
    lacking = [title for title in _NEEDED if title not in titles]
    if odd or lacking or len(set(titles)) < len(titles) or not {"days", "due"} & set(titles):
        meant = did_you_mean(nearest(odd[0], _COLUMNS)) if odd else ""
        raise CourseError(
            f"{FILE}, line {line}: has the titles {', '.join(values)}, expected student, assignment, days or "
            f"due, reason{'; ' + meant if meant else ''}"
        )
    return titles


def _extension(course: Course, row: dict[str, str]) -> Extension:
    student, name = row.get("student", ""), row.get("assignment", "")
    if not student:
        raise _Odd("names no student, expected the name of a folder in submitted/")
    try:
        assignment = course.assignment(name)
    except UnknownAssignment as error:
        raise _Odd(str(error)) from None
    if assignment.due is None:
        raise _Odd(f"{assignment.name} has no due date in course.toml, so it needs no extension")
    due = _due(course, assignment, row.get("days", ""), row.get("due", ""))
    longer = due - assignment.due
    if longer <= timedelta():
        others = timestamp(assignment.due)
        raise _Odd(f"is due {timestamp(due)}, expected a date after that of all others, {others}")
    if longer > timedelta(days=_MOST_DAYS):
        raise _Odd(f"is due {due:%Y-%m-%d}, more than a year after all others")
    return Extension(student, assignment.name, due, longer, row.get("reason", ""))


def _due(course: Course, assignment: Assignment, days: str, due: str) -> datetime:
    if bool(days) == bool(due):
        raise _Odd(f"has {'both days and due' if days else 'neither days nor due'}, expected one of them")
    try:
        if days:
            assert assignment.due is not None
            return assignment.due + timedelta(days=float(days.replace(",", ".")))
        read = datetime.fromisoformat(due)
        if len(due) <= len("2027-02-20"):
            read = read.replace(hour=23, minute=59)  # a day lasts until its end
        return (read if read.tzinfo else read.replace(tzinfo=course.timezone)).astimezone(UTC)
    except (ValueError, OverflowError):
        kind, like = ("days", "3 or 0.5") if days else ("due", "2027-02-20 12:00")
        raise _Odd(f"has {kind} {days or due}, expected {kind} like {like}") from None
