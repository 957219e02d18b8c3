"""Chooses the version of a student's work that counts, and tells when it was handed in.

The newest that came in time counts, with the extension that somebody has; where none did, the newest. Times
are the platform's. Nothing is read or written here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from examiner.collecting.sources import Packed
from examiner.course.facts import Assignment, Course

_PACKING = timedelta(hours=1)
_EMPTY = datetime(1980, 12, 31, tzinfo=UTC)  # what packers write who know no time


@dataclass(frozen=True)
class Choice:
    """The version that counts, and whether a later one came too late to count."""

    time: datetime | None
    has_later: bool = False


def choose(times: Iterable[datetime | None], deadline: datetime | None) -> Choice:
    """Return which of several versions counts, by their times; those without a time come first."""
    known = sorted(time for time in times if time)
    if not known:
        return Choice(None)
    in_time = [time for time in known if deadline is None or time <= deadline]
    counted = in_time[-1] if in_time else known[-1]
    return Choice(counted, has_later=counted != known[-1])


def deadline_of(course: Course, assignment: Assignment, extension: timedelta | None) -> datetime | None:
    """Return until when work of somebody costs no points, or None where lateness costs none."""
    if assignment.due is None or not course.late.percent_per_day:
        return None
    return assignment.due + timedelta(minutes=course.late.grace_minutes) + (extension or timedelta())


def times_are_of_handing_in(files: Sequence[Packed]) -> bool:
    """Return whether files carry times of their own; Canvas and Moodle write the time of packing to all."""
    times = [file.time for file in files if file.time]
    return bool(times) and len(times) == len(files) and max(times) - min(times) > _PACKING


def latest_change(files: Iterable[Packed]) -> datetime | None:
    """Return when the last of some files was changed, if that is known."""
    latest = max((file.time for file in files if file.time), default=None)
    return latest if latest and latest > _EMPTY else None
