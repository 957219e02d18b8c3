"""Explains the points of a submission, test by test, as text for a terminal."""

from __future__ import annotations

import difflib
import textwrap
from collections.abc import Iterator
from typing import Any

from examiner.apart import Failures
from examiner.course.extensions import read_extensions
from examiner.course.facts import Assignment, Course
from examiner.course.submissions import is_student, students
from examiner.errors import NotGraded, UnknownStudent
from examiner.gradebook.scores import Score, scores
from examiner.notebook import cells
from examiner.verdict import SubmissionState, TestResult, Verdict, read_verdict
from examiner.wording import number, printable, time_span, timestamp

_WIDTH = 100


def explain(course: Course, assignment: Assignment, student: str) -> str:
    """Return state, points and hint of each test and written answer in the notebook's order, and repairs.

    The points are those of the gradebook, so that they add up to the sum: what a person gave is marked.

    `UnknownStudent` and `NotGraded` say in one line why there is nothing to explain.
    """
    verdict = _verdict(course, assignment, student)
    score = scores(course, assignment, Failures(), only=verdict.student).get(verdict.student)
    source = cells.read_notebook(course.path("source", assignment) / assignment.filename)
    lines = [*_head(verdict, score), *_extended(course, verdict, score)]
    lines += _about_cells(verdict, score, source)
    lines += _listed("Repairs", verdict.repairs) + _listed("What happened while it ran", verdict.notes)
    return "\n".join(lines)


def _verdict(course: Course, assignment: Assignment, student: str) -> Verdict:
    if not is_student(course, student):
        raise UnknownStudent(f"{student!r} has handed in nothing.{_near(student, students(course))}")
    where = f"submitted/{student}/{assignment.name}"
    verdict = read_verdict(course.path("autograded", assignment, student))
    if verdict is not None:
        return verdict
    if not course.path("submitted", assignment, student).is_dir():
        raise UnknownStudent(f"{student} has not handed in {assignment.name}: {where} does not exist")
    raise NotGraded(f"{where} is not graded yet: run `make grade ASSIGNMENT={assignment.name}`")


def _near(name: str, names: list[str]) -> str:
    near = difflib.get_close_matches(name, names, n=3, cutoff=0.5)
    return f" Did you mean {' or '.join(near)}?" if near else ""


def _head(verdict: Verdict, score: Score | None) -> Iterator[str]:
    yield printable(f"{verdict.student}, {verdict.assignment}: {verdict.state.replace('_', ' ')}")
    if verdict.state is not SubmissionState.GRADED:
        yield from _wrapped(verdict.reason, "  ")
    if score:
        extra = f" and {number(score.bonus)} extra" if score.bonus else ""
        late = f"handed in {time_span(86_400 * score.days_late)} late"
        late = f", {number(score.late_penalty)} less, {late}" if score.late_penalty else ""
        points = f"{number(score.points)} of {number(score.max_points)} points{extra}{late}"
        yield f"{points}: {number(score.total)} in total"


def _extended(course: Course, verdict: Verdict, score: Score | None) -> Iterator[str]:
    if score and score.own_due:
        given = read_extensions(course).get((verdict.student, verdict.assignment))
        yield printable(f"  extension until {timestamp(score.own_due)}{given.because if given else ''}")


def _about_cells(verdict: Verdict, score: Score | None, source: Any) -> Iterator[str]:
    """Yield lines on each test and written answer, in the notebook's order."""
    tests = {test.grade_id: test for test in verdict.tests}
    answered = {answer.grade_id for answer in verdict.written if answer.answered}
    graded = {cells.grade_id(cell): cell for cell in cells.graded(source.cells)}
    for name in dict.fromkeys([*graded, *tests]):
        if name in tests:
            yield from _about_test(tests[name], score)
        elif score and name in score.written:
            yield _about_answer(name, score, bonus=cells.bonus(graded[name]), answered=name in answered)


def _about_test(test: TestResult, score: Score | None) -> Iterator[str]:
    points, bonus, remark = test.points, test.bonus, ""
    if score and test.grade_id in score.given:
        earned = score.earned.get(test.grade_id, 0.0)
        points, bonus = (0.0, earned) if not test.max_points else (earned - bonus, bonus)
        remark = _by_person(score, test.grade_id, f"the test gave {number(test.points + test.bonus)}")
    worth = _worth(points, test.max_points, bonus, test.max_bonus)
    yield f"  {test.grade_id:<32} {test.state.replace('_', ' '):<12} {worth}{remark}"
    yield from _wrapped(test.message, "      ")


def _about_answer(name: str, score: Score, *, bonus: float, answered: bool) -> str:
    answer = score.written[name]
    state = "scored" if answer.points or answered else "no answer"
    state = "to score" if answer.waiting else state
    points, extra = (answer.points, 0.0) if answer.max_points else (0.0, answer.points)
    remark = _by_person(score, name) if name in score.changed else ""
    return f"  {name:<32} {state:<12} {_worth(points, answer.max_points, extra, bonus)}{remark}"


def _worth(points: float, max_points: float, bonus: float, max_bonus: float) -> str:
    worth = [f"{number(points)} of {number(max_points)}"] if max_points or not max_bonus else []
    return ", ".join([*worth, *[f"extra {number(bonus)} of {number(max_bonus)}"] * bool(max_bonus)])


def _by_person(score: Score, name: str, *said: str) -> str:
    """Return that a person gave the points, and for what."""
    earlier = ["for an earlier version: look again"] if name in score.changed else []
    return f" (by a person; {'; '.join([*said, *earlier])})"


def _listed(title: str, sentences: tuple[str, ...]) -> list[str]:
    if not sentences:
        return []
    return [f"{title}:", *(line for sentence in sentences for line in _wrapped(sentence, "  - "))]


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(printable(text), _WIDTH, initial_indent=indent, subsequent_indent=" " * len(indent))
