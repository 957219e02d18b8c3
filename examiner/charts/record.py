"""Reads all that the class in pictures tells of an assignment: who, how far, with which results.

    verdicts, gradebook, time stamps, roster, section feedback ─▶ one record of plain data

Those who have left the course are in no picture. What cannot be read of one student is kept apart, with a
sentence, and costs the picture nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from examiner.apart import Failures
from examiner.course.facts import Assignment, Course
from examiner.course.objectives import points_of_exercises
from examiner.gradebook.database import connect
from examiner.gradebook.items import read_earned, read_items
from examiner.gradebook.schema import read_layout
from examiner.gradebook.scores import Score, scores
from examiner.intake import timestamps
from examiner.notebook import cells
from examiner.results.attendance import Attendance, departed, read_attendance
from examiner.results.hints import known_hints
from examiner.results.report import read_verdicts
from examiner.results.section_feedback import Opinion, read_opinions
from examiner.results.standing import Part, code_part, written_part
from examiner.verdict import SubmissionState, TestResult, Verdict


@dataclass(frozen=True)
class ItemCount:
    """An item of a mark scheme, and how many of the answers that were marked by items missed it."""

    question: str
    number: int
    text: str
    points: float
    n_missed: int
    n_marked: int

    @property
    def percent(self) -> float:
        """The share of the answers that missed it."""
        return 100 * self.n_missed / self.n_marked


@dataclass(frozen=True)
class ClassRecord:
    """What is known of a class's work on one assignment.

    `graded` are the verdicts on work that was examined, `apart` those on work that a person must look at.
    `written` are the ids of the written answers, and `parts` what each student has for each part of the
    notebook, in its order, by the part's name.
    """

    assignment: Assignment
    graded: tuple[Verdict, ...] = ()
    apart: tuple[Verdict, ...] = ()
    scores: Mapping[str, Score] = field(default_factory=dict)
    times: Mapping[str, datetime] = field(default_factory=dict)
    attendance: Attendance = Attendance()
    opinions: tuple[Opinion, ...] = ()
    n_unreadable_opinions: int = 0
    known: Mapping[str, frozenset[str]] = field(default_factory=dict)
    exercises: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    items: tuple[ItemCount, ...] = ()
    left_out: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def scored(self) -> dict[str, Score]:
        """The scores of those whose work was examined."""
        examined = {verdict.student for verdict in self.graded}
        return {student: score for student, score in self.scores.items() if student in examined}

    @cached_property
    def results(self) -> dict[str, dict[str, list[TestResult]]]:
        """The results of each student's tests, by exercise and student."""
        found: dict[str, dict[str, list[TestResult]]] = {name: {} for name in self.exercises}
        for verdict in self.graded:
            for name, tests in verdict.by_exercise().items():
                found.setdefault(name, {})[verdict.student] = tests
        return found

    def code_parts(self, exercise: str) -> dict[str, Part]:
        """Return what each student has for the code of an exercise."""
        tests, scored = self.results[exercise], self.scored
        return {
            student: code_part(exercise, tests[student], scored[student])
            for student in tests
            if student in scored
        }

    @cached_property
    def _answered(self) -> set[tuple[str, str]]:
        return {(each.student, a.grade_id) for each in self.graded for a in each.written if a.answered}

    def written_parts(self, name: str) -> dict[str, Part]:
        """Return what each student has for a written answer."""
        return {
            student: written_part(name, name, score, bonus=0.0, answered=(student, name) in self._answered)
            for student, score in self.scored.items()
            if name in score.written
        }


def read_record(course: Course, assignment: Assignment) -> ClassRecord:
    """Return what is known of the work on an assignment."""
    failures = Failures()
    left = departed(course)
    verdicts = [each for each in read_verdicts(course, assignment, failures) if each.student not in left]
    book = scores(course, assignment, failures)
    times = timestamps.all_times(course, assignment, failures)
    source = cells.read_notebook(course.path("source", assignment) / assignment.filename)
    opinions, n_unreadable = read_opinions(course, assignment)
    return ClassRecord(
        assignment,
        tuple(each for each in verdicts if each.state is SubmissionState.GRADED),
        tuple(each for each in verdicts if each.state is not SubmissionState.GRADED),
        {student: score for student, score in book.items() if student not in left},
        {student: told.time for student, told in times.items() if told.time and student not in left},
        read_attendance(course, assignment),
        tuple(opinions),
        n_unreadable,
        known_hints(source),
        tuple(name for name, worth in points_of_exercises(source).items() if worth.auto or worth.bonus),
        tuple(cells.grade_id(cell) for cell in source.cells if cells.is_written(cell)),
        _count_items(course, assignment, left),
        dict(failures.sentences),
    )


def _count_items(course: Course, assignment: Assignment, left: set[str]) -> tuple[ItemCount, ...]:
    """Return how many answers missed each item, of those that were marked by items at the desk."""
    with connect(course) as connection:
        layout = read_layout(connection, assignment)
        if layout is None:
            return ()
        items, earned = read_items(connection, layout), read_earned(connection, layout)
    counts = []
    for question, in_use in items.items():
        chosen = [of[question] for student, of in earned.items() if question in of and student not in left]
        for number, item in enumerate(in_use, start=1):
            if chosen and item.points > 0:  # what takes points off is not missed
                missed = sum(item.id not in ids for ids in chosen)
                counts.append(ItemCount(question, number, item.text, item.points, missed, len(chosen)))
    return tuple(counts)
