"""Which cells of a repaired notebook need not run: given ones that only show something, unchanged.

Most of the time of a notebook goes into figures that decide nothing. Those of given cells are kept as they
were handed in: they are what the student saw while answering. A cell whose names somebody uses does run, and
so does every cell where code looks names up in a way that cannot be read off.
"""

from __future__ import annotations

import ast
import functools
import re
import symtable
from typing import Any

from examiner import cells
from examiner.syntax import bound_by, bound_names, parsed

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
    used = frozenset().union(*(names_needed(cell.source) for cell in others))
    used |= frozenset().union(*(names_needed(test.source) - stood_in(test.source) for test in tests))
    while needed := [name for name, cell in idle.items() if bound_names(cell.source) & used]:
        for name in needed:
            used |= names_needed(idle.pop(name).source)
    return frozenset(idle)


def _is(cell: Any, as_released: dict[str, str]) -> bool:
    return as_released.get(cell.id) == str(cell.source)


def _hides_names(source: str) -> bool:
    """Return whether the names that code uses cannot be read off."""
    return bool(_LOOKS_NAMES_UP.search(source)) or parsed(source) is None


@functools.lru_cache(maxsize=1000)
def names_needed(source: str) -> frozenset[str]:
    """Return the names that code may take from what ran before it; where in doubt, it does."""
    tree = parsed(source)
    if tree is None:  # it does not run
        return frozenset()
    table = symtable.symtable(ast.unparse(tree), "", "exec")
    bound = {symbol.get_name() for symbol in table.get_symbols() if _is_bound(symbol)}
    return frozenset((_globals(table) - bound) | (_loaded_first(tree.body, set()) & bound))


@functools.lru_cache(maxsize=1000)
def stood_in(source: str) -> frozenset[str]:
    """Return the names that a test gives values of its own, by `checks.stand_in`, before it loads them."""
    tree = parsed(source)
    loaded: frozenset[str] = frozenset()
    replaced: frozenset[str] = frozenset()
    for statement in tree.body if tree else ():
        loaded |= names_needed(ast.unparse(statement)) - replaced
        call = statement.value if isinstance(statement, ast.Expr) else None
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "checks.stand_in":
            replaced |= {keyword.arg for keyword in call.keywords if keyword.arg} - loaded
    return replaced


def _is_bound(symbol: symtable.Symbol) -> bool:
    return symbol.is_assigned() or symbol.is_imported()


def _globals(table: symtable.SymbolTable) -> set[str]:
    """Return the module's names that a block of code, or a function in it, refers to."""
    is_module = table.get_type() == "module"
    found = {s.get_name() for s in table.get_symbols() if s.is_referenced() and (is_module or s.is_global())}
    return found.union(*map(_globals, table.get_children()))


def _loaded_first(body: list[ast.stmt], bound: set[str]) -> set[str]:
    """Return the names that statements load before they have bound them for certain."""
    loaded: set[str] = set()
    for statement in body:
        blocks = [b for name in ("body", "orelse", "finalbody") if (b := getattr(statement, name, None))]
        if blocks and not isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            heads = [node for node in ast.iter_child_nodes(statement) if not isinstance(node, ast.stmt)]
            loaded |= set().union(*map(_loads, heads)) - bound
            within = bound.union(*map(_stores, heads))
            loaded |= set().union(*(_loaded_first(block, within) for block in blocks))
        else:
            loaded |= _loads(statement) - bound
            bound = bound | bound_by([statement])
    return loaded


def _loads(tree: ast.AST) -> set[str]:
    added_to = {id(n.target) for n in ast.walk(tree) if isinstance(n, ast.AugAssign)}
    names = (n for n in ast.walk(tree) if isinstance(n, ast.Name))
    return {n.id for n in names if isinstance(n.ctx, ast.Load) or id(n) in added_to}


def _stores(tree: ast.AST) -> set[str]:
    return {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
