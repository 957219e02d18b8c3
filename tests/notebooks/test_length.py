"""No tutorial has two cells where one would do."""

import itertools

import pytest

from examiner.course.facts import read_course
from examiner.notebook import cells
from tests.notebooks.rehearsal import ROOT

COURSE = read_course(ROOT)
ASSIGNMENTS = {assignment.name: assignment for assignment in COURSE.assignments}


def given(name):
    """Return pairs of neighbouring cells of a student notebook, neither of which is graded."""
    notebook = cells.read_notebook(ROOT / "release" / name / ASSIGNMENTS[name].filename)
    pairs = itertools.pairwise(notebook.cells)
    return [pair for pair in pairs if not any(map(cells.grade_id, pair))]


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_no_two_texts_follow_each_other(name):
    pairs = [
        [cell.id for cell in pair] for pair in given(name) if {c.cell_type for c in pair} == {"markdown"}
    ]
    assert pairs == [], "make one cell of each pair"


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_given_code_is_in_two_cells_only_where_grading_leaves_out_the_second(name):
    """What only shows something is not run while grading: so it stands apart from what loads data."""
    code = [pair for pair in given(name) if {cell.cell_type for cell in pair} == {"code"}]
    assert [second.id for _, second in code if not cells.only_shows(second)] == [], "join it to the one above"


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_no_cell_is_empty(name):
    notebook = cells.read_notebook(ROOT / "release" / name / ASSIGNMENTS[name].filename)
    assert [cell.id for cell in notebook.cells if not cell.source.strip()] == []
