"""What the page reads of a class: results from verdicts and gradebook, items from the marking desk."""

from datetime import UTC, datetime

import pytest

from examiner.charts.record import ItemCount, read_record
from examiner.desk.deciding import decide
from examiner.desk.exercises import read_exercises
from examiner.desk.reading import read_states
from examiner.desk.revising import begin_items
from examiner.desk.scheme import SchemeItem
from examiner.desk.states import Decision
from examiner.gradebook import scores
from examiner.gradebook.database import connect
from examiner.verdict import write_verdict
from tests.examiner.desk.conftest import SCHEME
from tests.examiner.verdicts import unreadable, verdict_on


@pytest.fixture
def record(course, assignment, hand_in):
    """A class of four: two marked at the desk, one of them by Formgrader since, one unreadable."""
    for verdict in (verdict_on("ada"), verdict_on("ben"), verdict_on("cleo", why=""), unreadable("dan")):
        hand_in(verdict.student, timestamp="2027-02-11 10:00:00 UTC")
        write_verdict(verdict, course.path("autograded", assignment, verdict.student))
        scores.record(course, assignment, verdict)
    with connect(course) as connection:
        place = read_exercises(connection, course, assignment)["why"].place
        connection.rollback()
        first, *_ = begin_items(connection, place, (*SCHEME, SchemeItem("says it twice", -5.0)))
        mark(connection, place, {"ada": [first.id], "ben": []})
    with scores.open_gradebook(course) as book:
        book.find_grade("why", "adding", assignment.name, "ben").manual_score = 40
        book.db.commit()
    return read_record(course, assignment)


def mark(connection, place, items):
    for student, chosen in items.items():
        states = {state.student: state for state in read_states(connection, place).values()}
        connection.rollback()
        seen = {states[student].grade: states[student].version}
        decide(connection, place, Decision(seen, frozenset(chosen), None), "eve#1")


def test_a_record_holds_who_is_examined_with_scores_and_times(record):
    assert sorted(verdict.student for verdict in record.graded) == ["ada", "ben", "cleo"]
    assert [verdict.student for verdict in record.apart] == ["dan"]
    assert record.times["ada"] == datetime(2027, 2, 11, 10, tzinfo=UTC)
    assert (record.exercises, record.written) == (("add", "double"), ("why",))
    states = {name: part.state.name for name, part in record.written_parts("why").items()}
    assert states == {"ada": "GRADED", "ben": "GRADED", "cleo": "UNANSWERED"}
    assert record.left_out == {}


def test_items_count_where_the_score_is_still_that_of_the_desk_and_what_takes_points_off_is_not_missed(
    record,
):
    assert record.items == (
        ItemCount("why", 1, "says that it commutes", 25, 0, 1),
        ItemCount("why", 2, "says why", 15, 1, 1),
    )
