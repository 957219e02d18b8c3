"""Hands in each attack of `tests/attacks` here and, where it is harmless, to plain notebook execution.

Run by `python -m benchmarks.attacks`. Plain is what nbgrader's autograder does by itself: answers and tests,
hidden ones too, run in one kernel with the rights of the grader, and their outputs go into the feedback.
"""

import contextlib
import os
import tempfile
from dataclasses import replace
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from examiner.batch import grade
from examiner.bubblewrap import GRADING_ENVIRONMENT
from examiner.cells import exercise_name, is_test, read_notebook
from examiner.course import read_course
from examiner.release import solution
from tests.examiner.conftest import ASSIGNMENT, make_course
from tests.examiner.test_attacks import HIDDEN, attacks

HEADER = f"{'attack':52}{'plain gained':>14}{'plain leaked':>14}{'here gained':>14}{'here leaked':>14}"


def main():
    """Print a table with a row for each attack, and how many of them got something."""
    os.environ.update(GRADING_ENVIRONMENT, PYDEVD_DISABLE_FILE_VALIDATION="1")
    print(HEADER, flush=True)
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        course = read_course(make_course(Path(folder) / "course"))
        course = replace(course, limits=replace(course.limits, cell_seconds=2))
        for attack in attacks():
            plain = in_one_kernel(attack, course) if attack.says("Harmless") else ("not run", "not run")
            rows.append([*plain, *in_the_sandbox(attack, course)])
            print(f"{attack.name:52}" + "".join(f"{word:>14}" for word in rows[-1]), flush=True)
    counts = [sum(row[column] == "yes" for row in rows) for column in range(4)]
    print(f"{f'{len(rows)} attacks':52}" + "".join(f"{count:>14}" for count in counts))


def attacked_notebook(attack, course):
    """Return the solved notebook with the attack in its place, and the exercise that it attacks."""
    attacked = attack.says("Cell") or "add"
    notebook = solution(course, course.assignment(ASSIGNMENT))
    for cell in notebook.cells:
        cell.source = attack.source if cell.id == attacked else cell.source
    return notebook, attacked


def in_one_kernel(attack, course):
    """Return what the attack gains and leaks where tests run beside it."""
    notebook, attacked = attacked_notebook(attack, course)
    source = read_notebook(course.path("source", course.assignment(ASSIGNMENT)) / "adding.ipynb")
    tests = {cell.id: cell.source for cell in source.cells if is_test(cell)}
    for cell in notebook.cells:
        cell.source = tests.get(cell.id, cell.source)
    client = NotebookClient(notebook, timeout=10, allow_errors=True, extra_arguments=["--log-level=40"])
    with contextlib.suppress(Exception):  # whatever stops it, what it did before counts
        client.execute()
    return what_it_got(notebook, attacked)


def in_the_sandbox(attack, course):
    """Return what the attack gains and leaks here."""
    assignment = course.assignment(ASSIGNMENT)
    notebook, attacked = attacked_notebook(attack, course)
    folder = course.path("submitted", assignment, "student")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / assignment.filename).write_text(nbformat.writes(notebook), encoding="utf-8")
    grade(course, assignment, "student", anew=True)
    graded = course.path("autograded", assignment, "student") / assignment.filename
    return what_it_got(read_notebook(graded), attacked)


def what_it_got(notebook, attacked):
    """Return whether the attacked exercise passed, and whether outputs show something hidden."""
    test = next(cell for cell in notebook.cells if is_test(cell) and exercise_name(cell) == attacked)
    passed = test.outputs and not any(output.output_type == "error" for output in test.outputs)
    shown = str([cell.get("outputs", []) for cell in notebook.cells])
    leaked = "GOT IN" in shown or any(secret in shown for secret in HIDDEN)
    return ("yes" if passed else "no"), ("yes" if leaked else "no")


if __name__ == "__main__":
    main()
