"""One pass through a notebook: its cells in forks of a student process, then its tests on snapshots of it.

    first ─▶ cells ─▶ snapshot before a test ─▶ fork ─▶ cells ─▶ snapshot before the next test ─▶ …

Every cell has run before the first test does, and the visible part of every test before the first hidden
part: forks can share memory, files and processes, so that from then on nothing that a student's code says is
shown. A cell that ends its process or never ends costs itself alone: a new fork runs those before it again.
"""

from __future__ import annotations

import contextlib
import time
from collections import Counter
from dataclasses import replace
from typing import Any

import nbformat
from nbformat.v4 import new_output

from examiner import cells
from examiner.attempt import Attempt, attempt, explain
from examiner.course import Limits
from examiner.remote import Student, StudentGone
from examiner.verdict import TestResult, TestState

NOT_RUN = "This test did not run."

_MAX_OUTPUTS = 20  # times what one cell may show
_MAX_COUNT = 1_000_000
_MAX_MESSAGE = 1_000


class NotebookRun:
    """One pass through a notebook: the student process as it is now, and as it was before each test."""

    def __init__(self, student: Student, limits: Limits):
        self._base = student  # the first one runs nothing: the sandbox ends when it does
        self._now: Student | None = None  # a fork of the base, which has run these cells
        self._ran: list[str] = []
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
        if self._ran or self._base is self._all[0]:
            with contextlib.suppress(StudentGone):
                self._base = self._running()
        self._now, self._ran = None, []
        self._snapshots[grade_id] = self._base

    def run(self, cell: Any) -> None:
        """Run one of the student's cells and give it its outputs."""
        cell.outputs, cell.execution_count = [], None
        seconds = min(float(self._limits.cell_seconds), self._end - time.monotonic())
        if seconds <= 0:
            self._stop(cell, f"did not run: the notebook takes more than {self._limits.total_seconds} s")
            return
        try:
            student = self._running()
        except StudentGone:
            self._stop(cell, "did not run: the code before it had ended the process")
            return
        try:
            reply = student.run(cell.source, seconds)
        except StudentGone as gone:
            student.end()
            self._now = None
            timed_out = gone.state is TestState.TIMED_OUT
            self._stop(
                cell, f"was stopped after {seconds:g} s" if timed_out else "ended the process that ran it"
            )
            return
        self._take(cell, reply)
        self._ran.append(cell.source)

    def _running(self) -> Student:
        """Return the process that runs cells; where one has ended it, the cells before that run again."""
        if self._now is None:
            self._now = self._forked()
            try:
                for source in self._ran:
                    self._now.run(source, self._limits.cell_seconds)
            except StudentGone:
                self._now.end()
                self._now, self._ran = self._forked(), []
                self.notes.append("Cells ended the process when they ran again; nothing of them counts.")
        return self._now

    def _forked(self) -> Student:
        self._all.append(Student(*self._base.fork()))
        return self._all[-1]

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
        """Run the visible part of every test, then the tests, and return how each ended.

        The last test of a snapshot runs in it, not in a fork. So they run in reverse: what ends a process is
        the older one from which it was forked.
        """
        visible = [self.attempt_visible(cell, test) for cell, test in tests]
        waiting = Counter(self._snapshots.get(test.grade_id) for _, test in tests)
        results = []
        for (cell, test), seen in zip(reversed(tests), reversed(visible), strict=True):
            student = self._snapshots.get(test.grade_id)
            waiting[student] -= 1
            results.append(self.test(cell, test, seen, forked=waiting[student] > 0))
        return results[::-1]

    def attempt_visible(self, cell: Any, test: TestResult) -> Attempt | None:
        """Run the visible part of a test, on a fork."""
        student = self._snapshots.get(test.grade_id)
        if student is None or time.monotonic() > self._end:
            return None
        return attempt(student, cells.without_hidden_tests(cell.source), self._limits)

    def test(self, cell: Any, test: TestResult, seen: Attempt | None, *, forked: bool = True) -> TestResult:
        """Run a test and return how it ended; `seen` is how its visible part did, which may be all of it."""
        student = self._snapshots.get(test.grade_id)
        if student is None:
            return test
        if time.monotonic() > self._end:
            return replace(
                test, message=f"{NOT_RUN} The notebook takes more than {self._limits.total_seconds} s."
            )
        all_visible = seen is not None and cells.without_hidden_tests(cell.source) == cell.source
        whole = (
            seen
            if seen is not None and all_visible
            else attempt(student, cell.source, self._limits, forked=forked)
        )
        if whole.error is None:
            return replace(test, state=TestState.PASSED, message="")
        visible = seen.error if seen is not None and not _is_hidden(cell.source, whole.line) else None
        state, message = explain(whole.error, visible)
        return replace(test, state=state, message=message[:_MAX_MESSAGE])


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
