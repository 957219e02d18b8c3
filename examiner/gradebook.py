"""Verdicts in nbgrader's gradebook, and scores out of it.

The gradebook is nbgrader's own database through its own API, so that Formgrader, manual grading, comments
and `nbgrader export` work on it. A manual score or comment is never touched.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import parse_utc

from examiner.converters import load_config, nbgrader_at_ease
from examiner.course import Assignment, Course
from examiner.verdict import TestResult, Verdict, WrittenAnswer

# Beside nbgrader's tables: a hash of the answer that each grade of a written answer was last recorded for.
_ANSWERS = sqlalchemy.Table(
    "examiner_answer",
    sqlalchemy.MetaData(),
    sqlalchemy.Column("grade", sqlalchemy.String(32), primary_key=True),
    sqlalchemy.Column("digest", sqlalchemy.String(64), nullable=False),
)


@dataclass(frozen=True)
class WrittenScore:
    """What a person gave for a written answer; `waiting` until that has happened."""

    points: float
    max_points: float
    waiting: bool


@dataclass(frozen=True)
class Score:
    """What the gradebook holds for one submission: points with manual grading, extra credit and penalty.

    `earned` has the points of each graded cell, what a person gave and extra credit included. `to_grade`
    counts the answers that no person has scored yet, `to_recheck` the scores that a person gave for an
    answer that has changed since.
    """

    student: str
    assignment: str
    points: float
    max_points: float
    bonus: float
    late_penalty: float
    days_late: float
    written: dict[str, WrittenScore]
    comments: dict[str, str]
    earned: dict[str, float]
    to_grade: int = 0
    to_recheck: int = 0

    @property
    def needs_manual_grade(self) -> bool:
        """Whether a person has yet to grade an answer."""
        return any(answer.waiting for answer in self.written.values())

    @property
    def total(self) -> float:
        """Points and extra credit less the late penalty, never below zero."""
        return max(0.0, self.points + self.bonus - self.late_penalty)


@contextmanager
def open_gradebook(course: Course) -> Iterator[Any]:
    """Open the course's gradebook; it is made when it is missing."""
    config = load_config(course)
    directory = CourseDirectory(config=config)
    with nbgrader_at_ease(), Gradebook(directory.db_url, directory.course_id) as gradebook:
        yield gradebook


def set_due_date(course: Course, assignment: Assignment) -> None:
    """Bring the due date in the gradebook in step with `course.toml`."""
    due = assignment.due.replace(tzinfo=None) if assignment.due else None
    with open_gradebook(course) as gradebook:
        gradebook.update_or_create_assignment(assignment.name, duedate=due)


def is_released(course: Course, assignment: Assignment) -> bool:
    """Return whether the gradebook knows the assignment's cells."""
    with open_gradebook(course) as gradebook:
        try:
            gradebook.find_notebook(assignment.notebook, assignment.name)
        except MissingEntry:
            return False
        return True


def record(course: Course, assignment: Assignment, verdict: Verdict) -> None:
    """Write a verdict's points, extra credit and late penalty; manual scores and comments stay.

    What a person has scored is marked for another look when the answer under it has changed.
    """
    handed_in = read_timestamp(course.path("submitted", assignment, verdict.student))
    with open_gradebook(course) as gradebook:
        gradebook.update_or_create_student(verdict.student)
        submission = gradebook.update_or_create_submission(
            assignment.name, verdict.student, timestamp=handed_in
        )
        notebook = gradebook.find_submission_notebook(assignment.notebook, assignment.name, verdict.student)
        write_grades(notebook, verdict, _changed(gradebook, notebook, verdict))
        gradebook.db.commit()
        gradebook.db.refresh(notebook)
        _renew_penalties(course, submission)
        gradebook.db.commit()


def _changed(gradebook: Any, notebook: Any, verdict: Verdict) -> set[str]:
    """Return which written answers are other ones than at the last recording, and keep what they are."""
    _ANSWERS.create(gradebook.db.connection(), checkfirst=True)
    digests = {answer.grade_id: answer.digest for answer in verdict.written}
    tests = {test.grade_id for test in verdict.tests}
    changed = set()
    for grade in notebook.grades:
        if grade.name in tests:
            continue
        row, digest = _ANSWERS.c.grade == grade.id, digests.get(grade.name, "")
        known = gradebook.db.execute(sqlalchemy.select(_ANSWERS.c.digest).where(row)).scalar()
        if known is None:
            gradebook.db.execute(_ANSWERS.insert().values(grade=grade.id, digest=digest))
        elif known != digest:
            gradebook.db.execute(_ANSWERS.update().where(row).values(digest=digest))
            changed.add(grade.name)
    return changed


def _renew_penalties(course: Course, submission: Any) -> None:
    """Set the late penalties to what the policy takes from the score as it is now."""
    for notebook in submission.notebooks:
        penalty = course.late.penalty(notebook.score, submission.total_seconds_late)
        if notebook.late_submission_penalty != penalty:
            notebook.late_submission_penalty = penalty


def write_grades(notebook: Any, verdict: Verdict, changed: Collection[str] = ()) -> None:
    """Set the grades of a submitted notebook in the gradebook to what a verdict says.

    `changed` names the written answers that are other ones than those that a person may have scored.
    """
    results = {test.grade_id: test for test in verdict.tests}
    written = {answer.grade_id: answer for answer in verdict.written}
    for grade in notebook.grades:
        if grade.name in results:
            _write_test(grade, results[grade.name])
        elif grade.name in written:
            _write_written(grade, written[grade.name], changed=grade.name in changed)
        else:
            grade.auto_score = 0.0
            grade.needs_manual_grade = _to_recheck(grade, changed=grade.name in changed)


def _write_test(grade: Any, result: TestResult) -> None:
    changed = grade.auto_score != result.points
    grade.auto_score = result.points
    if result.max_bonus:
        grade.extra_credit = result.bonus
    grade.needs_manual_grade = _to_recheck(grade, changed=changed)


def _write_written(grade: Any, answer: WrittenAnswer, *, changed: bool) -> None:
    grade.auto_score = None if answer.answered else 0.0
    waiting = answer.answered and grade.manual_score is None
    grade.needs_manual_grade = waiting or _to_recheck(grade, changed=changed)


def _to_recheck(grade: Any, *, changed: bool) -> bool:
    """Return whether a person must look again: the answer under their score has changed, now or before."""
    return grade.manual_score is not None and (changed or grade.needs_manual_grade)


def read_timestamp(folder: Path) -> datetime | None:
    """Return when a submission was handed in, in UTC without a zone, or None where nothing says it."""
    try:
        return parse_utc((folder / "timestamp.txt").read_text(encoding="utf-8").strip())  # type: ignore[no-any-return]
    except (OSError, ValueError, OverflowError):
        return None


def scores(course: Course, assignment: Assignment) -> dict[str, Score]:
    """Return the scores of all students who handed the assignment in, by student.

    What a person has given since the grading counts for the late penalty, too: it is renewed first.
    """
    with open_gradebook(course) as gradebook:
        submissions = gradebook.assignment_submissions(assignment.name)
        for submission in submissions:
            _renew_penalties(course, submission)
        gradebook.db.commit()
        return {submission.student.id: _score(submission) for submission in submissions}


def _score(submission: Any) -> Score:
    grades = [grade for book in submission.notebooks for grade in book.grades]
    bonus = sum(grade.extra_credit or 0 for grade in grades)
    written = {
        grade.name: WrittenScore(grade.score or 0.0, grade.max_score, grade.needs_manual_grade)
        for grade in grades
        if grade.cell.cell_type == "markdown"
    }
    comments = {
        comment.name: comment.comment
        for book in submission.notebooks
        for comment in book.comments
        if comment.comment and comment.comment != "No response."
    }
    return Score(
        student=submission.student.id,
        assignment=submission.assignment.name,
        points=submission.score - bonus,
        max_points=submission.max_score,
        bonus=bonus,
        late_penalty=submission.late_submission_penalty or 0.0,
        days_late=submission.total_seconds_late / 86_400,
        written=written,
        comments=comments,
        earned={grade.name: grade.score or 0.0 for grade in grades},
        to_grade=sum(grade.needs_manual_grade and grade.manual_score is None for grade in grades),
        to_recheck=sum(grade.needs_manual_grade and grade.manual_score is not None for grade in grades),
    )
