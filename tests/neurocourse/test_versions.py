"""A check never passes for a version of an answer that is no longer in its cell; asked of a real IPython."""

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

CHECK = 'from neurocourse import checks\nchecks.check_close(double(2), 4, name="double(2)")\n'
CHECK += 'print("double: all visible checks pass.")'
RIGHT = "def double(a):\n    return 2 * a"
BROKEN = "def double(a:\n    return 2 * a"
FAILED = "Not there yet: the last run of the cell that defines `double` failed, so this would check an older"
GONE = "Not there yet: its cell no longer defines `double`, so this would check an older version."
PASSED = "double: all visible checks pass."


@pytest.fixture
def run(monkeypatch):
    """A function that runs cells, each with an id if it has one, and returns what the last one shows."""
    shell = InteractiveShell()
    monkeypatch.setattr("IPython.get_ipython", lambda: shell)
    monkeypatch.setenv("NEUROCOURSE_QUICK", "0")

    def run(*cells):
        for cell in [("from neurocourse import notebook\nnotebook.set_up()", None), *cells]:
            source, cell_id = cell if isinstance(cell, tuple) else (cell, None)
            with capture_output() as shown:
                shell.run_cell(source, cell_id=cell_id)
        return "\n".join([*(output.data["text/plain"] for output in shown.outputs), shown.stdout.strip()])

    yield run
    InteractiveShell.clear_instance()


@pytest.mark.parametrize("cell", [None, "an-id"], ids=["known by its text", "known by its id"])
def test_an_answer_that_passed_and_is_broken_by_a_typing_error_is_not_said_to_pass(run, cell):
    assert PASSED in run((RIGHT, cell), CHECK)
    assert FAILED in run((RIGHT, cell), CHECK, (BROKEN, cell), CHECK)
    assert PASSED not in run((BROKEN, cell), CHECK)


def test_a_cell_that_fails_before_it_binds_the_name_counts_as_failed(run):
    assert FAILED in run(RIGHT, CHECK, f"1 / 0\n{RIGHT}", CHECK)


def test_a_cell_that_fails_after_it_has_bound_the_name_is_checked(run):
    assert PASSED in run(RIGHT, CHECK, f"{RIGHT}\n1 / 0", CHECK)


def test_a_function_that_was_renamed_in_its_cell_is_not_said_to_pass(run):
    assert GONE in run((RIGHT, "its cell"), CHECK, ("def duble(a):\n    return 2 * a", "its cell"), CHECK)


def test_once_the_cell_runs_well_again_the_check_judges_it(run):
    assert PASSED in run(RIGHT, CHECK, BROKEN, CHECK, RIGHT, CHECK)
    wrong = "def double(a):\n    return 3 * a"
    assert "Not there yet: double(2) is not right" in run(RIGHT, CHECK, BROKEN, wrong, CHECK)


def test_a_name_that_another_cell_has_bound_since_is_up_to_date(run):
    assert PASSED in run((RIGHT, "one"), (RIGHT, "another"), ("other = 1", "one"), CHECK)


def test_where_you_stand_says_that_an_answer_has_to_be_checked_again(run):
    table = run(RIGHT, CHECK, BROKEN, "from neurocourse import notebook\nnotebook.progress('double')")
    assert "changed since its check" in table


def test_a_broken_answer_that_never_worked_is_a_missing_name(run):
    assert "This cell needs `double`, which is not defined yet" in run(BROKEN, CHECK)


def test_an_exercise_with_another_name_than_its_functions_is_known_by_the_id_of_its_cell(run):
    check = 'print("several: all visible checks pass.")'
    cell = "def one():\n    pass\ndef other():\n    pass"
    assert "several: all visible checks pass." in run((cell, "several"), check)
    assert FAILED.replace("double", "several") in run((cell, "several"), (f"{cell}\n)", "several"), check)
    assert "several: all visible checks pass." in run((cell, "several"), check)


def test_a_stub_that_stops_its_cell_is_not_filled_in_rather_than_older(run):
    check = 'print("several: all visible checks pass.")'
    stub = ("# YOUR CODE HERE\nraise NotImplementedError()", "several")
    assert "This cell needs an exercise that is not filled in yet." in run(stub, check)
    assert "This cell needs an exercise" in run(("one = 1", "several"), check, stub, check)


def test_a_cell_that_binds_the_very_same_value_again_is_up_to_date(run):
    check = CHECK.replace("double(2), 4", "n_lags, 25").replace("double", "n_lags")
    passed = PASSED.replace("double", "n_lags")
    assert passed in run("n_lags = 25", check, "n_lags = 25 / 0", "n_lags = 25", check)
