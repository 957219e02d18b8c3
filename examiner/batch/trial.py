"""Makes a trial of grading: an exam of one exercise, for a machine on which nothing is released yet.

    a right answer, a blank one ─▶ pool ─▶ examination ⇄ student process ─▶ all points, none

`make doctor` grades it, with the folder, the user and the language settings with which somebody calls it.
"""

from __future__ import annotations

from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from examiner.course.facts import Assignment, Course
from examiner.exam.edition import edition
from examiner.exam.examination import Conditions
from examiner.exam.jobs import Exam

_ASSIGNMENT = Assignment("00_trial", "A trial", notebook="trial")
_SET_UP = "import numpy as np"
_ANSWER = "def double(numbers):\n    return 2 * np.asarray(numbers)"
_BLANK = "def double(numbers):\n    # YOUR CODE HERE\n    raise NotImplementedError()"
_TEST = 'from neurocourse import checks\nchecks.check_close(double([1, 2]), [2, 4], name="double([1, 2])")'
_POINTS = 1


def trial_exam(course: Course) -> Exam:
    """Return an exam of one exercise, under the conditions of a course."""
    source = _notebook(_ANSWER)
    conditions = Conditions(course.limits, True, edition(), course.grading.packages)
    return Exam(_ASSIGNMENT, nbformat.writes(source), nbformat.writes(_notebook(_BLANK)), conditions)


def _notebook(answer: str) -> Any:
    cells = [new_code_cell(answer, id="double"), new_code_cell(_TEST, id="double-test")]
    for cell, is_test in zip(cells, (False, True), strict=True):
        settings = {"grade_id": cell.id, "grade": is_test, "solution": not is_test, "locked": is_test}
        cell.metadata["nbgrader"] = settings | {"schema_version": 3, "task": False}
    cells[1].metadata["nbgrader"]["points"] = _POINTS
    return new_notebook(cells=[new_code_cell(_SET_UP, id="setup"), *cells])
