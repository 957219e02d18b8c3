"""Runs a notebook's cells in forks of a student process, then its tests on snapshots of it.

    first ─▶ cells ─▶ snapshot before tests ─▶ fork ─▶ cells ─▶ snapshot before the next tests ─▶ …

Every cell has run before the first test does. Tests share a fork as long as they pass, as they share the
student's kernel. One that fails there runs again in a fork of its own, so no test can cost another its
points. Forks can share memory, files and processes, too, so from the first test on nothing that a student's
code says is shown. Where the visible part of a test would say more, the cells run once more in another
sandbox, and then only the visible parts. A cell that ends its process or never ends costs only itself: a new
fork runs the cells before it again.
"""

from __future__ import annotations

import contextlib
import copy
import functools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from typing import Any

from examiner.course.facts import Limits
from examiner.exam.attempt import NOT_RUN, Attempt, NotReached, attempt, explain
from examiner.exam.causes import why_it_failed
from examiner.exam.lineage import Lineage
from examiner.inside.messages import Found, Names, Ran
from examiner.notebook import cells
from examiner.notebook.outputs import kept_outputs, text_output
from examiner.notebook.syntax import bound_names
from examiner.sandbox.allowance import Allowance, TimeUsed, by_the_clock
from examiner.sandbox.lending import in_order, lent_texts
from examiner.sandbox.student_client import StudentClient, StudentGone
from examiner.verdict import TestResult, TestState

_MAX_OUTPUTS = 20  # times what one cell may show
_MAX_COUNT = 1_000_000
_MAX_MESSAGE = 1_000
_MAX_NAMED = 5
_SHARE = 3  # behind others a test has this part of its time: what never ends would else take twice as long
_MAY_REMOVE = re.compile(r"\b(del|globals|locals|vars|user_ns|__dict__|reset|exec|eval|xdel)\b")


@dataclass(frozen=True)
class Run:
    """The results of tests by their names, and what was seen; `firm` as in `Verdict`."""

    results: Mapping[str, TestResult] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    firm: bool = True


def run_notebook(
    start: Callable[[], AbstractContextManager[StudentClient]],
    notebook_cells: list[Any],
    tests: list[tuple[Any, TestResult]],
    limits: Limits,
    time_used: TimeUsed = by_the_clock,
    binding: frozenset[str] = frozenset(),
) -> Run:
    """Run cells, then tests, and return the tests' results and what was seen.

    `start` starts a student process in a sandbox of its own, for a block. Test cells among the cells say
    where the tests stand; what runs of those is the source that comes with them. Cells whose ids are in
    `binding` change nothing but names.
    """
    allowance = Allowance(limits.total_seconds, time_used)

    @contextlib.contextmanager
    def one_pass() -> Iterator[NotebookRun]:
        with (
            start() as student,
            contextlib.closing(NotebookRun(student, limits, allowance, binding)) as run,
        ):
            yield run

    with one_pass() as run:
        run.run_all(notebook_cells)
        whole = run.attempt_all({test.grade_id: cell.source for cell, test in tests})
    parts = {test.grade_id: visible_part(cell.source, whole[test.grade_id]) for cell, test in tests}
    visible: dict[str, Attempt] = {}
    if asked := {name: part for name, part in parts.items() if part}:
        last = max(place for place, cell in enumerate(notebook_cells) if cells.grade_id(cell) in asked)
        with one_pass() as again:
            again.run_all(copy.deepcopy(notebook_cells[: last + 1]))
            visible = again.attempt_all(asked)
    results = {
        test.grade_id: replace(
            result(test, whole[test.grade_id], visible.get(test.grade_id), run.causes),
            only_hidden=_only_hidden(cell.source, whole[test.grade_id]),
        )
        for cell, test in tests
    }
    firm = not run.cut_short and not any(ended.cut_short for ended in (*whole.values(), *visible.values()))
    return Run(results, tuple(run.notes), firm)


class NotebookRun:
    """One pass through a notebook: the student process as it is now, and as it was before each test.

    It runs nothing more when the allowance is used up.
    """

    def __init__(
        self,
        student: StudentClient,
        limits: Limits,
        allowance: Allowance,
        binding: frozenset[str] = frozenset(),
    ):
        self._binding = binding
        self._lineage = Lineage(
            student, lambda again, source: again.run(source, max(0, self._seconds_left()))
        )
        self._limits = limits
        self._allowance = allowance
        self._room = _MAX_OUTPUTS * limits.output_kb * 1_000
        self.notes: list[str] = []
        self.cut_short = False  # a cell ended by time or by a crash
        self._needed: set[str] = set()  # names that the release's cells and answers have bound
        self.causes: dict[str, str] = {}  # of names that are not there: how the cells failed that bind them

    def close(self) -> None:
        """Let go of every process."""
        self._lineage.close()

    def run_all(self, notebook_cells: Iterable[Any]) -> None:
        """Run cells, and keep the process as it is wherever a test stands."""
        for cell in notebook_cells:
            if cells.is_test(cell):
                self.snapshot(cells.grade_id(cell))
            else:
                self.run(cell)

    def snapshot(self, grade_id: str) -> None:
        """Keep the process as it is for the test of this name."""
        self._lineage.keep(grade_id)

    def run(self, cell: Any) -> None:
        """Run one of the student's cells and give it its outputs."""
        cell.outputs, cell.execution_count = [], None
        seconds = self._seconds_left()
        if seconds <= 0:
            self._stop(cell, f"did not run: the notebook takes more than {self._limits.total_seconds} s")
            return
        source = cells.as_run(cell)
        try:
            student = self._lineage.ahead if cell.id in self._binding else self._lineage.now
        except StudentGone:
            self._stop(cell, "did not run: the code before it had ended the process")
            return
        self._note_lost_cells()
        try:
            ran = student.run(source, seconds)
            taken = self._taken_away(cell, student)
        except StudentGone as gone:
            self._lineage.drop_now()
            timed_out = gone.state is TestState.TIMED_OUT
            self._stop(
                cell, f"was stopped after {seconds:g} s" if timed_out else "ended the process that ran it"
            )
            return
        if taken:
            self._lineage.drop_now()
            self._stop(cell, f"deleted names that other cells need ({', '.join(taken[:_MAX_NAMED])})")
            return
        self._take(cell, ran)
        self._note_names(cell, why_it_failed(cell.source, cell.outputs))
        self._lineage.has_run(source)

    def _taken_away(self, cell: Any, student: StudentClient) -> list[str]:
        """Return which names of the others an added cell has removed: such a cell costs what it is in."""
        if not cell.id.startswith(cells.ADDED) or not _MAY_REMOVE.search(cells.as_run(cell)):
            return []
        needed = sorted(self._needed)
        found, _ = student.exchange(Names(needed), b"", self._limits.cell_seconds, Found)
        return [name for name in needed if name not in found.names]

    def _note_lost_cells(self) -> None:
        if self._lineage.lost_cells:
            self._lineage.lost_cells = False
            self.notes.append("Cells ended the process when they ran again, so they do not count.")
            self.cut_short = True

    def _seconds_left(self) -> float:
        """Return for how long a cell may run now."""
        return min(float(self._limits.cell_seconds), self._allowance.seconds_left())

    def _take(self, cell: Any, ran: Ran) -> None:
        cell.execution_count = ran.count if 0 <= ran.count <= _MAX_COUNT else None
        cell.outputs = self._fitting(kept_outputs(ran.outputs))
        if any(output.output_type == "error" and output.ename == "OutOfTime" for output in cell.outputs):
            self.notes.append(f"The cell `{cell.id}` was stopped after {self._limits.cell_seconds} s.")
            self.cut_short = True

    def _fitting(self, outputs: list[Any]) -> list[Any]:
        """Return the outputs if there is still room for them among those of all cells."""
        self._room -= len(repr(outputs))
        if self._room >= 0:
            return outputs
        return [text_output("stderr", "… (the rest of the output was cut)\n")]

    def _stop(self, cell: Any, what: str) -> None:
        self.cut_short = True
        self.notes.append(f"The cell `{cell.id}` {what}, so it does not count.")
        self._note_names(cell, what)
        cell.outputs = [text_output("stderr", f"This cell {what}, so it does not count.\n")]

    def _note_names(self, cell: Any, why: str) -> None:
        """Keep how a cell failed for the names that it should have bound; a later cell may bind them."""
        names = bound_names(cells.as_run(cell))
        if not why and not cell.id.startswith(cells.ADDED):
            self._needed |= names - {"*"}
        for name in names | {cell.id}:  # an answer's id is the name of what it should define
            self.causes.pop(name, None)
            if why:
                self.causes[name] = f"The cell `{cell.id}` {why}"

    def attempt_all(self, sources: dict[str, str]) -> dict[str, Attempt]:
        """Run what tests of these names consist of, and return how each ended.

        Tests of one snapshot share a fork of it as long as they pass. Those that lend something come last.
        """
        order = in_order(sources)
        waiting = Counter(map(self._lineage.kept, order))
        passed_on: dict[StudentClient, StudentClient] = {}
        ended = {}
        for name in order:
            waiting[self._lineage.kept(name)] -= 1
            last = not waiting[self._lineage.kept(name)] and not lent_texts(sources[name])
            ended[name] = self.attempt(name, sources[name], passed_on, last=last)
        return ended

    def attempt(
        self,
        name: str,
        source: str,
        passed_on: dict[StudentClient, StudentClient] | None = None,
        *,
        last: bool = False,
    ) -> Attempt:
        """Run the source of a test on a fork of its snapshot, or on that itself if it is its `last` test.

        `passed_on` holds by their snapshots the processes in which tests have passed. The test runs in such a
        one first. If it does not pass there, only what it does in a process of its own counts.
        """
        snapshot = self._lineage.kept(name)
        self._note_lost_cells()
        if snapshot is None:
            return Attempt(NotReached(NOT_RUN))
        if self._allowance.seconds_left() <= 0:
            late = f"The notebook takes more than {self._limits.total_seconds} s."
            return Attempt(NotReached(f"{NOT_RUN} {late}"), cut_short=True)
        if passed_on is not None and (used := passed_on.pop(snapshot, None)):
            seconds = max(1, self._limits.cell_seconds // _SHARE)
            ended = attempt(used, source, replace(self._limits, cell_seconds=seconds), name)
            if ended.error is None:
                passed_on[snapshot] = used
                return ended
            used.end()
        try:
            own = snapshot if last else self._lineage.forked_from(snapshot)
        except StudentGone as gone:
            self.notes.append(f"The test `{name}` could not start: the code before it left no room for it.")
            return Attempt(gone, cut_short=True)
        ended = attempt(own, source, self._limits, name)
        if ended.error is None and passed_on is not None:
            passed_on[snapshot] = own
        else:
            own.end()
        return ended


def result(
    test: TestResult, whole: Attempt, visible: Attempt | None, causes: Mapping[str, str] | None = None
) -> TestResult:
    """Return the result of a test; `visible` is how its visible part ended, if that was run.

    `causes` says of names that are not there how their cells failed.
    """
    if whole.error is None:
        return replace(test, state=TestState.PASSED, message="")
    state, message = explain(whole.error, visible.error if visible else None, causes)
    return replace(test, state=state, message=message[:_MAX_MESSAGE])


def visible_part(source: str, whole: Attempt) -> str:
    """Return the visible part of a test where running it alone may say more of how the whole ended."""
    hidden = whole.line in _hidden_lines(source)
    return cells.without_hidden_tests(source) if whole.may_say_more and not hidden else ""


def _only_hidden(source: str, whole: Attempt) -> bool:
    """Return whether a test ended in a hidden part, behind all of its visible checks."""
    hidden, lines = _hidden_lines(source), enumerate(source.splitlines(), 1)
    rest = [text for line, text in lines if line > whole.line and line not in hidden]
    return whole.line in hidden and not any("checks." in text for text in rest)


@functools.lru_cache(maxsize=1000)
def _hidden_lines(source: str) -> frozenset[int]:
    """Return which lines of a test cell, counted from 1, stand in a hidden part."""
    hidden, depth = set(), 0
    for line, text in enumerate(source.splitlines(), 1):
        depth += ("BEGIN HIDDEN" in text) - ("END HIDDEN" in text)
        if depth > 0:
            hidden.add(line)
    return frozenset(hidden)
