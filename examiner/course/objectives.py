"""Tells which exercise grades which objective, and for how many points, from the source notebooks.

A tutorial's title cell lists its objectives, each with the names of its exercises in backticks. The page
`docs/objectives.md` shows them. Tests check that no objective and no exercise stands alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from examiner.course.facts import Course
from examiner.course.launch import published_path
from examiner.notebook import cells
from examiner.wording import number

_BULLET = re.compile(r"^- (.+(?:\n  .+)*)", re.MULTILINE)
_NAME = re.compile(r"`(\w+)`")


@dataclass(frozen=True)
class Points:
    """What an exercise is worth: points given by tests and by a person, and extra credit of both."""

    auto: float = 0
    written: float = 0
    bonus: float = 0

    def __add__(self, other: Points) -> Points:
        """Return the sum of both."""
        return Points(self.auto + other.auto, self.written + other.written, self.bonus + other.bonus)


def points_of_exercises(source: Any) -> dict[str, Points]:
    """Return what each exercise of a source notebook is worth, in its order."""
    worth: dict[str, Points] = {}
    for cell in cells.graded(source.cells):
        kind = "auto" if cells.is_test(cell) else "written"
        points = Points(**{kind: cells.points(cell)}, bonus=cells.bonus(cell))
        name = cells.exercise_name(cell)
        worth[name] = worth.get(name, Points()) + points
    return worth


def objectives(source: Any) -> list[tuple[str, list[str]]]:
    """Return each objective of a tutorial with the names of the exercises that grade it."""
    title = next(cell.source for cell in source.cells if cell.id == "title")
    bullets = [" ".join(bullet.split()) for bullet in _BULLET.findall(title)]
    return [(_NAME.split(bullet)[0].rstrip(" :("), _NAME.findall(bullet)) for bullet in bullets]


def objectives_page(course: Course) -> str:
    """Return `docs/objectives.md`."""
    parts = [
        "# Objectives and exercises",
        "What you can do after each tutorial, and which exercise shows it. Tests give points (auto), or a\n"
        "person does (written). Extra credit comes on top.",
    ]
    for assignment in course.assignments:
        source = cells.read_notebook(course.path("source", assignment) / assignment.filename)
        path = f"../{published_path(assignment)}"
        worth = points_of_exercises(source)
        rows = ["| objective | exercise | auto | written | extra |", "| --- | --- | --: | --: | --: |"]
        for objective, names in objectives(source):
            rows += [
                _row(objective, _linked(name, source, path), worth.get(name, Points())) for name in names
            ]
        rows.append(_row("**all**", "", sum(worth.values(), Points())))
        parts += [f"## [{assignment.title}]({path})", "\n".join(rows)]
    return "\n\n".join(parts) + "\n"


def _linked(name: str, source: Any, path: str) -> str:
    """Return the name of an exercise as a link to its heading, if it has one of its own."""
    texts = "\n".join(cell.source for cell in source.cells if cell.cell_type == "markdown")
    heading = re.search(rf"^### (.*`{name}`.*)$", texts, re.MULTILINE)
    return f"[`{name}`]({path}#{_anchor(heading[1])})" if heading else f"`{name}`"


def _anchor(heading: str) -> str:
    """Return how a page that is made from Markdown names a heading in its address.

    Examples
    --------
    >>> _anchor("Exercise: `fit_lnp` (20 points)")
    'exercise-fit_lnp-20-points'
    """
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _row(objective: str, name: str, points: Points) -> str:
    values = [number(value) if value else "" for value in (points.auto, points.written, points.bonus)]
    return f"| {' | '.join([objective, name, *values])} |"
