"""Grades every answer of an assignment's bank in the solved notebook, one at a time, by the real engine.

    solved notebook in one sandbox:  setup ─ … ─ solution ─ … ─ solution ─ … ─ end
                                                 │ fork          │ fork      for each answer
                                                 └─ answer in its place ─ the rest of the notebook ─▶ tests

The student process runs the solved notebook once. Before each solution cell it is forked once per answer;
the fork runs the answer instead of the solution, then all that follows, and is examined by
`NotebookRun` as a whole notebook is. So an answer costs the rest of the notebook and no imports, and
what it does to every later exercise is seen. Earlier exercises cannot be touched: their tests have run. Cells
that only show something are left out, which holds them to it (`test_gates` grades whole notebooks).

Run as a program of its own, `python -m tests.notebooks.rehearsal ASSIGNMENT FILE`, it writes a JSON line per
answer; it shares no process with the tests because it forks.
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

from examiner.course.facts import read_course
from examiner.exam.examination import exam_tests
from examiner.exam.notebook_run import NotebookRun, result, visible_part
from examiner.exam.preimports import needed_by_answers, needed_by_tests
from examiner.inside.nursery_process import import_all
from examiner.notebook import cells
from examiner.sandbox.allowance import Allowance
from examiner.sandbox.nursery_client import NurseryClient
from examiner.sandbox.student_client import StudentClient

ROOT = Path(__file__).parents[2]
BANK = ROOT / "tests" / "answers"
SECONDS_PER_ANSWER = 120
N_PROCESSES = 2


def answers(assignment, exercise="*", kind="*"):
    """Return the paths of an assignment's answers: <exercise>/<right or wrong>/<name>.py."""
    return sorted((BANK / assignment).glob(f"{exercise}/{kind}/*.py"))


def rehearse(course, assignment, write):
    """Run the solved notebook of an assignment and call `write` with the result of each answer."""
    source = cells.read_notebook(ROOT / "source" / assignment.name / assignment.filename)
    source.cells = [c for c in source.cells if c.cell_type == "code" and not cells.only_shows(c)]
    import_all(needed_by_tests(source))  # or each fork would do it
    running = {}
    with (
        contextlib.closing(NurseryClient()) as nursery,
        nursery.sandbox(course.limits, needed_by_answers(source)) as box,
    ):
        student = StudentClient(*StudentClient(box.wire).fork())
        for place, cell in enumerate(source.cells):
            if cells.is_solution(cell):
                for path in answers(assignment.name, cells.grade_id(cell)):
                    if len(running) >= N_PROCESSES:
                        _collect(running, write)
                    _start(running, student, source, place, path, course.limits)
            if not cells.is_test(cell):
                student.run(cells.as_run(cell), course.limits.cell_seconds)
        while running:
            _collect(running, write)


def _start(running, student, source, place, path, limits):
    """Fork a process that runs the answer at `path` in the cell at `place`, and the cells after it."""
    wire, *_ = student.fork()
    result = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115  (closed where it is read)
    child = os.fork()
    if child:
        wire.close()
        running[child] = (path, result)
        return
    try:
        signal.alarm(SECONDS_PER_ANSWER)
        source.cells[place].source = path.read_text(encoding="utf-8")
        run = NotebookRun(StudentClient(wire), limits, Allowance(limits.total_seconds))
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
        rehearse(course, course.assignment(sys.argv[1]), lambda line: print(line, file=lines, flush=True))
