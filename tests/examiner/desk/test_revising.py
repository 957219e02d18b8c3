"""Items change at any time, and everybody who was marked by them changes, as a table has said before."""

import pytest

from examiner.desk.deciding import decide
from examiner.desk.reading import read_place_items
from examiner.desk.revising import Changed, Revision, begin_items, preview, revise
from examiner.desk.scheme import SchemeItem
from examiner.desk.states import Decision
from examiner.errors import DeskRefusal
from tests.examiner.desk.conftest import SCHEME
from tests.examiner.desk.test_deciding import by_formgrader, seen


@pytest.fixture
def marked(connection, course, assignment, place, items, states):
    """Two answers marked by items, of which a person has changed one in Formgrader since."""
    decide(connection, place, Decision(seen(states(), "ada", "ben"), frozenset(items)), "eve#1")
    decide(connection, place, Decision(seen(states(), "cleo"), frozenset(items[1:])), "eve#1")
    by_formgrader(course, assignment, "ben", 33)
    return items


def agreed(connection, place, revision):
    with connection.begin():
        shown = preview(connection, place, revision)
    assert revise(connection, place, revision, shown.token) == shown
    return shown


def test_other_points_change_everybody_marked_here_and_nobody_else(connection, place, marked, states):
    shown = agreed(connection, place, Revision(marked[1], "says why", 5))
    assert shown.changed == (Changed("ada", 40, 30), Changed("cleo", 15, 5))
    assert shown.kept == ("ben",)
    assert [states()[name].points for name in ("ada", "ben", "cleo")] == [30, 33, 5]


def test_an_item_is_reworded_without_a_change_of_points(connection, place, marked, states):
    shown = agreed(connection, place, Revision(marked[1], "gives a reason", 15))
    assert shown.changed == ()
    assert [item.text for item in read_place_items(connection, place)] == [SCHEME[0].text, "gives a reason"]


def test_a_new_item_can_take_points_away_and_never_below_zero(connection, place, marked, states):
    agreed(connection, place, Revision("", "contradicts itself", -20))
    *_, new = read_place_items(connection, place)
    connection.rollback()
    decide(connection, place, Decision(seen(states(), "cleo"), frozenset([marked[1], new.id])), "eve#1")
    assert states()["cleo"].points == 0


def test_a_retired_item_earns_nothing_and_is_gone(connection, place, marked, states):
    agreed(connection, place, Revision(marked[0], retired=True))
    assert [states()[name].points for name in ("ada", "ben", "cleo")] == [15, 33, 15]
    assert states()["ada"].items == {marked[1]}


def test_points_never_go_beyond_what_the_answer_is_worth(connection, place, marked, states):
    shown = agreed(connection, place, Revision(marked[1], "says why", 30))
    assert shown.changed == (Changed("cleo", 15, 30),)
    assert states()["ada"].points == 40


def test_what_was_not_shown_is_not_done(connection, place, marked, states):
    revision = Revision(marked[1], "says why", 5)
    with connection.begin():
        shown = preview(connection, place, revision)
    decide(connection, place, Decision(seen(states(), "cleo"), frozenset(marked)), "fay#1")
    with pytest.raises(DeskRefusal, match="somebody has marked or changed items meanwhile"):
        revise(connection, place, revision, shown.token)
    with pytest.raises(DeskRefusal, match="look at the table again"):
        revise(connection, place, Revision(marked[1], "says why", 1), shown.token)
    assert states()["cleo"].points == 40


@pytest.mark.parametrize(
    ("revision", "message"),
    [
        (Revision("", " ", 1), "an item needs words, 2000 letters at most"),
        (Revision("", "x" * 2001, 1), "an item needs words, 2000 letters at most"),
        (Revision("", "x", float("nan")), "an item may be worth up to 1000 points"),
        (Revision("", "x", 1e9), "an item may be worth up to 1000 points"),
        (Revision("gone", "x", 1), "this item is not in the mark scheme any more"),
    ],
    ids=["no words", "too many words", "no number", "too many points", "no such item"],
)
def test_what_makes_no_item_is_refused(connection, place, items, revision, message):
    with pytest.raises(DeskRefusal, match=message):
        preview(connection, place, revision)


def test_items_follow_the_source_until_somebody_has_marked_by_them(connection, place, items, states):
    other = (SchemeItem("says anything", 40.0),)
    (item,) = begin_items(connection, place, other)
    decide(connection, place, Decision(seen(states(), "ada"), frozenset([item.id])), "eve#1")
    assert begin_items(connection, place, SCHEME) == (item,)
