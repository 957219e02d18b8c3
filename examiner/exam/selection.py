"""Chooses the cells of a repaired notebook that need not run, and those that may run ahead of tests.

Most of a notebook's time goes into figures that decide nothing. Those of unchanged given cells stay as they
were handed in: they are what the student saw while answering. A cell does run if somebody uses its names.

A test sees the names as they are where it stands, for which a process is kept there. Where the next cells
only define functions that nobody before them looks up, the test cannot tell whether they have run. So they
run first, and one process serves all these tests.

Nothing is left out and nothing runs ahead if code looks names up in a way that its text does not show.
"""

from __future__ import annotations

import re
from typing import Any

from examiner.notebook import cells
from examiner.notebook.syntax import bound_names, needed_names, only_defines, stood_in

_LOOKS_NAMES_UP = re.compile(
    r"\b(eval|exec|globals|locals|vars|get_ipython|user_ns|__main__|__globals__|f_globals|modules|query|In|Out|_\d+)\b"
    r"|^\s*(%|!)",
    re.MULTILINE,
)


def idle_cells(notebook: Any, released: Any, tests: list[Any]) -> frozenset[str]:
    """Return the ids of the cells that need not run for these tests."""
    as_released = {cell.id: cell.source for cell in released.cells}
    code = [cell for cell in notebook.cells if cell.cell_type == "code" and not cells.is_test(cell)]
    idle = {cell.id: cell for cell in code if cells.only_shows(cell) and _is(cell, as_released)}
    others = [cell for cell in code if cell.id not in idle]
    if _looks_names_up(others, as_released):
        return frozenset()
    used = [needed_names(cells.as_run(cell)) for cell in others]
    used += [_needed_by_test(test.source) for test in tests]
    return _unused(idle, used)


def unnoticed_cells(code: list[Any], released: Any, tests: list[Any]) -> frozenset[str]:
    """Return the ids of cells, of those that run, of which nothing before them can tell that they have."""
    as_released = {cell.id: cell.source for cell in released.cells}
    if _looks_names_up([cell for cell in code if not cells.is_test(cell)], as_released):
        return frozenset()
    sources = {cells.grade_id(test): test.source for test in tests}
    unnoticed, seen = set(), set[str]()
    for cell in code:
        is_test = cells.is_test(cell)
        source = sources.get(cells.grade_id(cell), "") if is_test else cells.as_run(cell)
        bound, needed = stood_in(source) if is_test else bound_names(source), needed_names(source)
        if not is_test and only_defines(source) and not bound & seen:
            unnoticed.add(cell.id)
        if needed is None:  # nobody can tell what it looks up
            break
        seen |= bound | needed
    return frozenset(unnoticed)


def _looks_names_up(code: list[Any], as_released: dict[str, str]) -> bool:
    changed = [cell for cell in code if not _is(cell, as_released)]
    return any(_LOOKS_NAMES_UP.search(cells.as_run(cell)) for cell in changed)


def _unused(idle: dict[str, Any], used: list[frozenset[str] | None]) -> frozenset[str]:
    """Return which of the cells bind no name that is used, by others or by those of them that are."""
    waiting = {name: cell.source for name, cell in idle.items()}
    names: set[str] = set()
    while used:
        if None in used:  # nobody can tell which names those are
            return frozenset()
        names = names.union(*filter(None, used))
        needed = [name for name, source in waiting.items() if bound_names(source) & names]
        used = [needed_names(waiting.pop(name)) for name in needed]
    return frozenset(waiting)


def _needed_by_test(source: str) -> frozenset[str] | None:
    needed = needed_names(source)
    return None if needed is None else needed - stood_in(source)


def _is(cell: Any, as_released: dict[str, str]) -> bool:
    return as_released.get(cell.id) == str(cell.source)
