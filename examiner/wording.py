"""Shows numbers, tables and other people's text, on a terminal and on a page.

The name of a folder or a file, or the text of an error, can hold letters that move a cursor, colour what
follows, or turn the direction of a line. Here such letters are shown, and do nothing.
"""

from __future__ import annotations

import html
import re
import sys
from collections.abc import Sequence
from typing import TextIO

# Control characters, and those that turn the direction of what follows; tabs and line ends may stay.
_ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]")
_BACKTICKS = re.compile(r"`([^`\n]+)`")
_SHOWN_INSTEAD = "\N{REPLACEMENT CHARACTER}"


def printable(text: str) -> str:
    """Return text for one line of a terminal: unprintable characters and line ends become spaces."""
    return "".join(character if character.isprintable() else " " for character in text)


def say(text: object = "", *, end: str = "\n", stream: TextIO | None = None) -> None:
    """Print lines on standard output or another stream; each is made printable, there and in its encoding."""
    stream = stream or sys.stdout
    lines = "\n".join(map(printable, str(text).split("\n"))) + end
    encoding = stream.encoding or "utf-8"
    stream.write(lines.encode(encoding, "replace").decode(encoding))
    stream.flush()


def harmless(page: str) -> str:
    """Return a page, or a part of one, with a visible mark for each character that acts and shows nothing."""
    return _ACTING.sub(_SHOWN_INSTEAD, page.replace("\r\n", "\n").replace("\r", "\n"))


def with_code(text: str) -> str:
    """Return a sentence as HTML, with what stands between backticks as code."""
    return _BACKTICKS.sub(r"<code>\1</code>", html.escape(text))


def number(points: float) -> str:
    """Return points as people write them: 20, not 20.0; 7.5 as it is."""
    return f"{points:.2f}".rstrip("0").rstrip(".")


def table(rows: Sequence[Sequence[str]]) -> str:
    """Return rows of text in columns, the first row as their titles."""
    rows = [[printable(cell) for cell in row] for row in rows]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    rule = ["-" * width for width in widths]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    return "\n".join(line.rstrip() for line in [lines[0], "  ".join(rule), *lines[1:]])
