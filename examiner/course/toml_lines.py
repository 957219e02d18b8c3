"""The line of a TOML file in which something stands; `tomllib` reads the file, but keeps no lines.

An entry ends where the text before it and the entry itself are valid TOML together. So `tomllib` alone
decides what an entry is, also where a list or a text goes over several lines.
"""

from __future__ import annotations

import bisect
import re
import tomllib
from typing import Any

Place = tuple[str | int, ...]
"""The keys that lead to an entry, such as ("assignments", 0, "due")."""

_WHERE = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")
_SHOWN = 60


class NotToml(Exception):
    """A text is no TOML; the message is a sentence without a name of a file, and `line` is where it fails."""

    def __init__(self, line: int, said: str):
        super().__init__(said)
        self.line = line


def parsed(text: str) -> dict[str, Any]:
    """Return what a TOML text says, or raise `NotToml` with the line that is at fault."""
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise NotToml(
            _begins(text)[-1], "expected lists and tables, got too many of them in one another"
        ) from None
    except ValueError as error:  # also of a number with too many digits
        raise _fault(text, str(error)) from None


def line_of(text: str, place: Place) -> int:
    """Return the line where an entry or table of a valid TOML text begins; for an absent one, its table's."""
    facts = tomllib.loads(text)
    while place and not _holds(facts, place):
        place = place[:-1]
    if not place:
        return 1
    lines, begins = text.split("\n"), _begins(text)
    ends = [begin - 1 for begin in begins[1:]] + [len(lines)]
    found = bisect.bisect_left(
        ends, True, key=lambda end: _holds(tomllib.loads("\n".join(lines[:end])), place)
    )
    return begins[found]


def _fault(text: str, said: str) -> NotToml:
    where = _WHERE.search(said)
    begin = _begins(text)[-1]
    line = int(where["line"]) if where and where["line"] else begin
    # A key that stands twice is no fault of the entry by itself: then the last one that begins says nothing.
    in_entry = f"; the entry begins in line {begin}" if begin < line and not _is_valid(text, begin) else ""
    reason = (said[: where.start()] if where else said).partition(":")[0]
    got = text.split("\n")[line - 1].strip()[:_SHOWN] or "nothing"
    return NotToml(line, f'expected an entry like branch = "main", got {got} ({reason}){in_entry}')


def _is_valid(text: str, begin: int) -> bool:
    try:
        tomllib.loads("\n".join(text.split("\n")[begin - 1 :]))
    except (ValueError, RecursionError):
        return False
    return True


def _begins(text: str) -> list[int]:
    """Return the lines where entries, headers and comments begin, up to the first that is not valid TOML."""
    lines = text.split("\n")
    begins, begin = [1], 0
    for end in range(1, len(lines)):
        try:
            tomllib.loads("\n".join(lines[begin:end]))
        except (ValueError, RecursionError):
            continue
        begins.append(end + 1)
        begin = end
    return begins


def _holds(facts: Any, place: Place) -> bool:
    """Return whether a document has an entry or table at a place."""
    for key in place:
        try:
            facts = facts[key]
        except (KeyError, IndexError, TypeError):
            return False
    return True
