import csv
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from nbformat.v4 import new_notebook
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import AssignLatePenalties

from examiner.batch.run import grade as examine
from examiner.exam.examination import exam_tests
from examiner.gradebook import scores
from examiner.gradebook.converters import load_config, nbgrader_at_ease
from examiner.gradebook.database import connect, open_gradebook
from examiner.gradebook.recording import open_writer
from examiner.notebook import cells
from examiner.publishing.release import release
from examiner.results.report import review
from examiner.verdict import SubmissionState, TestResult, TestState, Verdict, write_verdict
from tests.examiner.conftest import ROOT, query_plan, rewrite_source
from tests.examiner.verdicts import unreadable, verdict_on

WRONG = {"add": "def add(a, b):\n    return 3"}


@pytest.fixture
def grade(course, assignment, each_database):
    """A function that records a verdict and returns the score, in each of the two databases."""

    def grade(verdict, *, timestamp=None):
        if timestamp:
            folder = course.path("submitted", assignment, verdict.student)
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "timestamp.txt").write_text(timestamp)
        scores.record(course, assignment, verdict)
        return scores.scores(course, assignment)[verdict.student]

    return grade


@pytest.fixture
def by_hand(course, assignment):
    """A function that gives a cell a manual score or extra credit, as Formgrader does."""

    def by_hand(points, *, cell="why", student="student", **changes):
        with open_gradebook(course) as book:
            grade = book.find_grade(cell, "adding", assignment.name, student)
            grade.manual_score, grade.needs_manual_grade = points, False
            for name, value in changes.items():
                setattr(grade, name, value)
            book.db.commit()

    return by_hand


@pytest.fixture
def grade_notebook(course, assignment, hand_in):
    """A function that hands a notebook in, grades it in the sandbox and records that."""

    def grade_notebook(answers=None, **how):
        hand_in("student", answers, **how)
        verdict, _ = examine(course, assignment, "student")
        scores.record(course, assignment, verdict)
        return scores.scores(course, assignment)["student"]

    return grade_notebook


def waiting(score):
    return score.to_grade, score.to_recheck


def test_points_extra_credit_and_waiting_answers_are_recorded(grade):
    score = grade(verdict_on())
    assert (score.points, score.max_points, score.bonus, score.total) == (60, 100, 5, 65)
    assert score.earned == {"add-test": 60, "double-test": 5, "why": 0}
    assert score.written == {"why": scores.WrittenScore(0.0, 40.0, waiting=True)}
    assert score.needs_manual_grade
    assert waiting(score) == (1, 0)
    assert score.late_penalty == 0


def test_a_notebook_that_was_graded_is_recorded(grade_notebook):
    score = grade_notebook()
    assert (score.points, score.bonus, waiting(score)) == (60, 5, (1, 0))
    assert grade_notebook(WRONG).total == 5


def test_late_work_loses_the_share_that_course_toml_sets(grade):
    score = grade(verdict_on(), timestamp="2027-02-14 10:00:00 UTC")
    assert score.late_penalty == pytest.approx(0.2 * 65)
    assert score.days_late == pytest.approx(1.417, abs=0.01)
    assert score.total == pytest.approx(0.8 * 65)


def test_an_extension_that_a_person_grants_counts(course, assignment, grade):
    late = "2027-02-14 10:00:00 UTC"
    grade(verdict_on(), timestamp=late)
    with open_gradebook(course) as book:
        book.grant_extension(assignment.name, "student", days=1)
    assert scores.scores(course, assignment)["student"].late_penalty == pytest.approx(0.1 * 65)
    score = grade(verdict_on(double=False), timestamp=late)
    assert (score.late_penalty, score.days_late) == (pytest.approx(0.1 * 60), pytest.approx(0.417, abs=0.01))


def extend(course, *lines):
    (course.root / "extensions.csv").write_text("\n".join(["student,assignment,days,reason", *lines]))


def test_an_extension_of_extensions_csv_counts_in_nbgraders_own_field(course, assignment, grade):
    extend(course, "student,1,1,ill", "eve,1,2,")
    score = grade(verdict_on(), timestamp="2027-02-14 10:00:00 UTC")
    assert (score.late_penalty, score.own_due) == (pytest.approx(6.5), datetime(2027, 2, 13, 23, 59))
    with open_gradebook(course) as book:
        submission = book.find_submission(assignment.name, "student")
        assert submission.extension == timedelta(days=1)
        assert submission.total_seconds_late == pytest.approx(10 * 3600 + 60)


def test_an_extension_that_is_taken_out_of_extensions_csv_is_taken_back(course, grade):
    extend(course, "student,1,1,ill")
    grade(verdict_on(), timestamp="2027-02-14 10:00:00 UTC")
    extend(course, "student,1,3,ill")
    assert grade(verdict_on()).late_penalty == 0
    extend(course)
    score = grade(verdict_on())
    assert (score.late_penalty, score.own_due) == (13, None)


def test_an_extension_that_a_person_granted_later_stays_when_the_line_goes(course, assignment, grade):
    extend(course, "student,1,1,ill")
    grade(verdict_on(), timestamp="2027-02-14 10:00:00 UTC")
    with open_gradebook(course) as book:
        book.grant_extension(assignment.name, "student", days=5)
    extend(course)
    assert grade(verdict_on()).own_due == datetime(2027, 2, 17, 23, 59)


def test_a_resubmission_replaces_the_points(grade):
    assert grade(verdict_on(add=False)).points == 0
    assert grade(verdict_on()).points == 60


def test_an_unreadable_submission_is_recorded_with_no_points(grade, grade_notebook):
    grade(verdict_on())
    assert grade(unreadable()).total == 0
    assert grade_notebook(text="{").total == 0


def test_a_manual_score_and_comment_survive_a_regrade(course, assignment, grade):
    grade(verdict_on())
    with open_gradebook(course) as book:
        book.find_grade("why", "adding", assignment.name, "student").manual_score = 30
        book.find_comment("why", "adding", assignment.name, "student").manual_comment = "Well said."
        book.db.commit()
    score = grade(verdict_on(add=False))
    assert (score.points, score.total) == (30, 35)
    assert score.comments == {"why": "Well said."}


@pytest.mark.parametrize("comment", ["", "No response."])
def test_a_comment_that_says_nothing_is_none(course, assignment, grade, comment):
    grade(verdict_on())
    with open_gradebook(course) as book:
        book.find_comment("why", "adding", assignment.name, "student").auto_comment = comment
        book.db.commit()
    assert grade(verdict_on()).comments == {}


def test_extra_credit_that_a_person_edited_survives_a_regrade_and_is_flagged(grade, by_hand):
    grade(verdict_on())
    by_hand(None, cell="double-test", extra_credit=2)
    score = grade(verdict_on())
    assert (score.bonus, waiting(score)) == (2, (1, 0))
    score = grade(verdict_on(double=False))
    assert (score.bonus, waiting(score)) == (2, (1, 1))


def test_recording_twice_changes_nothing(grade):
    assert grade(verdict_on()) == grade(verdict_on())


def test_an_assignment_counts_as_released_once_the_gradebook_knows_it(course, assignment):
    assert scores.is_released(course, assignment)
    assert scores.scores(course, assignment) == {}
    (course.root / "gradebook.db").unlink()
    assert not scores.is_released(course, assignment)
    assert scores.scores(course, assignment) == {}


@pytest.mark.parametrize("why", ["", "  \n", "STUB"], ids=["empty", "blank", "as released"])
def test_a_written_answer_left_as_it_was_gets_nothing_and_waits_for_nobody(
    course, assignment, grade_notebook, why
):
    if why == "STUB":
        released = cells.read_notebook(course.path("release", assignment) / assignment.filename)
        why = next(cell.source for cell in released.cells if cell.id == "why")
    score = grade_notebook({"why": why})
    assert score.written == {"why": scores.WrittenScore(0.0, 40.0, waiting=False)}
    assert waiting(score) == (0, 0)


def test_a_written_answer_for_extra_credit_alone_waits_and_adds_what_a_person_gives(
    course, assignment, grade_notebook, by_hand
):
    def give_no_points(by_id):
        by_id["why"].metadata.bonus = 40
        by_id["why"].metadata.nbgrader.points = 0
        by_id["add-test"].metadata.nbgrader.points = 100

    rewrite_source(course, assignment, give_no_points)
    release(course, assignment)
    score = grade_notebook({"why": "Because."})
    assert (score.total, score.written["why"].waiting, waiting(score)) == (105, True, (1, 0))
    by_hand(None, extra_credit=30)
    score = grade_notebook({"why": "Because."})
    assert (score.total, waiting(score)) == (135, (0, 0))
    score = grade_notebook({"why": "Because I say so."})
    assert (score.total, waiting(score)) == (135, (0, 1))


def test_a_scored_answer_stays_scored_when_the_work_is_unchanged(grade, by_hand):
    grade(verdict_on())
    by_hand(30)
    score = grade(verdict_on())
    assert (score.points, waiting(score)) == (90, (0, 0))


def test_a_changed_answer_keeps_its_score_and_is_flagged_until_a_person_looks(grade, by_hand):
    grade(verdict_on())
    by_hand(30)
    changed = verdict_on(why="Because I say so.")
    assert (grade(changed).points, waiting(grade(changed))) == (90, (0, 1))
    by_hand(40)
    assert (grade(changed).points, waiting(grade(changed))) == (100, (0, 0))


def test_a_changed_answer_is_flagged_where_the_earlier_verdict_was_deleted(course, grade_notebook, by_hand):
    grade_notebook({"why": "Because."})
    by_hand(30)
    shutil.rmtree(course.root / "autograded")
    assert waiting(grade_notebook({"why": "Because it commutes."})) == (0, 1)


@pytest.mark.parametrize("state", ["needs_review", "unreadable"])
def test_a_submission_that_is_a_persons_is_recorded_with_nothing_and_listed(course, assignment, state):
    tests = exam_tests(cells.read_notebook(course.path("source", assignment) / assignment.filename))
    verdict = Verdict("ada", assignment.name, SubmissionState(state), reason="Look at it.", tests=tests)
    scores.record(course, assignment, verdict)
    write_verdict(verdict, course.path("autograded", assignment, "ada"))
    book = scores.scores(course, assignment)
    assert (book["ada"].total, book["ada"].max_points, waiting(book["ada"])) == (0, 100, (0, 0))
    assert f"submitted/ada/01_adding: {state}. Look at it." in review(course, assignment)


@pytest.mark.parametrize("day", ["2027-02-12", "2027-02-13", "2027-06-01"])
def test_the_late_penalty_is_the_one_that_nbgrader_itself_assigns(course, assignment, grade, day):
    score = grade(verdict_on(), timestamp=f"{day} 10:00:00 UTC")
    config = load_config(course)
    names = {"notebook": "adding", "assignment": assignment.name, "student": "student"}
    names["db_url"] = CourseDirectory(config=config).db_url
    with nbgrader_at_ease():
        AssignLatePenalties(config=config).preprocess(new_notebook(), {"nbgrader": names})
    with open_gradebook(course) as book:
        notebook = book.find_submission_notebook("adding", assignment.name, "student")
        assert score.late_penalty == (notebook.late_submission_penalty or 0)


def test_the_late_penalty_counts_what_a_person_has_given_since(course, assignment, grade, by_hand):
    assert grade(verdict_on(), timestamp="2027-02-13 10:00:00 UTC").late_penalty == pytest.approx(6.5)
    by_hand(40)
    assert scores.scores(course, assignment)["student"].late_penalty == pytest.approx(10.5)
    with open_gradebook(course) as book:
        assert book.find_submission(assignment.name, "student").late_submission_penalty == pytest.approx(10.5)


@pytest.mark.parametrize("timestamp", ["soon", "2027-02-30 10:00:00 UTC", " ", "9" * 400, "\0"], ids=repr)
def test_a_timestamp_that_is_no_date_counts_as_none(grade, timestamp):
    score = grade(verdict_on(), timestamp=timestamp)
    assert (score.total, score.days_late) == (65, 0)


def test_a_timestamp_of_other_bytes_counts_as_none(course, assignment, grade):
    grade(verdict_on(), timestamp="2027-02-14 10:00:00 UTC")
    (course.path("submitted", assignment, "student") / "timestamp.txt").write_bytes(b"\xff\xfe2")
    assert grade(verdict_on()).days_late == 0


def test_a_test_that_the_gradebook_does_not_know_changes_nothing(grade):
    before = grade(verdict_on())
    removed = TestResult("gone-test", "gone", TestState.PASSED, 50, 0)
    verdict = verdict_on()
    assert grade(replace(verdict, tests=(*verdict.tests, removed))) == before


def test_a_test_that_the_verdict_does_not_know_earns_nothing(grade):
    verdict = verdict_on()
    grade(verdict)
    assert grade(replace(verdict, tests=verdict.tests[1:])).points == 0


def test_nbgrader_exports_the_scores(course, grade, by_hand):
    grade(verdict_on(), timestamp="2027-02-13 10:00:00 UTC")
    by_hand(30)
    grade(verdict_on("ben", add=False))
    command = [sys.executable, "-m", "nbgrader", "export", "--to", "grades.csv"]
    where = {"cwd": course.root, "env": {**os.environ, "PYTHONPATH": str(ROOT)}}
    done = subprocess.run(command, **where, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with (course.root / "grades.csv").open(newline="") as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    told = {student: (row["raw_score"], row["late_submission_penalty"]) for student, row in rows.items()}
    assert told == {"student": ("95.0", "9.5"), "ben": ("5.0", "0.0")}


def test_formgrader_shows_the_submissions(course, assignment, grade, by_hand):
    grade(verdict_on(double=False))
    grade(verdict_on("ben", add=False, why=""))
    by_hand(30)
    with nbgrader_at_ease():
        api = NbGraderAPI(CourseDirectory(config=load_config(course)))
        with api.gradebook as book:
            shown = {row["student"]: row for row in book.notebook_submission_dicts("adding", assignment.name)}
            students = {row["id"]: row["score"] for row in book.student_dicts()}
            average = book.average_notebook_score("adding", assignment.name)
    names = ("score", "code_score", "written_score", "needs_manual_grade", "failed_tests", "flagged")
    assert [shown["student"][name] for name in names] == [90, 60, 30, False, False, False]
    assert [shown["ben"][name] for name in names] == [5, 5, 0, False, True, False]
    assert (students, average) == ({"student": 90, "ben": 5}, 47.5)


def test_scores_take_as_many_statements_for_a_large_class_as_for_a_small_one(
    course, assignment, each_database, statements
):
    counts = []
    for n_students in (3, 30):
        with open_writer(course) as writer:
            for number in range(n_students):
                writer.record(assignment, verdict_on(f"student{number}", add=number % 3 == 0))
        statements.clear()
        book = scores.scores(course, assignment)
        counts.append(len(statements))
        assert sum(score.points for score in book.values()) == n_students / 3 * 60
    assert counts[0] == counts[1]
    assert not [statement for statement in statements if statement.startswith("UPDATE")]


def test_the_score_of_one_is_that_among_all_and_reads_nobody_elses_rows(
    course, assignment, each_database, statements
):
    with open_writer(course) as writer:
        for number in range(3):
            writer.record(assignment, verdict_on(f"student{number}", add=number != 1))
    book = scores.scores(course, assignment)
    statements.clear()
    assert scores.scores(course, assignment, only="student1") == {"student1": book["student1"]}
    told = {statement for statement in statements if "submitted_notebook" in statement}
    assert scores.scores(course, assignment, only="nobody") == {}
    with connect(course) as connection:
        if connection.dialect.name != "sqlite":
            return
        steps = query_plan(connection, told)
    assert [step for step in steps if "grade USING INDEX examiner_grade_notebook" in step]
    assert not [step for step in steps if step.startswith("SCAN")]
