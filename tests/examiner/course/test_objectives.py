import pytest

from examiner.course.facts import read_course
from examiner.course.objectives import Points, objectives, objectives_page, points_of_exercises
from examiner.notebook import cells
from tests.examiner.conftest import ROOT

COURSE = read_course(ROOT)


def source_of(assignment):
    return cells.read_notebook(COURSE.path("source", assignment) / assignment.filename)


@pytest.mark.parametrize("assignment", COURSE.assignments, ids=lambda assignment: assignment.name)
def test_each_objective_has_an_exercise_and_each_exercise_one_objective(assignment):
    source = source_of(assignment)
    listed = objectives(source)
    assert all(names for _, names in listed)
    assert sorted(name for _, names in listed for name in names) == sorted(points_of_exercises(source))


@pytest.mark.parametrize("assignment", COURSE.assignments, ids=lambda assignment: assignment.name)
def test_the_points_of_a_tutorial_add_up_to_100_beside_extra_credit(assignment):
    total = sum(points_of_exercises(source_of(assignment)).values(), Points())
    assert total.auto + total.written == 100
    assert total.auto >= 60
    assert total.bonus > 0


def test_points_of_steps_and_of_written_answers_are_kept_apart(course, assignment):
    source = cells.read_notebook(course.path("source", assignment) / assignment.filename)
    assert points_of_exercises(source) == {
        "add": Points(auto=60), "double": Points(bonus=5), "why": Points(written=40),
    }  # fmt: skip


def test_the_page_in_docs_is_what_the_notebooks_say():
    page = (ROOT / "docs" / "objectives.md").read_text(encoding="utf-8")
    assert page == objectives_page(COURSE), "run `make format`"
