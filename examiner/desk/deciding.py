"""Writes what a person decides at the desk, each decision in one transaction, and takes it back.

    versions that the person saw ─▶ rows locked and read again ─▶ the same? ─▶ scores, items, how to undo

Where anybody changed an answer meanwhile, at another desk or in Formgrader, nothing at all is written, and
the error tells how the answers stand now. What is written stays, whatever ends the server after that.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from examiner.desk.leases import check_free
from examiner.desk.reading import Place, read_place_items, read_states
from examiner.desk.rows import put_rows, set_rows
from examiner.desk.states import AnswerState, Decision, Marked, Stand
from examiner.errors import DeskRefusal
from examiner.gradebook.database import writing
from examiner.gradebook.desk_tables import CHOSEN, COUNTS, DECISIONS, MARKS
from examiner.gradebook.schema import new_id
from examiner.gradebook.tables import COMMENTS, GRADES

_MOST_LETTERS = 10_000


class Conflict(DeskRefusal):
    """Somebody else changed answers meanwhile; `states` holds how they stand now."""

    def __init__(self, states: Iterable[AnswerState]):
        self.states = tuple(states)
        count = "One answer was" if len(self.states) == 1 else f"{len(self.states)} answers were"
        super().__init__(
            f"{count} changed meanwhile by somebody else, here or in Formgrader. Nothing was written. "
            "Look at how they stand now, and decide again"
        )


def decide(connection: Connection, place: Place, decision: Decision, holder: str) -> dict[str, AnswerState]:
    """Give the answers of a group their items, score and comment; return how they stand then.

    Raise `Conflict` if any of them is not as the person saw it.
    """
    _check_comment(decision.comment)
    with writing(connection):
        before = _checked(connection, place, decision.versions, holder)
        known = {item.id: item for item in read_place_items(connection, place) if not item.retired}
        if unknown := decision.items - known.keys():
            raise DeskRefusal(f"{len(unknown)} of the items are not in the mark scheme any more: look again")
        taken = [each for each in before.values() if decision.replace or each.stand is not Stand.ELSEWHERE]
        score, extra = place.worth.split(known[item] for item in decision.items)
        time = datetime.now(UTC).isoformat(timespec="microseconds")
        mark = {"score": score, "extra": extra, "marker": marker_of(holder), "time": time}
        scores = _scores(place, score, extra)
        set_rows(connection, GRADES, "id", {each.grade: scores for each in taken})
        put_marks(connection, COUNTS, {each.grade: {**mark, "digest": each.digest} for each in taken})
        write_items(connection, COUNTS, {each.grade: decision.items for each in taken})
        _write_comments(connection, place, _new_comments(taken, decision.comment))
        after = read_states(connection, place, [each.grade for each in taken])
        _keep_decision(connection, place, holder, {each.grade: each for each in taken}, after)
    return after


def undo(connection: Connection, place: Place, holder: str) -> dict[str, AnswerState]:
    """Take back the last decision of this person on a question; return how its answers stand then.

    Answers that were removed since are left out. Raise `Conflict` if anybody has changed another one.
    """
    with writing(connection):
        last = connection.execute(
            select(DECISIONS.c.id, DECISIONS.c.states)
            .where(DECISIONS.c.cell == place.cell, DECISIONS.c.marker == marker_of(holder))
            .where(DECISIONS.c.undone.is_(False))
            .order_by(DECISIONS.c.id.desc())
            .limit(1)
        ).first()
        if last is None:
            raise DeskRefusal("there is no decision of yours on this question to take back")
        held = json.loads(last.states)
        there = read_states(connection, place, held, lock=True)
        states = {grade: kept for grade, kept in held.items() if grade in there}
        _checked(connection, place, {grade: kept["after"] for grade, kept in states.items()}, holder)
        _restore(connection, place, {grade: kept["before"] for grade, kept in states.items()})
        connection.execute(update(DECISIONS).where(DECISIONS.c.id == last.id).values(undone=True))
        return read_states(connection, place, states)


def marker_of(holder: str) -> str:
    """Return who marks, from the name of one of their pages."""
    return holder.partition("#")[0]


def _check_comment(comment: str | None) -> None:
    if comment is not None and len(comment) > _MOST_LETTERS:
        raise DeskRefusal(f"a comment may have {_MOST_LETTERS} letters, got {len(comment)}: shorten it")


def _checked(
    connection: Connection, place: Place, versions: Mapping[str, str], holder: str
) -> dict[str, AnswerState]:
    """Lock answers, and return how they stand; all of them must be as they were seen."""
    states = read_states(connection, place, versions, lock=True)
    if gone := versions.keys() - states.keys():
        raise DeskRefusal(
            f"{len(gone)} of the answers are not in the gradebook any more: open the page again"
        )
    changed = [state for grade, state in states.items() if state.version != versions[grade]]
    if changed:
        raise Conflict(changed)
    check_free(connection, states, holder)
    return states


def _scores(place: Place, score: float, extra: float) -> dict[str, Any]:
    """Return nbgrader's fields; extra credit of an answer that has none of its own stays a person's."""
    credit = {"extra_credit": extra} if place.worth.extra else {}
    return {"manual_score": score, "needs_manual_grade": False, **credit}


def put_marks(connection: Connection, number: int, marks: Mapping[str, Mapping[str, Any] | None]) -> None:
    """Keep what was written for answers in a round, by grades; None takes it away."""
    rows = {grade: [] if mark is None else [mark] for grade, mark in marks.items()}
    put_rows(connection, MARKS, rows, round=number)


def write_items(connection: Connection, number: int, chosen: Mapping[str, Iterable[str]]) -> None:
    """Keep which items answers earned in a round, by grades."""
    rows = {grade: [{"item": item} for item in sorted(items)] for grade, items in chosen.items()}
    put_rows(connection, CHOSEN, rows, round=number)


def _new_comments(states: Iterable[AnswerState], comment: str | None) -> dict[str, str | None]:
    """Return the comments that change, by notebooks."""
    if comment is None:
        return {}
    return {each.notebook: comment or None for each in states if comment != (each.comment or "")}


def _write_comments(connection: Connection, place: Place, comments: Mapping[str, str | None]) -> None:
    if not comments:
        return
    mine = select(COMMENTS.c.notebook_id, COMMENTS.c.id).where(COMMENTS.c.cell_id == place.comments)
    there = {row.notebook_id: row.id for row in connection.execute(mine)}
    told = {there[of]: {"manual_comment": comment} for of, comment in comments.items() if of in there}
    set_rows(connection, COMMENTS, "id", told)
    rows = [
        {"id": new_id(), "notebook_id": of, "cell_id": place.comments, "manual_comment": comment}
        for of, comment in comments.items()
        if of not in there
    ]
    if rows:
        connection.execute(insert(COMMENTS), rows)


def _keep_decision(
    connection: Connection,
    place: Place,
    holder: str,
    before: Mapping[str, AnswerState],
    after: Mapping[str, AnswerState],
) -> None:
    states = {
        grade: {"before": _kept(state), "after": after[grade].version} for grade, state in before.items()
    }
    row = {"id": new_id(), "cell": place.cell, "marker": marker_of(holder), "undone": False}
    connection.execute(insert(DECISIONS), [{**row, "states": json.dumps(states)}])


def _kept(state: AnswerState) -> dict[str, Any]:
    names = ("notebook", "manual_score", "extra_credit", "needs", "comment")
    mark = state.marked and {name: getattr(state.marked, name) for name in Marked.__dataclass_fields__}
    return {**{name: getattr(state, name) for name in names}, "items": sorted(state.items), "mark": mark}


def _restore(connection: Connection, place: Place, before: Mapping[str, Mapping[str, Any]]) -> None:
    scores = {
        grade: {
            "manual_score": kept["manual_score"],
            "extra_credit": kept["extra_credit"],
            "needs_manual_grade": kept["needs"],
        }
        for grade, kept in before.items()
    }
    set_rows(connection, GRADES, "id", scores)
    put_marks(connection, COUNTS, {grade: kept["mark"] for grade, kept in before.items()})
    write_items(connection, COUNTS, {grade: kept["items"] for grade, kept in before.items()})
    _write_comments(connection, place, {kept["notebook"]: kept["comment"] for kept in before.values()})
