"""Chooses the modules to import before processes are forked; else each of them would import them itself.

    notebook ─▶ what its code imports, and what `neurocourse` imports when functions that it names are called
             ─▶ modules that its text names (`scipy.ndimage.label`), since answers will import them
             ─▶ what these libraries import only when they are first used

It leaves out cells that mostly do not run: importing what figures need would make every fork cost more.
"""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import neurocourse
from examiner.notebook import cells
from examiner.notebook.syntax import attributes_used, imported, imported_by

_NAMED = re.compile(r"\b(?:numpy|scipy|sklearn|torch)(?:\.[A-Za-z_]\w*)+")
# By module: what takes long and is imported at first use, which would be in each fork anew.
_AT_FIRST_USE = {
    "numpy": ["numpy.ma"],  # by `unique` and others: 10 ms
    "torch": ["torch.fx.experimental.symbolic_shapes"],  # by `backward` with a gradient: 0.2 s
    "sklearn.datasets": [f"PIL.{kind}ImagePlugin" for kind in ("Bmp", "Gif", "Jpeg", "Ppm", "Png")],
}


def needed_by_answers(released: Any) -> set[str]:
    """Return the modules that the cells of a released notebook import, and names that may be modules.

    A student process can see what was imported for it: solutions and hidden tests have no part in it.
    """
    found = _imported_by_all(
        cell.source
        for cell in released.cells
        if cell.cell_type == "code" and not cells.is_test(cell) and not cells.only_shows(cell)
    )
    text = "\n".join(cell.source for cell in released.cells if cell.cell_type == "markdown")
    return _with_first_uses(found.union(*map(_and_above, _NAMED.findall(text))))


def needed_by_tests(source: Any) -> set[str]:
    """Return the modules that the tests of a source notebook import, and names that may be modules."""
    found = _imported_by_all(cell.source for cell in source.cells if cells.is_test(cell))
    return _with_first_uses(found)


def _and_above(name: str) -> set[str]:
    """Return a dotted name and the names above it: `scipy.stats.norm` is no module, `scipy.stats` is."""
    parts = name.split(".")
    return {".".join(parts[:length]) for length in range(1, len(parts) + 1)}


def _with_first_uses(names: set[str]) -> set[str]:
    return names.union(*(_AT_FIRST_USE[name] for name in names & _AT_FIRST_USE.keys()))


def _imported_by_all(sources: Iterable[str]) -> set[str]:
    return set().union(*map(needed_by_code, sources))


@functools.lru_cache(maxsize=1000)
def needed_by_code(source: str) -> frozenset[str]:
    """Return the modules that code imports or has `neurocourse` import, and names that may be modules."""
    return imported(source).union(*(_imported_when_called(*used) for used in attributes_used(source)))


def _imported_when_called(module: str, name: str) -> set[str]:
    """Return what a function of `neurocourse`, such as `datasets.load_lnp`, imports when it is called.

    Functions that it calls are followed where they stand in the same file.
    """
    found: set[str] = set()
    for functions in _functions(module):
        waiting, reached = [name], set[str]()
        while waiting:
            called = waiting.pop()
            if called in functions and called not in reached:
                reached.add(called)
                found.update(imported_by(functions[called]))
                nodes = ast.walk(functions[called])
                waiting += [node.id for node in nodes if isinstance(node, ast.Name)]
    return found


@functools.cache
def _functions(part: str) -> list[dict[str, ast.stmt]]:
    """Return the files of a part of `neurocourse`, each as its functions and classes by name."""
    top = Path(neurocourse.__file__).parent
    return [_defined(path) for path in [*top.glob(f"{part}.py"), *sorted(top.glob(f"{part}/**/*.py"))]]


def _defined(path: Path) -> dict[str, ast.stmt]:
    body = ast.parse(path.read_text(encoding="utf-8")).body
    return {node.name: node for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
