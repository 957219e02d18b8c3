"""Arranges the answers to a question into the groups that a page shows, as plain data.

    likeness, what people split off or merged, how each answer stands ─▶ groups, in an order of chance

Answers of one group stand alike: those that wait, those that were marked by the same items, those that
somebody scored in Formgrader, each for themselves.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from examiner.desk.grouping import EMPTY, STUB
from examiner.desk.states import AnswerState, Stand

_LAST = {Stand.OPEN: 0, Stand.CHANGED: 0, Stand.ELSEWHERE: 1, Stand.DONE: 2, Stand.NONE: 3}


@dataclass(frozen=True)
class Group:
    """Answers that a person decides on together; `suggested` are items that answers like these earned."""

    id: str
    stand: Stand
    kind: str
    members: tuple[AnswerState, ...]
    suggested: frozenset[str] | None = None

    @property
    def waits(self) -> bool:
        """Whether a person has yet to decide."""
        return self.stand in (Stand.OPEN, Stand.CHANGED)


def arrange(
    names: Mapping[str, str], placed: Mapping[str, str], states: Iterable[AnswerState], seed: str
) -> list[Group]:
    """Return the groups of a question: those that wait first, stubs behind the others, each by chance.

    `names` holds the name of each answer's group by likeness, `placed` where a person put it.
    """
    together: dict[str, list[AnswerState]] = defaultdict(list)
    for state in states:
        together[placed.get(state.grade) or names.get(state.grade, EMPTY)].append(state)
    groups = [
        Group(
            _hash(name, *sorted(each.grade for each in members)),
            members[0].stand,
            name if name in (EMPTY, STUB) else "",
            tuple(sorted(members, key=lambda each: _hash(seed, each.grade))),
            _suggested(name, alike) if members[0].stand is Stand.OPEN else None,
        )
        for name, alike in together.items()
        for members in _standing_alike(alike)
    ]
    return sorted(groups, key=lambda each: (_LAST[each.stand], bool(each.kind), _hash(seed, each.id)))


def numbers(states: Iterable[AnswerState], seed: str) -> dict[str, int]:
    """Return the number by which a page calls each answer while names are hidden."""
    order = sorted((state.grade for state in states), key=lambda grade: _hash(seed, grade))
    return {grade: number for number, grade in enumerate(order, 1)}


def _standing_alike(states: Iterable[AnswerState]) -> Iterable[list[AnswerState]]:
    parts: dict[tuple[object, ...], list[AnswerState]] = defaultdict(list)
    for state in states:
        what: tuple[object, ...] = ()
        if state.stand in (Stand.DONE, Stand.CHANGED):
            what = (tuple(sorted(state.items)), state.points)
        elif state.stand is Stand.ELSEWHERE:
            what = (state.points,)
        parts[(state.stand, *what)].append(state)
    return parts.values()


def _suggested(name: str, alike: Iterable[AnswerState]) -> frozenset[str] | None:
    """Return the items that most answers like these earned; a stub earns none until a person says more."""
    found = Counter(state.items for state in alike if state.stand is Stand.DONE)
    if found:
        return found.most_common(1)[0][0]
    return frozenset() if name in (EMPTY, STUB) else None


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
