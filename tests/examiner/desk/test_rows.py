"""A group of any size is marked: more equal answers than a statement may have variables."""

import os
import sqlite3

import pytest

from examiner.desk.deciding import Conflict, decide, undo
from examiner.desk.exercises import read_exercises
from examiner.desk.leases import take
from examiner.desk.placing import put_together, read_placed
from examiner.desk.reading import read_states
from examiner.desk.revising import Revision, begin_items, preview, revise
from examiner.desk.scheme import SchemeItem
from examiner.desk.states import Decision, Stand
from examiner.gradebook import scores
from examiner.gradebook.database import connect
from examiner.gradebook.schema import ANSWERS
from examiner.gradebook.tables import GRADES, NOTEBOOKS, STUDENTS, SUBMISSIONS
from tests.examiner.verdicts import verdict_on

# SQLite's own limit is 32,766, and Debian's is higher: a lower one needs no class of that size.
N = int(os.environ.get("EQUAL_ANSWERS", "1500"))
LIMIT = min(N - 1, 32_766)
COPIED = (
    (STUDENTS, "id"),
    (SUBMISSIONS, "id student_id"),
    (NOTEBOOKS, "id assignment_id"),
    (GRADES, "id notebook_id"),
    (ANSWERS, "grade"),
)


@pytest.fixture
def crowd(course, assignment):
    """A connection to the gradebook of a large class whose answers are equal, and where they stand."""
    scores.record(course, assignment, verdict_on("s", why="idk"))
    with connect(course) as connection:
        with connection.begin():
            for table, own in COPIED:
                _copy(connection, table, own.split())
        place = read_exercises(connection, course, assignment)["why"].place
        connection.rollback()
        connection.connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, LIMIT)
        yield connection, place


def _copy(connection, table, own):
    """Add a row for each student: as the first one's, with numbers behind its ids."""
    names = [column.name for column in table.c]
    values = [f"{name} || '-' || n" if name in own else name for name in names]
    connection.exec_driver_sql(
        f"WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < {N - 1}) "
        f"INSERT INTO {table.name} ({', '.join(names)}) "
        f"SELECT {', '.join(values)} FROM {table.name} CROSS JOIN counted"
    )


def test_more_equal_answers_than_a_statement_has_variables_are_one_decision(crowd):
    connection, place = crowd
    (item,) = begin_items(connection, place, [SchemeItem("says why", 40.0)])
    seen = {grade: state.version for grade, state in read_states(connection, place).items()}
    connection.rollback()
    assert len(seen) == N
    label = put_together(connection, place, seen)
    assert set(read_placed(connection, place).values()) == {label}
    connection.rollback()
    take(connection, place, seen, "eve#1")
    after = decide(connection, place, Decision(seen, frozenset([item.id]), "Say more."), "eve#1")
    assert {(state.points, state.comment, state.stand) for state in after.values()} == {
        (40, "Say more.", Stand.DONE)
    }
    revision = Revision(item.id, "says why", 10.0)
    shown = preview(connection, place, revision)
    connection.rollback()
    assert len(revise(connection, place, revision, shown.token).changed) == N
    with pytest.raises(Conflict, match=f"{N} answers were changed meanwhile"):
        undo(connection, place, "eve#1")
    seen = {grade: state.version for grade, state in read_states(connection, place).items()}
    connection.rollback()
    decide(connection, place, Decision(seen, frozenset()), "eve#1")
    assert {state.points for state in undo(connection, place, "eve#1").values()} == {10}
