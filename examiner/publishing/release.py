"""Makes what students and instructors open from the source: `release/` and `solutions/`.

The release is nbgrader's student version in canonical form. A solution is the source as a student would
have solved it, executed: without solution marks, hidden tests and mark schemes.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from nbgrader.converters import GenerateAssignment
from tqdm import tqdm

from examiner.course.facts import Assignment, Course
from examiner.course.launch import published_path
from examiner.gradebook.converters import run_converter
from examiner.gradebook.scores import set_due_date
from examiner.notebook import cells
from examiner.publishing.execution import run_notebook
from examiner.publishing.stamp import stamp

_WITHOUT_GRADEBOOK = {"GenerateAssignment": {"no_database": True}, "SaveCells": {"enabled": False}}


def release(course: Course, assignment: Assignment) -> Path:
    """Write the student version of an assignment, and make its cells and due date known to the gradebook."""
    set_due_date(course, assignment)
    return write_release(course, assignment)


def write_release(course: Course, assignment: Assignment, *, in_gradebook: bool = True) -> Path:
    """Write the student version of an assignment; its cells go into the gradebook if there is to be one."""
    settings = {} if in_gradebook else _WITHOUT_GRADEBOOK
    run_converter(GenerateAssignment, course, assignment, settings=settings)
    path = course.path("release", assignment) / assignment.filename
    path.write_text(cells.canonical_text(cells.read_notebook(path)), encoding="utf-8")
    return path


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
