"""Examines one repaired notebook: the student's cells in the sandbox, the tests in this process.

    repaired notebook ─▶ the student's cells, each in a fork that replaces its parent when it ends well
                      ─▶ a snapshot for each test ─▶ tests here, calls served by a fork of it ─▶ results

Results of an earlier examination under the same conditions are used again. A test's *key* is a hash of
everything that its result depends on.
"""

from __future__ import annotations

import contextlib
import copy
import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from typing import Any

from examiner.course.facts import Assignment, Course, Limits
from examiner.errors import GraderAtFault
from examiner.exam.attempt import NOT_RUN
from examiner.exam.notebook_run import Run, run_notebook
from examiner.exam.selection import binding_cells, idle_cells
from examiner.notebook import cells
from examiner.notebook.outputs import error_output, kept_outputs, text_output
from examiner.sandbox.allowance import TimeUsed, by_the_clock
from examiner.sandbox.nursery_client import NurseryClient
from examiner.sandbox.student_client import StudentClient
from examiner.verdict import TestResult, TestState

COURSE_FAULT = (
    "The notebook's own cell `{cell}` fails while grading ({said}). This is not the student's fault: "
    "repair the course or the machine, then grade again."
)
_MAX_SAID = 300
_AS_HANDED_IN = "(shown as handed in: the grader does not run cells that only show something)\n"


@dataclass(frozen=True)
class Conditions:
    """What results depend on beside the notebook.

    `edition` names the engine and its libraries, `packages` further modules that students' code may import.
    """

    limits: Limits
    sandboxed: bool = True
    edition: str = ""
    packages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Earlier:
    """What is known from an earlier examination: results by key, and the notebook as it was then shown.

    `passed` names the tests that passed, whatever their keys.
    """

    results: Mapping[str, TestResult] = field(default_factory=dict)
    passed: frozenset[str] = frozenset()
    notebook: Any = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Submission:
    """A notebook that was repaired after the release, with the source of its tests and the release."""

    notebook: Any
    source: Any
    released: Any


@dataclass(frozen=True)
class Started:
    """A student process, and how often something in its sandbox was killed for memory, asked at the end."""

    student: StudentClient
    killed_for_memory: Callable[[], int]


@dataclass(frozen=True)
class Students:
    """Where an examination has its student processes from, and how much time they have had."""

    start: Callable[[], AbstractContextManager[Started]]
    time_used: TimeUsed = by_the_clock


@dataclass(frozen=True)
class Examination:
    """What became of a notebook: its tests' results, its cells with their outputs, what was seen.

    `n_run` tests were run; the others are known from an earlier examination. It is not `firm` where something
    ended by time, by memory or by a crash.
    """

    tests: tuple[TestResult, ...]
    notebook: Any
    notes: tuple[str, ...] = ()
    n_run: int = 0
    firm: bool = True


def exam_tests(source: Any) -> tuple[TestResult, ...]:
    """Return the tests of a source notebook, none of them reached yet."""
    return tuple(
        TestResult(
            grade_id=cells.grade_id(cell),
            exercise=cells.exercise_name(cell),
            state=TestState.NOT_REACHED,
            max_points=cells.points(cell),
            max_bonus=cells.bonus(cell),
            message=NOT_RUN,
        )
        for cell in test_cells(source)
    )


def test_cells(source: Any) -> list[Any]:
    """Return the test cells of a source notebook."""
    return [cell for cell in source.cells if cells.is_test(cell)]


test_cells.__test__ = False  # type: ignore[attr-defined]  # not a test of pytest's


def exercises(course: Course, assignment: Assignment) -> list[str]:
    """Return the names of an assignment's tested exercises."""
    source = cells.read_notebook(course.path("source", assignment) / assignment.filename)
    return list(dict.fromkeys(test.exercise for test in exam_tests(source)))


def students_of(nursery: NurseryClient, limits: Limits, imports: frozenset[str] = frozenset()) -> Students:
    """Return student processes that are started from here, each in a sandbox of its own."""

    @contextlib.contextmanager
    def start() -> Iterator[Started]:
        with nursery.sandbox(limits, imports) as box:
            yield Started(StudentClient(box.wire, time_used=box.watched.used), lambda: box.killed_for_memory)

    return Students(start)


def examine(
    submission: Submission, conditions: Conditions, students: Students, earlier: Earlier | None = None
) -> Examination:
    """Run a repaired notebook with the tests of its source; the notebook is given its outputs."""
    notebook, source = submission.notebook, submission.source
    earlier = earlier or Earlier()
    idle = idle_cells(notebook, submission.released, test_cells(source))
    keys = _keys(notebook, source, idle, conditions)
    tests = [replace(test, key=keys[test.grade_id]) for test in exam_tests(source)]
    known = {test.grade_id: earlier.results[test.key] for test in tests if test.key in earlier.results}
    due = {test.grade_id: test for test in tests if test.grade_id not in known}
    _show_idle(notebook, idle)
    ran = copy.deepcopy(notebook) if known else notebook  # what is known was shown once
    run = _run(replace(submission, notebook=ran), due, idle, conditions, students) if due else Run()
    if known and any(run.results[name].state is not TestState.PASSED for name in due.keys() & earlier.passed):
        behind_others = {test.grade_id: test for test in tests}  # it may need what those leave
        run = _run(replace(submission, notebook=ran), behind_others, idle, conditions, students)
    _check_course(ran, submission.released)
    notes = [*(earlier.notes if known else ()), *run.notes]
    if known:
        _show_as_before(notebook, earlier.notebook)
    results = [_found(test, known.get(test.grade_id) or run.results[test.grade_id]) for test in tests]
    show_results(notebook, results)
    if not conditions.sandboxed:
        notes.append("The notebook ran without a sandbox, with the rights of the grader.")
    return Examination(tuple(results), notebook, tuple(dict.fromkeys(notes)), len(due), run.firm)


def _check_course(notebook: Any, released: Any) -> None:
    """Raise `GraderAtFault` where a given cell fails that runs before anything of the student's."""
    as_released = {cell.id: cell.source for cell in released.cells}
    for cell in notebook.cells:
        if cell.cell_type != "code" or cells.is_test(cell):
            continue
        if as_released.get(cell.id) != cell.source or cells.is_solution(cell):
            return
        failed = [output for output in cell.outputs if output.output_type == "error"]
        if failed:
            said = f"{failed[0].get('ename')}: {failed[0].get('evalue')}"[:_MAX_SAID]
            raise GraderAtFault(COURSE_FAULT.format(cell=cell.id, said=said))


def _found(test: TestResult, result: TestResult) -> TestResult:
    """Return a test's result; what it is worth may have changed since."""
    return replace(test, state=result.state, message=result.message, only_hidden=result.only_hidden)


def _keys(notebook: Any, source: Any, idle: frozenset[str], conditions: Conditions) -> dict[str, str]:
    """Return for each test a hash of the cells that run, of its own source and of the conditions."""
    order = [
        ("test", cells.grade_id(cell)) if cells.is_test(cell) else ("code", cells.as_run(cell))
        for cell in notebook.cells
        if cell.cell_type == "code" and cell.id not in idle
    ]
    common = repr((order, conditions)).encode(errors="replace")
    return {
        cells.grade_id(cell): hashlib.sha256(common + cell.source.encode()).hexdigest()
        for cell in test_cells(source)
    }


def _run(
    submission: Submission,
    due: dict[str, TestResult],
    idle: frozenset[str],
    conditions: Conditions,
    students: Students,
) -> Run:
    """Run the cells as far as the tests that are due need it, then these."""
    limits, n_killed = conditions.limits, list[int]()

    @contextlib.contextmanager
    def start() -> Iterator[StudentClient]:
        with students.start() as started:
            yield started.student
            n_killed.append(started.killed_for_memory())

    all_tests = test_cells(submission.source)
    tests = [(cell, due[cells.grade_id(cell)]) for cell in all_tests if cells.grade_id(cell) in due]
    code = [cell for cell in submission.notebook.cells if cell.cell_type == "code" and cell.id not in idle]
    if len(due) < len(all_tests):
        last = max((place for place, cell in enumerate(code) if cells.grade_id(cell) in due), default=-1)
        code = code[: last + 1]
    binding = binding_cells(code, submission.released)
    run = run_notebook(start, code, tests, limits, students.time_used, binding)
    if sum(n_killed):
        note = f"The notebook used more than the {limits.memory_mb} MB of memory that are allowed."
        return replace(run, notes=(*run.notes, note), firm=False)
    return run


def _show_idle(notebook: Any, idle: frozenset[str]) -> None:
    """Keep what was handed in of the cells that are not run, and say so; others show what they do here."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            handed_in = kept_outputs(cell.outputs) if cell.id in idle else []
            told = [text_output("stderr", _AS_HANDED_IN)] if handed_in else []
            cell.outputs = [*handed_in, *told]


def _show_as_before(notebook: Any, earlier: Any) -> None:
    """Give the cells the outputs that they had in the earlier examination of the same code."""
    shown = {cell.id: cell for cell in earlier.cells if cell.cell_type == "code"}
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.id in shown:
            cell.outputs = shown[cell.id].outputs
            cell.execution_count = shown[cell.id].execution_count


def show_results(notebook: Any, results: list[TestResult]) -> None:
    """Give each test cell an output that says how its test ended, in the form that nbgrader reads."""
    ended = {result.grade_id: result for result in results}
    for cell in notebook.cells:
        if not cells.is_test(cell):
            continue
        result = ended[cells.grade_id(cell)]
        if result.state is TestState.PASSED:
            cell.outputs = [text_output("stdout", f"{result.exercise}: passed\n")]
        else:
            cell.outputs = [error_output(result.state, result.message)]
