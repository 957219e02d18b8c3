"""Says when work was handed in, where file names do not: Moodle's worksheet does, or a file's last change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace as changed
from datetime import datetime, tzinfo

from examiner.collecting import worksheet
from examiner.collecting.archive import Entry
from examiner.collecting.collected import Collected
from examiner.collecting.exports import recognise
from examiner.collecting.placing import Submission
from examiner.collecting.platforms import GRADESCOPE, MOODLE
from examiner.collecting.sheets import read_sheet
from examiner.collecting.sources import Packed
from examiner.course.facts import Assignment, Course
from examiner.gradebook.roster import read_export
from examiner.intake.timestamps import EXAMPLE, FILE

Entries = dict[Packed, Entry]


def with_times(course: Course, entries: Entries, collected: Collected) -> Entries:
    """Return the entries with the times that Moodle's worksheets tell: its zip files tell none."""
    told: dict[str, worksheet.HandInTimes] = {}
    timed = {}
    for file, entry in entries.items():
        if entry.who.platform == MOODLE.name and entry.assignment:
            if entry.assignment.name not in told:
                told[entry.assignment.name] = _worksheet_times(course, entry.assignment, collected)
            entry = changed(entry, time=told[entry.assignment.name].times.get(entry.who.number))
        timed[file] = entry
    return timed


def _worksheet_times(course: Course, assignment: Assignment, collected: Collected) -> worksheet.HandInTimes:
    kept = read_export(course, MOODLE.name, assignment)
    if kept is None or not kept.assignment:
        collected.has_no_worksheet = True
        return worksheet.HandInTimes()
    sheet = read_sheet(kept.content, kept.filename)
    times = worksheet.hand_in_times(recognise(sheet, kept.filename, assignment.name))
    collected.unread_times += times.unread
    return times


def in_zone(time: datetime | None, zone: tzinfo) -> datetime | None:
    """Return a time in its own zone, or in this one if it names none."""
    return time.replace(tzinfo=zone) if time and not time.tzinfo else time


def where_times_are_from(
    course: Course, entries: Entries, submissions: Iterable[Submission], *, source: str
) -> str:
    """Return a sentence on whose word the times of handing in are."""
    timed = {entry.who.platform for entry in entries.values() if entry.time}
    if timed == {MOODLE.name}:
        return (
            "Moodle's worksheet tells when the work was handed in. Its times are read in the course's zone, "
            f"{course.timezone} (`timezone` in course.toml)."
        )
    if timed == {GRADESCOPE.name}:
        return "Gradescope's export tells when the work was handed in."
    if timed:
        return (
            "The file names tell when the work was handed in. Their times are read in the course's zone, "
            f"{course.timezone} (`timezone` in course.toml)."
        )
    if source == "folder":
        return (
            "Nothing in the folder tells when the work was handed in, so nobody counts as late. If that "
            f"matters, write {FILE} beside the notebook ({EXAMPLE})."
        )
    if any(submission.time for submission in submissions):
        return (
            "The times of the files in the zip file count as the times of handing in. If they mean something "
            f"else, write {FILE} beside the notebook ({EXAMPLE})."
        )
    return (
        "The zip file tells only when it was packed, so nobody counts as late. If that matters, write "
        f"{FILE} beside the notebook ({EXAMPLE})."
    )
