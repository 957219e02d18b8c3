"""Makes what students and instructors open from the source: `release/` and `solutions/`.

The release is nbgrader's student version in canonical form. A solution is the source as a student would
have solved it, executed: without solution marks, hidden tests and mark schemes.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from tqdm import tqdm

from examiner.course.facts import Assignment, Course
from examiner.course.launch import published_path
from examiner.gradebook.registering import converted
from examiner.gradebook.scores import set_due_date
from examiner.notebook import cells
from examiner.publishing.execution import run_notebook
from examiner.publishing.stamp import stamp


def release(course: Course, assignment: Assignment, *, in_gradebook: bool = True) -> Path:
    """Write the student version of an assignment, and make its cells and due date known to the gradebook.

    `in_gradebook` is false where students have been graded by other cells: `make grade` changes these.
    """
    set_due_date(course, assignment)
    return write_release(course, assignment, in_gradebook=in_gradebook)


def write_release(course: Course, assignment: Assignment, *, in_gradebook: bool = True) -> Path:
    """Write the student version of an assignment; its cells go into the gradebook if there is to be one.

    An earlier one is replaced as a whole, and stays where this fails.
    """
    target = course.path("release", assignment)
    with converted(course, assignment, in_gradebook=in_gradebook) as fresh:
        path = fresh / assignment.filename
        path.write_text(cells.canonical_text(cells.read_notebook(path)), encoding="utf-8")
        target.parent.mkdir(exist_ok=True)
        _replace(target, fresh)
    return target / assignment.filename


def _replace(target: Path, fresh: Path) -> None:
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".earlier-") as passing:
        if os.path.lexists(target):
            target.rename(Path(passing) / "release")
        fresh.rename(target)


def solve(course: Course, assignment: Assignment) -> Path:
    """Write the executed solution of an assignment; `CourseError` names the cell that fails."""
    notebook = solution(course, assignment)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    with tqdm(total=len(code), desc=f"solve {assignment.name}", unit="cell") as progress:
        run_notebook(notebook, f"source/{assignment.name}", course.root, tell=progress.update)
    path = course.path("solutions", assignment) / assignment.filename
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)
    return path


def solution(course: Course, assignment: Assignment) -> Any:
    """Return an assignment's solved notebook, not executed."""
    notebook = cells.read_notebook(course.path("source", assignment) / assignment.filename)
    stamp(notebook, course, published_path(assignment))
    for cell in notebook.cells:
        cell.source = cells.without_marks(cells.without_hidden_tests(cell.source))
    return notebook
