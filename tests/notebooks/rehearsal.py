"""Grades every answer of an assignment's bank in the solved notebook, one at a time, by the real engine.

    solved notebook in one sandbox:  setup ─ … ─ solution ─ … ─ solution ─ … ─ end
                                                 │ fork          │ fork      for each answer
                                                 └─ answer in its place ─ the rest of the notebook ─▶ tests

The student process runs the solved notebook once. Before each solution cell it is forked once per answer;
the fork runs the answer instead of the solution, then all that follows, and is examined by
`NotebookRun` as a whole notebook is. So an answer costs the rest of the notebook and no imports, and
what it does to every later exercise is seen. Earlier exercises cannot be touched: their tests have run. Cells
that only show something are left out, which holds them to it (`test_gates` grades whole notebooks).

Run as a program of its own, `python -m tests.notebooks.rehearsal ASSIGNMENT FILE [EXERCISE …]`, it writes a
JSON line per answer; it shares no process with the tests because it forks.
"""

import contextlib
import json
import os
import signal
import sys
import tempfile
import warnings
from dataclasses import asdict
from pathlib import Path

from examiner import cells
from examiner.allowance import Allowance
from examiner.course import read_course
from examiner.exam import exam_tests
from examiner.imports import needed_by_answers, needed_by_tests
from examiner.notebook_run import NotebookRun, result, visible_part
from examiner.nursery import import_all
from examiner.remote import Student, StudentGone
from examiner.sandbox import NurseryProcess

ROOT = Path(__file__).parents[2]
BANK = ROOT / "tests" / "answers"
SECONDS_PER_ANSWER = 120
N_PROCESSES = 2


def answers(assignment, exercise="*", kind="*"):
    """Return the paths of an assignment's answers: <exercise>/<right or wrong>/<name>.py."""
    return sorted((BANK / assignment).glob(f"{exercise}/{kind}/*.py"))


def rehearse(course, assignment, write, exercises=()):
    """Run the solved notebook of an assignment and call `write` with the result of each answer.

    Where exercises are named, their answers alone are run, and the notebook no further than they need it.
    """
    waiting = {path for path in answers(assignment.name) if not exercises or path.parts[-3] in exercises}
    source = cells.read_notebook(ROOT / "source" / assignment.name / assignment.filename)
    source.cells = [c for c in source.cells if c.cell_type == "code" and not cells.only_shows(c)]
    import_all(needed_by_tests(source))  # or each fork would do it
    running = {}
    with (
        contextlib.closing(NurseryProcess()) as nursery,
        nursery.sandbox(course.limits, needed_by_answers(source)) as box,
    ):
        first = Student(box.wire, time_used=box.watched.used)
        student = Student(*first.fork())
        for place, cell in enumerate(source.cells):
            own = {
                path for path in waiting if cells.is_solution(cell) and path.parts[-3] == cells.grade_id(cell)
            }
            for path in sorted(own):
                if len(running) >= N_PROCESSES:
                    _collect(running, write)
                wire = _forked(student, running, write)
                _start(running, wire, source, place, path, course.limits)
            waiting -= own
            if not waiting:
                break
            if not cells.is_test(cell):
                student.run(cells.as_run(cell), course.limits.cell_seconds)
        while running:
            _collect(running, write)


def _forked(student, running, write):
    """Return the wire of a student process that is as this one is now.

    One that does not answer in time is asked once more, when nothing else of ours is running.
    """
    try:
        wire, *_ = student.fork()
    except StudentGone:
        while running:
            _collect(running, write)
        wire, *_ = student.fork()
    return wire


def _start(running, wire, source, place, path, limits):
    """Fork a process that runs the answer at `path` in the cell at `place`, and the cells after it."""
    result = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115  (closed where it is read)
    child = os.fork()
    if child:
        wire.close()
        running[child] = (path, result)
        return
    try:
        signal.alarm(SECONDS_PER_ANSWER)
        source.cells[place].source = path.read_text(encoding="utf-8")
        run = NotebookRun(Student(wire), limits, Allowance(limits.total_seconds))
        json.dump(_examine(run, source, place), result)
        result.flush()
    finally:
        os._exit(0)


def _examine(run, source, place):
    """Return how the tests after `place` end when the cells from there on are run."""
    run.run_all(source.cells[place:])
    tests = [cell for cell in source.cells if cells.is_test(cell)]
    results = [_result(run, *test) for test in zip(tests, exam_tests(source), strict=True)]
    reached = {cells.grade_id(cell) for cell in source.cells[place:]}
    return [asdict(result) for result in results if result.grade_id in reached]


def _result(run, cell, test):
    """Return how a test ends; its visible part is run alone, as in grading, where that decides a message."""
    whole = run.attempt(test.grade_id, cell.source)
    part = visible_part(cell.source, whole)
    return result(test, whole, run.attempt(test.grade_id, part) if part else None, run.causes)


def _collect(running, write):
    """Wait for one process and write its result; a process that died has none."""
    child, status = os.wait()
    path, result = running.pop(child)
    with result:
        result.seek(0)
        text = result.read()
    kind, exercise = path.parts[-2], path.parts[-3]
    line = {"answer": f"{exercise}/{kind}/{path.stem}", "status": status, "tests": json.loads(text or "[]")}
    write(json.dumps(line))


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    course = read_course(ROOT)
    with Path(sys.argv[2]).open("w", encoding="utf-8") as lines:
        assignment = course.assignment(sys.argv[1])
        rehearse(course, assignment, lambda line: print(line, file=lines, flush=True), sys.argv[3:])
