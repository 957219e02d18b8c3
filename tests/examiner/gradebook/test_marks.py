from dataclasses import replace

import pytest

from examiner.gradebook.marks import Mark, mark_all
from tests.examiner.verdicts import unreadable, verdict_on

BLANK = [Mark("add-test"), Mark("double-test"), Mark("why")]


def after(verdict, marks=BLANK):
    return {mark.cell: mark for mark in mark_all(marks, verdict)}


def given(verdict, cell, **changes):
    """The marks after a verdict, then after a person has changed one of them, as Formgrader does."""
    marks = after(verdict)
    marks[cell] = replace(marks[cell], needs_manual_grade=False, **changes)
    return list(marks.values())


def test_passed_tests_give_points_and_extra_credit():
    marks = after(verdict_on())
    assert (marks["add-test"].score, marks["double-test"].score) == (60, 5)
    assert not marks["add-test"].needs_manual_grade


def test_failed_tests_give_nothing():
    marks = after(verdict_on(add=False, double=False))
    assert (marks["add-test"].score, marks["double-test"].score) == (0, 0)


@pytest.mark.parametrize(("why", "waits", "points"), [("Because.", True, None), ("", False, 0.0)])
def test_a_written_answer_waits_for_a_person_and_an_empty_one_for_nobody(why, waits, points):
    mark = after(verdict_on(why=why))["why"]
    assert (mark.needs_manual_grade, mark.auto_score, mark.score) == (waits, points, 0)


def test_a_written_answer_that_is_worth_nothing_waits_for_nobody_and_may_be_scored():
    (mark,) = mark_all([Mark("why", worth=(0, 0))], verdict_on())
    assert (mark.needs_manual_grade, mark.score) == (False, 0)
    (again,) = mark_all([replace(mark, manual_score=1)], verdict_on())
    assert (again.needs_manual_grade, again.score) == (False, 1)


def test_a_written_answer_for_extra_credit_alone_waits_until_a_person_gives_some_or_says_none():
    (mark,) = mark_all([Mark("why", worth=(0, 3))], verdict_on())
    assert (mark.needs_manual_grade, mark.is_ungraded, mark.score) == (True, True, 0)
    for given in ({"extra_credit": 2}, {"manual_score": 0}):
        looked = replace(mark, needs_manual_grade=False, **given)  # as Formgrader leaves it
        (again,) = mark_all([looked], verdict_on())
        assert (again.needs_manual_grade, again.score) == (False, sum(given.values()))
        (changed,) = mark_all([looked], verdict_on(why="Because I say so."))
        assert (changed.needs_manual_grade, changed.is_ungraded) == (True, False)
        assert changed.score == sum(given.values())


def test_what_a_verdict_does_not_speak_of_earns_nothing():
    marks = after(replace(verdict_on(), tests=(), written=()), given(verdict_on(), "add-test"))
    assert [mark.score for mark in marks.values()] == [0, 0, 0]


@pytest.mark.parametrize("verdict", [verdict_on(), verdict_on(add=False, why=""), unreadable()])
def test_the_same_verdict_again_changes_no_mark(verdict):
    once = list(after(verdict).values())
    assert list(after(verdict, once).values()) == once


@pytest.mark.parametrize(
    ("first", "cell", "then", "flagged"),
    [
        (verdict_on(), "why", verdict_on(add=False), False),
        (verdict_on(), "why", verdict_on(why="Because I say so."), True),
        (verdict_on(), "why", unreadable(), True),
        (unreadable(), "why", verdict_on(), True),
        (verdict_on(add=False), "add-test", verdict_on(add=False), False),
        (verdict_on(add=False), "add-test", verdict_on(), True),
        (verdict_on(), "add-test", unreadable(), True),
        (verdict_on(), "add-test", replace(verdict_on(), tests=()), True),
    ],
    ids=["answer unchanged", "answer changed", "answer gone", "answer there at last", "test as before",
         "test passes now", "test not reached", "test unknown"],
)  # fmt: skip
def test_a_score_of_a_person_stays_and_is_flagged_when_what_it_is_for_has_changed(first, cell, then, flagged):
    mark = after(then, given(first, cell, manual_score=12.0))[cell]
    assert (mark.manual_score, mark.needs_manual_grade) == (12, flagged)


def test_a_flag_stays_until_a_person_has_looked():
    flagged = after(verdict_on(why="Changed."), given(verdict_on(), "why", manual_score=12.0))
    assert after(verdict_on(why="Changed."), list(flagged.values()))["why"].needs_manual_grade


@pytest.mark.parametrize(
    ("credit", "then", "flagged"),
    [
        (3.0, verdict_on(), False),
        (3.0, verdict_on(double=False), True),
        (None, verdict_on(), False),
        (None, verdict_on(add=False), False),
        (7.5, unreadable(), True),
    ],
    ids=[
        "less",
        "less, and now it fails",
        "taken away",
        "taken away, another test fails",
        "more, and no notebook",
    ],
)
def test_extra_credit_that_a_person_edited_stays_and_is_flagged_when_the_test_ends_otherwise(
    credit, then, flagged
):
    mark = after(then, given(verdict_on(), "double-test", extra_credit=credit))["double-test"]
    assert (mark.extra_credit, mark.needs_manual_grade) == (credit, flagged)


def test_extra_credit_that_nobody_edited_follows_the_test():
    marks = list(after(verdict_on(double=False)).values())
    assert after(verdict_on(), marks)["double-test"].extra_credit == 5
    assert after(unreadable(), list(after(verdict_on()).values()))["double-test"].extra_credit == 0


def test_extra_credit_that_a_person_gave_where_no_test_gives_any_stays():
    marks = given(verdict_on(), "why", manual_score=30.0, extra_credit=2.0)
    assert after(verdict_on(why="Changed."), marks)["why"].score == 32
