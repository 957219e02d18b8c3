"""Verdicts in nbgrader's gradebook, and scores out of it.

The gradebook is nbgrader's own database through its own API, so that Formgrader, manual grading, comments
and `nbgrader export` work on it. A manual score or comment is never touched.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.coursedir import CourseDirectory

from examiner.converters import load_config, nbgrader_at_ease
from examiner.course import Assignment, Course
from examiner.verdict import Verdict


@dataclass(frozen=True)
class WrittenScore:
    """What a person gave for a written answer; `waiting` until that has happened."""

    points: float
    max_points: float
    waiting: bool


@dataclass(frozen=True)
class Score:
    """What the gradebook holds for one submission: points with manual grading, extra credit and penalty."""

    student: str
    assignment: str
    points: float
    max_points: float
    bonus: float
    late_penalty: float
    days_late: float
    written: dict[str, WrittenScore]
    comments: dict[str, str]

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
    """Write a verdict's points, extra credit and late penalty; manual scores stay."""
    with open_gradebook(course) as gradebook:
        gradebook.update_or_create_student(verdict.student)
        submission = gradebook.update_or_create_submission(assignment.name, verdict.student)
        notebook = gradebook.find_submission_notebook(assignment.notebook, assignment.name, verdict.student)
        results = {test.grade_id: test for test in verdict.tests}
        for grade in notebook.grades:
            if grade.name in results:
                result = results[grade.name]
                grade.auto_score = result.points
                if result.max_bonus:
                    grade.extra_credit = result.bonus
                grade.needs_manual_grade = grade.manual_score is not None
        gradebook.db.commit()
        gradebook.db.refresh(notebook)
        notebook.late_submission_penalty = course.late.penalty(notebook.score, submission.total_seconds_late)
        gradebook.db.commit()


def scores(course: Course, assignment: Assignment) -> dict[str, Score]:
    """Return the scores of all students who handed the assignment in, by student."""
    with open_gradebook(course) as gradebook:
        submissions = gradebook.assignment_submissions(assignment.name)
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
    )
