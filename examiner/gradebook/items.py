"""Reads the items of mark schemes, and which of them each answer earned at the marking desk.

read_items(connection, layout)  ─▶ the items of each written exercise, in order
read_earned(connection, layout) ─▶ for each student and exercise, the items that the score stands for
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, select

from examiner.gradebook.desk_tables import CHOSEN, COUNTS, ITEMS, MARKS
from examiner.gradebook.schema import Layout
from examiner.gradebook.tables import CELLS, GRADES, NOTEBOOKS, SUBMISSIONS

_NEAR = 1e-9


@dataclass(frozen=True)
class Item:
    """An item of a mark scheme: what an answer says, and what that earns; a retired one earns nothing."""

    id: str
    text: str
    points: float
    given: bool = True
    retired: bool = False


def items_of(rows: Any) -> tuple[Item, ...]:
    """Return rows of the table of items, which are in order."""
    return tuple(Item(row.id, row.text, row.points, row.given, row.retired) for row in rows)


def read_items(connection: Connection, layout: Layout) -> dict[str, tuple[Item, ...]]:
    """Return the items in use by the names of written exercises; an exercise never marked here has none."""
    names = {cell.id: cell.name for cell in layout.graded}
    rows = connection.execute(
        select(ITEMS)
        .where(ITEMS.c.cell.in_(list(names)), ITEMS.c.retired.is_(False))
        .order_by(ITEMS.c.cell, ITEMS.c.position, ITEMS.c.id)
    ).all()
    by_cell = defaultdict(list)
    for row in rows:
        by_cell[names[row.cell]].append(row)
    return {name: items_of(held) for name, held in by_cell.items()}


def read_earned(connection: Connection, layout: Layout) -> dict[str, dict[str, frozenset[str]]]:
    """Return the ids of earned items by student and exercise.

    Only answers are here that were marked at the desk and still have that score: one whose score a person
    has changed elsewhere since stands for no items.
    """
    rows = connection.execute(
        select(
            SUBMISSIONS.c.student_id,
            CELLS.c.name,
            GRADES.c.manual_score,
            GRADES.c.extra_credit,
            MARKS.c.score,
            MARKS.c.extra,
            CHOSEN.c.item,
        )
        .join_from(MARKS, GRADES, GRADES.c.id == MARKS.c.grade)
        .join(NOTEBOOKS, NOTEBOOKS.c.id == GRADES.c.notebook_id)
        .join(SUBMISSIONS, SUBMISSIONS.c.id == NOTEBOOKS.c.assignment_id)
        .join(CELLS, CELLS.c.id == GRADES.c.cell_id)
        .outerjoin(CHOSEN, and_(CHOSEN.c.grade == MARKS.c.grade, CHOSEN.c.round == MARKS.c.round))
        .where(MARKS.c.round == COUNTS, NOTEBOOKS.c.notebook_id == layout.notebook)
    )
    earned: dict[str, dict[str, frozenset[str]]] = defaultdict(dict)
    for row in rows:
        if stands(row.manual_score, row.extra_credit, row.score, row.extra):
            before = earned[row.student_id].get(row.name, frozenset())
            earned[row.student_id][row.name] = before | ({row.item} if row.item else frozenset())
    return dict(earned)


def stands(
    manual_score: float | None, extra_credit: float | None, score: float | None, extra: float | None
) -> bool:
    """Return whether a grade still has the score that was written for it at the desk."""
    if manual_score is None or score is None:
        return False
    return abs(manual_score - score) < _NEAR and abs((extra_credit or 0.0) - (extra or 0.0)) < _NEAR
