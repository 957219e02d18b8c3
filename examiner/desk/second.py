"""A sample of answers is marked a second time, blind, and the two rounds are compared item by item.

Who marks again sees neither the first round nor who it was. Nothing of it changes a score.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, select

from examiner.desk.deciding import marker_of, put_marks, write_items
from examiner.desk.reading import Place, read_place_items, read_states
from examiner.desk.states import AnswerState
from examiner.errors import DeskRefusal
from examiner.gradebook.database import writing
from examiner.gradebook.desk_tables import CHOSEN, MARKS, SECOND
from examiner.gradebook.items import Item
from examiner.gradebook.tables import GRADES

_SHARE, _FEWEST = 0.1, 10


@dataclass(frozen=True)
class ItemAgreement:
    """How far two rounds agree on an item; `kappa` is None where one of them is all yes or all no."""

    item: Item
    n_answers: int
    n_agreed: int
    kappa: float | None

    @property
    def told(self) -> str:
        """Say it in a few words."""
        if not self.n_answers:
            return "nothing is marked twice yet"
        same = f"{self.n_agreed} of {self.n_answers} the same"
        return f"{same}, no variation: no kappa" if self.kappa is None else f"{same}, kappa {self.kappa:.2f}"


def sample(states: Collection[AnswerState]) -> list[str]:
    """Return the answers to be marked twice: a tenth of the class, ten at least, by chance, always the same.

    Only answers are in it that are marked, and have not changed since.
    """
    share = max(_SHARE, _FEWEST / max(1, len(states)))
    drawn = sorted((_chance(state.grade), state) for state in states if _chance(state.grade) < share)
    return [state.grade for _, state in drawn if state.is_read_and_marked]


def _chance(grade: str) -> float:
    return int.from_bytes(hashlib.sha256(f"second {grade}".encode()).digest()[:6], "big") / 2**48


def read_second(connection: Connection, place: Place) -> dict[str, tuple[str, frozenset[str]]]:
    """Return the second marks of a question: the hash of the answer that was read, and the items."""
    mine = select(GRADES.c.id).where(GRADES.c.cell_id == place.cell)
    chosen = defaultdict(set)
    for grade, item in connection.execute(
        select(CHOSEN.c.grade, CHOSEN.c.item).where(CHOSEN.c.round == SECOND, CHOSEN.c.grade.in_(mine))
    ):
        chosen[grade].add(item)
    rows = connection.execute(
        select(MARKS.c.grade, MARKS.c.digest).where(MARKS.c.round == SECOND, MARKS.c.grade.in_(mine))
    )
    return {row.grade: (row.digest, frozenset(chosen[row.grade])) for row in rows}


def mark_again(connection: Connection, place: Place, grade: str, items: Collection[str], holder: str) -> None:
    """Keep what a second, blind look at an answer found; scores stay as they are."""
    with writing(connection):
        states = read_states(connection, place, [grade], lock=True)
        if grade not in sample(read_states(connection, place).values()):
            raise DeskRefusal(
                "this answer is not in the sample any more, as its score or its text has changed"
            )
        known = [item for item in read_place_items(connection, place) if not item.retired]
        if set(items) - {item.id for item in known}:
            raise DeskRefusal("items have changed meanwhile: open the page again")
        score, extra = place.worth.split(item for item in known if item.id in items)
        mark = {"score": score, "extra": extra, "digest": states[grade].digest, "marker": marker_of(holder)}
        put_marks(connection, SECOND, {grade: {**mark, "time": datetime.now(UTC).isoformat()}})
        write_items(connection, SECOND, {grade: items})


def agreement(
    items: Sequence[Item], first: Mapping[str, AnswerState], second: Mapping[str, tuple[str, frozenset[str]]]
) -> list[ItemAgreement]:
    """Return for each item how far the two rounds agree, on answers that are the same as they were read."""
    both = [
        (state.items, second[grade][1])
        for grade, state in first.items()
        if grade in second and second[grade][0] == state.digest and state.is_marked_here
    ]
    return [_agreement(item, both) for item in items]


def _agreement(item: Item, both: Sequence[tuple[frozenset[str], frozenset[str]]]) -> ItemAgreement:
    one, other = ([item.id in pair[place] for pair in both] for place in (0, 1))
    n_agreed = sum(left == right for left, right in zip(one, other, strict=True))
    varies = len(set(one)) == len(set(other)) == 2
    return ItemAgreement(item, len(both), n_agreed, _kappa(one, other) if varies else None)


def _kappa(one: Sequence[bool], other: Sequence[bool]) -> float:
    from sklearn.metrics import cohen_kappa_score  # takes a second to import

    return float(cohen_kappa_score(one, other))
