import json
import shutil
from pathlib import Path

import nbformat
import pytest

import neurocourse
from examiner import cells
from examiner.batch import grade
from examiner.grading import edition
from examiner.release import solution
from examiner.verdict import SubmissionState, TestState


@pytest.fixture
def verdict_on(course, assignment, hand_in):
    def verdict_on(answers=None, **how):
        hand_in("student", answers, **how)
        return grade(course, assignment, "student")[0]

    return verdict_on


def states(verdict):
    return {test.grade_id: test.state for test in verdict.tests}


def test_the_solution_earns_all_points(verdict_on):
    verdict = verdict_on()
    assert (verdict.state, verdict.reason) == (SubmissionState.GRADED, "")
    assert (verdict.points, verdict.bonus) == (60, 5)


def test_a_wrong_answer_earns_nothing_for_its_exercise_alone(verdict_on):
    verdict = verdict_on({"add": "def add(a, b):\n    return 3"})
    assert states(verdict) == {"add-test": TestState.FAILED, "double-test": TestState.PASSED}
    expected = "add on other numbers is not right. It must use both arguments."
    assert verdict.tests[0].message == expected
    assert (verdict.points, verdict.bonus) == (0, 5)


def test_an_unfilled_stub_is_called_unfinished(verdict_on):
    verdict = verdict_on({"add": "def add(a, b):\n    raise NotImplementedError()"})
    assert verdict.tests[0].state is TestState.ERROR
    assert verdict.tests[0].message == "This exercise is not filled in yet."


def test_a_right_answer_that_warns_and_prints_keeps_its_points(verdict_on):
    noisy = "import warnings\ndef add(a, b):\n    warnings.warn('hm')\n    print(1)\n    return a + b"
    assert verdict_on({"add": noisy}).points == 60


def test_an_error_in_the_visible_part_is_told_and_in_the_hidden_part_only_named(verdict_on):
    visible = verdict_on({"add": "def add(a, b):\n    return a + b + c"})
    assert visible.tests[0].message == "Your code raised NameError: name 'c' is not defined"
    hidden = verdict_on({"add": "def add(a, b):\n    return [3][int(a) - 1]"})
    assert hidden.tests[0].message == (
        "Your code raised IndexError on other data than the visible example: "
        "does it use its arguments only, whatever their size and type?"
    )


def test_a_function_that_was_never_defined_is_named(verdict_on):
    verdict = verdict_on({"add": "plus = sum", "double": "def double(a):\n    return 2 * a"})
    assert verdict.tests[0].message == "Your code raised NameError: name 'add' is not defined"


def test_a_cell_that_was_emptied_is_called_unfinished(verdict_on):
    verdict = verdict_on({"add": "\n"})
    assert verdict.tests[0].message == "This exercise is not filled in yet."
    assert verdict.repairs == ("The cell `add` was missing; it counts as not filled in.",)


def test_a_name_error_made_up_to_show_hidden_data_shows_nothing(verdict_on):
    spy = "def add(a, b):\n    if a != 1:\n        raise NameError(f'{a} {b}')\n    return 3"
    assert "31.5" not in verdict_on({"add": spy}).tests[0].message


def test_a_loop_without_end_times_out_and_costs_only_its_own_points(verdict_on):
    verdict = verdict_on({"add": "def add(a, b):\n    while True:\n        pass"})
    assert states(verdict) == {"add-test": TestState.TIMED_OUT, "double-test": TestState.PASSED}
    assert "a loop that never ends" in verdict.tests[0].message


def test_a_kernel_that_dies_costs_the_cell_that_ended_it_and_no_other(verdict_on):
    verdict = verdict_on({"add": "import os\nos._exit(1)"})
    assert verdict.state is SubmissionState.GRADED
    assert states(verdict) == {"add-test": TestState.ERROR, "double-test": TestState.PASSED}
    assert (
        verdict.tests[0].message == "The cell `add` ended the process that ran it. So `add` is not defined."
    )
    assert verdict.notes == ("The cell `add` ended the process that ran it; nothing of it counts.",)
    assert (verdict.points, verdict.bonus) == (0, 5)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "adding.ipynb is empty. "),
        ("{ not json", "adding.ipynb is not a notebook: it is not valid JSON, or it was cut short. "),
        ("[]", "adding.ipynb is not a notebook: expected an object with cells. "),
        ('{"cells": 3}', "adding.ipynb is not a notebook: it has no list of cells. "),
    ],
    ids=["empty", "not JSON", "a list", "cells of no list"],
)
def test_a_file_that_is_no_notebook_is_unreadable_and_says_why(verdict_on, text, reason):
    verdict = verdict_on(text=text)
    assert verdict.state is SubmissionState.UNREADABLE
    assert verdict.reason == reason + "Download it again with File ▸ Download (.ipynb) and hand that file in."
    assert verdict.points == 0


def test_another_assignments_notebook_is_for_a_person(verdict_on):
    other = {"cells": [{"cell_type": "code", "source": "mass = 3"}]}
    verdict = verdict_on(text=json.dumps(other))
    assert verdict.state is SubmissionState.NEEDS_REVIEW
    assert "Hand in the notebook of this assignment." in verdict.reason
    assert verdict.points == 0


def test_a_renamed_file_is_graded_and_the_verdict_says_so(verdict_on):
    verdict = verdict_on(filename="adding (1).ipynb")
    assert verdict.repairs == ("The file `adding (1).ipynb` was taken for `adding.ipynb`.",)
    assert verdict.points == 60


def test_a_test_cell_that_was_deleted_is_put_back_and_run(course, assignment, hand_in):
    notebook = solution(course, assignment)
    notebook.cells = [cell for cell in notebook.cells if cell.id != "add-test"]
    hand_in("student", text=nbformat.writes(notebook))
    verdict, _ = grade(course, assignment, "student")
    assert verdict.repairs == ("The test cell `add-test` was missing and was put back.",)
    assert (verdict.points, verdict.bonus) == (60, 5)


def test_unchanged_work_is_not_run_again_unless_asked(course, assignment, hand_in):
    hand_in("student")
    first, ran = grade(course, assignment, "student")
    assert ran
    assert grade(course, assignment, "student") == (first, False)
    assert grade(course, assignment, "student", anew=True) == (first, True)


def test_changed_work_is_run_again(course, assignment, hand_in):
    hand_in("student", {"add": "def add(a, b):\n    return 3"})
    assert grade(course, assignment, "student")[0].points == 0
    hand_in("student")
    assert grade(course, assignment, "student")[0].points == 60


def test_the_environment_of_the_grader_is_left_as_it_was(course, assignment, hand_in, monkeypatch):
    import os

    monkeypatch.delenv("NEUROCOURSE_QUICK", raising=False)
    before = dict(os.environ)
    hand_in(
        "student",
        {"add": "import os\ndef add(a, b):\n    return a + b * int(os.environ['NEUROCOURSE_QUICK'])"},
    )
    assert grade(course, assignment, "student")[0].points == 60
    assert dict(os.environ) == before


def test_formgrader_finds_a_notebook_and_the_time_of_every_submission(course, assignment, hand_in):
    hand_in("student", text="{", timestamp="2027-02-12 10:00:00 UTC")
    verdict, _ = grade(course, assignment, "student")
    folder = course.path("autograded", assignment, "student")
    shown = cells.read_notebook(folder / assignment.filename)
    assert [cell.source for cell in shown.cells] == [f"**Not graded.** {verdict.reason}"]
    assert (folder / "timestamp.txt").read_text() == "2027-02-12 10:00:00 UTC"
    (course.path("submitted", assignment, "student") / "timestamp.txt").unlink()
    grade(course, assignment, "student")
    assert not (folder / "timestamp.txt").exists()


@pytest.mark.parametrize("name", ["course.mplstyle", "registry.toml", "glm.py", "plots/canvas.py"])
def test_whatever_of_a_package_decides_results_makes_another_edition(tmp_path, monkeypatch, name):
    package = Path(shutil.copytree(Path(neurocourse.__file__).parent, tmp_path / "neurocourse"))
    monkeypatch.setattr(neurocourse, "__file__", str(package / "__init__.py"))
    before = edition.__wrapped__()
    (package / "__pycache__").mkdir(exist_ok=True)
    (package / "__pycache__" / "glm.pyc").write_bytes(b"another")
    assert edition.__wrapped__() == before
    (package / name).write_text((package / name).read_text() + "\n")
    changed = edition.__wrapped__()
    assert changed != before
    (package / name).rename(package / "plots" / f"other_{Path(name).name}")
    assert edition.__wrapped__() not in (before, changed)
