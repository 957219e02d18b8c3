"""A simulated class is to every command what a graded one is."""

from benchmarks.simulated_class import multiply_class, score_all
from examiner.batch.run import students_of
from examiner.gradebook.recording import open_writer
from examiner.gradebook.scores import scores
from examiner.results.report import read_verdicts, report
from examiner.verdict import write_verdict
from tests.examiner.verdicts import verdict_on


def test_each_further_student_is_graded_as_one_of_the_first(course, assignment, hand_in):
    with open_writer(course) as writer:
        for student, adds in (("ada", True), ("ben", False)):
            hand_in(student)
            verdict = verdict_on(student, add=adds)
            write_verdict(verdict, course.path("autograded", assignment, student))
            (course.path("autograded", assignment, student) / assignment.filename).write_text("{}")
            writer.record(assignment, verdict)
    multiply_class(course, assignment, 7)
    book = scores(course, assignment)
    own = {verdict.student: verdict for verdict in read_verdicts(course, assignment)}
    assert len(book) == len(own) == len(students_of(course, assignment)) == 7
    assert {book[student].points for student in ("ada", "student000002", "student000006")} == {60}
    assert {book[student].points for student in ("ben", "student000003", "student000005")} == {0}
    assert all(own[student].points == score.points for student, score in book.items())
    with open_writer(course) as writer:
        for verdict in own.values():
            writer.record(assignment, verdict)
    assert scores(course, assignment) == book
    assert "student000006" in report(course, assignment)


def test_nobody_waits_for_a_person_where_all_is_scored(course, assignment):
    with open_writer(course) as writer:
        writer.record(assignment, verdict_on("ada", why="Because."))
    assert scores(course, assignment)["ada"].to_grade == 1
    score_all(course)
    assert scores(course, assignment)["ada"].to_grade == 0
