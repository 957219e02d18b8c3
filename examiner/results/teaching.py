"""Finds where a tutorial teaches an exercise: its section, and figures to compare one's own with.

It reads the source, whose texts no student can change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from examiner.notebook import cells

_SECTION = re.compile(r"^## (\d+\. .+?)(?: \([^()]*\))?$", re.MULTILINE)
_EXPECTED = re.compile(r"""show_expected\(["']([\w./-]+)["']\)""")


@dataclass(frozen=True)
class Teaching:
    """The section that teaches an exercise, and the cell that it stands in; both empty where there is none.

    `comparisons` are the names of expected figures by the cells that draw one's own.
    """

    section: str = ""
    cell: str = ""
    comparisons: tuple[tuple[str, str], ...] = ()


def teaching_of(source: Any) -> dict[str, Teaching]:
    """Return by exercise where a source notebook teaches it."""
    found: dict[str, Teaching] = {}
    section = ("", "")
    name = ""
    for cell in source.cells:
        if cell.cell_type == "markdown":
            section = next(_sections(cell), section)
        if cells.is_solution(cell) or cells.is_test(cell):
            name = cells.exercise_name(cell)
            found.setdefault(name, Teaching(*section))
        elif name and (expected := _EXPECTED.search(cell.source)):
            taught = found[name]
            pairs = (*taught.comparisons, (cell.id, expected[1]))
            found[name] = Teaching(taught.section, taught.cell, pairs)
    return found


def _sections(cell: Any) -> Iterator[tuple[str, str]]:
    """Yield the last section that a text begins, with its cell."""
    titles = _SECTION.findall(cell.source)
    yield from [(title, cell.id) for title in titles[-1:]]
