"""What the services that open a notebook read in it: which cells they fold, and which kernel they start."""

import nbformat
import pytest

from examiner.course.launch import published_path
from examiner.notebook import cells
from tests.notebooks.elsewhere import COURSE

FOLDED = {
    "JupyterLab and Notebook": lambda cell: cell.metadata.get("jupyter", {}).get("source_hidden"),
    "Colab": lambda cell: cell.metadata.get("cellView") == "form",
    "Kaggle": lambda cell: cell.metadata.get("_kg_hide-input"),
}


@pytest.fixture(scope="module", params=COURSE.assignments, ids=lambda assignment: assignment.name)
def notebook(request, published):
    """A published notebook, which is valid: Notebook and JupyterLab mend or refuse others."""
    found = nbformat.read(published / published_path(request.param), nbformat.NO_CONVERT)
    nbformat.validate(found)
    return found


@pytest.mark.parametrize("folds", FOLDED.values(), ids=FOLDED.keys())
def test_checks_and_the_form_at_the_end_are_folded_and_no_other_cell_is(notebook, folds):
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    expected = [cell.id for cell in code if cells.is_test(cell) or "widgets.ask_feedback(" in cell.source]
    assert [cell.id for cell in notebook.cells if folds(cell)] == expected
    assert len(expected) > 5


def test_every_front_end_finds_a_kernel_of_python(notebook):
    assert notebook.metadata.kernelspec.name == "python3"
    assert notebook.metadata.language_info.name == "python"
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
