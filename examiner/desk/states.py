"""Says how an answer stands, and what items are worth, as plain data; nothing here reads or writes.

An answer is `OPEN` until a person has given a score. It is `ELSEWHERE` where a score was given or changed in
Formgrader or another program: nobody knows its items, and no decision on a group touches it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from examiner.gradebook.items import Item, stands


class Stand(StrEnum):
    """How an answer stands."""

    OPEN = "open"
    DONE = "done"
    CHANGED = "changed"
    ELSEWHERE = "elsewhere"
    NONE = "none"


@dataclass(frozen=True)
class Marked:
    """What was last written at the desk for an answer."""

    score: float
    extra: float
    digest: str
    marker: str
    time: str


@dataclass(frozen=True)
class AnswerState:
    """An answer as the gradebook holds it: nbgrader's fields, and what the desk knows of them."""

    grade: str
    notebook: str
    student: str
    manual_score: float | None = None
    extra_credit: float | None = None
    auto_score: float | None = None
    needs: bool = True
    comment: str | None = None
    digest: str = ""
    items: frozenset[str] = frozenset()
    marked: Marked | None = None

    @property
    def is_marked_here(self) -> bool:
        """Whether its score is the one that was written at the desk."""
        mark = self.marked
        return mark is not None and stands(self.manual_score, self.extra_credit, mark.score, mark.extra)

    @property
    def is_read_and_marked(self) -> bool:
        """Whether it was marked at the desk as it is now."""
        is_same = self.marked is not None and self.marked.digest == self.digest
        return is_same and self.stand is Stand.DONE

    @property
    def stand(self) -> Stand:
        """How it stands."""
        by_person = self.manual_score is not None or bool(self.extra_credit)
        if by_person and self.needs:
            return Stand.CHANGED
        if by_person:
            return Stand.DONE if self.is_marked_here else Stand.ELSEWHERE
        return Stand.OPEN if self.needs else Stand.NONE

    @property
    def points(self) -> float | None:
        """The points that a person gave, extra credit included."""
        if self.manual_score is None and not self.extra_credit:
            return None
        return (self.manual_score or 0.0) + (self.extra_credit or 0.0)

    @property
    def version(self) -> str:
        """What is another one whenever anybody changes anything of it."""
        told = [self.manual_score, self.extra_credit, self.needs, self.comment, self.digest]
        mark = [self.marked.score, self.marked.digest, self.marked.time] if self.marked else []
        text = json.dumps([*told, sorted(self.items), mark])
        return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Worth:
    """What an answer can earn: points, and extra credit on top of them."""

    points: float
    extra: float

    @property
    def total(self) -> float:
        """Both together."""
        return self.points + self.extra

    def split(self, chosen: Iterable[Item]) -> tuple[float, float]:
        """Return the score and the extra credit of an answer that earned these items, within its limits."""
        earned = sum(item.points for item in chosen if not item.retired)
        earned = round(min(max(earned, 0.0), self.total), 6)
        score = min(earned, self.points)
        return score, round(earned - score, 6)


@dataclass(frozen=True)
class Decision:
    """What a person decides on a group: the versions of the answers that they saw, items, and a comment.

    A `comment` of None leaves each answer's own. With `replace`, scores that were given elsewhere and that
    the person saw are replaced.
    """

    versions: dict[str, str]
    items: frozenset[str]
    comment: str | None = None
    replace: bool = False
