"""Explains the points of a submission, test by test, as text for a terminal."""

from __future__ import annotations

import difflib
import textwrap
from collections.abc import Iterator

from examiner.apart import Failures
from examiner.course.extensions import read_extensions
from examiner.course.facts import Assignment, Course
from examiner.course.submissions import students
from examiner.errors import NotGraded, UnknownStudent
from examiner.gradebook.scores import Score, scores
from examiner.verdict import SubmissionState, TestResult, Verdict, read_verdict
from examiner.wording import number, printable, time_span, timestamp

_WIDTH = 100


def explain(course: Course, assignment: Assignment, student: str) -> str:
    """Return the state, points and hint of each test, the written answers, repairs and notes.

    `UnknownStudent` and `NotGraded` say in one line why there is nothing to explain.
    """
    verdict = _verdict(course, assignment, student)
    score = scores(course, assignment, Failures()).get(verdict.student)
    lines = [*_head(verdict, score), *_extended(course, verdict, score)]
    lines += [line for test in verdict.tests for line in _about(test)]
    lines += _written(verdict, score) if score else []
    lines += _listed("Repairs", verdict.repairs) + _listed("What happened while it ran", verdict.notes)
    return "\n".join(lines)


def _verdict(course: Course, assignment: Assignment, student: str) -> Verdict:
    if student not in students(course):
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


def _about(test: TestResult) -> Iterator[str]:
    parts = {"": (test.points, test.max_points), "extra ": (test.bonus, test.max_bonus)}
    told = [f"{what}{number(got)} of {number(most)}" for what, (got, most) in parts.items() if most]
    yield f"  {test.grade_id:<32} {test.state.replace('_', ' '):<12} {', '.join(told) or 'no points'}"
    yield from _wrapped(test.message, "      ")


def _written(verdict: Verdict, score: Score) -> Iterator[str]:
    answered = {answer.grade_id for answer in verdict.written if answer.answered}
    for name, answer in score.written.items():
        state = "scored" if answer.points or name in answered else "no answer"
        state = "to score" if answer.waiting else state
        yield f"  {name:<32} {state:<12} {number(answer.points)} of {number(answer.max_points)}"


def _listed(title: str, sentences: tuple[str, ...]) -> list[str]:
    if not sentences:
        return []
    return [f"{title}:", *(line for sentence in sentences for line in _wrapped(sentence, "  - "))]


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(printable(text), _WIDTH, initial_indent=indent, subsequent_indent=" " * len(indent))
