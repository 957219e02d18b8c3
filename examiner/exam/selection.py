"""Chooses the cells of a repaired notebook that need not run, and those that change nothing but names.

Most of a notebook's time goes into figures that decide nothing. Those of unchanged given cells stay as they
were handed in: they are what the student saw while answering. A cell does run if somebody uses its names. All
such cells run if code looks names up in a way that its text does not show.

A test needs the objects as they are where it stands. A cell that only gives names values leaves them so.
"""

from __future__ import annotations

import re
from typing import Any

from examiner.notebook import cells
from examiner.notebook.syntax import binds_alone, bound_names, needed_names, stood_in

_LOOKS_NAMES_UP = re.compile(
    r"\b(eval|exec|query|globals|__globals__|f_globals|locals|vars|modules|__main__|get_ipython|user_ns|In|Out|_\d+)\b"
    r"|^\s*(%|!)",
    re.MULTILINE,
)


def idle_cells(notebook: Any, released: Any, tests: list[Any]) -> frozenset[str]:
    """Return the ids of the cells that need not run for these tests."""
    as_released = {cell.id: cell.source for cell in released.cells}
    code = [cell for cell in notebook.cells if cell.cell_type == "code" and not cells.is_test(cell)]
    idle = {cell.id: cell for cell in code if cells.only_shows(cell) and _is(cell, as_released)}
    others = [cell for cell in code if cell.id not in idle]
    if any(_LOOKS_NAMES_UP.search(cells.as_run(cell)) for cell in others if not _is(cell, as_released)):
        return frozenset()
    used = [needed_names(cells.as_run(cell)) for cell in others]
    used += [_needed_by_test(test.source) for test in tests]
    return _unused(idle, used)


def binding_cells(code: list[Any], released: Any) -> frozenset[str]:
    """Return the ids of those of the cells that change nothing but names.

    Calls may change any object, but those of a given cell, which leads to nothing of a student's, are known.
    """
    as_released = {cell.id: cell.source for cell in released.cells}
    sources = {cell.id: cells.as_run(cell) for cell in code if not cells.is_test(cell)}
    known = {cell.id for cell in code if not cells.is_test(cell) and _is_given(cell, as_released)}
    of_student, found = frozenset[str](), sources.keys() - known
    while found:
        of_student = of_student.union(*(bound_names(sources[name]) for name in found))
        found = {name for name in known if _may_use(sources[name], of_student)}
        known -= found
    return frozenset(name for name, source in sources.items() if binds_alone(source, may_call=name in known))


def _may_use(source: str, names: frozenset[str]) -> bool:
    needed = needed_names(source)
    return needed is None or bool(needed & names) or "*" in names


def _is_given(cell: Any, as_released: dict[str, str]) -> bool:
    return not cells.is_solution(cell) and _is(cell, as_released)


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
