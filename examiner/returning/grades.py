"""Fills a platform's own table with grades: which cell changes, which must not, and why.

    PlatformExport + scores + what was returned before ─▶ GradeFile: a sheet to import, and what to tell

A cell that the platform has locked stays, and so does one that somebody edited there. Nothing is read or
written here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from examiner.collecting.exports import PERCENT, GradeColumn, PlatformExport
from examiner.collecting.platforms import MOODLE
from examiner.collecting.sheets import Sheet, has_decimal_comma, is_formula, read_number
from examiner.gradebook.returned import Returned
from examiner.wording import number

_UNLIKE = 0.005  # scores are written with two decimals


@dataclass(frozen=True)
class Score:
    """A student's points for an assignment, of so many at most."""

    points: float
    of: float


@dataclass
class GradeFile:
    """The table that a platform imports, the scores in it as the platform counts them, and what to tell."""

    sheet: Sheet
    scores: dict[str, float] = field(default_factory=dict)
    capped: list[str] = field(default_factory=list)
    edited: list[str] = field(default_factory=list)
    locked: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    by_hand: list[str] = field(default_factory=list)


def fill(
    export: PlatformExport,
    column: GradeColumn,
    students: Mapping[int, str],
    scores: Mapping[str, Score],
    before: Mapping[str, Returned],
    *,
    overwrite: bool = False,
) -> GradeFile:
    """Return a platform's table with scores in a column; `students` are those of its rows.

    `overwrite` also replaces grades that were given on the platform itself.
    """
    cells = (cell for row in export.sheet.rows for cell in row)
    comma = export.sheet.separator == ";" or has_decimal_comma(cells)
    made = GradeFile(export.sheet)
    rows = [list(row) for row in export.sheet.rows]
    for place, student in students.items():
        if student not in scores:
            continue
        value = _on_platform(scores[student], column)
        if export.platform == MOODLE.name and column.maximum is not None and value > column.maximum:
            made.capped.append(f"{student} {number(value)}")
            value = column.maximum
        if reason := _kept(export, column, place, value, before.get(student, Returned()), overwrite):
            (made.locked if reason.startswith("is") else made.edited).append(f"{student} {reason}")
        elif any(is_formula(rows[place][key]) for key in export.keys):
            made.by_hand.append(f"{student} {number(value)}")
        else:
            rows[place][column.place] = number(value).replace(".", "," if comma else ".")
            made.scores[student] = round(value, 2)
    made.absent = sorted(scores.keys() - set(students.values()))
    made.sheet = replace(export.sheet, rows=tuple(map(tuple, rows)))
    return made


def cut(made: GradeFile, export: PlatformExport, column: GradeColumn, rows: Sequence[int]) -> Sheet:
    """Return these rows of a filled table: the columns that the platform needs, and the grade."""
    kept = sorted({*export.kept, column.place})
    named = sorted({*rows, *export.fixed})
    safe = [
        place for place in named if not any(is_formula(made.sheet.rows[place][key]) for key in export.keys)
    ]
    return replace(
        made.sheet,
        header=tuple(made.sheet.header[place] for place in kept),
        rows=tuple(tuple(made.sheet.rows[row][place] for place in kept) for row in safe),
    )


def _on_platform(score: Score, column: GradeColumn) -> float:
    """Return a score as the platform counts it: in per cent, or in points of its own maximum."""
    if column.unit == PERCENT:
        return 100 * score.points / score.of
    return score.points if column.maximum is None else score.points * column.maximum / score.of


def _kept(
    export: PlatformExport, column: GradeColumn, place: int, value: float, before: Returned, overwrite: bool
) -> str:
    """Return why a cell keeps what is in it, or an empty string."""
    there = export.sheet.rows[place][column.place].strip()
    if (
        export.changeable is not None
        and export.sheet.rows[place][export.changeable].strip().casefold() == "no"
    ):
        return "is locked"
    found = read_number(there)
    if there and there != "-" and found is None:
        return f"is “{there[:20]}” there"
    if found is None or overwrite or _is_one_of(found, (value, *before.scores)):
        return ""
    return f"has {there} there, here {number(value)}"


def _is_one_of(found: float, known: Sequence[float | None]) -> bool:
    return any(each is not None and abs(each - found) < _UNLIKE for each in known)
