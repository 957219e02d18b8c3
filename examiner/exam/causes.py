"""Finds out why a name is missing: how the cell that should have defined it failed.

A test only sees that a function is missing. The student must read about the error that came first.
"""

from __future__ import annotations

import re
from typing import Any

from examiner.wording import without_colours

CONFLICT = re.compile(r"^(?:<{7}|>{7}|\|{7})(?: |$)|^={7}$", re.MULTILINE)
_IN_CELL = re.compile(r"Cell In\[\d+\], line (\d{1,6})")
_NO_MODULE = re.compile(r"No module named '([\w.]+)'")
_SYNTAX_PLACE = re.compile(r" \(\S+, line (\d{1,6})\)$")
_USAGE = re.compile(r"^UsageError: (.+)", re.MULTILINE)
_LONGEST = 200
_MOST_TRACEBACK = 100_000


def why_it_failed(source: str, outputs: list[Any]) -> str:
    """Return how a cell failed, to follow on "the cell", or an empty string where it ended well.

    `outputs` are what the student's process says of it, and may hold anything.
    """
    for output in outputs:
        if output.output_type == "error":
            line, what = _line(output), _what(output)
            mark = CONFLICT.search(source)
            if mark and output.get("ename") in ("SyntaxError", "IndentationError"):
                line = source[: mark.start()].count("\n") + 1
                what = f"conflict marks of a version control system ({mark[0].strip()}): keep one version"
            return f"failed at line {line}: {what}" if line else f"failed: {what}"
        if output.output_type == "stream" and (usage := _USAGE.search(str(output.get("text", "")))):
            return f"failed: {usage[1][:_LONGEST].rstrip('.')}"
    return ""


def _line(output: Any) -> int:
    """Return the line of the cell at which an error arose, or 0: its own frame comes first."""
    told = without_colours("\n".join(map(str, output.get("traceback", [])))[:_MOST_TRACEBACK])
    found = _IN_CELL.search(told) or _SYNTAX_PLACE.search(str(output.get("evalue", "")))
    return int(found[1]) if found else 0


def _what(output: Any) -> str:
    name, told = str(output.get("ename", "")), str(output.get("evalue", ""))
    if missing := _NO_MODULE.match(told):
        return f"no module named {missing[1]} where this is graded"
    first = (_SYNTAX_PLACE.sub("", told).strip().splitlines() or [""])[0][:_LONGEST]
    return f"{name[:_LONGEST]}: {first}".rstrip(": .")
