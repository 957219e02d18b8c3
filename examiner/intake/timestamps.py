"""Tells when a submission was handed in, or why nobody can say: the one reader and writer of time stamps.

    submitted/<student>/<assignment>/timestamp.txt ─▶ at most 100 bytes ─▶ a time and its zone ─▶ plausible?

The platform, nbgrader's exchange or the instructor says when. A file of the student's never does. So a time
stamp counts only in the top of a submission's folder, where `collect`, nbgrader or a person writes it. A text
that could mean two times counts as no time. That is a fault, which a person reads in a list, and which costs
the student nothing.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import zoneinfo
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from pathlib import Path

from examiner.apart import Failures, kept_by
from examiner.course import submissions
from examiner.course.facts import Assignment, Course
from examiner.course.kinds import zone_names
from examiner.intake.files import shown_name

FILE = "timestamp.txt"
EXAMPLE = "2027-02-12 10:00:00 UTC"
PUT_ASIDE = ".timestamp.txt.refused"  # what nbgrader would copy without looking at what it is
MAX_BYTES = 100

_CLOCKS_DIFFER = timedelta(minutes=10)
_COURSE_LASTS = timedelta(days=366)
_NOBODY_BEFORE = datetime(2000, 1, 1, tzinfo=UTC)
# ISO 8601 with a time of day, and what nbgrader's exchange writes: a space for the T, a zone behind a space.
_FORM = re.compile(
    r"(?P<date>\d{4}-\d\d-\d\d|\d{8}|\d{4}-W\d\d-\d|\d{4}W\d{3})[T ]"
    r"(?P<clock>\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?|\d{4}(?:\d\d(?:[.,]\d{1,9})?)?) *(?P<zone>\S*)",
    re.ASCII | re.IGNORECASE,
)
_OFFSET = re.compile(r"(?P<sign>[+-])(?P<hours>\d\d)(?::?(?P<minutes>[0-5]\d))?", re.ASCII)
_EASTMOST, _WESTMOST = timedelta(hours=14), timedelta(hours=-12)


@dataclass(frozen=True)
class HandInTime:
    """When something was handed in, in UTC, or a `fault`: why it cannot be said.

    The fault completes a sentence that begins with the name of the time stamp's file. Both are missing where
    nothing says when. `lacks_zone` tells that the course's zone was assumed.
    """

    time: datetime | None = None
    fault: str = ""
    lacks_zone: bool = False

    @property
    def naive(self) -> datetime | None:
        """The time as nbgrader keeps it: in UTC, without saying so."""
        return self.time.replace(tzinfo=None) if self.time else None


def handed_in(course: Course, assignment: Assignment, student: str) -> HandInTime:
    """Return when a student handed an assignment in."""
    return read_time(course.path("submitted", assignment, student), course.timezone, due=assignment.due)


def all_times(
    course: Course, assignment: Assignment, failures: Failures | None = None
) -> dict[str, HandInTime]:
    """Return when each student handed an assignment in; what fails for one is kept in `failures`."""
    times = {}
    for student in submissions.folders(course, submissions.HANDED_IN, assignment):
        with kept_by(failures, student):
            times[student] = handed_in(course, assignment, student)
    return times


def read_time(folder: Path, zone: tzinfo, *, due: datetime | None = None) -> HandInTime:
    """Return what the time stamp in a submission's folder says; a text without a zone is read in `zone`."""
    try:
        content = _read(folder / FILE)
    except FileNotFoundError:
        aside = os.path.lexists(folder / PUT_ASIDE)
        return HandInTime(fault=f"was not a small file, and is now called {PUT_ASIDE}" if aside else "")
    except _Refused as reason:
        return HandInTime(fault=str(reason))
    try:
        text = content.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        return HandInTime(fault="is not text in UTF-8")
    return _plausible(text, parse_time(text, zone), due) if text else HandInTime(fault="is empty")


def parse_time(text: str, zone: tzinfo) -> HandInTime:
    """Return the time that a text means, whether plausible or not."""
    match = _FORM.fullmatch(text)
    if match is None:
        return HandInTime(fault=f"says “{shown_name(text)}”, which is not a date with a time of day")
    try:
        local = datetime.fromisoformat(f"{match['date']}T{match['clock']}".upper())
        meant = _in_zone(local, match["zone"], zone)
        if meant is None:
            return HandInTime(fault=f"says “{shown_name(text)}”: {_unknown_zone(match['zone'], zone)}")
        return HandInTime(meant.astimezone(UTC), lacks_zone=not match["zone"])
    except (ValueError, OverflowError):
        return HandInTime(fault=f"says “{shown_name(text)}”, a date that does not exist")


def content(folder: Path) -> bytes:
    """Return the content of the time stamp, up to its limit; nothing if it cannot be read."""
    return small_file(folder / FILE, MAX_BYTES)


def small_file(path: Path, most: int) -> bytes:
    """Return the content of a regular file of so many bytes at most; nothing if it is none."""
    try:
        return _read(path, most)
    except (FileNotFoundError, _Refused):
        return b""


def write_time(folder: Path, time: datetime) -> None:
    """Write when something was handed in."""
    (folder / FILE).write_text(f"{time.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC\n", encoding="utf-8")


def copy_time(source: Path, target: Path) -> None:
    """Copy the time stamp of a folder to another one, in place of any that is there."""
    copy = target / FILE
    if copy.is_dir() and not copy.is_symlink():
        shutil.rmtree(copy)
    copy.unlink(missing_ok=True)
    if kept := content(source):
        copy.write_bytes(kept)


def put_aside(folder: Path) -> None:
    """Rename a time stamp that is not a small regular file: nbgrader would copy even an endless one."""
    try:
        _read(folder / FILE)
    except FileNotFoundError:
        return
    except _Refused:
        (folder / FILE).rename(folder / PUT_ASIDE)


def now() -> datetime:
    """Return the time by this machine's clock."""
    return datetime.now(UTC)


class _Refused(Exception):
    """A time stamp is not read; the message completes the sentence that its name begins."""


def _read(path: Path, most: int = MAX_BYTES) -> bytes:
    """Read a small regular file; a link is not followed, and nothing waits for a pipe or a device."""
    try:
        opened = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    except (FileNotFoundError, NotADirectoryError):
        raise FileNotFoundError from None
    except OSError as error:
        raise _Refused("is a link" if path.is_symlink() else f"cannot be read ({error.strerror})") from None
    try:
        if not stat.S_ISREG(os.fstat(opened).st_mode):
            raise _Refused("is not a regular file")
        found = os.read(opened, most + 1)
    except OSError as error:
        raise _Refused(f"cannot be read ({error.strerror})") from None
    finally:
        os.close(opened)
    if len(found) > most:
        raise _Refused(f"holds more than {most} bytes")
    return found


def _in_zone(local: datetime, name: str, zone: tzinfo) -> datetime | None:
    """Return a time of day in the zone of this name, or None if nobody can say which zone that is.

    An abbreviation such as CET is known if the course's zone goes by it at that time: in the world, many
    (IST, CST) mean several zones.
    """
    if not name:
        return local.replace(tzinfo=zone)
    if name.upper() in ("UTC", "GMT", "Z"):
        return local.replace(tzinfo=UTC)
    if match := _OFFSET.fullmatch(name):
        offset = timedelta(hours=int(match["hours"]), minutes=int(match["minutes"] or 0))
        offset = -offset if match["sign"] == "-" else offset
        return local.replace(tzinfo=timezone(offset)) if _WESTMOST <= offset <= _EASTMOST else None
    if "/" in name:
        return local.replace(tzinfo=zoneinfo.ZoneInfo(name)) if name in zone_names() else None
    meant = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    return next((time for time in meant if time.tzname() == name), None)


def _unknown_zone(name: str, zone: tzinfo) -> str:
    return f"“{shown_name(name)}” is not UTC, an offset like +01:00 or a name of the course's zone ({zone})"


def _plausible(text: str, told: HandInTime, due: datetime | None) -> HandInTime:
    if told.time is None:
        return told
    if told.time > now() + _CLOCKS_DIFFER:
        return HandInTime(fault=f"says “{shown_name(text)}”, which lies in the future")
    if due is None and told.time < _NOBODY_BEFORE:
        return HandInTime(fault=f"says “{shown_name(text)}”, a time before the year {_NOBODY_BEFORE.year}")
    if due is not None and told.time < due - _COURSE_LASTS:
        return HandInTime(fault=f"says “{shown_name(text)}”, more than a year before the due date")
    return told
