import pytest

from examiner.exam import examine
from examiner.verdict import SubmissionState, TestState


@pytest.fixture
def verdict_on(course, assignment, hand_in):
    def verdict_on(answers=None, **how):
        hand_in("student", answers, **how)
        return examine(course, assignment, "student")[0]

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
    expected = "add on other numbers is not right: it is 3. It must use both arguments."
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
    verdict = verdict_on({"add": "", "double": "def double(a):\n    return 2 * a"})
    assert verdict.tests[0].message == "Your code raised NameError: name 'add' is not defined"


def test_a_name_error_made_up_to_show_hidden_data_shows_nothing(verdict_on):
    spy = "def add(a, b):\n    if a != 1:\n        raise NameError(f'{a} {b}')\n    return 3"
    assert "31.5" not in verdict_on({"add": spy}).tests[0].message


def test_a_loop_without_end_times_out_and_costs_only_its_own_points(verdict_on):
    verdict = verdict_on({"add": "def add(a, b):\n    while True:\n        pass"})
    assert states(verdict) == {"add-test": TestState.TIMED_OUT, "double-test": TestState.PASSED}
    assert "a loop that never ends" in verdict.tests[0].message


def test_a_kernel_that_dies_is_sent_to_a_person(verdict_on):
    verdict = verdict_on({"add": "import os\nos._exit(1)"})
    assert verdict.state is SubmissionState.NEEDS_REVIEW
    assert verdict.reason.startswith("It could not be run: ")
    assert "Kernel died" in verdict.reason
    assert verdict.points == 0


@pytest.mark.parametrize("text", ["", "{ not json", "[]", '{"cells": 3}'], ids=repr)
def test_a_file_that_is_no_notebook_is_unreadable_and_says_why(verdict_on, text):
    verdict = verdict_on(text=text)
    assert verdict.state is SubmissionState.UNREADABLE
    assert verdict.reason.startswith("adding.ipynb: not a notebook")
    assert verdict.points == 0


def test_a_renamed_file_is_named_in_the_reason(verdict_on):
    verdict = verdict_on(filename="adding (1).ipynb")
    assert verdict.reason == "expected adding.ipynb, found adding (1).ipynb: rename the file or ask for it"


def test_a_test_cell_that_was_deleted_earns_nothing(course, assignment, hand_in):
    import nbformat

    from examiner.release import solution

    notebook = solution(course, assignment)
    notebook.cells = [cell for cell in notebook.cells if cell.id != "add-test"]
    hand_in("student", text=nbformat.writes(notebook))
    verdict, _ = examine(course, assignment, "student")
    assert states(verdict)["add-test"] is TestState.NOT_REACHED
    assert verdict.tests[0].message == "This test did not run."


def test_unchanged_work_is_not_run_again_unless_asked(course, assignment, hand_in):
    hand_in("student")
    first, ran = examine(course, assignment, "student")
    assert ran
    assert examine(course, assignment, "student") == (first, False)
    assert examine(course, assignment, "student", anew=True) == (first, True)


def test_changed_work_is_run_again(course, assignment, hand_in):
    hand_in("student", {"add": "def add(a, b):\n    return 3"})
    assert examine(course, assignment, "student")[0].points == 0
    hand_in("student")
    assert examine(course, assignment, "student")[0].points == 60


def test_the_environment_of_the_grader_is_left_as_it_was(course, assignment, hand_in, monkeypatch):
    import os

    monkeypatch.delenv("NEUROCOURSE_QUICK", raising=False)
    before = dict(os.environ)
    hand_in(
        "student",
        {"add": "import os\ndef add(a, b):\n    return a + b * int(os.environ['NEUROCOURSE_QUICK'])"},
    )
    assert examine(course, assignment, "student")[0].points == 60
    assert dict(os.environ) == before
