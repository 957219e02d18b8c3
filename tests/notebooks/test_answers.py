"""The tests of the tests: every answer of the bank, alone in the solved notebook."""

import pytest

from examiner.course.facts import read_course
from tests.exercises import bank
from tests.notebooks.rehearsal import ROOT, answers

COURSE = read_course(ROOT)
LEAST_SEEN = 0.85  # of the wrong answers: what students must be able to notice before the deadline


def _params(kind):
    for assignment in COURSE.assignments:
        for path in answers(assignment.name, kind=kind):
            yield pytest.param(assignment.name, path, id=f"{assignment.name}/{bank.name_of(path)}")


@pytest.fixture(scope="session")
def rehearsed():
    """A function that gives an answer's results; each assignment is rehearsed once by each worker."""
    known = {}

    def rehearsed(assignment, path):
        if assignment not in known:
            known[assignment] = bank.rehearse(assignment)
        return known[assignment][bank.name_of(path)]

    return rehearsed


@pytest.mark.parametrize(("assignment", "path"), list(_params("right")))
def test_a_right_answer_is_accepted_and_costs_no_points_anywhere(rehearsed, assignment, path):
    assert list(bank.judge(path, rehearsed(assignment, path))) == []


@pytest.mark.parametrize(("assignment", "path"), list(_params("wrong")))
def test_a_wrong_answer_is_refused_with_its_hint_and_costs_its_own_points_alone(rehearsed, assignment, path):
    assert list(bank.judge(path, rehearsed(assignment, path))) == []


@pytest.mark.parametrize("assignment", [a.name for a in COURSE.assignments])
def test_the_visible_tests_see_most_wrong_answers(assignment):
    seen = ["Hidden" not in bank.header(path) for path in answers(assignment, kind="wrong")]
    assert sum(seen) / len(seen) >= LEAST_SEEN


def test_every_exercise_has_enough_answers_that_say_what_they_are():
    assert list(bank.what_banks_lack(COURSE)) == []
