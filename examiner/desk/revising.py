"""Adds, rewords, re-weighs and retires items of a mark scheme, with everybody who was marked by them.

    a change ─▶ preview: who and how much, nothing written ─▶ a person says yes ─▶ the same again, written

What is written is what was shown: where anything changed in between, the change is refused.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from examiner.desk.deciding import write_items
from examiner.desk.reading import Place, read_place_items, read_states
from examiner.desk.rows import set_rows
from examiner.desk.scheme import SchemeItem
from examiner.desk.states import AnswerState
from examiner.errors import DeskRefusal
from examiner.gradebook.database import writing
from examiner.gradebook.desk_tables import COUNTS, ITEMS, MARKS
from examiner.gradebook.items import Item
from examiner.gradebook.schema import new_id
from examiner.gradebook.tables import CELLS, GRADES

_MOST_LETTERS, _MOST_POINTS, _MOST_ITEMS = 2_000, 1_000.0, 40


@dataclass(frozen=True)
class Revision:
    """What is to become of an item; without an `item`, a new one is added."""

    item: str = ""
    text: str = ""
    points: float = 0.0
    retired: bool = False


@dataclass(frozen=True)
class Changed:
    """A student whose points change."""

    student: str
    before: float
    after: float


@dataclass(frozen=True)
class Preview:
    """What a revision does: whose points change, whose stay as a person gave them elsewhere, and a token."""

    changed: tuple[Changed, ...]
    kept: tuple[str, ...]
    token: str


def preview(connection: Connection, place: Place, revision: Revision) -> Preview:
    """Return what a revision would do; nothing is written."""
    _check(revision)
    items = read_place_items(connection, place)
    return _preview(read_states(connection, place), items, _revised(items, revision), place, revision)


def revise(connection: Connection, place: Place, revision: Revision, token: str) -> Preview:
    """Do what was shown: `token` is that of the preview that a person has agreed to."""
    _check(revision)
    with writing(connection):
        _lock(connection, place)
        items, states = read_place_items(connection, place), read_states(connection, place, lock=True)
        after = _revised(items, revision)
        shown = _preview(states, items, after, place, revision)
        if shown.token != token:
            raise DeskRefusal("somebody has marked or changed items meanwhile: look at the table again")
        if revision.item:
            _set(connection, next(item for item in after if item.id == revision.item))
        else:
            _add(connection, place, after[-1], len(items), edited=True)
        by_id = {item.id: item for item in after}
        concerned = [state for state in states.values() if _is_concerned(state, revision.item)]
        _rescore(connection, place, concerned, by_id)
    return shown


def begin_items(connection: Connection, place: Place, scheme: Iterable[SchemeItem]) -> tuple[Item, ...]:
    """Return the items of a question; until somebody has marked by them, they are as the source has them."""
    wanted = list(scheme)
    with writing(connection):
        _lock(connection, place)
        held = read_place_items(connection, place)
        same = [(item.text, item.points) for item in held] == [(item.text, item.points) for item in wanted]
        is_begun = _is_marked(connection, place) or not all(item.given for item in held)
        if same or (held and is_begun):
            return held
        connection.execute(delete(ITEMS).where(ITEMS.c.cell == place.cell))
        for position, item in enumerate(wanted):
            _add(connection, place, Item(new_id(), item.text, item.points), position)
        return read_place_items(connection, place)


def _lock(connection: Connection, place: Place) -> None:
    """Let nobody else change the items of this question until the transaction ends."""
    connection.execute(select(CELLS.c.id).where(CELLS.c.id == place.cell).with_for_update())


def _is_marked(connection: Connection, place: Place) -> bool:
    mine = select(GRADES.c.id).where(GRADES.c.cell_id == place.cell)
    count = select(func.count()).select_from(MARKS).where(MARKS.c.grade.in_(mine))
    return bool(connection.execute(count).scalar_one())


def _check(revision: Revision) -> None:
    if not revision.retired and not 0 < len(revision.text.strip()) <= _MOST_LETTERS:
        raise DeskRefusal(f"an item needs words, {_MOST_LETTERS} letters at most: say what it is for")
    if not -_MOST_POINTS <= revision.points <= _MOST_POINTS:  # also false for what is no number
        raise DeskRefusal(f"an item may be worth up to {_MOST_POINTS:g} points: give a number of points")


def _revised(items: tuple[Item, ...], revision: Revision) -> tuple[Item, ...]:
    if not revision.item:
        if sum(not item.retired for item in items) >= _MOST_ITEMS:
            raise DeskRefusal(f"a question may have {_MOST_ITEMS} items: change one of them")
        return (*items, Item(new_id(), revision.text.strip(), revision.points, given=False))
    if revision.item not in {item.id for item in items}:
        raise DeskRefusal("this item is not in the mark scheme any more: open the page again")
    return tuple(_with(item, revision) if item.id == revision.item else item for item in items)


def _with(item: Item, revision: Revision) -> Item:
    if revision.retired:
        return replace(item, retired=True, given=False)
    return replace(item, text=revision.text.strip(), points=revision.points, given=False)


def _is_concerned(state: AnswerState, item: str) -> bool:
    return bool(item) and item in state.items and state.is_marked_here


def _preview(
    states: dict[str, AnswerState],
    before: tuple[Item, ...],
    after: tuple[Item, ...],
    place: Place,
    revision: Revision,
) -> Preview:
    by_id = {item.id: item for item in after}
    changed = []
    for state in states.values():
        if _is_concerned(state, revision.item):
            now = sum(place.worth.split(by_id[item] for item in state.items if item in by_id))
            if now != state.points:
                changed.append(Changed(state.student, state.points or 0.0, now))
    kept = [
        state.student
        for state in states.values()
        if revision.item in state.items and not state.is_marked_here
    ]
    seen = [[state.grade, state.version] for state in states.values() if revision.item in state.items]
    told = [[item.id, item.text, item.points] for item in before], sorted(seen), _told(revision)
    token = hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]
    return Preview(tuple(sorted(changed, key=lambda each: each.student)), tuple(sorted(kept)), token)


def _told(revision: Revision) -> list[Any]:
    return [revision.item, revision.text, revision.points, revision.retired]


def _set(connection: Connection, item: Item) -> None:
    values = {"text": item.text, "points": item.points, "given": item.given, "retired": item.retired}
    connection.execute(update(ITEMS).where(ITEMS.c.id == item.id).values(values))


def _add(connection: Connection, place: Place, item: Item, position: int, *, edited: bool = False) -> None:
    row = {"id": item.id, "cell": place.cell, "position": position, "text": item.text}
    row |= {"points": item.points, "given": not edited, "retired": False}
    connection.execute(insert(ITEMS), [row])


def _rescore(
    connection: Connection, place: Place, states: Iterable[AnswerState], items: Mapping[str, Item]
) -> None:
    """Write the new scores of answers; a flag that one has changed since stays."""
    scores, marks, chosen = {}, {}, {}
    for state in states:
        held = [items[item] for item in state.items if item in items]
        score, extra = place.worth.split(held)
        scores[state.grade] = {
            "manual_score": score,
            **({"extra_credit": extra} if place.worth.extra else {}),
        }
        marks[state.grade] = {"score": score, "extra": extra}
        chosen[state.grade] = [item.id for item in held if not item.retired]
    set_rows(connection, GRADES, "id", scores)
    set_rows(connection, MARKS, "grade", marks, round=COUNTS)
    write_items(connection, COUNTS, chosen)
