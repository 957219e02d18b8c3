"""What the desk writes: nbgrader's own scores, items beside them, and never over somebody else's work."""

import signal
import subprocess
import sys
import textwrap
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from examiner.desk import leases
from examiner.desk.deciding import Conflict, decide, undo
from examiner.desk.leases import HeldByOther, let_go, take
from examiner.desk.states import Decision, Stand
from examiner.errors import DeskRefusal
from examiner.gradebook import scores
from examiner.gradebook.database import connect, open_gradebook
from examiner.gradebook.items import read_earned, read_items
from examiner.gradebook.schema import read_layout
from tests.examiner.conftest import ROOT
from tests.examiner.desk.conftest import STUDENTS
from tests.examiner.verdicts import verdict_on


def seen(states, *students):
    return {states[student].grade: states[student].version for student in students}


def by_formgrader(course, assignment, student, score, comment=None):
    with open_gradebook(course) as book:
        grade = book.find_grade("why", "adding", assignment.name, student)
        grade.manual_score, grade.needs_manual_grade = score, False
        if comment:
            book.find_comment("why", "adding", assignment.name, student).manual_comment = comment
        book.db.commit()


def test_a_decision_writes_scores_comments_and_items_for_the_whole_group(
    connection, course, assignment, place, items, states
):
    decide(
        connection, place, Decision(seen(states(), "ada", "ben"), frozenset(items[:1]), "Say *why*."), "eve#1"
    )
    book = scores.scores(course, assignment)
    assert [book[name].written["why"].points for name in STUDENTS] == [25, 25, 0]
    assert [book[name].written["why"].waiting for name in STUDENTS] == [False, False, True]
    assert book["ben"].comments == {"why": "Say *why*."}
    with connection.begin():
        layout = read_layout(connection, assignment)
        assert read_earned(connection, layout) == {
            name: {"why": frozenset(items[:1])} for name in ("ada", "ben")
        }
        assert [item.points for item in read_items(connection, layout)["why"]] == [25, 15]
    with open_gradebook(course) as gradebook:
        assert gradebook.find_grade("why", "adding", assignment.name, "ada").score == 25


def test_no_item_is_zero_points_and_an_untouched_answer_needs_nobody(connection, place, items, states):
    assert states()["dan"].stand is Stand.NONE
    decide(connection, place, Decision(seen(states(), "ada"), frozenset()), "eve#1")
    assert (states()["ada"].points, states()["ada"].stand) == (0, Stand.DONE)


def test_a_score_that_changed_meanwhile_is_told_and_nothing_is_written(
    connection, course, assignment, place, items, states
):
    before = seen(states(), "ada", "ben")
    by_formgrader(course, assignment, "ben", 7)
    with pytest.raises(Conflict, match="One answer was changed meanwhile .* Nothing was written") as told:
        decide(connection, place, Decision(before, frozenset(items)), "eve#1")
    assert [(state.student, state.points) for state in told.value.states] == [("ben", 7)]
    assert (states()["ada"].points, states()["ben"].points) == (None, 7)


def test_a_score_given_elsewhere_is_replaced_only_when_a_person_says_so(
    connection, course, assignment, place, items, states
):
    by_formgrader(course, assignment, "ben", 7, "Mine.")
    assert states()["ben"].stand is Stand.ELSEWHERE
    decide(connection, place, Decision(seen(states(), "ada", "ben"), frozenset(items), "Good."), "eve#1")
    assert (states()["ada"].points, states()["ben"].points, states()["ben"].comment) == (40, 7, "Mine.")
    decide(connection, place, Decision(seen(states(), "ben"), frozenset(items), replace=True), "eve#1")
    assert (states()["ben"].points, states()["ben"].comment) == (40, "Mine.")


def test_what_formgrader_changes_afterwards_stands_for_no_items(
    connection, course, assignment, place, items, states
):
    decide(connection, place, Decision(seen(states(), "ada"), frozenset(items)), "eve#1")
    by_formgrader(course, assignment, "ada", 39)
    assert states()["ada"].stand is Stand.ELSEWHERE
    with connection.begin():
        assert read_earned(connection, read_layout(connection, assignment)) == {}


def test_an_answer_that_changes_after_it_was_marked_waits_again_and_keeps_its_score(
    connection, course, assignment, place, items, states
):
    decide(connection, place, Decision(seen(states(), "ada"), frozenset(items)), "eve#1")
    scores.record(course, assignment, verdict_on("ada", why="Another one."))
    assert (states()["ada"].stand, states()["ada"].points) == (Stand.CHANGED, 40)
    assert scores.scores(course, assignment)["ada"].changed == {"why"}
    decide(connection, place, Decision(seen(states(), "ada"), frozenset()), "eve#1")
    scores.record(course, assignment, verdict_on("ada", why="Another one."))
    assert (states()["ada"].stand, states()["ada"].points) == (Stand.DONE, 0)


def test_undo_takes_decisions_back_one_by_one(connection, course, assignment, place, items, states):
    by_formgrader(course, assignment, "ben", 7, "Mine.")
    before = states()
    decide(
        connection, place, Decision(seen(states(), *STUDENTS), frozenset(items), "A", replace=True), "eve#1"
    )
    decide(connection, place, Decision(seen(states(), "ada"), frozenset(), "B"), "eve#2")
    undo(connection, place, "eve#1")
    assert (states()["ada"].points, states()["ada"].comment, states()["ada"].items) == (40, "A", set(items))
    undo(connection, place, "eve#1")
    assert states() == before
    with pytest.raises(DeskRefusal, match="there is no decision of yours on this question to take back"):
        undo(connection, place, "eve#1")


def test_undo_leaves_what_somebody_changed_since(connection, course, assignment, place, items, states):
    decide(connection, place, Decision(seen(states(), "ada"), frozenset(items)), "eve#1")
    by_formgrader(course, assignment, "ada", 1)
    with pytest.raises(Conflict):
        undo(connection, place, "eve#1")
    assert states()["ada"].points == 1


def test_a_group_has_one_holder_until_it_is_let_go_or_time_is_up(
    connection, place, items, states, monkeypatch
):
    group = [states()[name].grade for name in ("ada", "ben")]
    take(connection, place, group, "eve#1")
    with pytest.raises(HeldByOther, match="eve has this group on another page"):
        take(connection, place, group[1:], "fay#2")
    with pytest.raises(HeldByOther):
        decide(connection, place, Decision(seen(states(), "ben"), frozenset(items)), "fay#2")
    assert states()["ben"].points is None
    take(connection, place, group[:1], "eve#1")
    take(connection, place, group[1:], "fay#2")
    let_go(connection, "fay#2")
    later = time.time() + leases.SECONDS + 1
    monkeypatch.setattr(leases.time, "time", lambda: later)
    take(connection, place, group, "fay#2")


def test_of_two_who_decide_at_once_one_is_told_and_nothing_is_overwritten(
    connection, course, place, items, states
):
    before, together = seen(states(), *STUDENTS), Barrier(2)

    def mark(name, chosen):
        with connect(course) as own:
            together.wait()
            try:
                decide(own, place, Decision(before, frozenset(chosen), name), f"{name}#1")
            except Conflict:
                return None
            return name

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(mark, ["eve", "fay"], [items[:1], items[1:]]))
    (winner,) = filter(None, done)
    assert {states()[name].comment for name in STUDENTS} == {winner}
    assert {states()[name].points for name in STUDENTS} == {25 if winner == "eve" else 15}


@pytest.mark.parametrize(
    ("items", "comment", "message"),
    [
        ({"gone"}, None, "1 of the items are not in the mark scheme any more: look again"),
        (set(), "x" * 10_001, "a comment may have 10000 letters, got 10001: shorten it"),
    ],
    ids=["an item that is not there", "a comment without end"],
)
def test_what_cannot_be_meant_is_refused(connection, place, states, items, comment, message):
    with pytest.raises(DeskRefusal, match=message):
        decide(connection, place, Decision(seen(states(), "ada"), frozenset(items), comment), "eve#1")


MARKING = """
import os, sys
from pathlib import Path
from examiner.course.facts import read_course
from examiner.desk import leases
from examiner.desk.deciding import decide, undo
from examiner.desk.exercises import read_exercises
from examiner.desk.reading import read_place_items, read_states
from examiner.desk.states import Decision
from examiner.gradebook.database import connect

course = read_course(Path(sys.argv[1]))
with connect(course) as connection:
    place = read_exercises(connection, course, course.assignments[0])["why"].place
    items = [item.id for item in read_place_items(connection, place)]
    connection.rollback()
    for number in range(10_000):
        states = {s.grade: s.version for s in read_states(connection, place).values()}
        connection.rollback()
        decide(connection, place, Decision(states, frozenset(items[number % 2:]), str(number)), "eve#1")
        os.write(1, f"{number}\\n".encode())
"""


def test_a_killed_server_loses_no_decision_that_it_confirmed(connection, course, place, items, states):
    command = [sys.executable, "-W", "ignore", "-c", textwrap.dedent(MARKING), str(course.root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        confirmed = [int(process.stdout.readline()) for _ in range(6)]
        process.send_signal(signal.SIGKILL)
        confirmed += map(int, process.stdout.read().split())
    found = states()
    (number,) = {int(found[name].comment) for name in STUDENTS}
    assert number in (confirmed[-1], confirmed[-1] + 1), "all of a group, and nothing older"
    assert {found[name].points for name in STUDENTS} == {15 if number % 2 else 40}
    assert {found[name].items for name in STUDENTS} == {frozenset(items[number % 2 :])}
