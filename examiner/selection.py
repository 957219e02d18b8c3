"""Which cells of a repaired notebook need not run: given ones that only show something, as they were released.

Most of the time of a notebook goes into figures that decide nothing. Those of given cells are kept as they
were handed in: they are what the student saw while answering. A cell whose names somebody uses does run, and
so does every cell where code looks names up in a way that cannot be read off.
"""

from __future__ import annotations

import ast
import re
from typing import Any

from examiner import cells
from examiner.matching import bound_names, parsed

_LOOKS_NAMES_UP = re.compile(
    r"\b(eval|exec|globals|locals|vars|get_ipython|user_ns|__main__|In|Out|_\d+)\b|^\s*(%|!)", re.MULTILINE
)


def idle_cells(notebook: Any, released: Any, tests: list[Any]) -> frozenset[str]:
    """Return the ids of the cells that need not run for these tests."""
    as_released = {cell.id: cell.source for cell in released.cells}
    code = [cell for cell in notebook.cells if cell.cell_type == "code" and not cells.is_test(cell)]
    idle = {cell.id: cell for cell in code if cells.only_shows(cell) and _is(cell, as_released)}
    others = [cell for cell in code if cell.id not in idle]
    if any(_hides_names(cell.source) for cell in others if not _is(cell, as_released)):
        return frozenset()
    used = frozenset().union(*(_used_names(cell.source) for cell in [*others, *tests]))
    while needed := [name for name, cell in idle.items() if bound_names(cell.source) & used]:
        for name in needed:
            used |= _used_names(idle.pop(name).source)
    return frozenset(idle)


def _is(cell: Any, as_released: dict[str, str]) -> bool:
    return as_released.get(cell.id) == str(cell.source)


def _hides_names(source: str) -> bool:
    """Return whether the names that code uses cannot be read off."""
    return bool(_LOOKS_NAMES_UP.search(source)) or parsed(source) is None


def _used_names(source: str) -> frozenset[str]:
    tree = parsed(source)
    return (
        frozenset(node.id for node in ast.walk(tree) if isinstance(node, ast.Name)) if tree else frozenset()
    )
