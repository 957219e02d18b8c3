"""The examination of one notebook: the student's cells in the sandbox, the tests in this process.

    repaired notebook ─▶ the student's cells, each in a fork that replaces its parent when it ends well
                      ─▶ a snapshot for each test ─▶ tests here, calls served by a fork of it ─▶ results

Every cell has run before the first test does, and the visible part of every test before the first hidden
part: forks can share memory, files and processes, so that from then on nothing that a student's code says is
shown. A cell that ends its process or never ends costs itself alone: the process before it goes on.
"""

from __future__ import annotations

import ast
import builtins
import contextlib
import io
import random
import re
import resource
import signal
import sys
import threading
import time
import traceback
import warnings
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
from IPython.core.inputtransformer2 import TransformerManager
from nbformat.v4 import new_output

from examiner import cells, sandbox
from examiner.course import Limits
from examiner.objects import StudentFault, Unsendable, fault_name
from examiner.remote import Session, Student, StudentGone
from examiner.verdict import TestResult, TestState
from neurocourse.checks import ELSEWHERE, CheckFailed

UNFINISHED = "This exercise is not filled in yet."
TOO_LONG = "Your code ran longer than the test allows: is there a loop that never ends?"
ENDED = "Your code ended the process that runs it: by exit, by too much memory, or by a crash in a library."
NOT_RUN = "This test did not run."
OTHER_DATA = (
    "Your code raised {name} on other data than the visible example: "
    "does it use its arguments only, whatever their size and type?"
)

NOT_SENT = "What your code returned on other data than the visible example cannot be sent to the tests."

_FILE = "<test>"
_MAX_OUTPUTS = 20  # times what one cell may show
_MAX_COUNT = 1_000_000
_GRACE_SECONDS = 2.0
_MAX_MESSAGE = 1_000
_NUMPY_DEFAULTS: Any = {"divide": "warn", "over": "warn", "under": "ignore", "invalid": "warn"}
_UNDEFINED = re.compile(r"name '\w+' is not defined")


@dataclass(frozen=True)
class Examination:
    """What became of a notebook: its tests' results, its cells with their outputs, what was seen."""

    tests: tuple[TestResult, ...]
    notebook: Any
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Attempt:
    """How one run of a test ended: without an error, or with one in this line of the test cell."""

    error: Exception | None = None
    line: int = 0


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
        for cell in source.cells
        if cells.is_test(cell)
    )


def examine(notebook: Any, source: Any, limits: Limits, *, sandboxed: bool = True) -> Examination:
    """Run a repaired notebook with the tests of its source; the notebook is given its outputs."""
    nursery = sandbox.shared_nursery(sandboxed=sandboxed)
    with nursery.sandbox(limits, imported_modules(source)) as box:
        with contextlib.closing(NotebookRun(Student(box.wire), limits)) as run:
            for cell in notebook.cells:
                if cells.is_test(cell):
                    run.snapshot(cells.grade_id(cell))
                elif cell.cell_type == "code":
                    run.run(cell)
            results = run.test_all(list(zip(_tests(source), exam_tests(source), strict=True)))
        notes = run.notes
        if box.killed_for_memory:
            notes.append(f"It took more than the {limits.memory_mb} MB of memory that are allowed.")
    show_results(notebook, results)
    if not sandboxed:
        notes.append("It was run without a sandbox, with the rights of the grader.")
    return Examination(tuple(results), notebook, tuple(notes))


def imported_modules(source: Any) -> set[str]:
    """Return the modules that the code cells of a source notebook import, and names that may be modules."""
    names: set[str] = set()
    to_python = TransformerManager().transform_cell  # type: ignore[no-untyped-call]  # magics
    for cell in source.cells:
        for node in ast.walk(ast.parse(to_python(cell.source))) if cell.cell_type == "code" else ():
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def _tests(source: Any) -> list[Any]:
    return [cell for cell in source.cells if cells.is_test(cell)]


class NotebookRun:
    """One pass through a notebook: the student process as it is now, and as it was before each test."""

    def __init__(self, student: Student, limits: Limits):
        self._first = self._now = student  # the sandbox ends when its first process does
        self._all = [student]
        self._snapshots: dict[str, Student] = {}
        self._limits = limits
        self._end = time.monotonic() + limits.total_seconds
        self._room = _MAX_OUTPUTS * limits.output_kb * 1_000
        self.notes: list[str] = []

    def close(self) -> None:
        """Let go of every process."""
        for student in self._all:
            student.close()

    def snapshot(self, grade_id: str) -> None:
        """Keep the process as it is for the test of this name."""
        self._snapshots[grade_id] = self._now

    def run(self, cell: Any) -> None:
        """Run one of the student's cells and give it its outputs."""
        cell.outputs, cell.execution_count = [], None
        seconds = min(float(self._limits.cell_seconds), self._end - time.monotonic())
        if seconds <= 0:
            self._stop(cell, f"did not run: the notebook takes more than {self._limits.total_seconds} s")
            return
        try:
            child = Student(*self._now.fork())
            self._all.append(child)
        except StudentGone:
            self._stop(cell, "did not run: the code before it had ended the process")
            return
        try:
            reply = child.run(cell.source, seconds)
        except StudentGone as gone:
            child.end()
            timed_out = gone.state is TestState.TIMED_OUT
            self._stop(
                cell, f"was stopped after {seconds:g} s" if timed_out else "ended the process that ran it"
            )
            return
        self._take(cell, reply)
        if self._now is not self._first and self._now not in self._snapshots.values():
            self._now.close()
        self._now = child

    def _take(self, cell: Any, reply: dict[str, Any]) -> None:
        count = reply.get("count")
        cell.execution_count = count if type(count) is int and 0 <= count <= _MAX_COUNT else None
        cell.outputs = self._fitting(kept_outputs(reply.get("outputs")))
        if any(output.output_type == "error" and output.ename == "OutOfTime" for output in cell.outputs):
            self.notes.append(f"The cell `{cell.id}` was stopped after {self._limits.cell_seconds} s.")

    def _fitting(self, outputs: list[Any]) -> list[Any]:
        """Return the outputs if there is still room for them among those of all cells."""
        self._room -= len(repr(outputs))
        if self._room >= 0:
            return outputs
        return [new_output("stream", name="stderr", text="… (more was shown than is kept)\n")]

    def _stop(self, cell: Any, what: str) -> None:
        self.notes.append(f"The cell `{cell.id}` {what}; nothing of it counts.")
        cell.outputs = [
            new_output("stream", name="stderr", text=f"This cell {what}; nothing of it counts.\n")
        ]

    def test_all(self, tests: list[tuple[Any, TestResult]]) -> list[TestResult]:
        """Run the visible part of every test, then the tests, and return how each ended."""
        visible = [self._attempt_visible(cell, test) for cell, test in tests]
        return [self.test(cell, test, seen) for (cell, test), seen in zip(tests, visible, strict=True)]

    def _attempt_visible(self, cell: Any, test: TestResult) -> Attempt | None:
        student = self._snapshots.get(test.grade_id)
        if student is None or time.monotonic() > self._end:
            return None
        return self.attempt(student, cells.without_hidden_tests(cell.source))

    def test(self, cell: Any, test: TestResult, seen: Attempt | None) -> TestResult:
        """Run a test and return how it ended; `seen` is how its visible part did, which may be all of it."""
        student = self._snapshots.get(test.grade_id)
        if student is None:
            return test
        if time.monotonic() > self._end:
            return replace(
                test, message=f"{NOT_RUN} The notebook takes more than {self._limits.total_seconds} s."
            )
        all_visible = seen is not None and cells.without_hidden_tests(cell.source) == cell.source
        whole = seen if seen is not None and all_visible else self.attempt(student, cell.source)
        if whole.error is None:
            return replace(test, state=TestState.PASSED, message="")
        visible = seen.error if seen is not None and not _is_hidden(cell.source, whole.line) else None
        state, message = explain(whole.error, visible)
        return replace(test, state=state, message=message[:_MAX_MESSAGE])

    def attempt(self, student: Student, source: str) -> Attempt:
        """Run the source of a test on a fork of a student process, alike each time."""
        seed = zlib.crc32(source.encode())
        try:
            session = Session(*student.fork(), seconds=self._limits.cell_seconds)
        except StudentGone as gone:
            return Attempt(gone)
        try:
            session.seed(seed)
            namespace = {"__name__": "__test__", ELSEWHERE: session.replace} | session.names(_names(source))
            with _alike_each_time(seed), self._limited(session):
                exec(compile(source, _FILE, "exec"), namespace)
            return Attempt(StudentGone(session.state) if session.state else None)
        except Exception as error:
            return Attempt(error, _line_in_test(error))
        finally:
            session.end()

    @contextlib.contextmanager
    def _limited(self, session: Session) -> Iterator[None]:
        """Bound the time and the memory of this process, too: a stand-in computes what it is asked to."""
        soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
        limit = _data_bytes() + self._limits.memory_mb * 1_000_000

        def ring(*_: Any) -> None:
            raise session.stop()

        alarm = threading.current_thread() is threading.main_thread()  # others get no signals
        before = signal.signal(signal.SIGALRM, ring) if alarm else None
        resource.setrlimit(resource.RLIMIT_DATA, (limit if soft < 0 else min(limit, soft), hard))
        try:
            if alarm:
                signal.setitimer(signal.ITIMER_REAL, self._limits.cell_seconds + _GRACE_SECONDS, 1.0)
            yield
        finally:
            if alarm:
                signal.setitimer(signal.ITIMER_REAL, 0)
                signal.signal(signal.SIGALRM, before)
            resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _data_bytes() -> int:
    """Return what this process holds of the memory that RLIMIT_DATA counts."""
    status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return 1024 * int(next(line for line in status if line.startswith("VmData:")).split()[1])


def explain(error: Exception, visible: Exception | None) -> tuple[TestState, str]:
    """Return the state and message of a test that ended with an error.

    `visible` is the error of the test's visible part, run alone, where the error arose in that part. Its
    message holds nothing of hidden data; any other is shown without what the student's code put into it.
    """
    if isinstance(error, StudentGone):
        return error.state, TOO_LONG if error.state is TestState.TIMED_OUT else ENDED
    if isinstance(error, CheckFailed):
        same = isinstance(visible, CheckFailed) and visible.without_values == error.without_values
        return TestState.FAILED, str(visible) if same else error.without_values
    if isinstance(error, NotImplementedError):
        return TestState.ERROR, UNFINISHED
    if isinstance(error, Unsendable):
        return TestState.FAILED, str(visible) if isinstance(visible, Unsendable) else NOT_SENT
    name = fault_name(error) if isinstance(error, StudentFault) else type(error).__name__
    if type(visible) is type(error):
        text = visible.args[0] if visible.args and isinstance(visible.args[0], str) else str(visible)
        return TestState.ERROR, f"Your code raised {name}: {(text.splitlines() or [''])[0][:300]}"
    undefined = isinstance(error, NameError) and _UNDEFINED.fullmatch(str(error))
    if undefined and not isinstance(error, StudentFault):  # the test's own, not one that a student made up
        return TestState.ERROR, f"Your code raised {name}: {error}"
    return TestState.ERROR, OTHER_DATA.format(name=name)


def show_results(notebook: Any, results: list[TestResult]) -> None:
    """Give each test cell an output that says how its test ended, in the form that nbgrader reads."""
    ended = {result.grade_id: result for result in results}
    for cell in notebook.cells:
        if not cells.is_test(cell):
            continue
        result = ended[cells.grade_id(cell)]
        if result.state is TestState.PASSED:
            cell.outputs = [new_output("stream", name="stdout", text=f"{result.exercise}: passed\n")]
        else:
            cell.outputs = [
                new_output("error", ename=result.state, evalue=result.message, traceback=[result.message])
            ]


def kept_outputs(outputs: Any) -> list[Any]:
    """Return a student process's outputs as nbformat's, leaving out what is none."""
    kept = []
    for output in outputs if type(outputs) is list else []:
        with contextlib.suppress(Exception):  # whatever is wrong with it, it is not shown
            if output["output_type"] == "stream":
                output = {**output, "text": "".join(map(str, output["text"]))}
            shown = new_output(**output)
            nbformat.validate(shown, ref="output", version=4)
            kept.append(shown)
    return kept


def _is_hidden(source: str, line: int) -> bool:
    """Return whether this line of a test cell, counted from 1, stands in a hidden part."""
    before = source.splitlines()[:line]
    return sum("BEGIN HIDDEN" in text for text in before) > sum("END HIDDEN" in text for text in before)


def _line_in_test(error: Exception) -> int:
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == _FILE]
    return lines[0] or 0 if lines else 0


def _names(source: str) -> list[str]:
    """Return the names that a test's code loads, the built-in ones aside."""
    loaded = {
        node.id
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
    return sorted(loaded - set(dir(builtins)))


@contextlib.contextmanager
def _alike_each_time(seed: int) -> Iterator[None]:
    """Set seeds and environment for a test, and keep its prints and warnings to itself."""
    random.seed(seed)
    np.random.seed(seed)
    if "torch" in sys.modules:
        sys.modules["torch"].manual_seed(seed)
    quiet = contextlib.redirect_stdout(io.StringIO())
    numbers = np.errstate(**_NUMPY_DEFAULTS)
    with sandbox.environment(**sandbox.GRADING_ENVIRONMENT), warnings.catch_warnings(), quiet, numbers:
        warnings.simplefilter("ignore")
        yield
