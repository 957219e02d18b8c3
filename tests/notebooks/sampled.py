"""Samples of `make mutants` and `make dresses`, for tests: each command once, in a process that forks."""

import json
import subprocess
import sys

import pytest

from examiner.course.facts import read_course
from examiner.notebook import cells
from tests.notebooks.rehearsal import ROOT

# The samples of all tutorials would take a quarter of an hour; `make mutants dresses` tries them.
SAMPLED = "02_poisson_glm"


def exercise_params(not_yet, reason):
    """Return the tested exercises of a tutorial as parameters of a test; those of `not_yet` should fail.

    `not_yet` has the names of exercises by assignment.
    """
    found = []
    course = read_course(ROOT)
    for assignment in [course.assignment(SAMPLED)]:
        source = cells.read_notebook(ROOT / "source" / assignment.name / assignment.filename)
        for name in dict.fromkeys(cells.exercise_name(cell) for cell in source.cells if cells.is_test(cell)):
            late = name in not_yet.get(assignment.name, ())
            marks = [pytest.mark.xfail(strict=True, reason=reason)] if late else []
            found.append(pytest.param(assignment.name, name, id=f"{assignment.name}/{name}", marks=marks))
    return found


def sample_of(command, number, folder):
    """Return what a command's JSON files say, by assignment, when so many of each exercise are tried."""
    line = [sys.executable, "-m", f"tests.{command}", "--sample", str(number), "--jobs", "1"]
    line += ["--assignment", SAMPLED]
    run = subprocess.run(
        [*line, "--json", str(folder)], cwd=ROOT, capture_output=True, text=True, timeout=900
    )
    assert run.returncode in (0, 1), run.stderr
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in folder.iterdir()}
