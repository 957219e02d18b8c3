import pytest

from examiner.gradebook.roster import Member, write_members
from examiner.gradebook.scores import record
from examiner.results.attendance import attendance
from examiner.results.report import report
from examiner.verdict import write_verdict
from tests.examiner.verdicts import verdict_on


@pytest.fixture
def graded(course, assignment):
    """Ada, Ben and Eve handed in and were graded."""
    for student in ("ada", "ben", "eve"):
        for step in ("submitted", "autograded"):
            course.path(step, assignment, student).mkdir(parents=True)
        write_verdict(verdict_on(student), course.path("autograded", assignment, student))
        record(course, assignment, verdict_on(student))


def test_the_report_says_who_handed_in_nothing_and_who_is_not_of_the_class(course, assignment, graded):
    roster = [Member(name, listed=True) for name in ("ada", "ben", "cy", "di")]
    write_members(course, [*roster, Member("gus", listed=True, departed=True)])
    assert (
        attendance(course, assignment)
        == "Handed in nothing (2): cy, di\nHanded in, and not on the roster (1): eve"
    )
    assert "\n\nHanded in nothing (2): cy, di\n" in report(course, assignment)


def test_who_has_left_is_in_no_table_and_named(course, assignment, graded):
    write_members(course, [Member("ada", listed=True), Member("ben", listed=True, departed=True)])
    told = report(course, assignment)
    assert "Have left the course, and are in no table here (1): ben" in told
    assert not any(line.startswith("ben ") for line in told.splitlines())
    assert "  ben: " not in told
    assert any(line.startswith("ada ") for line in told.splitlines())


def test_without_a_roster_nothing_is_said_of_it(course, assignment, graded):
    assert attendance(course, assignment) == ""
    assert "Handed in" not in report(course, assignment)
