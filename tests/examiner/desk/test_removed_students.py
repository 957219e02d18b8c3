"""Nothing of a removed student stays at the desk, and everybody else is marked as before."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import MetaData, delete, select

from examiner.desk.answers import ClassAnswers
from examiner.desk.deciding import decide, undo
from examiner.desk.second import mark_again
from examiner.desk.states import Decision
from examiner.gradebook.desk_tables import DECISIONS
from examiner.gradebook.leaving import remove_students
from examiner.gradebook.tables import GRADES
from tests.examiner.desk.conftest import write_answers
from tests.examiner.desk.test_deciding import seen

NOW = datetime(2027, 3, 1, tzinfo=UTC)
GONE = "ben"


def everything(connection):
    """Return every value in the gradebook, as one text."""
    tables = MetaData()
    tables.reflect(connection)
    found = [str(row) for table in tables.sorted_tables for row in connection.execute(select(table))]
    connection.rollback()
    return "\n".join(found)


@pytest.fixture
def left(connection, course, assignment, place, items, states):
    """Two decisions on a class with somebody who is removed after that; return all that was theirs."""
    write_answers(course, assignment, {student: f"Because, says {student}." for student in states()})
    ClassAnswers(course, assignment).read()
    decide(connection, place, Decision(seen(states(), GONE), frozenset(), f"Only {GONE}'s."), "eve#1")
    decide(connection, place, Decision(seen(states(), "ada", GONE), frozenset(items), "Of both."), "eve#1")
    mark_again(connection, place, states()[GONE].grade, items, "fay#1")
    state = states()[GONE]
    connection.rollback()
    return [GONE, state.grade, state.notebook]


def files(course, aside=None):
    """Return the files that name the student; the gradebook is looked at by its rows."""
    rest = [path for path in course.root.rglob("*") if path.is_file() and "gradebook.db" not in path.name]
    return [path for path in rest if aside not in path.parents and GONE.encode() in path.read_bytes()]


def test_no_table_and_no_file_names_who_was_removed_and_others_are_taken_back(
    connection, course, place, states, left
):
    texts = everything(connection)
    assert all(own in texts for own in left), "the test looks where they are"
    assert course.root / ".examiner" / "desk" / "01_adding.json" in files(course)
    aside = remove_students(course, [GONE], NOW)
    texts = everything(connection)
    assert [own for own in left if own in texts] == []
    assert files(course, aside) == []
    assert states()["ada"].points == 40
    assert undo(connection, place, "eve#1").keys() == {states()["ada"].grade}
    assert (states()["ada"].points, states()["ada"].comment) == (None, None)
    assert connection.scalars(select(DECISIONS.c.undone)).all() == [True], "that on them alone is gone"


def test_who_was_removed_by_nbgrader_itself_is_left_out_of_an_undo(connection, place, states, left):
    grade = states()[GONE].grade
    with connection.begin():
        connection.execute(delete(GRADES).where(GRADES.c.id == grade))
    assert undo(connection, place, "eve#1").keys() == {states()["ada"].grade}
    assert states()["ada"].points is None
