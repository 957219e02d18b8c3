"""Finds the column of a platform's gradebook that is an assignment's."""

from __future__ import annotations

import re

from examiner.collecting.exports import GradeColumn, PlatformExport
from examiner.course.facts import Assignment
from examiner.errors import NotReturned


def find_column(export: PlatformExport, assignment: Assignment, title: str = "") -> GradeColumn:
    """Return the column with this title, or else the only one whose title tells the assignment.

    `NotReturned` lists the columns if there is none, or more than one.
    """
    if len(export.columns) == 1 and export.is_for_one_assignment:
        found = list(export.columns)
    elif title:
        found = [each for each in export.columns if title in (each.title, export.sheet.header[each.place])]
    else:
        found = [each for each in export.columns if _tells(each.title, assignment)]
    if len(found) != 1:
        raise NotReturned(_which(export, assignment, title, len(found)))
    if not found[0].maximum:
        raise NotReturned(
            f"{export.platform} does not say what {found[0].title} is worth there: expected a number of "
            "points. Give it one on the platform, not a scale, and export again"
        )
    return found[0]


def _tells(title: str, assignment: Assignment) -> bool:
    plain, titles = (
        _plain(title),
        {_plain(assignment.title), _plain(assignment.name), _plain(assignment.notebook)},
    )
    return plain in titles or _plain(assignment.name) in plain or _plain(assignment.notebook) in plain


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).strip().casefold()


def _which(export: PlatformExport, assignment: Assignment, title: str, count: int) -> str:
    names = [each.title for each in export.columns]
    if len(set(names)) < len(names):  # only the platform's number tells them apart
        names = [export.sheet.header[each.place] for each in export.columns]
    titles = ", ".join(f"“{name}”" for name in names) or "no column for grades"
    if not export.columns:
        return (
            f"the export of {export.platform} holds {titles}: create the assignment there, and export the "
            "whole gradebook again"
        )
    wanted = f"called “{title}”" if title else f"that tells {assignment.name}"
    return (
        f"the export of {export.platform} has {count or 'no'} column{'s' if count > 1 else ''} {wanted}: "
        f'choose one of {titles} with COLUMN="title"'
    )
