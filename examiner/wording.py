"""Shows numbers, tables and other people's text, on a terminal and on a page.

The name of a folder or a file, or the text of an error, can hold letters that move a cursor, colour what
follows, or turn the direction of a line. Here such letters are shown, and do nothing.
"""

from __future__ import annotations

import html
import re
import sys
from collections.abc import Sequence
from datetime import datetime
from typing import TextIO

# Control characters, and those that turn the direction of what follows; tabs and line ends may stay.
_ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]")
_COLOURS = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")  # and whatever else a program tells a terminal in this way
_BACKTICKS = re.compile(r"`([^`\n]+)`")
_SHOWN_INSTEAD = "\N{REPLACEMENT CHARACTER}"


class ReaderGone(BaseException):
    """Whoever reads what is printed has read enough, as `head` does: no failure, and no traceback."""


def printable(text: str) -> str:
    """Return text for one line of a terminal: unprintable characters and line ends become spaces."""
    if text.isprintable():  # nearly all are
        return text
    return "".join(character if character.isprintable() else " " for character in text)


def say(text: object = "", *, end: str = "\n", stream: TextIO | None = None) -> None:
    """Print lines on standard output or another stream; each is made printable, there and in its encoding."""
    stream = stream or sys.stdout
    lines = "\n".join(map(printable, str(text).split("\n"))) + end
    encoding = stream.encoding or "utf-8"
    try:
        stream.write(lines.encode(encoding, "replace").decode(encoding))
        stream.flush()
    except BrokenPipeError:
        raise ReaderGone from None


def harmless(page: str) -> str:
    """Return a page, or a part of one, with a visible mark for each character that acts and shows nothing."""
    return _ACTING.sub(_SHOWN_INSTEAD, page.replace("\r\n", "\n").replace("\r", "\n"))


def without_colours(text: str) -> str:
    """Return what a program wrote for a terminal without colours, as a page or a list shows it."""
    return _COLOURS.sub("", text)


def with_code(text: str) -> str:
    """Return a sentence as HTML, with what stands between backticks as code."""
    return _BACKTICKS.sub(r"<code>\1</code>", html.escape(text))


def breakable(name: str) -> str:
    """Return a name as HTML that a narrow page may break after an underscore, and nowhere else."""
    return html.escape(name).replace("_", "_<wbr>")


def number(points: float) -> str:
    """Return points as people write them: 20, not 20.0; 7.5 as it is."""
    return f"{points:.2f}".rstrip("0").rstrip(".")


def counted(count: int, what: str, several: str = "") -> str:
    """Return so many of something: 1 page, 2 pages."""
    return f"{count} {what if count == 1 else several or f'{what}s'}"


def timestamp(time: datetime | None) -> str:
    """Return a time in UTC to the minute, as people read it."""
    return f"{time:%Y-%m-%d %H:%M} UTC" if time else "never"


def time_span(seconds: float) -> str:
    """Return a length of time in the unit that fits: 40 minutes, 3.5 hours, 2 days."""
    sizes = {"day": 86_400, "hour": 3_600, "minute": 60}
    unit = next((unit for unit, size in sizes.items() if seconds >= size), "minute")
    count = f"{seconds / sizes[unit]:.{0 if unit == 'minute' else 1}f}".removesuffix(".0")
    return f"{count} {unit}{'' if count == '1' else 's'}"


def table(rows: Sequence[Sequence[str]]) -> str:
    """Return rows of text in columns, the first row as their titles."""
    rows = [[printable(cell) for cell in row] for row in rows]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    rule = ["-" * width for width in widths]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    return "\n".join(line.rstrip() for line in [lines[0], "  ".join(rule), *lines[1:]])
