"""Begins a new exercise: its cells in the source notebook, and its answer bank.

    name, assignment ─▶ refused, or all texts ─▶ bank, then notebook, each written whole

What an author has to write says `FILL_IN`; `check` names what is left of it. The test works as it stands, on
the function as it stands, so that an author changes what runs.
"""

import builtins
import keyword
import shutil
import tempfile
from pathlib import Path

from nbformat.v4 import new_code_cell, new_markdown_cell

from examiner.errors import CourseError
from examiner.notebook import cells
from examiner.notebook.syntax import bound_names
from tests.notebooks.rehearsal import BANK

FILL_IN = "FILL IN"
_BEFORE = "summary"  # the cell before which new exercises go, unless a cell is named

_TASK = """### Exercise: `{name}` (0 points)

FILL IN: why anybody wants to know it, what it is in a formula, and an example that can be done by hand."""

_SOLUTION = '''def {name}(values):
    """FILL IN: what it computes, in one sentence.

    Parameters
    ----------
    values : array, shape (n,)
        FILL IN: what they are, with their unit.

    Returns
    -------
    float
        FILL IN: what it is, with its unit.
    """
    ### BEGIN SOLUTION
    return np.sum(values)  # FILL IN: your solution
    ### END SOLUTION'''

_TEST = """import numpy as np
from neurocourse import checks
### BEGIN HIDDEN TESTS
# FILL IN: hide the notebook's data, so that arguments alone count: checks.stand_in(spikes=None)
# FILL IN: if the answer may call an earlier exercise: checks.stand_in(its_name=a_reference)
### END HIDDEN TESTS
checks.check_close(
    {name}([1, 0, 3]), 4, name="{name}([1, 0, 3])", show_expected=True,
    hint="FILL IN: what to look at when it is wrong.",
    mistakes={{"FILL IN: what to look at when the result is 3.": 3}},
)
### BEGIN HIDDEN TESTS
# FILL IN: the same promise on other data; a hint and no value
checks.check_close({name}(np.array([2, 2])), 4, name="{name} on other data",
                   hint="Use the argument alone.")
### END HIDDEN TESTS
print("{name}: all visible checks pass.")"""

_RIGHT = """# Approach: FILL IN: what is different about this way
def {name}(values):
    total = 0
    for value in values:
        total = total + value
    return total
"""

_WRONG = """# Misconception: FILL IN: what somebody believes who writes this
# Hint: FILL IN: a part of the message that the student must read
def {name}(values):
    return max(values)
"""


def begin_exercise(course, assignment, name, before=""):
    """Write the cells and the bank of a new exercise and return what was written.

    The cells go before the summary, or before the cell with the id `before`. `CourseError` says why a name is
    refused; then nothing is written.
    """
    path = course.path("source", assignment) / assignment.filename
    source = cells.read_notebook(path)
    _refuse_name(course, assignment, name, source)
    place = _place_of(before or _BEFORE, source, assignment)
    source.cells[place:place] = new_cells(name)
    folder = BANK / assignment.name / name
    _write_bank(folder, name)
    try:
        _write_whole(path, cells.canonical_text(source))
    except BaseException:
        shutil.rmtree(folder)
        raise
    return [path, *sorted(folder.rglob("*.py"))]


def new_cells(name):
    """Return the cells of an exercise that its author has to fill in: its task, its solution, its test."""
    task = new_markdown_cell(_TASK.format(name=name), id=f"{name}-task")
    solution = new_code_cell(_SOLUTION.format(name=name), id=name)
    test = new_code_cell(_TEST.format(name=name), id=f"{name}-test")
    for cell, is_test in ((solution, False), (test, True)):
        settings = {"grade_id": cell.id, "grade": is_test, "solution": not is_test, "locked": is_test}
        cell.metadata["nbgrader"] = settings | {"schema_version": 3, "task": False}
    test.metadata["nbgrader"]["points"] = 0
    return [task, solution, test]


def _refuse_name(course, assignment, name, source):
    if not name.isidentifier() or keyword.iskeyword(name) or not name.isascii() or name.startswith("_"):
        raise CourseError(
            f"{name!r} cannot be the name of a function, expected letters, digits and _ such as spike_rate: "
            "nothing was written"
        )
    if taken := _taken(course, assignment, name, source):
        raise CourseError(f"{name} {taken}, expected a new name: nothing was written")


def _taken(course, assignment, name, source):
    """Return what has this name already, as the end of a sentence, or an empty text."""
    if hasattr(builtins, name):
        return "is a function of Python itself"
    for other in course.assignments:
        notebook = cells.read_notebook(course.path("source", other) / other.filename)
        if name in {cells.exercise_name(cell) for cell in notebook.cells}:
            return f"is an exercise of {other.name}"
    if {name, f"{name}-task"} & {cell.id for cell in source.cells}:
        return f"is the id of a cell of {assignment.name}"
    code = [cell.source for cell in source.cells if cell.cell_type == "code"]
    if any(name in bound_names(text) for text in code):
        return f"is a name that a cell of {assignment.name} gives to something else"
    folder = BANK / assignment.name / name
    return f"has answers in {folder.relative_to(BANK.parents[1])}" if folder.exists() else ""


def _place_of(before, source, assignment):
    ids = [cell.id for cell in source.cells]
    if before not in ids:
        raise CourseError(
            f"{assignment.name} has no cell {before!r}, expected the id of the cell that is to follow: "
            "nothing was written"
        )
    return ids.index(before)


def _write_bank(folder, name):
    """Write the first answers of a bank; the folder has its name only when all of them are in it."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{name}") as unfinished:
        staged = Path(unfinished) / name
        for file, text in (("right/in_a_loop.py", _RIGHT), ("wrong/largest_only.py", _WRONG)):
            (staged / file).parent.mkdir(parents=True)
            (staged / file).write_text(text.format(name=name), encoding="utf-8")
        staged.rename(folder)


def _write_whole(path, text):
    unfinished = path.with_name(f".{path.name}")
    try:
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
