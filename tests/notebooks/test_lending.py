"""Which stand-ins the course's tests lend to student processes: answers of exercises that come before."""

import ast

import pytest

from examiner.course.facts import read_course
from examiner.notebook import cells
from examiner.sandbox.lending import lent_texts
from tests.examiner.conftest import ROOT

COURSE = read_course(ROOT)


def lent(source):
    """Return the names that a test gives functions which it lends."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    given = [
        keyword for call in calls if ast.unparse(call.func) == "checks.stand_in" for keyword in call.keywords
    ]
    return {keyword.arg for keyword in given if ast.unparse(keyword.value) in lent_texts(source)}


@pytest.mark.parametrize("assignment", COURSE.assignments, ids=lambda assignment: assignment.name)
def test_a_test_lends_only_answers_of_exercises_whose_tests_stand_above_it(assignment):
    source = cells.read_notebook(ROOT / "source" / assignment.name / assignment.filename)
    tests = [cell for cell in source.cells if cells.is_test(cell)]
    for place, test in enumerate(tests):
        still_to_come = {cells.exercise_name(cell) for cell in tests[place:]}
        above = {cells.exercise_name(cell) for cell in tests[:place]} - still_to_come
        assert lent(test.source) <= above, cells.grade_id(test)


@pytest.mark.parametrize("assignment", COURSE.assignments, ids=lambda assignment: assignment.name)
def test_what_is_lent_works_by_itself_and_the_guide_names_it(assignment):
    guide = (ROOT / "docs" / "grading.md").read_text(encoding="utf-8")
    source = cells.read_notebook(ROOT / "source" / assignment.name / assignment.filename)
    for test in filter(cells.is_test, source.cells):
        for name, text in lent_texts(test.source).items():
            namespace = {}
            exec(text, namespace)
            assert callable(namespace[name])
        for name in lent(test.source):
            assert f"`{name}`" in guide, cells.grade_id(test)
