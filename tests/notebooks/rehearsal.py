"""Grades every answer of an assignment's bank in the solved notebook, one at a time, without kernels.

    solved notebook in one shell:  setup ─ … ─ solution ─ … ─ solution ─ … ─ end
                                               │ fork          │ fork      for each answer
                                               └─ answer in its place ─ the rest of the notebook ─▶ results

The shell runs the solved notebook once. Before each solution cell it forks once per answer; the fork runs
the answer instead of the solution, then all that follows, and its cells are read by
`examiner.exam.read_results`, as those of a real grading are. So an answer costs the rest of the notebook and
no imports, and what it does to every later exercise is seen. Earlier exercises cannot be touched: their tests
have run. Cells that only draw are left out: no answer and no test takes anything from them (`test_gates`
grades whole notebooks for real).

Run as a program of its own, `python -m tests.notebooks.rehearsal ASSIGNMENT FILE`, it writes a JSON line per
answer; it shares no process with the tests because it forks.
"""

import ast
import contextlib
import io
import json
import os
import signal
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from IPython.utils.capture import capture_output
from nbformat.v4 import new_output

from examiner import cells
from examiner.course import read_course
from examiner.exam import GRADING_ENVIRONMENT, exam_tests, read_results
from tests.notebooks.solved import open_shell

ROOT = Path(__file__).parents[2]
BANK = ROOT / "tests" / "answers"
SECONDS_PER_ANSWER = 120
N_PROCESSES = 2


def answers(assignment, exercise="*", kind="*"):
    """Return the paths of an assignment's answers: <exercise>/<right or wrong>/<name>.py."""
    return sorted((BANK / assignment).glob(f"{exercise}/{kind}/*.py"))


def rehearse(assignment, write):
    """Run the solved notebook of an assignment and call `write` with the result of each answer."""
    source = cells.read_notebook(ROOT / "source" / assignment.name / assignment.filename)
    running = {}
    with tempfile.TemporaryDirectory() as folder, open_shell(folder) as shell:
        source.cells = _needed(source.cells, shell.transform_cell)
        for place, cell in enumerate(source.cells):
            if cells.is_solution(cell):
                for path in answers(assignment.name, cells.grade_id(cell)):
                    if len(running) >= N_PROCESSES:
                        _collect(running, write)
                    _start(running, shell, source, place, path)
            _run_cell(shell, cell)
        while running:
            _collect(running, write)


def _needed(all_cells, to_python):
    """Return the code cells that are graded or answers, and those that give them names."""
    kept, names = [], set()
    for cell in reversed([cell for cell in all_cells if cell.cell_type == "code"]):
        found = [node for node in ast.walk(ast.parse(to_python(cell.source))) if hasattr(node, "ctx")]
        binds = {node.id for node in found if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
        if cells.grade_id(cell) or cell.id == "setup" or binds & names:
            names |= {node.id for node in found if isinstance(node, ast.Name)}
            kept.append(cell)
    return kept[::-1]


def _start(running, shell, source, place, path):
    """Fork a process that runs the answer at `path` in the cell at `place`, and the cells after it."""
    result = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115  (closed where it is read)
    child = os.fork()
    if child:
        running[child] = (path, result)
        return
    try:
        signal.alarm(SECONDS_PER_ANSWER)
        source.cells[place].source = path.read_text(encoding="utf-8")
        for cell in source.cells[place:]:
            _run_cell(shell, cell)
        results = read_results(source, exam_tests(source))
        json.dump([asdict(test) for test in results], result)
        result.flush()
    finally:
        os._exit(0)


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


def _run_cell(shell, cell):
    """Run a code cell and give it the outputs that decide how it is graded."""
    with capture_output():
        outcome = shell.run_cell(cell.source)
    cell.execution_count = shell.execution_count
    error = outcome.error_before_exec or outcome.error_in_exec
    cell.outputs = [_error_output(shell, error)] if error else []


def _error_output(shell, error):
    with contextlib.redirect_stdout(io.StringIO()):
        traceback = shell.InteractiveTB.structured_traceback(type(error), error, error.__traceback__)
    return new_output("error", ename=type(error).__name__, evalue=str(error), traceback=traceback)


if __name__ == "__main__":
    os.environ.update(GRADING_ENVIRONMENT)
    with Path(sys.argv[2]).open("w", encoding="utf-8") as lines:
        rehearse(read_course(ROOT).assignment(sys.argv[1]), lambda line: print(line, file=lines, flush=True))
