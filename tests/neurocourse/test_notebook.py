"""What a student sees when a cell stops, asked of a real kernel."""

import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

STUB = "def make_design_matrix(stim, d=25):\n    # YOUR CODE HERE\n    raise NotImplementedError()"
CELLS = {
    "setup": "from neurocourse import checks, notebook\nnotebook.set_up()",
    "stub": STUB,
    "needs stub": "make_design_matrix([1, 2])",
    "bare stub": "# YOUR CODE HERE\nraise NotImplementedError()",
    "refused": "checks.check_close([3, 2], [2, 3], name='f(1)', mistakes={'Turn it round.': [3, 2]})",
    "unknown name": "first = 1\ntheta_lnp + 1",
    "typo in a function": "def f():\n    return spkes\nf()",
    "other error": "[][3]",
    "checked": "def f():\n    pass\nprint('f')\nprint(\"f: all visible checks pass.\")",
    "stopped": "checks.check(False, 'no')\nprint(\"g: all visible checks pass.\")",
    "gives a list": "def pair():\n    return [1, 2]\n\n\ndef half():\n    return 0.5 * pair()",
    "checked list": 'checks.check_close(pair(), [1, 2], name="p")\nprint("pair: all visible checks pass.")',
    "stopped by a list": "half()",
    "set up again": "notebook.set_up()",
    "progress": "notebook.progress('f (5) | g (3) | h (2, bonus) | w (4, written)')",
    "bar": """import sys
from neurocourse import widgets
module = sys.modules["neurocourse.widgets.progress"]
module._PATIENCE = module._PACE = 0
shown = []
for number in widgets.progress(range(20), "count"):
    shown.append(number)
print(shown == list(range(20)))""",
    "progress of a saved notebook": """import os
facts = '{"nbgrader": {"grade_id": "w", "solution": true}}'
answer = '{"source": ["Why?", "YOUR ANSWER HERE"], "metadata": %s}' % facts
open("saved.ipynb", "w").write('{"cells": [%s]}' % answer)
os.environ["JPY_SESSION_NAME"] = "saved.ipynb"
notebook.progress("w (4, written)")""",
    "progress of something else": """open("saved.ipynb", "w").write('{"cells": [1]}')
notebook.progress("w (4, written)")""",
    "refused in vscode": "__vsc_ipynb_file__ = 'saved.ipynb'\nchecks.check(False, 'no')",
    "refused in colab": """del __vsc_ipynb_file__
import sys
sys.modules["google.colab"] = sys
checks.check(False, 'no')""",
    "quick progress": "%env NEUROCOURSE_QUICK=1\nnotebook.progress('f')",
    "quick check": 'print("f: all visible checks pass.")',
    "quick refusal": "checks.check(False, 'no')",
    "lacks a library": "notebook.set_up(needs='no_such_library')",
    "style": "import matplotlib as mpl\nprint(mpl.rcParams['axes.spines.top'])",
}


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    from nbclient import NotebookClient

    notebook = new_notebook(cells=[new_code_cell(source) for source in CELLS.values()])
    place = {"metadata": {"path": str(tmp_path_factory.mktemp("notebook"))}}
    NotebookClient(notebook, allow_errors=True, timeout=60, kernel_name="python3", resources=place).execute()
    nbformat.validate(notebook)
    return dict(zip(CELLS, [cell.outputs for cell in notebook.cells], strict=True))


def test_setting_up_says_nothing(outputs):
    assert outputs["setup"] == outputs["stub"] == []


@pytest.mark.parametrize(
    ("cell", "name", "value", "line"),
    [
        (
            "needs stub",
            "NotImplementedError",
            "",
            "This cell needs an exercise that is not filled in yet: make_design_matrix.",
        ),
        ("bare stub", "NotImplementedError", "", "This cell needs an exercise that is not filled in yet."),
        (
            "refused",
            "CheckFailed",
            "f(1) is not right: at index 0 it is 3. Turn it round.",
            "Not there yet: f(1) is not right: at index 0 it is 3. Turn it round.",
        ),
        (
            "unknown name",
            "NameError",
            "name 'theta_lnp' is not defined",
            "This cell needs `theta_lnp`, which is not defined yet: run the cells above first, and fill in "
            "the exercise that defines it.",
        ),
    ],
)
def test_what_belongs_to_learning_is_said_by_a_calm_card_and_still_ends_in_an_error(
    outputs, cell, name, value, line
):
    card, error = outputs[cell]
    sign = "✗" if cell == "refused" else "○"
    assert card.data["text/plain"] == f"{sign} {line}"
    assert "neurocourse-card" in card.data["text/html"]
    assert (error.output_type, error.ename, error.evalue) == ("error", name, value)
    assert error.traceback == [line]


def test_a_check_that_passes_says_so_by_a_card(outputs):
    said, card = outputs["checked"]
    assert said.text == "f\n"
    assert card.data["text/plain"] == "✓ f: all visible checks pass."


def test_in_quick_mode_a_card_is_a_plain_line(outputs):
    (passed,) = outputs["quick check"]
    assert passed.text == "f: all visible checks pass.\n"
    (error,) = outputs["quick refusal"]
    assert error.traceback == ["Not there yet: no"]


@pytest.mark.parametrize("front_end", ["colab", "vscode"])
def test_where_the_error_is_shown_too_it_does_not_repeat_the_card(outputs, front_end):
    card, error = outputs[f"refused in {front_end}"]
    assert card.data["text/plain"] == "✗ Not there yet: no"
    assert error.traceback == ["Stopped here: see above."]


@pytest.mark.parametrize(
    ("cell", "name", "culprit"),
    [("typo in a function", "NameError", "spkes"), ("other error", "IndexError", "[][3]")],
)
def test_every_other_error_keeps_its_traceback(outputs, cell, name, culprit):
    (error,) = outputs[cell]
    text = re.sub(r"\x1b\[[\d;]*m", "", "\n".join(error.traceback))
    assert error.ename == name
    assert "Traceback" in text
    assert culprit in text


def test_an_error_that_an_earlier_answer_may_cause_keeps_its_traceback_and_names_the_answer(outputs):
    (passed,) = outputs["checked list"]
    assert "It gives a list where the text promises an array." in passed.data["text/plain"]
    error, card = outputs["stopped by a list"]
    assert error.ename == "TypeError"
    assert "Traceback" in error.traceback[0] + error.traceback[1]
    assert card.data["text/plain"].startswith("✗ `pair` gives a list where the text promises an array.")


def test_progress_says_how_each_exercise_stands_in_this_session(outputs):
    (output,) = outputs["progress"]
    assert output.data["text/plain"].splitlines()[:6] == [
        "Exercise  Points   State",
        "`f`       5        ✓ visible checks pass",
        "`g`       3        ✗ does not pass yet",
        "`h`       2 bonus  ○ not checked",
        "`w`       4        ✎ written",
        "",
    ]
    assert "Next: look at the hint below the check of `g`." in output.data["text/plain"]
    assert "<code>f</code>" in output.data["text/html"]


def test_progress_looks_at_the_notebook_as_it_was_saved(outputs):
    (output,) = outputs["progress of a saved notebook"]
    assert "○ not answered" in output.data["text/plain"]
    (unreadable,) = outputs["progress of something else"]
    assert "✎ written" in unreadable.data["text/plain"]


def test_a_progress_bar_is_one_line_that_is_empty_at_the_end(outputs):
    bar, said = outputs["bar"]
    assert (bar.output_type, bar.data) == ("display_data", {"text/plain": ""})
    assert said.text == "True\n"


def test_in_quick_mode_progress_is_silent(outputs):
    assert [output.text for output in outputs["quick progress"]] == ["env: NEUROCOURSE_QUICK=1\n"]


def test_a_tutorial_whose_library_is_missing_says_in_one_sentence_what_to_run(outputs):
    (error,) = outputs["lacks a library"]
    assert error.traceback == [
        "This tutorial needs no_such_library, which is not installed here. Run "
        "`%pip install no_such_library` in a cell of its own, restart the kernel, and run this cell again."
    ]


def test_figures_have_the_look_of_the_course(outputs):
    assert outputs["style"][0].text == "False\n"
