"""The last cell of each tutorial, and nbgrader's own way to tell students where they stand."""

import ast

import nbformat
import pytest
from nbgrader.validator import Validator

from examiner.course.facts import read_course
from examiner.notebook import cells
from examiner.publishing.release import solution
from neurocourse.standing import check_label, read_parts
from tests.notebooks.rehearsal import ROOT

COURSE = read_course(ROOT)
ASSIGNMENTS = {assignment.name: assignment for assignment in COURSE.assignments}
VALIDATED = "02_poisson_glm"


def released(name):
    return cells.read_notebook(ROOT / "release" / name / ASSIGNMENTS[name].filename)


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_each_cell_of_checks_says_in_its_visible_part_which_exercise_passes(name):
    tests = [cell for cell in released(name).cells if cells.is_test(cell)]
    labels = [check_label(cell.source) for cell in tests]
    assert [label.split(" ")[0] for label in labels] == [cells.exercise_name(cell) for cell in tests]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_the_last_cell_knows_all_exercises_and_sections(name):
    notebook = released(name)
    last = notebook.cells[-1]
    assert last.id == "where-you-stand"
    assert max(map(len, last.source.splitlines())) <= 100
    progress, feedback = (node for node in ast.parse(last.source).body)
    parts = read_parts(progress.value.args[0].value)
    assert [part.label for part in parts] == [
        check_label(cell.source) if cells.is_test(cell) else cells.grade_id(cell)
        for cell in cells.graded(notebook.cells)
    ]
    assert sum(part.points for part in parts if not part.is_bonus) == 100
    headings = [
        line for cell in notebook.cells for line in cell.source.splitlines() if line.startswith("## ")
    ]
    numbered = [line for line in headings if line[3].isdecimal()]
    sections = feedback.value.args[1].value
    assert len(numbered) == sections.count(" | ") + 1
    assert all(line[3:].partition(" (")[0] in sections for line in numbered)
    assert "{{" not in last.source


@pytest.fixture
def validate(monkeypatch):
    monkeypatch.setenv("NEUROCOURSE_DATA", "simulated")
    monkeypatch.setenv("NEUROCOURSE_QUICK", "1")
    return lambda path: Validator().validate(str(path))


def test_nbgrader_validate_passes_a_solved_notebook(validate, tmp_path):
    path = tmp_path / ASSIGNMENTS[VALIDATED].filename
    nbformat.write(solution(COURSE, ASSIGNMENTS[VALIDATED]), path)
    assert validate(path) == {}


def test_nbgrader_validate_names_what_is_not_filled_in(validate):
    result = validate(ROOT / "release" / VALIDATED / ASSIGNMENTS[VALIDATED].filename)
    tests = [cell for cell in released(VALIDATED).cells if cells.is_test(cell)]
    assert result.keys() == {"failed"}
    assert [failed["error"] for failed in result["failed"]] == [
        f"This cell needs an exercise that is not filled in yet: {cells.exercise_name(cell)}."
        for cell in tests
    ]
