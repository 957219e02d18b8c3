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

from sqlalchemy import Connection, delete, insert, select, update

from examiner.desk.leases import check_free
from examiner.desk.reading import Place, read_place_items, read_states
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
        for state in taken:
            _write_mark(connection, place, state, {**mark, "digest": state.digest})
            write_items(connection, state.grade, COUNTS, decision.items)
            if decision.comment is not None and decision.comment != (state.comment or ""):
                _write_comment(connection, place, state.notebook, decision.comment)
        after = read_states(connection, place, [each.grade for each in taken])
        _keep_decision(connection, place, holder, {each.grade: each for each in taken}, after)
    return after


def undo(connection: Connection, place: Place, holder: str) -> dict[str, AnswerState]:
    """Take back the last decision of this person on a question; return how its answers stand then.

    Raise `Conflict` if anybody has changed one of them since.
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
        states = json.loads(last.states)
        _checked(connection, place, {grade: kept["after"] for grade, kept in states.items()}, holder)
        for grade, kept in states.items():
            _restore(connection, place, grade, kept["before"])
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


def _write_mark(connection: Connection, place: Place, state: AnswerState, mark: dict[str, Any]) -> None:
    connection.execute(
        update(GRADES).where(GRADES.c.id == state.grade).values(_scores(place, mark["score"], mark["extra"]))
    )
    put_mark(connection, state.grade, COUNTS, mark)


def _scores(place: Place, score: float, extra: float) -> dict[str, Any]:
    """Return nbgrader's fields; extra credit of an answer that has none of its own stays a person's."""
    credit = {"extra_credit": extra} if place.worth.extra else {}
    return {"manual_score": score, "needs_manual_grade": False, **credit}


def put_mark(connection: Connection, grade: str, number: int, mark: Mapping[str, Any] | None) -> None:
    """Keep what was written for an answer in a round; None takes it away."""
    connection.execute(delete(MARKS).where(MARKS.c.grade == grade, MARKS.c.round == number))
    if mark is not None:
        connection.execute(insert(MARKS), [{"grade": grade, "round": number, **mark}])


def write_items(connection: Connection, grade: str, number: int, items: Iterable[str]) -> None:
    """Keep which items an answer earned in a round."""
    connection.execute(delete(CHOSEN).where(CHOSEN.c.grade == grade, CHOSEN.c.round == number))
    rows = [{"grade": grade, "round": number, "item": item} for item in sorted(items)]
    if rows:
        connection.execute(insert(CHOSEN), rows)


def _write_comment(connection: Connection, place: Place, notebook: str, comment: str | None) -> None:
    mine = (COMMENTS.c.notebook_id == notebook, COMMENTS.c.cell_id == place.comments)
    told = comment or None
    done = connection.execute(update(COMMENTS).where(*mine).values(manual_comment=told))
    if not done.rowcount:
        row = {"id": new_id(), "notebook_id": notebook, "cell_id": place.comments, "manual_comment": told}
        connection.execute(insert(COMMENTS), [row])


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


def _restore(connection: Connection, place: Place, grade: str, kept: Mapping[str, Any]) -> None:
    scores = {"manual_score": kept["manual_score"], "extra_credit": kept["extra_credit"]}
    connection.execute(
        update(GRADES).where(GRADES.c.id == grade).values({**scores, "needs_manual_grade": kept["needs"]})
    )
    put_mark(connection, grade, COUNTS, kept["mark"])
    write_items(connection, grade, COUNTS, kept["items"])
    _write_comment(connection, place, kept["notebook"], kept["comment"])
