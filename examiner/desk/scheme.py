"""Reads the items of a mark scheme, each with its points, as authors write them in the source.

    - 2 points: says that the counts are independent.
    - 3 points (b): the border (1), and both reasons for it (2).
    - 2 points: two sound reasons, 1 point each.

The second line becomes two items, and so does the third. A scheme without points by item is one item.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_WORDS = {"half a": 0.5, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_NUMBER = rf"\d{{1,3}}(?:[.,]\d{{1,2}})?|½|{'|'.join(_WORDS)}"
_POINTS = r"(?:points?|pts?\.?|marks?)"
_BULLET = re.compile(r"^\s*(?:[-*+•]|\d{1,2}[.)])\s+")
_FIRST = re.compile(
    rf"(?P<number>{_NUMBER})\s*{_POINTS}(?:\s+for\b|(?P<part>\s*\([a-z0-9]{{1,3}}\))?\s*[:,.–-]?)\s*",
    re.IGNORECASE,
)
_LAST = re.compile(rf"\s*[(\[](?P<number>{_NUMBER})\s*{_POINTS}?[)\]][.,;]?\s*$", re.IGNORECASE)
_INNER = re.compile(r"\s*\((\d{1,2}(?:\.\d)?)\)[,;]?\s*")
_EACH = re.compile(r"\b(?:1|one) point (?:for )?each\b", re.IGNORECASE)
_WHOLE = "The answer is right and complete."


@dataclass(frozen=True)
class SchemeItem:
    """An item as it stands in the source."""

    text: str
    points: float


def items_in(scheme: str, worth: float) -> tuple[SchemeItem, ...]:
    """Return the items of a mark scheme, in order; `worth` is all that the answer can earn."""
    found = [item for line in _bullets(scheme) for item in _items(line)]
    return tuple(found) or (SchemeItem(scheme.strip() or _WHOLE, worth),)


def _bullets(scheme: str) -> Iterator[str]:
    """Yield what stands behind each bullet, with the lines that go on with it."""
    held: list[str] = []
    for line in scheme.splitlines():
        bullet = _BULLET.match(line)
        if bullet or not line.strip():
            yield from [" ".join(held)] * bool(held)
            held = [line[bullet.end() :].strip()] if bullet else []
        elif held:
            held.append(line.strip())
    yield from [" ".join(held)] * bool(held)


def _items(line: str) -> Iterator[SchemeItem]:
    if first := _FIRST.match(line):
        text, number, part = line[first.end() :], first["number"], (first["part"] or "").strip()
    elif last := _LAST.search(line):
        text, number, part = line[: last.start()], last["number"], ""
    else:
        return
    points = _points(number)
    pieces = _pieces(text, points)
    yield from (SchemeItem(f"{part} {piece}".strip(), worth) for piece, worth in pieces)


def _points(number: str) -> float:
    told = number.lower()
    if told in _WORDS:
        return float(_WORDS[told])
    return 0.5 if told == "½" else float(told.replace(",", "."))


def _pieces(text: str, points: float) -> list[tuple[str, float]]:
    """Return the parts of an item that have points of their own, or the item as a whole."""
    *parts, rest = _INNER.split(text)
    texts, inner = parts[::2], [float(worth) for worth in parts[1::2]]
    if len(inner) > 1 and sum(inner) == points and all(texts):
        texts[-1] += f". {rest.lstrip('. ')}" if rest.strip(". ") else ""
        return list(zip([text.strip() for text in texts], inner, strict=True))
    if _EACH.search(text) and points == int(points) > 1:
        return [(f"{text.strip()} ({n} of {points:g})", 1.0) for n in range(1, int(points) + 1)]
    return [(text.strip(), points)]
