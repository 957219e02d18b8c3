"""The examination of one submission: its notebook is run with the tests of the source, and read.

This is the one module that knows how student code is run. Today plain nbgrader runs it, in one kernel with
the tests and without a sandbox: grade only notebooks that you would run yourself.

    submitted notebook ─▶ readable? ─▶ nbgrader runs it with the source's tests ─▶ executed cells ─▶ Verdict
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from nbgrader.converters import Autograde

import neurocourse
from examiner import cells
from examiner.converters import ConversionFailed, environment, run_converter
from examiner.course import Assignment, Course
from examiner.errors import NotebookError
from examiner.verdict import SubmissionState, TestResult, TestState, Verdict, read_verdict, write_verdict

# What the course promises to set while grading: small problems, simulated data, one thread.
GRADING_ENVIRONMENT = {
    "NEUROCOURSE_DATA": "simulated",
    "NEUROCOURSE_QUICK": "1",
    "OMP_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
}

_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_LINE_OF_CELL = re.compile(r"Cell In\[\d+\], line (\d+)")
_UNDEFINED = re.compile(r"name '\w+' is not defined")
_UNFINISHED = "This exercise is not filled in yet."
_TOO_LONG = "Your code ran longer than the test allows: is there a loop that never ends?"


def examine(
    course: Course, assignment: Assignment, student: str, *, anew: bool = False
) -> tuple[Verdict, bool]:
    """Examine a submission and return its verdict, and whether it had to be run.

    An unchanged submission of an unchanged exam keeps its verdict, unless `anew`.
    """
    folder = course.path("autograded", assignment, student)
    digest = _digest(course, assignment, student)
    known = read_verdict(folder)
    if known is not None and known.digest == digest and not anew:
        return known, False
    verdict = replace(_run(course, assignment, student), digest=digest)
    write_verdict(verdict, folder)
    return verdict, True


def exam_tests(source: Any) -> tuple[TestResult, ...]:
    """Return the tests of a source notebook, none of them reached yet."""
    return tuple(
        TestResult(
            grade_id=cells.grade_id(cell),
            exercise=cells.exercise_name(cell),
            state=TestState.NOT_REACHED,
            max_points=cells.points(cell),
            max_bonus=cells.bonus(cell),
            message="This test did not run.",
        )
        for cell in source.cells
        if cells.is_test(cell)
    )


def read_results(executed: Any, tests: Iterable[TestResult]) -> tuple[TestResult, ...]:
    """Return how each test ended in an executed notebook; one that did not run stays not reached."""
    ran = {cells.grade_id(cell): cell for cell in executed.cells if cells.is_test(cell)}
    return tuple(_read_result(ran[test.grade_id], test) if test.grade_id in ran else test for test in tests)


def _read_result(cell: Any, test: TestResult) -> TestResult:
    errors = [output for output in cell.outputs if output.output_type == "error"]
    if errors:
        state, message = _explain(errors[0], cell.source)
        return replace(test, state=state, message=message)
    if cell.get("execution_count") is None:
        return test
    return replace(test, state=TestState.PASSED, message="")


def _explain(error: Any, source: str) -> tuple[TestState, str]:
    if error.ename == "CheckFailed":
        return TestState.FAILED, error.evalue
    if error.ename == "NotImplementedError":
        return TestState.ERROR, _UNFINISHED
    if error.ename in ("CellTimeoutError", "KeyboardInterrupt"):
        return (
            TestState.TIMED_OUT,
            "Your code ran longer than the test allows: is there a loop that never ends?",
        )
    if _fails_in_visible_part(error, source) or _UNDEFINED.fullmatch(error.evalue):
        return TestState.ERROR, f"Your code raised {error.ename}: {error.evalue.splitlines()[0][:300]}"
    return TestState.ERROR, (
        f"Your code raised {error.ename} on other data than the visible example: "
        "does it use its arguments only, whatever their size and type?"
    )


def _fails_in_visible_part(error: Any, source: str) -> bool:
    """Return whether a test failed in the part that students see, so that its message gives nothing away."""
    found = _LINE_OF_CELL.search(_ANSI.sub("", "\n".join(error.traceback)))
    lines = source.splitlines()
    if not error.evalue or found is None or int(found[1]) > len(lines):
        return False
    before = lines[: int(found[1])]
    return sum("BEGIN HIDDEN" in line for line in before) == sum("END HIDDEN" in line for line in before)


def _run(course: Course, assignment: Assignment, student: str) -> Verdict:
    tests = exam_tests(cells.read_notebook(course.path("source", assignment) / assignment.filename))
    ungraded = Verdict(student, assignment.name, SubmissionState.UNREADABLE, tests=tests)
    handed_in = course.path("submitted", assignment, student)
    if not (handed_in / assignment.filename).exists():
        return replace(ungraded, reason=_missing(handed_in, assignment))
    try:
        cells.read_notebook(handed_in / assignment.filename)
    except NotebookError as error:
        return replace(ungraded, reason=str(error).removeprefix(f"{handed_in}{os.sep}"))
    try:
        with environment(**GRADING_ENVIRONMENT):
            run_converter(Autograde, course, assignment, student)
    except ConversionFailed as error:
        return replace(ungraded, state=SubmissionState.NEEDS_REVIEW, reason=f"It could not be run: {error}")
    executed = cells.read_notebook(course.path("autograded", assignment, student) / assignment.filename)
    return replace(ungraded, state=SubmissionState.GRADED, tests=read_results(executed, tests))


def _missing(folder: Path, assignment: Assignment) -> str:
    found = ", ".join(sorted(path.name for path in folder.iterdir() if path.name != "timestamp.txt"))
    return (
        f"expected {assignment.filename}, found {found or 'an empty folder'}: rename the file or ask for it"
    )


def _digest(course: Course, assignment: Assignment, student: str) -> str:
    """Return a hash over all that a verdict depends on: submission, source, settings, code."""
    handed_in = sorted(p for p in course.path("submitted", assignment, student).rglob("*") if p.is_file())
    source = course.path("source", assignment) / assignment.filename
    digest = hashlib.sha256(repr((course.late, assignment.due, course.cell_seconds)).encode())
    for path in [source, *_engine_files(), *handed_in]:
        digest.update(f"{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def _engine_files() -> list[Path]:
    packages = [Path(__file__).parent, Path(neurocourse.__file__).parent]
    return sorted(path for package in packages for path in package.rglob("*.py"))
