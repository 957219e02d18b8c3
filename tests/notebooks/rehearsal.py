"""Tries answers in the solved notebook, one at a time, by the real engine.

    solved notebook in one sandbox:  setup ─ … ─ solution ─ … ─ solution ─ … ─ end
                                                 │ fork          │ fork      for each candidate
                                                 └─ candidate in its place ─ the cells after it ─▶ tests

The student process runs the solved notebook once. Before each solution cell (a `Stop`) it is forked once per
candidate; the fork runs the candidate instead of the solution, then as much of what follows as the one who
asks wants to see. So a candidate costs a fork and what it runs, and no imports. Earlier exercises cannot be
touched: their tests have run.

Run as a program of its own, `python -m tests.notebooks.rehearsal ASSIGNMENT FILE [EXERCISE …]`, it grades
every answer of the bank, or of these exercises, some of them with the whole rest of the notebook (all of them
with BANK=all). It writes a JSON line for each, and shares no process with the tests because it forks. Cells
that only show something are left out, which holds them to it (`test_gates` grades whole notebooks).
`tests.mutants` and `tests.dresses` try what they make in the same way.
"""

import contextlib
import copy
import json
import os
import signal
import sys
import tempfile
import traceback
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from examiner.course.facts import Limits, read_course
from examiner.exam.examination import exam_tests
from examiner.exam.notebook_run import NotebookRun, result, visible_part
from examiner.exam.preimports import needed_by_answers, needed_by_tests
from examiner.inside.nursery_process import import_all
from examiner.notebook import cells
from examiner.sandbox.allowance import Allowance
from examiner.sandbox.nursery_client import NurseryClient
from examiner.sandbox.student_client import StudentClient, StudentGone

ROOT = Path(__file__).parents[2]
BANK = ROOT / "tests" / "answers"
SECONDS_PER_CANDIDATE = 120
# More than two busy forks of one sandbox would give way to everything else on the machine.
N_PROCESSES = 1 if "PYTEST_XDIST_WORKER" in os.environ else 2
N_TO_THE_END = 2


def answers(assignment, exercise="*", kind="*"):
    """Return the paths of an assignment's answers: <exercise>/<right or wrong>/<name>.py."""
    return sorted((BANK / assignment).glob(f"{exercise}/{kind}/*.py"))


@dataclass(frozen=True)
class Candidate:
    """What is run in the place of a solution: the sources of a cell or more, and what to call it.

    `cell_seconds` is how long each cell and each test may take; 0 stands for the course's limit. `modules`
    are imported beforehand, once for all candidates that need the same.
    """

    name: str
    sources: tuple[str, ...]
    cell_seconds: float = 0
    modules: frozenset[str] = frozenset()


# Is given a candidate and the cells, its own first; runs them, and returns what it saw, as JSON can hold it.
Examine = Callable[[Candidate, NotebookRun, list[Any]], Any]


@dataclass(frozen=True)
class Stop:
    """The solved notebook before one of its solution cells, where candidates can be tried in its place."""

    assignment: str
    exercise: str
    source: Any
    place: int
    student: StudentClient
    limits: Limits

    @property
    def solution(self):
        """The solution cell itself."""
        return self.source.cells[self.place]

    def try_each(
        self,
        candidates: Iterable[Candidate],
        examine: Examine,
        n_processes=N_PROCESSES,
        *,
        doubtful: Callable[[Any], bool] = lambda seen: False,
    ) -> Iterator[tuple[Candidate, Any]]:
        """Yield each candidate, in the order in which they end, with what `examine` returned.

        That is None where the process died. An error of `examine` itself is raised here. What died, or is
        `doubtful`, may have been the machine's fault: it is tried once more, alone, when all others are done.
        """
        again = []
        for candidate, seen in self._each_once(candidates, examine, n_processes):
            if seen is None or doubtful(seen):
                again.append(candidate)
            else:
                yield candidate, seen
        yield from self._each_once(again, examine, 1)

    def _each_once(self, candidates, examine, n_processes):
        """Yield candidates with the same modules one after the other, and what was seen of each."""
        groups = {}
        for candidate in candidates:
            groups.setdefault(candidate.modules, []).append(candidate)
        for modules, group in groups.items():
            with self._knowing(modules) as stop:
                yield from stop._each_of_a_group(group, examine, n_processes)

    @contextlib.contextmanager
    def _knowing(self, modules):
        """Give this stop with modules imported; without, as it is, since what is imported costs each fork."""
        if not modules:
            yield self
            return
        student = StudentClient(*self.student.fork())
        for module in sorted(modules):
            student.run(f"exec('import {module}', {{}})", SECONDS_PER_CANDIDATE)  # binds no name
        student.run("exec('import gc; gc.collect(); gc.freeze()', {})", SECONDS_PER_CANDIDATE)  # as `settle`
        try:
            yield replace(self, student=student)
        finally:
            student.end()

    def _each_of_a_group(self, candidates, examine, n_processes):
        running = {}
        try:
            for candidate in candidates:
                if len(running) >= n_processes:
                    yield _collected(running)
                self._start(running, candidate, examine)
            while running:
                yield _collected(running)
        finally:
            for process in running:  # the one who asked wants no more
                os.kill(process, signal.SIGKILL)
                os.waitpid(process, 0)

    def _start(self, running, candidate, examine):
        """Fork a process that examines the candidate."""
        wire, *_ = self._forked()
        answer = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115  (closed where it is read)
        child = os.fork()
        if child:
            wire.close()
            running[child] = (candidate, answer)
            return
        try:
            json.dump(self._seen(wire, candidate, examine), answer)
            answer.flush()
        finally:
            os._exit(0)

    def _forked(self):
        """Fork the student process: a second time where a busy machine was late with it."""
        try:
            return self.student.fork()
        except StudentGone:
            return self.student.fork()

    def _seen(self, wire, candidate, examine):
        cell_seconds = candidate.cell_seconds or self.limits.cell_seconds
        limits = replace(self.limits, cell_seconds=cell_seconds, total_seconds=SECONDS_PER_CANDIDATE)
        run = NotebookRun(StudentClient(wire), limits, Allowance(limits.total_seconds))
        try:
            return {"seen": examine(candidate, run, self._with(candidate))}
        except Exception:  # of the examiner or of the one who asks: it must not pass for a verdict
            return {"failed": traceback.format_exc()}

    def _with(self, candidate):
        """Return the cells from here on, with the candidate's in the place of the solution."""
        own = [copy.deepcopy(self.solution) for _ in candidate.sources]
        for cell, source in zip(own, candidate.sources, strict=True):
            cell.source = source
        return [*own, *self.source.cells[self.place + 1 :]]


def _collected(running):
    """Wait for one process; return its candidate and what it saw."""
    child, _ = os.wait()
    candidate, answer = running.pop(child)
    with answer:
        answer.seek(0)
        text = answer.read()
    found = json.loads(text) if text.endswith("}") else {"seen": None}  # or it was killed before it could say
    if "failed" in found:
        raise RuntimeError(f"{candidate.name} could not be examined:\n{found['failed']}")
    return candidate, found["seen"]


@contextlib.contextmanager
def stops(course, assignment, *, shows=False) -> Iterator[Iterator[Stop]]:
    """Give the stops of an assignment's solved notebook; `shows` says whether showing cells belong to it."""
    source = cells.read_notebook(ROOT / "source" / assignment.name / assignment.filename)
    kept = [c for c in source.cells if c.cell_type == "code" and (shows or not cells.only_shows(c))]
    source.cells = kept
    import_all(needed_by_tests(source))  # or each fork would do it
    with (
        contextlib.closing(NurseryClient()) as nursery,
        nursery.sandbox(course.limits, needed_by_answers(source)) as box,
    ):
        first = StudentClient(box.wire, time_used=box.watched.used)  # of its own: others may use the machine
        yield _stops(assignment.name, StudentClient(*first.fork()), source, course.limits)


def _stops(assignment, student, source, limits):
    for place, cell in enumerate(source.cells):
        if cells.is_solution(cell):
            yield Stop(assignment, cells.grade_id(cell), source, place, student, limits)
        if not cells.is_test(cell):
            student.run(cells.as_run(cell), limits.cell_seconds)


def chosen_stops(course, assignment, exercises=(), *, shows=False) -> Iterator[Stop]:
    """Yield the stops of an assignment's tested exercises, or of these among them, and run no further."""
    source = cells.read_notebook(ROOT / "source" / assignment.name / assignment.filename)
    tested = list(dict.fromkeys(test.exercise for test in exam_tests(source)))
    wanted = [name for name in tested if name in exercises or not exercises]
    if wanted:
        with stops(course, assignment, shows=shows) as all_stops:
            for stop in all_stops:
                if stop.exercise in wanted:
                    yield stop
                if stop.exercise == wanted[-1]:
                    return


def rehearse(course, assignment, write, exercises=()):
    """Call `write` with how each answer of an assignment's bank is graded, as a line of JSON."""
    for stop in chosen_stops(course, assignment, exercises):
        bank = [
            Candidate(f"{stop.exercise}/{path.parts[-2]}/{path.stem}", (path.read_text("utf-8"),))
            for path in answers(assignment.name, stop.exercise)
        ]
        for candidate, graded in stop.try_each(bank, _graded_by(stop)):
            write(json.dumps({"answer": candidate.name} | (graded or {"tests": [], "seen": False})))


def _graded_by(stop):
    """Return what examines a candidate: how the tests end when the cells from there on are run."""
    tests = [cell for cell in stop.source.cells if cells.is_test(cell)]
    pairs = list(zip(tests, exam_tests(stop.source), strict=True))
    to_the_end = _tried_to_the_end(stop)

    def examine(candidate, run, notebook_cells):
        if candidate.name not in to_the_end:
            own = [place for place, cell in enumerate(notebook_cells) if _is_test_of(cell, stop.exercise)]
            notebook_cells = notebook_cells[: own[-1] + 1]
        run.run_all(notebook_cells)
        reached = {cells.grade_id(cell) for cell in notebook_cells}
        found = [asdict(_result(run, *pair)) for pair in pairs if pair[1].grade_id in reached]
        own = [cell for cell in tests if _is_test_of(cell, stop.exercise)]
        seen = "/wrong/" in candidate.name and any(_is_seen(run, cell) for cell in own)
        return {"tests": found, "seen": seen}

    return examine


def _is_seen(run, cell):
    """Return whether the visible part of a test, which is all that a student has, refuses the answer."""
    return run.attempt(cells.grade_id(cell), cells.without_hidden_tests(cell.source)).error is not None


def _tried_to_the_end(stop):
    """Return the names of the answers that are tried with the whole rest of the notebook.

    The others are tried with the tests of their own exercise alone: what an answer does to other exercises is
    looked at in some of each kind, and in all of them with the environment variable BANK=all.
    """
    n_tried = None if os.environ.get("BANK") == "all" else N_TO_THE_END
    return {
        f"{stop.exercise}/{kind}/{path.stem}"
        for kind in ("right", "wrong")
        for path in answers(stop.assignment, stop.exercise, kind)[:n_tried]
    }


def _is_test_of(cell, exercise):
    return cells.is_test(cell) and cells.exercise_name(cell) == exercise


def _result(run, cell, test):
    """Return how a test ends; its visible part is run alone, as in grading, where that decides a message."""
    whole = run.attempt(test.grade_id, cell.source)
    part = visible_part(cell.source, whole)
    return result(test, whole, run.attempt(test.grade_id, part) if part else None, run.causes)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    course = read_course(ROOT)
    with Path(sys.argv[2]).open("w", encoding="utf-8") as lines:
        assignment = course.assignment(sys.argv[1])
        rehearse(course, assignment, lambda line: print(line, file=lines, flush=True), sys.argv[3:])
