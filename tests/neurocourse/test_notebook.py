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
    "set up again": "notebook.set_up()",
    "progress": "notebook.progress('f | g | h (bonus)')",
    "bar": """import sys
from neurocourse import widgets
module = sys.modules["neurocourse.widgets.progress"]
module._PATIENCE = module._PACE = 0
shown = []
for number in widgets.progress(range(20), "count"):
    shown.append(number)
print(shown == list(range(20)))""",
    "quick progress": "%env NEUROCOURSE_QUICK=1\nnotebook.progress('f')",
    "style": "import matplotlib as mpl\nprint(mpl.rcParams['axes.spines.top'])",
}


@pytest.fixture(scope="module")
def outputs():
    from nbclient import NotebookClient

    notebook = new_notebook(cells=[new_code_cell(source) for source in CELLS.values()])
    NotebookClient(notebook, allow_errors=True, timeout=60, kernel_name="python3").execute()
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
def test_what_belongs_to_learning_is_said_in_one_calm_line(outputs, cell, name, value, line):
    (error,) = outputs[cell]
    assert (error.output_type, error.ename, error.evalue) == ("error", name, value)
    assert error.traceback == [line]


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


def test_progress_says_which_checks_passed_in_this_session(outputs):
    (output,) = outputs["progress"]
    line = "Visible checks in this session: 1 of 3 exercises pass (f). Not yet: g. Not checked: h (bonus)."
    assert output.data == {"text/plain": line, "text/html": f"<p>{line}</p>"}


def test_a_progress_bar_is_one_line_that_is_empty_at_the_end(outputs):
    bar, said = outputs["bar"]
    assert (bar.output_type, bar.data) == ("display_data", {"text/plain": ""})
    assert said.text == "True\n"


def test_in_quick_mode_progress_is_silent(outputs):
    assert [output.text for output in outputs["quick progress"]] == ["env: NEUROCOURSE_QUICK=1\n"]


def test_figures_have_the_look_of_the_course(outputs):
    assert outputs["style"][0].text == "False\n"
