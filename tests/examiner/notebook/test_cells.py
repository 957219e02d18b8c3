import json

import pytest

from examiner.errors import NotebookError
from examiner.notebook import cells
from tests.examiner.conftest import tiny_notebook


@pytest.mark.parametrize(
    ("grade_id", "exercise"),
    [
        ("fit", "fit"),
        ("fit-test", "fit"),
        ("fit-test-2", "fit"),
        ("fit-written", "fit"),
        ("fit-tests", "fit-tests"),
    ],
)
def test_the_exercise_of_a_graded_cell_is_in_its_name(grade_id, exercise):
    cell = {"metadata": {"nbgrader": {"grade_id": grade_id}}}
    assert cells.exercise_name(cell) == exercise


def test_roles_follow_nbgraders_settings():
    roles = {
        cell.id: (cells.is_test(cell), cells.is_solution(cell), cells.is_written(cell))
        for cell in tiny_notebook().cells
    }
    assert roles == {
        "launch-links": (False, False, False),
        "title": (False, False, False),
        "setup": (False, False, False),
        "add": (False, True, False),
        "add-test": (True, False, False),
        "double": (False, True, False),
        "double-test": (True, False, False),
        "why": (False, True, True),
    }


def test_hidden_tests_are_cut_wherever_they_stand():
    begin, end = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"
    source = f"a\n{begin}\nb\n{end}\nc\n    {begin}\nd\n    {end}"
    assert cells.without_hidden_tests(source) == "a\nc\n"


def test_marks_and_mark_schemes_are_cut_and_the_answer_stays():
    scheme = "=== BEGIN MARK SCHEME ===\nx\n=== END MARK SCHEME ==="
    source = f"def f():\n    ### BEGIN SOLUTION\n    return 1\n    ### END SOLUTION\n{scheme}"
    assert cells.without_marks(source) == "def f():\n    return 1"


def test_the_canonical_text_has_no_outputs_and_is_its_own_canonical_text(tmp_path):
    notebook = tiny_notebook()
    notebook.cells[2]["execution_count"] = 7
    notebook.cells[3]["id"] = "another"
    text = cells.canonical_text(notebook)
    assert json.loads(text)["cells"][2]["execution_count"] is None
    assert json.loads(text)["cells"][3]["id"] == "add"
    path = tmp_path / "a.ipynb"
    path.write_text(text)
    assert cells.canonical_text(cells.read_notebook(path)) == text


def test_a_missing_notebook_is_told_from_a_broken_one(tmp_path):
    with pytest.raises(NotebookError, match="no such notebook"):
        cells.read_notebook(tmp_path / "none.ipynb")
    (tmp_path / "broken.ipynb").write_text("{")
    with pytest.raises(NotebookError, match="not a notebook: it is not valid JSON, or it was cut short"):
        cells.read_notebook(tmp_path / "broken.ipynb")
