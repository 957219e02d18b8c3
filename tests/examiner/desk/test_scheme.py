"""Items of mark schemes, in the forms in which authors write them."""

import pytest

from examiner.course.facts import read_course
from examiner.desk.scheme import SchemeItem, items_in
from examiner.notebook import cells
from examiner.results.questions import questions_of
from tests.examiner.conftest import ROOT


@pytest.mark.parametrize(
    ("scheme", "items"),
    [
        ("- 2 points: says why.\n- 1 point: and how.", [("says why.", 2), ("and how.", 1)]),
        ("- 2 points: begins here\n  and goes on.\n\nNot an item.", [("begins here and goes on.", 2)]),
        ("* 1.5 pts – half\n* 0,5 marks: other half", [("half", 1.5), ("other half", 0.5)]),
        ("1. One point for the word.\n2. Half a point: order", [("the word.", 1), ("order", 0.5)]),
        ("- says why (2 points)\n- and how (1)", [("says why", 2), ("and how", 1)]),
        ("- 3 points (b): a border (1), why (2). Be kind.", [("(b) a border", 1), ("(b) why. Be kind.", 2)]),
        ("- 2 points: 1 point each", [("1 point each (1 of 2)", 1), ("1 point each (2 of 2)", 1)]),
        ("- 4 points: $f(2)$ and $g(1)$ are read", [("$f(2)$ and $g(1)$ are read", 4)]),
        ("One point for the word.", [("One point for the word.", 7)]),
        ("", [("The answer is right and complete.", 7)]),
    ],
    ids=["plain", "long", "decimal", "words", "end", "parts", "each", "numbers", "no items", "nothing"],
)
def test_items_are_read_with_their_points(scheme, items):
    assert items_in(scheme, 7) == tuple(SchemeItem(*item) for item in items)


def test_the_items_of_every_scheme_of_the_course_add_up_to_what_the_answer_is_worth():
    course, n_schemes = read_course(ROOT), 0
    for assignment in course.assignments:
        source = cells.read_notebook(course.path("source", assignment) / assignment.filename)
        questions = questions_of(source)
        for cell in filter(cells.is_written, source.cells):
            worth = cells.points(cell) + cells.bonus(cell)
            items = items_in(questions[cells.grade_id(cell)].mark_scheme, worth)
            assert sum(item.points for item in items) == worth, cells.grade_id(cell)
            assert 2 <= len(items) <= 9, "each has a key of its own"
            n_schemes += 1
    assert n_schemes >= 12
