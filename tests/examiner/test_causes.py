"""The cause first: what a student reads where a cell failed before its function was there."""

import pytest
from nbformat.v4 import new_code_cell, new_output

from examiner.causes import why_it_failed
from examiner.verdict import TestState
from tests.examiner.conftest import check_cell

F = "def f(x):\n    return x"
TEST = "assert f(1) == 1"


def failed(source, name, value, line=0):
    traceback = [f"\x1b[32mCell\x1b[39m In[3], line {line}"] if line else []
    return why_it_failed(source, [new_output("error", ename=name, evalue=value, traceback=traceback)])


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            ("ModuleNotFoundError", "No module named 'seaborn'", 1),
            "failed at line 1: no module named seaborn where this is graded",
        ),
        (
            ("SyntaxError", "invalid syntax (123.py, line 2)", 2),
            "failed at line 2: SyntaxError: invalid syntax",
        ),
        (("ValueError", "", 3), "failed at line 3: ValueError"),
        (("ValueError", "one\ntwo", 0), "failed: ValueError: one"),
        (("KeyError", "x" * 900, 1), f"failed at line 1: KeyError: {'x' * 200}"),
    ],
)
def test_an_error_is_told_with_its_line(error, said):
    assert failed(F, *error) == said


def test_conflict_marks_are_named_as_such():
    source = "import numpy\n<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> theirs"
    assert failed(source, "SyntaxError", "invalid syntax (1.py, line 2)", 2) == (
        "failed at line 2: conflict marks of a version control system (<<<<<<<): keep one version"
    )
    assert failed("x = 1\n=======", "SyntaxError", "x", 2).startswith("failed at line 2: conflict marks")
    assert "conflict" not in failed(source, "NameError", "name 'y' is not defined", 1)


def test_a_command_that_is_not_there_is_told():
    told = new_output("stream", name="stderr", text="UsageError: Line magic function `%lprun` not found.\n")
    assert why_it_failed("%lprun", [told]) == "failed: Line magic function `%lprun` not found"


def test_a_cell_that_ended_well_has_no_cause():
    assert why_it_failed(F, [new_output("stream", text="x"), new_output("display_data")]) == ""


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (
            f"import seaborn as sns\nsns.set()\n{F}",
            "The cell `f` failed at line 1: no module named seaborn where this is graded. So `f` is not "
            "defined.",
        ),
        (
            f"x = 1\n1 / 0\n{F}",
            "The cell `f` failed at line 2: ZeroDivisionError: division by zero. So `f` is not defined.",
        ),
        (
            f"{F}\n  return 3",
            "The cell `f` failed at line 3: IndentationError: unindent does not match any outer indentation "
            "level. So `f` is not defined.",
        ),
        (
            f"<<<<<<< HEAD\n{F}\n=======\n{F} + 1\n>>>>>>> theirs",
            "The cell `f` failed at line 1: conflict marks of a version control system (<<<<<<<): keep one "
            "version. So `f` is not defined.",
        ),
        (
            f"import os\nos._exit(1)\n{F}",
            "The cell `f` ended the process that ran it. So `f` is not defined.",
        ),
        (
            f"x = {'1 + ' * 59_999}1\n{F}",
            "The cell `f` failed: RecursionError: maximum recursion depth exceeded during compilation. "
            "So `f` is not defined.",
        ),
    ],
    ids=["module", "error", "indentation", "conflict", "exit", "long sum"],
)
def test_the_error_of_an_answers_own_cell_comes_before_that_of_a_test(run_on, cell, said):
    _, _, results = run_on(new_code_cell(cell, id="f"), check_cell(TEST))
    assert (results["f-test"].state, results["f-test"].message) == (TestState.ERROR, said)


def test_the_error_of_a_cell_with_a_helper_comes_before_that_of_the_answer(run_on):
    _, _, results = run_on(
        new_code_cell("import seaborn\nimport numpy as np", id="added-1"),
        new_code_cell("def f(x):\n    return np.add(x, 0)", id="f"),
        check_cell(TEST),
    )
    assert results["f-test"].message == (
        "The cell `added-1` failed at line 1: no module named seaborn where this is graded. So `np` is not "
        "defined."
    )


def test_a_name_that_a_later_cell_defines_has_no_cause(run_on):
    _, _, results = run_on(new_code_cell(f"1 / 0\n{F}", id="f"), new_code_cell(F), check_cell(TEST))
    assert results["f-test"].state is TestState.PASSED


def test_a_failed_cell_does_not_hide_what_is_wrong_with_an_answer(run_on):
    _, _, results = run_on(
        new_code_cell("import seaborn\ny = 1", id="added-1"),
        new_code_cell("def f(x):\n    raise ValueError('mine')", id="f"),
        check_cell(TEST),
    )
    assert results["f-test"].message == "Your code raised ValueError: mine"


def test_an_answer_cannot_choose_among_causes_by_what_it_sees_of_hidden_data(run_on):
    failing = [new_code_cell(f"1 / 0\ndef secret_{n}(): pass", id=f"added-{n}") for n in (1, 2)]
    lie = "raise NameError(f\"name 'secret_{x - 1}' is not defined\")"
    spy = f"def f(x):\n    if x > 1:\n        {lie}\n    return x"
    test = f"{TEST}\n### BEGIN HIDDEN TESTS\nassert f(3) == 3\n### END HIDDEN TESTS"
    _, _, results = run_on(*failing, new_code_cell(spy, id="f"), check_cell(test))
    assert "secret" not in results["f-test"].message
