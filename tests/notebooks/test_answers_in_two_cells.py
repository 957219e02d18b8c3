"""Right answers that take two cells, through repair and grading as they would be handed in."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell

from examiner.batch.run import grade
from examiner.course.facts import read_course
from examiner.notebook import cells
from examiner.publishing.release import solution
from examiner.verdict import TestState
from tests.dresses.texts import helper_cell, two_cells
from tests.notebooks.promises import promise_of
from tests.notebooks.rehearsal import ROOT

COURSE = read_course(ROOT)
WAYS = {"the work before": two_cells, "helpers before": helper_cell}


def in_two_cells(notebook, way):
    """Put a cell that the student added before each answer, with a part of it."""
    placed = []
    for cell in notebook.cells:
        if cell.cell_type == "code" and cells.is_solution(cell):
            before, cell.source = way(cell.source, promise_of(cell.source))
            placed.append(
                new_code_cell(before.replace("_work", f"_work_{len(placed)}"), id=f"mine-{len(placed)}")
            )
            cell.source = cell.source.replace("_work", f"_work_{len(placed) - 1}")
        placed.append(cell)
    notebook.cells = placed
    return notebook


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", [assignment.name for assignment in COURSE.assignments])
def test_answers_in_two_cells_score_everything(fresh_course, name, way):
    assignment, student = fresh_course.assignment(name), way.replace(" ", "-")
    folder = fresh_course.path("submitted", assignment, student)
    folder.mkdir(parents=True)
    nbformat.write(in_two_cells(solution(fresh_course, assignment), WAYS[way]), folder / assignment.filename)
    verdict = grade(fresh_course, assignment, student)[0]
    assert {t.grade_id: t.message for t in verdict.tests if t.state is not TestState.PASSED} == {}
    assert verdict.reason == ""
