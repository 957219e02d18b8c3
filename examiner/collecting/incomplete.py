"""Recognises an export from which columns are gone, or are there twice, so that nobody is taken for another.

Somebody may have deleted columns, or exported some of them alone. Read as a table of names, such a file would
make people of the platform's own rows, and no grade could go back by it. Of two columns with one title
nobody knows which tells who somebody is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container
from dataclasses import dataclass

from examiner.collecting.platforms import BLACKBOARD, BRIGHTSPACE, CANVAS, MOODLE
from examiner.collecting.sheets import Sheet


@dataclass(frozen=True)
class _Sign:
    """What only one platform writes, and the columns that its exports have: one of each group is enough."""

    platform: str
    marks: tuple[str, ...]
    needed: tuple[tuple[str, ...], ...]


# The sources of these titles stand beside the readers in `exports`.
_SIGNS = (
    _Sign(
        CANVAS.name,
        ("points possible",),
        (("ID",), ("Section",)),
    ),
    _Sign(
        MOODLE.name,
        ("last modified (grade)", "last modified (submission)", "grade can be changed"),
        (("Identifier",), ("Grade",)),
    ),
    _Sign(
        BRIGHTSPACE.name,
        ("end-of-line indicator", " points grade"),
        (("OrgDefinedId", "Username"),),
    ),
    _Sign(BLACKBOARD.name, ("[total pts:",), (("Username",),)),
)


def what_is_lacking(sheet: Sheet) -> str:
    """Return in half a sentence what a table lacks to be the export that it looks like, or nothing."""
    seen = [title.casefold() for title in sheet.header]
    seen += [row[0].strip().casefold() for row in sheet.rows[:3] if row]
    for sign in _SIGNS:
        if any(mark in text for mark in sign.marks for text in seen):
            lacks = [" or ".join(titles) for titles in sign.needed if sheet.column(*titles) is None]
            if lacks:
                columns = "column" if len(lacks) == 1 else "columns"
                return f"looks like an export of {sign.platform}, but lacks the {columns} {', '.join(lacks)}"
    return ""


def what_is_doubled(sheet: Sheet, telling: Container[str]) -> str:
    """Return in half a sentence which of the titles that tell who somebody is are there twice, or nothing."""
    counts = Counter(title.strip().casefold() for title in sheet.header)
    doubled = [
        title for title in sheet.header if title.casefold() in telling and counts[title.casefold()] > 1
    ]
    return f"has two columns {doubled[0]}" if doubled else ""
