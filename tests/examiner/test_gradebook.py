import pytest

from examiner import gradebook
from examiner.exam import examine

WRONG = {"add": "def add(a, b):\n    return 3"}


@pytest.fixture
def grade(course, assignment, hand_in):
    def grade(student="student", answers=None, **how):
        hand_in(student, answers, **how)
        verdict, _ = examine(course, assignment, student)
        gradebook.record(course, assignment, verdict)
        return gradebook.scores(course, assignment)[student]

    return grade


def test_points_extra_credit_and_waiting_answers_are_recorded(grade):
    score = grade()
    assert (score.points, score.max_points, score.bonus, score.total) == (60, 100, 5, 65)
    assert score.needs_manual_grade
    assert score.late_penalty == 0


def test_late_work_loses_the_share_that_course_toml_sets(grade):
    score = grade(timestamp="2027-02-14 10:00:00 UTC")
    assert score.late_penalty == pytest.approx(0.2 * 65)
    assert score.days_late == pytest.approx(1.417, abs=0.01)
    assert score.total == pytest.approx(0.8 * 65)


def test_a_resubmission_replaces_the_points(grade):
    assert grade(answers=WRONG).points == 0
    assert grade().points == 60


def test_an_unreadable_submission_is_recorded_with_no_points(grade):
    assert grade(text="{").total == 0


def test_a_manual_score_and_comment_survive_a_regrade(course, assignment, grade):
    grade()
    with gradebook.open_gradebook(course) as book:
        book.find_grade("why", "adding", assignment.name, "student").manual_score = 30
        book.find_comment("why", "adding", assignment.name, "student").manual_comment = "Well said."
        book.db.commit()
    score = grade(answers=WRONG)
    assert (score.points, score.total) == (30, 35)
    assert score.comments == {"why": "Well said."}


def test_recording_twice_changes_nothing(grade):
    assert grade() == grade()


def test_an_assignment_counts_as_released_once_the_gradebook_knows_it(course, assignment):
    assert gradebook.is_released(course, assignment)
    (course.root / "gradebook.db").unlink()
    assert not gradebook.is_released(course, assignment)
