"""What a page says of points: waiting is not lost, what a person gave is no test's, and sums add up."""

import pytest

from examiner.gradebook.scores import Score, WrittenScore
from examiner.results.standing import Part, PartState, code_part, standing, written_part
from examiner.verdict import TestResult, TestState
from neurocourse.look import SIGNS


def score(points=0.0, max_points=100.0, **more):
    facts = {"bonus": 0.0, "late_penalty": 0.0, "days_late": 0.0, "written": {}, "comments": {}, "earned": {}}
    return Score(student="ada", assignment="01", points=points, max_points=max_points, **{**facts, **more})


def waiting(points, extra=0.0):
    return Part("why", "written", PartState.WAITING, 0, points, extra)


@pytest.mark.parametrize(
    ("held", "parts", "headline"),
    [
        (score(25), [waiting(26)], "25 of 74 points graded so far; 26 wait for a person"),
        (score(25), [waiting(1)], "25 of 99 points graded so far; 1 waits for a person"),
        (score(0), [waiting(100)], "Nothing is graded so far; 100 points wait for a person"),
        (score(92.5), [], "92.5 of 100 points"),
        (score(90, bonus=5, late_penalty=9.5), [], "85.5 of 100 points"),
        (score(90, bonus=2), [waiting(3, 3)], "92 of 100 points so far; 3 extra wait for a person"),
    ],
    ids=["some wait", "one waits", "all wait", "all graded", "extra and late", "only extra waits"],
)
def test_the_headline_says_what_is_earned_of_what_is_graded(held, parts, headline):
    assert standing(held, parts).headline == headline


def test_earned_lost_and_waiting_make_the_whole():
    found = standing(score(25), [waiting(20), waiting(6), waiting(3, 3)])
    assert (found.earned, found.lost, found.waiting, found.extra_waiting) == (25, 49, 26, 3)


def test_what_goes_on_top_and_off_adds_up_to_the_total():
    held = score(60, bonus=5, late_penalty=6.5, days_late=0.42)
    assert standing(held, [waiting(40)]).remarks == [
        "Extra credit: 5 points on top",
        "Handed in 10.1 hours late: 6.5 points less",
        "With the exercises' 60, that makes 58.5 so far",
    ]
    assert standing(score(60), []).remarks == []


def result(name, state, points=10, bonus=0):
    return TestResult(name, "add", state, points, bonus)


PASSED, FAILED = TestState.PASSED, TestState.FAILED


@pytest.mark.parametrize(
    ("tests", "held", "state", "points"),
    [
        ([result("add-test", PASSED)], score(earned={"add-test": 10}), PartState.PASSED, "10 of 10"),
        ([result("add-test", FAILED)], score(earned={"add-test": 0}), PartState.FAILED, "0 of 10"),
        (
            [result("add-test", PASSED), result("add-test-2", FAILED, 4)],
            score(earned={"add-test": 10, "add-test-2": 0}),
            PartState.PARTLY,
            "10 of 14",
        ),
        ([result("add-test", PASSED, 0, 5)], score(earned={"add-test": 5}), PartState.PASSED, "5 of 5 extra"),
        (
            [result("add-test", FAILED)],
            score(earned={"add-test": 8}, given=frozenset({"add-test"})),
            PartState.GRADED,
            "8 of 10",
        ),
        (
            [result("add-test", PASSED)],
            score(earned={"add-test": 8}, given=frozenset({"add-test"}), changed=frozenset({"add-test"})),
            PartState.CHANGED,
            "8 of 10",
        ),
    ],
    ids=["passed", "failed", "one of two", "extra", "a person's", "a person's, changed since"],
)
def test_the_code_of_an_exercise(tests, held, state, points):
    part = code_part("add", tests, held)
    assert (part.state, part.points) == (state, points)


@pytest.mark.parametrize(
    ("written", "sets", "answered", "state", "points"),
    [
        (WrittenScore(0, 10, True), {}, True, PartState.WAITING, "up to 10"),
        (WrittenScore(8, 10, False), {"given": frozenset({"why"})}, True, PartState.GRADED, "8 of 10"),
        (WrittenScore(0, 10, False), {"given": frozenset({"why"})}, True, PartState.GRADED, "0 of 10"),
        (WrittenScore(0, 10, False), {}, False, PartState.UNANSWERED, "0 of 10"),
        (WrittenScore(8, 10, True), {"changed": frozenset({"why"})}, True, PartState.CHANGED, "8 of 10"),
    ],
    ids=["waits", "8 of 10", "a person's 0", "no answer", "changed since"],
)
def test_a_written_answer(written, sets, answered, state, points):
    part = written_part("why", "why", score(written={"why": written}, **sets), bonus=0, answered=answered)
    assert (part.state, part.points) == (state, points)


def test_every_state_has_a_sign_and_words():
    assert all(state.value[0] in SIGNS.values() for state in PartState)
    assert all(state.value[2:].strip() for state in PartState)
