"""A class of the tiny course whose written answers wait at the desk."""

import nbformat
import pytest

from examiner.desk.exercises import read_exercises
from examiner.desk.reading import read_states
from examiner.desk.revising import begin_items
from examiner.desk.scheme import SchemeItem
from examiner.gradebook import scores
from examiner.gradebook.database import connect
from examiner.gradebook.recording import open_writer
from examiner.publishing.release import solution
from tests.examiner.verdicts import verdict_on

STUDENTS = ("ada", "ben", "cleo")
SCHEME = (SchemeItem("says that it commutes", 25.0), SchemeItem("says why", 15.0))


def write_answers(course, assignment, texts):
    """Write graded notebooks with these answers, by student."""
    notebook = solution(course, assignment)
    for student, text in texts.items():
        notebook.cells[-1].source = text
        folder = course.path("autograded", assignment, student)
        folder.mkdir(parents=True)
        nbformat.write(notebook, folder / assignment.filename)


def hand_in(course, assignment, texts):
    """Let these answers wait in the gradebook and lie in `autograded/`, by student."""
    write_answers(course, assignment, texts)
    with open_writer(course) as writer:
        for student, text in texts.items():
            writer.record(assignment, verdict_on(student, why=text))


@pytest.fixture
def connection(each_database, course, assignment):
    """A connection to a gradebook in which three answers wait, and one student wrote nothing."""
    for student in STUDENTS:
        scores.record(course, assignment, verdict_on(student, why=f"Because, says {student}."))
    scores.record(course, assignment, verdict_on("dan", why=""))
    with connect(course) as connection:
        yield connection


@pytest.fixture
def place(connection, course, assignment):
    """The one written exercise."""
    place = read_exercises(connection, course, assignment)["why"].place
    connection.rollback()
    return place


@pytest.fixture
def items(connection, place):
    """The ids of its two items."""
    return [item.id for item in begin_items(connection, place, SCHEME)]


@pytest.fixture
def states(connection, place):
    """A function that tells how the answers stand, by student."""

    def states():
        found = {state.student: state for state in read_states(connection, place).values()}
        connection.rollback()
        return found

    return states
