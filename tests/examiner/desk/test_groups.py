"""Groups of answers that stand alike, in an order of chance."""

from examiner.desk.groups import arrange, numbers
from examiner.desk.states import AnswerState, Marked, Stand

MARK = Marked(2.0, 0.0, "d", "eve", "now")


def waiting(grade):
    return AnswerState(grade, grade, grade)


def marked(grade, *items):
    return AnswerState(grade, grade, grade, 2.0, needs=False, items=frozenset(items), marked=MARK)


def elsewhere(grade, points):
    return AnswerState(grade, grade, grade, points, needs=False)


def members(groups):
    return [{each.grade for each in group.members} for group in groups]


def test_new_answers_like_marked_ones_are_a_group_with_their_items_suggested():
    names = dict.fromkeys("abcd", "one")
    states = [marked("a", "i"), marked("b", "i"), waiting("c"), elsewhere("d", 1.0)]
    groups = arrange(names, {}, states, "seed")
    assert members(groups) == [{"c"}, {"d"}, {"a", "b"}]
    assert [group.stand for group in groups] == [Stand.OPEN, Stand.ELSEWHERE, Stand.DONE]
    assert [group.suggested for group in groups] == [frozenset("i"), None, None]


def test_stubs_come_last_of_those_that_wait_and_nothing_else_is_suggested_anything():
    names = {"a": "stub", "b": "one", "c": "empty", "d": "two"}
    groups = arrange(names, {}, map(waiting, "abcd"), "seed")
    assert [group.kind for group in groups[:2]] == ["", ""]
    assert {(group.kind, group.suggested) for group in groups} == {
        ("", None), ("stub", frozenset()), ("empty", frozenset()),
    }  # fmt: skip


def test_where_a_person_put_an_answer_goes_before_likeness():
    groups = arrange({"a": "one", "b": "one", "c": "two"}, {"b": "x", "c": "x"}, map(waiting, "abc"), "seed")
    assert sorted(map(sorted, members(groups))) == [["a"], ["b", "c"]]


def test_the_order_is_another_one_for_each_question_and_stays():
    states = [waiting(str(n)) for n in range(50)]
    names = {state.grade: state.grade for state in states}
    one, other = (members(arrange(names, {}, states, seed)) for seed in ("a/x", "a/y"))
    assert one != other
    assert one == members(arrange(names, {}, states[::-1], "a/x"))
    assert sorted(numbers(states, "a/x").values()) == list(range(1, 51))
    assert numbers(states, "a/x") != numbers(states, "a/y")
