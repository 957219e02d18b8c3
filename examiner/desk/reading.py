"""Reads from the gradebook how the answers to one question stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, and_, func, or_, select

from examiner.desk.states import AnswerState, Marked, Worth
from examiner.gradebook.desk_tables import CHOSEN, COUNTS, ITEMS, MARKS
from examiner.gradebook.items import Item, items_of
from examiner.gradebook.schema import ANSWERS
from examiner.gradebook.tables import COMMENTS, GRADES, NOTEBOOKS, SUBMISSIONS

_MOST_NAMED = 500  # in a statement: databases take so many variables and no more, SQLite 32,766


@dataclass(frozen=True)
class Place:
    """A written exercise in the gradebook: its cell, and the cell that holds its comments."""

    cell: str
    comments: str
    worth: Worth


def read_states(
    connection: Connection, place: Place, grades: Collection[str] | None = None, *, lock: bool = False
) -> dict[str, AnswerState]:
    """Return the answers to a question, or those with these ids, by id; `lock` keeps others from writing.

    Where many are asked for, all answers to the question are read, and locked.
    """
    whose = GRADES.c.cell_id == place.cell
    wanted = None if grades is None else set(grades)
    if wanted is not None and len(wanted) <= _MOST_NAMED:
        whose = and_(whose, GRADES.c.id.in_(list(wanted)))
    if lock:  # in one order, so that two who lock the same rows wait for each other and never both
        connection.execute(select(GRADES.c.id).where(whose).order_by(GRADES.c.id).with_for_update()).all()
    chosen = _chosen(connection, whose)
    rows = connection.execute(_states(place).where(whose))
    return {row.id: _state(row, chosen[row.id]) for row in rows if wanted is None or row.id in wanted}


def _states(place: Place) -> Select[Any]:
    return (
        select(
            GRADES.c.id,
            GRADES.c.notebook_id,
            GRADES.c.manual_score,
            GRADES.c.extra_credit,
            GRADES.c.auto_score,
            GRADES.c.needs_manual_grade,
            SUBMISSIONS.c.student_id,
            COMMENTS.c.manual_comment,
            func.coalesce(ANSWERS.c.digest, "").label("digest"),
            MARKS.c.score,
            MARKS.c.extra,
            MARKS.c.digest.label("read"),
            MARKS.c.marker,
            MARKS.c.time,
        )
        .join_from(GRADES, NOTEBOOKS, NOTEBOOKS.c.id == GRADES.c.notebook_id)
        .join(SUBMISSIONS, SUBMISSIONS.c.id == NOTEBOOKS.c.assignment_id)
        .outerjoin(
            COMMENTS,
            and_(COMMENTS.c.notebook_id == GRADES.c.notebook_id, COMMENTS.c.cell_id == place.comments),
        )
        .outerjoin(ANSWERS, ANSWERS.c.grade == GRADES.c.id)
        .outerjoin(MARKS, and_(MARKS.c.grade == GRADES.c.id, MARKS.c.round == COUNTS))
        .order_by(GRADES.c.id)
    )


def _chosen(connection: Connection, whose: Any) -> dict[str, set[str]]:
    rows = connection.execute(
        select(CHOSEN.c.grade, CHOSEN.c.item)
        .join_from(CHOSEN, GRADES, GRADES.c.id == CHOSEN.c.grade)
        .where(CHOSEN.c.round == COUNTS, whose)
    )
    chosen: dict[str, set[str]] = defaultdict(set)
    for grade, item in rows:
        chosen[grade].add(item)
    return chosen


def _state(row: Any, chosen: set[str]) -> AnswerState:
    marked = None
    if row.marker is not None:
        marked = Marked(row.score, row.extra, row.read, row.marker, row.time)
    return AnswerState(
        grade=row.id,
        notebook=row.notebook_id,
        student=row.student_id,
        manual_score=row.manual_score,
        extra_credit=row.extra_credit,
        auto_score=row.auto_score,
        needs=row.needs_manual_grade,
        comment=row.manual_comment,
        digest=row.digest,
        items=frozenset(chosen),
        marked=marked,
    )


def read_place_items(connection: Connection, place: Place) -> tuple[Item, ...]:
    """Return all items of a question, in order; retired ones too, while they are chosen somewhere."""
    in_use = select(CHOSEN.c.item)
    rows = connection.execute(
        select(ITEMS)
        .where(ITEMS.c.cell == place.cell, or_(ITEMS.c.retired.is_(False), ITEMS.c.id.in_(in_use)))
        .order_by(ITEMS.c.position, ITEMS.c.id)
    )
    return items_of(rows.all())
