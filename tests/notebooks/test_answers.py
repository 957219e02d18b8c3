"""The tests of the tests: every answer of the bank, alone in the solved notebook."""

import json
import re
import subprocess
import sys

import pytest

from examiner.course import read_course
from tests.notebooks.rehearsal import ROOT, answers

COURSE = read_course(ROOT)
N_RIGHT, N_WRONG = 3, 8


def _params(kind):
    for assignment in COURSE.assignments:
        for path in answers(assignment.name, kind=kind):
            name = f"{path.parts[-3]}/{kind}/{path.stem}"
            yield pytest.param(assignment.name, path, id=f"{assignment.name}/{name}")


@pytest.fixture(scope="session")
def rehearsed(tmp_path_factory):
    """A function that gives an answer's results; each assignment is rehearsed once by each worker."""
    known = {}

    def rehearsed(assignment, path):
        if assignment not in known:
            known[assignment] = _rehearse(assignment, tmp_path_factory.mktemp("rehearsal") / "results")
        return known[assignment][f"{path.parts[-3]}/{path.parts[-2]}/{path.stem}"]

    return rehearsed


def _rehearse(assignment, results):
    command = [sys.executable, "-m", "tests.notebooks.rehearsal", assignment, str(results)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=1200)
    assert run.returncode == 0, run.stderr
    lines = [json.loads(line) for line in results.read_text().splitlines()]
    return {line["answer"]: line["tests"] for line in lines}


def _header(path):
    """Return what an answer's first two lines say of it: Approach, or Misconception and Hint."""
    first_lines = path.read_text(encoding="utf-8").splitlines()[:2]
    return dict(
        re.fullmatch(r"# (\w+): (.+)", line).groups() for line in first_lines if line.startswith("# ")
    )


@pytest.mark.parametrize(("assignment", "path"), list(_params("right")))
def test_a_right_answer_is_accepted_and_costs_no_points_anywhere(rehearsed, assignment, path):
    missed = {t["grade_id"]: t["message"] for t in rehearsed(assignment, path) if t["state"] != "passed"}
    assert missed == {}
    assert rehearsed(assignment, path), "the process died"


@pytest.mark.parametrize(("assignment", "path"), list(_params("wrong")))
def test_a_wrong_answer_is_refused_with_its_hint_and_costs_its_own_points_alone(rehearsed, assignment, path):
    tests = rehearsed(assignment, path)
    exercise = path.parts[-3]
    own = [test for test in tests if test["exercise"] == exercise]
    missed = [test for test in own if test["state"] != "passed"]
    assert missed, "accepted"
    assert _header(path)["Hint"] in " ".join(test["message"] for test in missed)
    others = {t["grade_id"]: t["message"] for t in tests if t not in own and t["state"] != "passed"}
    assert others == {}


@pytest.mark.parametrize("assignment", [a.name for a in COURSE.assignments])
def test_every_exercise_has_enough_answers_that_say_what_they_are(assignment):
    from examiner import cells

    source = cells.read_notebook(ROOT / "source" / assignment / COURSE.assignment(assignment).filename)
    tested = {cells.exercise_name(cell) for cell in source.cells if cells.is_test(cell)}
    for exercise in tested:
        right, wrong = answers(assignment, exercise, "right"), answers(assignment, exercise, "wrong")
        assert len(right) >= N_RIGHT, exercise
        assert len(wrong) >= N_WRONG, exercise
        assert all(_header(path).keys() >= {"Approach"} for path in right)
        assert all(_header(path).keys() >= {"Misconception", "Hint"} for path in wrong)
    assert {path.parts[-3] for path in answers(assignment)} == tested
