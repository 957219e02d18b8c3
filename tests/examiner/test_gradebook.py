import csv
import os
import shutil
import subprocess
import sys
from dataclasses import replace

import pytest
from nbformat.v4 import new_notebook
from nbgrader.preprocessors import AssignLatePenalties

from examiner import cells, gradebook
from examiner.converters import load_config, nbgrader_at_ease
from examiner.exam import exam_tests
from examiner.grading import grade as examine
from examiner.report import review
from examiner.verdict import SubmissionState, TestResult, TestState, Verdict, write_verdict
from tests.examiner.conftest import ROOT

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


@pytest.fixture
def by_hand(course, assignment):
    """A function that gives a cell a manual score, as Formgrader does."""

    def by_hand(points, *, cell="why", student="student"):
        with gradebook.open_gradebook(course) as book:
            grade = book.find_grade(cell, "adding", assignment.name, student)
            grade.manual_score, grade.needs_manual_grade = points, False
            book.db.commit()

    return by_hand


def waiting(score):
    return score.to_grade, score.to_recheck


@pytest.mark.parametrize("why", ["", "  \n", "STUB"], ids=["empty", "blank", "as released"])
def test_a_written_answer_left_as_it_was_gets_nothing_and_waits_for_nobody(course, assignment, grade, why):
    if why == "STUB":
        released = cells.read_notebook(course.path("release", assignment) / assignment.filename)
        why = next(cell.source for cell in released.cells if cell.id == "why")
    score = grade(answers={"why": why})
    assert score.written == {"why": gradebook.WrittenScore(0.0, 40.0, waiting=False)}
    assert waiting(score) == (0, 0)


def test_a_written_answer_waits_for_a_person(grade):
    score = grade(answers={"why": "Because."})
    assert score.written == {"why": gradebook.WrittenScore(0.0, 40.0, waiting=True)}
    assert waiting(score) == (1, 0)


def test_a_scored_answer_stays_scored_when_the_work_is_unchanged(grade, by_hand):
    grade()
    by_hand(30)
    score = grade()
    assert (score.points, waiting(score)) == (90, (0, 0))


def test_a_changed_answer_keeps_its_score_and_is_flagged_until_a_person_looks(grade, by_hand):
    grade(answers={"why": "Because."})
    by_hand(30)
    changed = {"why": "Because it commutes."}
    assert (grade(answers=changed).points, waiting(grade(answers=changed))) == (90, (0, 1))
    by_hand(40)
    assert (grade(answers=changed).points, waiting(grade(answers=changed))) == (100, (0, 0))


def test_a_changed_answer_is_flagged_where_the_earlier_verdict_was_deleted(course, grade, by_hand):
    grade(answers={"why": "Because."})
    by_hand(30)
    shutil.rmtree(course.root / "autograded")
    assert waiting(grade(answers={"why": "Because it commutes."})) == (0, 1)


def test_another_result_under_a_manual_score_is_flagged_and_the_score_stays(grade, by_hand):
    grade(answers=WRONG | {"why": ""})
    by_hand(20, cell="add-test")
    assert waiting(grade(answers=WRONG | {"why": ""})) == (0, 0)
    score = grade(answers={"why": ""})
    assert (score.points, waiting(score)) == (20, (0, 1))


def test_an_unreadable_resubmission_under_a_manual_score_is_flagged(grade, by_hand):
    grade()
    by_hand(30)
    score = grade(text="{")
    assert (score.points, waiting(score)) == (30, (0, 1))
    by_hand(0)
    assert waiting(grade(text="{")) == (0, 0)


@pytest.mark.parametrize("state", ["needs_review", "unreadable"])
def test_a_submission_that_is_a_persons_is_recorded_with_nothing_and_listed(course, assignment, state):
    tests = exam_tests(cells.read_notebook(course.path("source", assignment) / assignment.filename))
    verdict = Verdict("ada", assignment.name, SubmissionState(state), reason="Look at it.", tests=tests)
    gradebook.record(course, assignment, verdict)
    write_verdict(verdict, course.path("autograded", assignment, "ada"))
    book = gradebook.scores(course, assignment)
    assert (book["ada"].total, book["ada"].max_points, waiting(book["ada"])) == (0, 100, (0, 0))
    assert f"submitted/ada/01_adding: {state}. Look at it." in review(course, assignment)


@pytest.mark.parametrize("day", ["2027-02-12", "2027-02-13", "2027-06-01"])
def test_the_late_penalty_is_the_one_that_nbgrader_itself_assigns(course, assignment, grade, day):
    score = grade(timestamp=f"{day} 10:00:00 UTC")
    config = load_config(course)
    names = {"notebook": "adding", "assignment": assignment.name, "student": "student"}
    names["db_url"] = f"sqlite:///{course.root}/gradebook.db"
    with nbgrader_at_ease():
        AssignLatePenalties(config=config).preprocess(new_notebook(), {"nbgrader": names})
    with gradebook.open_gradebook(course) as book:
        notebook = book.find_submission_notebook("adding", assignment.name, "student")
        assert score.late_penalty == (notebook.late_submission_penalty or 0)


def test_the_late_penalty_counts_what_a_person_has_given_since(grade, by_hand, course, assignment):
    assert grade(timestamp="2027-02-13 10:00:00 UTC").late_penalty == pytest.approx(6.5)
    by_hand(40)
    assert gradebook.scores(course, assignment)["student"].late_penalty == pytest.approx(10.5)


@pytest.mark.parametrize("timestamp", ["soon", "2027-02-30 10:00:00 UTC", " ", "9" * 400, "\0"], ids=repr)
def test_a_timestamp_that_is_no_date_counts_as_none(grade, timestamp):
    score = grade(timestamp=timestamp)
    assert (score.total, score.days_late) == (65, 0)


def test_a_timestamp_of_other_bytes_counts_as_none(course, assignment, grade, hand_in):
    hand_in("student")
    (course.path("submitted", assignment, "student") / "timestamp.txt").write_bytes(b"\xff\xfe2")
    assert grade().days_late == 0


def test_a_test_that_the_gradebook_does_not_know_changes_nothing(course, assignment, grade):
    before = grade()
    verdict, _ = examine(course, assignment, "student")
    removed = TestResult("gone-test", "gone", TestState.PASSED, 50, 0)
    gradebook.record(course, assignment, replace(verdict, tests=(*verdict.tests, removed)))
    assert gradebook.scores(course, assignment)["student"] == before


def test_a_test_that_the_verdict_does_not_know_earns_nothing(course, assignment, grade):
    grade()
    verdict, _ = examine(course, assignment, "student")
    gradebook.record(course, assignment, replace(verdict, tests=verdict.tests[1:]))
    assert gradebook.scores(course, assignment)["student"].points == 0


def test_nbgrader_exports_the_scores(course, grade, by_hand):
    grade(timestamp="2027-02-13 10:00:00 UTC")
    by_hand(30)
    grade("ben", answers=WRONG)
    command = [sys.executable, "-m", "nbgrader", "export", "--to", "grades.csv"]
    where = {"cwd": course.root, "env": {**os.environ, "PYTHONPATH": str(ROOT)}}
    done = subprocess.run(command, **where, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with (course.root / "grades.csv").open(newline="") as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    told = {student: (row["raw_score"], row["late_submission_penalty"]) for student, row in rows.items()}
    assert told == {"student": ("95.0", "9.5"), "ben": ("5.0", "0.0")}
