"""What stands below an exercise and takes what it gives: the given cells, the answers and the tests.

solution ─▶ its names ─▶ cells that use them ─▶ the names that these bind ─▶ … ─▶ and what those need
"""

import re
from dataclasses import dataclass

from examiner.notebook import cells
from examiner.notebook.syntax import bound_names, needed_names, stood_in

_COLOUR = re.compile(r"\x1b\[[\d;]*m")
_CALLED = re.compile(r"\bin (\w+)\(")
_MISSING = re.compile(r"name '(\w+)' is not defined")


@dataclass(frozen=True)
class Death:
    """A cell that ended in an error: with what, and in which function of another exercise, if in one."""

    cell: str
    error: str
    within: str = ""

    def __str__(self):
        """Say it on one line."""
        return f"{self.cell}: {self.error}" + (f" (within {self.within})" if self.within else "")


def touched_cells(solution, after):
    """Return the cells after a solution that use what it binds, themselves or not, and what they need."""
    names = set(bound_names(solution.source))
    touched = []
    for cell in after:
        if cells.is_test(cell):
            if (_needed(cell.source) - stood_in(cell.source)) & names:
                touched.append(cell)
        elif _needed(cell.source) & names:
            touched.append(cell)
            names |= bound_names(cell.source)
    return _with_what_they_need(touched, after)


def _needed(source):
    """Return the names that a cell of the course takes from what ran before it."""
    needed = needed_names(source)
    if needed is None:
        raise ValueError(f"nobody can read off which names this cell of the course uses:\n{source}")
    return needed


def _with_what_they_need(touched, after):
    kept, needed = [], set()
    for cell in reversed(after):
        binds = set() if cells.is_test(cell) else bound_names(cell.source)
        if any(cell is other for other in touched) or binds & needed:
            kept.append(cell)
            needed = (needed - binds) | _needed(cell.source)
    return kept[::-1]


def deaths(notebook_cells, functions=frozenset()):
    """Return the cells that ended in an error, but not those that lack what such a cell did not make.

    `functions` are those of other exercises. Where one of them does not take what it is given, the student
    who wrote the one would have written the other so that it does.
    """
    found, lacking = [], set()
    for cell in notebook_cells:
        error, traceback = _error(cell)
        missing = _MISSING.search(error)
        if error and not (missing and missing[1] in lacking):
            called = _CALLED.findall(_COLOUR.sub("", traceback))
            within = [name for name in called if name in functions]
            found.append(Death(cell.id, error, within[0] if within else ""))
        if error:
            lacking |= bound_names(cell.source)
    return found


def _error(cell):
    for output in cell.outputs:
        if output.output_type == "error":
            return f"{output.ename}: {output.evalue}", "\n".join(output.traceback)
        if output.output_type == "stream" and "nothing of it counts" in output.text:
            return output.text.strip(), ""
    return "", ""
