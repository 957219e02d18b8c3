"""A sample is marked twice, blind, and kappa says how far the two agree."""

import pytest

from examiner.desk.deciding import decide
from examiner.desk.second import ItemAgreement, agreement, mark_again, read_second, sample
from examiner.desk.states import AnswerState, Decision, Marked
from examiner.errors import DeskRefusal
from examiner.gradebook import scores
from examiner.gradebook.items import Item
from tests.examiner.desk.test_deciding import seen
from tests.examiner.verdicts import verdict_on

ITEM = Item("i", "says why", 2.0)


def marked(grade, items=()):
    mark = Marked(0.0, 0.0, "d", "eve", "now")
    return AnswerState(grade, grade, grade, 0.0, 0.0, None, False, None, "d", frozenset(items), mark)


def test_a_tenth_of_the_class_is_in_the_sample_and_always_the_same():
    states = [marked(str(n)) for n in range(1000)]
    drawn = sample(states)
    assert 70 < len(drawn) < 130
    assert sample(states[::-1]) == drawn
    assert set(sample(states[:500])) < set(drawn) | set(sample(states[:500]))
    assert len(sample(states[:8])) == 8


def test_kappa_is_that_of_a_worked_example():
    """Both say yes 20 times and no 15 times, of 50; one alone 5 times, the other 10: kappa is 0.4."""
    pairs = [(1, 1)] * 20 + [(1, 0)] * 5 + [(0, 1)] * 10 + [(0, 0)] * 15
    first = {str(n): marked(str(n), ["i"] * one) for n, (one, _) in enumerate(pairs)}
    second = {str(n): ("d", frozenset(["i"] * other)) for n, (_, other) in enumerate(pairs)}
    (found,) = agreement([ITEM], first, second)
    assert (found.n_answers, found.n_agreed, found.kappa) == (50, 35, pytest.approx(0.4))
    assert found.told == "35 of 50 the same, kappa 0.40"


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ([1, 1], [1, 1], "2 of 2 the same, no variation: no kappa"),
        ([1, 0], [1, 1], "1 of 2 the same, no variation: no kappa"),
        ([], [], "nothing is marked twice yet"),
    ],
    ids=["all agree", "one is all yes", "nothing"],
)
def test_where_nothing_varies_there_is_no_kappa(first, second, told):
    states = {str(n): marked(str(n), ["i"] * one) for n, one in enumerate(first)}
    again = {str(n): ("d", frozenset(["i"] * one)) for n, one in enumerate(second)}
    assert agreement([ITEM], states, again)[0].told == told


def test_a_second_mark_changes_no_score_and_ends_with_the_answer(
    connection, course, assignment, place, items, states
):
    decide(connection, place, Decision(seen(states(), "ada", "ben"), frozenset(items)), "eve#1")
    ada = states()["ada"].grade
    before = states()
    mark_again(connection, place, ada, items[:1], "fay#1")
    mark_again(connection, place, ada, items[1:], "fay#1")
    assert states() == before
    assert read_second(connection, place)[ada][1] == frozenset(items[1:])
    connection.rollback()
    with pytest.raises(DeskRefusal, match="this answer is not in the sample any more"):
        mark_again(connection, place, states()["cleo"].grade, [], "fay#1")
    scores.record(course, assignment, verdict_on("ada", why="Another."))
    with pytest.raises(DeskRefusal, match="its score or its text has changed"):
        mark_again(connection, place, ada, [], "fay#1")
    with connection.begin():
        again = read_second(connection, place)
    found = agreement([Item(items[0], "", 1)], {s.grade: s for s in states().values()}, again)
    assert found == [ItemAgreement(Item(items[0], "", 1), 0, 0, None)]
