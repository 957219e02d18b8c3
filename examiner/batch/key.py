"""Checks the grader first: a class is graded only by a grader that has just graded right.

    exam ─▶ its solution, the untouched release ─▶ graded as any submission ─▶ all points, none? ─▶ the class

A fault of a machine or an environment (folders that a student's user cannot read, a library that is missing,
a reference that fails) would otherwise look like the fault of everybody who handed something in.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import nbformat

from examiner import errors
from examiner.batch.surroundings import surroundings
from examiner.course.facts import Course
from examiner.errors import ExaminationDied, ExaminerError, GraderAtFault, KeyFailed
from examiner.exam import libraries
from examiner.exam.jobs import Exam, Job, Outcome
from examiner.exam.tasks import notebooks
from examiner.intake.files import File, Files
from examiner.notebook import cells
from examiner.verdict import SubmissionState, TestState

SOLUTION, RELEASE = "the exam's own solution", "the release as it is handed out"
_KNOWN = 100
_ADVICE = "Nobody was graded. `python -m examiner doctor` checks this machine"


def key_jobs(exam: Exam) -> tuple[Job, Job]:
    """Return the jobs that grade an exam's solution and its untouched release.

    `NotInstalled` if it needs a library that is not here.
    """
    source, released = notebooks(exam)
    libraries.check_exam(exam.assignment.name, source)
    solved = nbformat.from_dict(released)
    answers = {cells.grade_id(cell): cell.source for cell in source.cells if cells.is_solution(cell)}
    for cell in solved.cells:
        if cells.grade_id(cell) in answers:
            cell.source = cells.without_marks(answers[cells.grade_id(cell)])
    return _job(exam, SOLUTION, solved), _job(exam, RELEASE, released)


def _job(exam: Exam, name: str, notebook: Any) -> Job:
    content = nbformat.writes(notebook).encode("utf-8", "surrogatepass")
    return Job(exam, name, Files((File(exam.assignment.filename, content),)), digest="")


def check_key(exam: Exam, solution: Outcome | Exception, release: Outcome | Exception) -> None:
    """Raise `KeyFailed` unless the solution has earned all points and the release none."""
    for name, outcome in ((SOLUTION, solution), (RELEASE, release)):
        if isinstance(outcome, Exception):
            raise _not_graded(exam, name, outcome)
        verdict = outcome.verdict
        if verdict.state is not SubmissionState.GRADED:
            raise _failed(exam, name, f"{verdict.state.replace('_', ' ')}: {verdict.reason}")
    _check_points(exam, solution, TestState.PASSED)  # type: ignore[arg-type]  # told apart above
    _check_points(exam, release, None)  # type: ignore[arg-type]  # as above


def _check_points(exam: Exam, outcome: Outcome, wanted: TestState | None) -> None:
    tests = [test for test in outcome.verdict.tests if test.max_points or test.max_bonus]
    wrong = [test for test in tests if (test.state is TestState.PASSED) != (wanted is TestState.PASSED)]
    if not wrong:
        return
    name = SOLUTION if wanted else RELEASE
    earned, possible = (
        f"{sum(test.points + test.bonus for test in tests):g}",
        f"{sum(test.max_points + test.max_bonus for test in tests):g}",
    )
    said = f" ({wrong[0].message})" if wrong[0].message else ""
    raise _failed(exam, name, f"{earned} of {possible} points; first {wrong[0].grade_id}{said}")


def _not_graded(exam: Exam, name: str, error: Exception) -> ExaminerError:
    if isinstance(error, ExaminationDied) and error.kind:
        named = getattr(errors, error.kind, None)
        if isinstance(named, type) and issubclass(named, ExaminerError) and named is not errors.NurseryEnded:
            return named(str(error))
    if isinstance(error, ExaminationDied | GraderAtFault):
        return _failed(exam, name, str(error).strip().rpartition("\n")[2])
    return _failed(exam, name, f"{type(error).__name__}: {error}")


def _failed(exam: Exam, name: str, came: str) -> KeyFailed:
    expected = "all points" if name == SOLUTION else "no points"
    return KeyFailed(
        f"{exam.assignment.name}: {name} must earn {expected} here, but got {came.rstrip('.')}. {_ADVICE}"
    )


def is_known(course: Course, exam: Exam) -> bool:
    """Return whether this exam's key has been graded right today, under the very same conditions."""
    return _conditions(exam) in _read(course)


def remember(course: Course, exam: Exam) -> None:
    """Remember that this exam's key has been graded right under these conditions."""
    known = [*_read(course), _conditions(exam)][-_KNOWN:]
    path = _file(course)
    path.parent.mkdir(exist_ok=True)
    partial = path.with_suffix(f".{os.getpid()}")
    partial.write_text(json.dumps(known), encoding="utf-8")
    partial.replace(path)


def _file(course: Course) -> Path:
    return course.root / ".examiner" / "keys.json"


def _read(course: Course) -> list[str]:
    try:
        known = json.loads(_file(course).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return [name for name in known if isinstance(name, str)] if isinstance(known, list) else []


def _conditions(exam: Exam) -> str:
    """Return a hash of all that decides whether a key is graded right: exam, engine, and this place."""
    return hashlib.sha256(repr((exam.digest, surroundings())).encode(errors="replace")).hexdigest()
