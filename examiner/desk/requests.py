"""Reads what a page asks for, and refuses whatever no page of ours would send."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

from examiner.desk.revising import Revision
from examiner.desk.service import Desk
from examiner.desk.states import Decision

_MOST_GRADES, _LONGEST_ID = 100_000, 200
_UNFIT = re.compile("[\x00\ud800-\udfff]")  # no database takes these
_PAGE = re.compile(r"[A-Za-z0-9]{4,32}")


class BadRequest(Exception):
    """A request that no page of ours would send; the message says which field is wrong."""


class Fields:
    """The fields of a request, each read as what it has to be."""

    def __init__(self, body: Any):
        if not isinstance(body, dict):
            raise BadRequest("expected an object")
        self._body = body

    def text(self, name: str, most: int = 20_000) -> str:
        """Return a text."""
        value = self._body.get(name, "")
        if not isinstance(value, str) or len(value) > most or _UNFIT.search(value):
            raise BadRequest(f"{name} must be text of {most} letters at most")
        return value

    def number(self, name: str) -> float:
        """Return a finite number."""
        value = self._body.get(name, 0.0)
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
            raise BadRequest(f"{name} must be a number")
        return float(value)

    def flag(self, name: str) -> bool:
        """Return whether something is so."""
        value = self._body.get(name, False)
        if not isinstance(value, bool):
            raise BadRequest(f"{name} must be true or false")
        return value

    def ids(self, name: str) -> list[str]:
        """Return a list of ids."""
        value = self._body.get(name, [])
        fine = isinstance(value, list) and len(value) <= _MOST_GRADES and all(map(_is_id, value))
        if not fine:
            raise BadRequest(f"{name} must be a list of ids")
        return list(value)

    def versions(self, name: str) -> dict[str, str]:
        """Return versions by ids."""
        value = self._body.get(name, {})
        fine = isinstance(value, dict) and 0 < len(value) <= _MOST_GRADES
        if not fine or not all(_is_id(key) and _is_id(each) for key, each in value.items()):
            raise BadRequest(f"{name} must hold the versions of answers")
        return dict(value)

    def comment(self, name: str) -> str | None:
        """Return a text, or None where each answer keeps its own."""
        return None if self._body.get(name) is None else self.text(name)

    def holder(self, marker: str) -> str:
        """Return who asks, and from which page."""
        page = self.text("page", 32)
        if not _PAGE.fullmatch(page):
            raise BadRequest("page must be letters and digits")
        return f"{marker.replace('#', ' ')[:90]}#{page}"

    @property
    def question(self) -> tuple[str, str]:
        """The assignment and the exercise that it is about."""
        return self.text("assignment", 200), self.text("question", 200)

    @property
    def revision(self) -> Revision:
        """What is to become of an item."""
        item, text = self.text("item", _LONGEST_ID), self.text("text")
        return Revision(item, text, self.number("points"), self.flag("retired"))


def _is_id(value: object) -> bool:
    return isinstance(value, str) and len(value) <= _LONGEST_ID and not _UNFIT.search(value)


Call = Callable[[Desk, Fields, str], dict[str, Any]]


def _question(desk: Desk, fields: Fields, marker: str) -> dict[str, Any]:
    return desk.question(*fields.question, fields.number("distance"), fields.holder(marker))


def _take(desk: Desk, fields: Fields, marker: str) -> dict[str, Any]:
    grades, holder = fields.ids("grades"), fields.holder(marker)
    names, guesses = fields.flag("names"), fields.flag("guesses")
    return desk.take(*fields.question, grades, holder, names=names, guesses=guesses)


def _read(desk: Desk, fields: Fields, marker: str) -> dict[str, Any]:
    return desk.read(*fields.question, fields.ids("grades"), names=fields.flag("names"))


def _let_go(desk: Desk, fields: Fields, marker: str) -> dict[str, Any]:
    return desk.let_go(fields.holder(marker))


def _decide(desk: Desk, fields: Fields, marker: str) -> dict[str, Any]:
    versions, items = fields.versions("versions"), frozenset(fields.ids("items"))
    decision = Decision(versions, items, fields.comment("comment"), fields.flag("replace"))
    return desk.decide(*fields.question, decision, fields.holder(marker))


def _undo(desk: Desk, fields: Fields, marker: str) -> dict[str, Any]:
    return desk.undo(*fields.question, fields.holder(marker))


def _together(desk: Desk, fields: Fields, marker: str) -> dict[str, Any]:
    return desk.put_together(*fields.question, fields.ids("grades"))


def _preview(desk: Desk, fields: Fields, marker: str) -> dict[str, Any]:
    return desk.preview(*fields.question, fields.revision, names=fields.flag("names"))


def _revise(desk: Desk, fields: Fields, marker: str) -> dict[str, Any]:
    return desk.revise(*fields.question, fields.revision, fields.text("token", 64))


def _second(desk: Desk, fields: Fields, marker: str) -> dict[str, Any]:
    return desk.second(*fields.question)


def _mark_again(desk: Desk, fields: Fields, marker: str) -> dict[str, Any]:
    grade, items = fields.text("grade", _LONGEST_ID), fields.ids("items")
    return desk.mark_again(*fields.question, grade, items, fields.holder(marker))


CALLS: dict[str, Call] = {
    "question": _question,
    "take": _take,
    "read": _read,
    "let-go": _let_go,
    "decide": _decide,
    "undo": _undo,
    "together": _together,
    "preview": _preview,
    "revise": _revise,
    "second": _second,
    "mark-again": _mark_again,
}
