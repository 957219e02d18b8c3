"""What a student reads whose answer gives another form than an array, asked of a shell."""

import pytest

from neurocourse.forms import Forms
from tests.notebooks.solved import open_shell

CHECK = """
checks.check_close(slope(np.ones(2)), [2, 2], name="slope([1, 1])")
print("slope: all visible checks pass.")
"""
SLOPE = "def slope(k):\n    return {}"
LISTED = SLOPE.format("list(2 * k)")
DESCEND = "def descend(k):\n    return k - 0.1 * slope(k)"
CHECK_DESCENT = """
checks.check_close(descend(np.ones(2)), [0.8, 0.8], name="descend([1, 1])")
print("descend: all visible checks pass.")
"""
PASSES = "✓ slope: all visible checks pass."
NOTE = (
    " It gives a {0} where the text promises an array. That costs no points. But further on, your own code "
    "may not be able to calculate with a {0}: make it an array, with `np.asarray(…)`, before you return it."
)
REASON = (
    "`slope` gives a list where the text promises an array. Is that the reason? Then make it an array there, "
    "with `np.asarray(…)`, and run that cell and this one again."
)


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """A function that runs a cell where a notebook is set up, and returns what is shown, as plain text."""
    monkeypatch.delenv("NEUROCOURSE_QUICK", raising=False)
    with open_shell(str(tmp_path)) as shell:

        def run(source):
            shell.run_cell(source)
            return capsys.readouterr().out.strip()

        run("import numpy as np\nfrom neurocourse import checks, notebook\nnotebook.set_up()")
        yield run


@pytest.mark.parametrize(
    ("result", "form"),
    [
        ("[2 * float(part) for part in k]", "list"),
        ("tuple(2 * k)", "tuple"),
        ("__import__('pandas').Series(2 * k)", "pandas Series"),
    ],
    ids=["list", "tuple", "pandas"],
)
def test_a_check_that_passes_says_which_form_may_stop_what_comes_further_on(run, result, form):
    if "pandas" in result:
        pytest.importorskip("pandas")
    run(SLOPE.format(result))
    assert run(CHECK) == PASSES + NOTE.format(form)


@pytest.mark.parametrize("result", ["2 * k", "np.float32(2) * k"])
def test_of_an_array_it_says_nothing_more(run, result):
    run(SLOPE.format(result))
    assert run(CHECK) == PASSES


def test_where_tensors_are_usual_nothing_is_said_of_them():
    forms = Forms({}, usual="tensor")
    forms.see("tensor")
    assert forms.said_of_pass() == ""
    forms.see("list")
    assert forms.said_of_pass() == NOTE.format("list").strip()


@pytest.mark.parametrize(
    "stops",
    [
        CHECK_DESCENT,
        "descend(np.ones(2))",
        "[descend(k) for k in np.eye(2)]",
        "0.1 * slope(np.ones(2))",
    ],
    ids=["the check", "a given cell", "a loop", "the cell itself"],
)
def test_an_error_that_it_may_cause_is_followed_by_the_answer_that_is_the_reason(run, stops):
    for cell in (LISTED, CHECK, DESCEND):
        run(cell)
    shown = run(stops)
    assert "TypeError" in shown
    assert shown.endswith(f"✗ {REASON}")


def test_a_check_that_refuses_what_was_made_of_it_says_so_too(run):
    for cell in (SLOPE.format("[2.0, 2.0]"), CHECK, "def twice(k):\n    return 2 * slope(k)"):
        run(cell)
    run("def four_times(k):\n    return 2 * np.array(twice(k))")
    shown = run("checks.check_close(four_times(np.ones(2)), [8, 8], name='four_times([1, 1])')")
    assert f"✗ Not there yet: four_times([1, 1]) should have shape (2,), got (4,). {REASON}" in shown


def test_a_module_of_an_exercises_name_is_not_taken_for_its_answer(run):
    run("slope = np\nchecks.check_close([2, 2], [2, 2], name='x')\n" + CHECK.splitlines()[-1])
    assert "the text promises" not in run("slope.ones('a')")


@pytest.mark.parametrize(
    "before",
    [
        [SLOPE.format("2 * k"), CHECK, "1 / 'a'"],
        [
            LISTED,
            CHECK,
            SLOPE.format("2 * k"),
            DESCEND + " + 'a'",
            "descend(np.ones(2))",
        ],
        [LISTED, CHECK, "def other(k):\n    return k + 'a'", "other(1)"],
        [LISTED, CHECK, "checks.check(False, 'Look again.')"],
        [LISTED, CHECK, CHECK.replace("[2, 2]", "[3, 3]")],
        [SLOPE.format("[1.0, 1.0]"), CHECK, DESCEND, "descend(np.ones(2))"],
    ],
    ids=["an array", "defined anew", "not used", "not called", "its own check", "a check that did not pass"],
)
def test_an_error_without_such_a_reason_is_shown_as_before(run, before):
    *earlier, last = before
    for cell in earlier:
        run(cell)
    shown = run(last)
    assert "TypeError" in shown or "Not there yet" in shown
    assert "the text promises" not in shown


def test_in_quick_mode_as_in_grading_nothing_is_said(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("NEUROCOURSE_QUICK", "1")
    with open_shell(str(tmp_path)) as shell:
        shell.run_cell("import numpy as np\nfrom neurocourse import checks, notebook\nnotebook.set_up()")
        for cell in (LISTED, CHECK, DESCEND, CHECK_DESCENT):
            shell.run_cell(cell)
    assert "the text promises" not in capsys.readouterr().out
