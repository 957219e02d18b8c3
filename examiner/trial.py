"""A trial of grading: two tiny submissions through the very way that a class goes, without touching any file.

    a right answer, a blank one ─▶ pool ─▶ worker ⇄ student process in a sandbox ─▶ all points, none

`make doctor` runs it, in the folder, under the user and in the language settings in which it is called.
"""

from __future__ import annotations

import time
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from examiner.course import Assignment, Course
from examiner.exam import Conditions
from examiner.files import File, Files
from examiner.grading import Exam, Job, edition
from examiner.pool import local_pool
from examiner.verdict import SubmissionState, Verdict

_ASSIGNMENT = Assignment("00_trial", "A trial", None, "trial")
_SET_UP = "import numpy as np"
_ANSWER = "def double(numbers):\n    return 2 * np.asarray(numbers)"
_BLANK = "def double(numbers):\n    # YOUR CODE HERE\n    raise NotImplementedError()"
_TEST = 'from neurocourse import checks\nchecks.check_close(double([1, 2]), [2, 4], name="double([1, 2])")'
_POINTS = 1


def try_grading(course: Course) -> str:
    """Return what went wrong, or an empty string where a right answer got its points and a blank one none."""
    exam = _exam(course)
    jobs = [_job(exam, "right", _ANSWER), _job(exam, "blank", _BLANK)]
    with local_pool(1) as workers:
        verdicts = {outcome.verdict.student: outcome.verdict for outcome in workers.grade_all(jobs)}
    for name, points in (("right", _POINTS), ("blank", 0)):
        if verdicts[name].state is not SubmissionState.GRADED or verdicts[name].points != points:
            return f"a {name} answer got {_told(verdicts[name])}"
    return ""


def _exam(course: Course) -> Exam:
    source = _notebook(_ANSWER)
    conditions = Conditions(course.limits, True, edition(), course.grading.packages)
    return Exam(_ASSIGNMENT, nbformat.writes(source), nbformat.writes(_notebook(_BLANK)), conditions)


def _job(exam: Exam, student: str, answer: str) -> Job:
    content = nbformat.writes(_notebook(answer)).encode()
    return Job(exam, student, Files((File(_ASSIGNMENT.filename, content),)), f"{student} at {time.time()}")


def _notebook(answer: str) -> Any:
    cells = [new_code_cell(answer, id="double"), new_code_cell(_TEST, id="double-test")]
    for cell, is_test in zip(cells, (False, True), strict=True):
        settings = {"grade_id": cell.id, "grade": is_test, "solution": not is_test, "locked": is_test}
        cell.metadata["nbgrader"] = settings | {"schema_version": 3, "task": False}
    cells[1].metadata["nbgrader"]["points"] = _POINTS
    return new_notebook(cells=[new_code_cell(_SET_UP, id="setup"), *cells])


def _told(verdict: Verdict) -> str:
    said = verdict.reason or " ".join(test.message for test in verdict.tests if test.message)
    return f"{verdict.points:g} of {_POINTS} points, {verdict.state.replace('_', ' ')}. {said}".rstrip(". ")
