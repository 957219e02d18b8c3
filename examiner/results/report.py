"""Reports on the class as text: scores, where exercises hurt, what students say, what needs a person."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from examiner.apart import Failures, kept_by
from examiner.course import submissions
from examiner.course.extensions import read_extensions
from examiner.course.facts import Assignment, Course
from examiner.errors import NotGraded
from examiner.gradebook.scores import Score, scores
from examiner.intake import timestamps
from examiner.results.attendance import attendance, departed
from examiner.results.page_record import why_no_page
from examiner.results.section_feedback import FILE, MARKS, by_number, read_opinions
from examiner.verdict import SubmissionState, TestResult, TestState, Verdict, read_verdict
from examiner.wording import counted, number, printable, table, timestamp

_HINT_WIDTH = 76
_COMMENTS = 20  # shown; the files hold all
_TELLS_APART = (
    "tells apart: how far those who pass an exercise also do well in the others, from -1 to 1. Below 0.2 it\n"
    "says little of what a student can do; below 0, look at its tests."
)


@dataclass(frozen=True)
class _Class:
    """The verdicts and scores of all who have not left the course."""

    verdicts: Sequence[Verdict]
    book: dict[str, Score]


def read_verdicts(course: Course, assignment: Assignment, failures: Failures | None = None) -> list[Verdict]:
    """Return the verdicts on an assignment, by student; one that cannot be read is kept in `failures`."""
    verdicts = []
    for student, folder in submissions.folders(course, submissions.GRADED, assignment).items():
        with kept_by(failures, student):
            verdict = read_verdict(folder)
            if verdict is not None:
                verdicts.append(verdict)
            elif failures is not None and (folder / "verdict.json").exists():
                raise NotGraded("its verdict cannot be read: run `make grade`")
    return verdicts


def without_submissions(course: Course, assignments: Iterable[Assignment]) -> tuple[Assignment, ...]:
    """Return the assignments for which nobody has handed in anything, and nothing is graded."""
    steps = (submissions.HANDED_IN, submissions.GRADED)
    return tuple(
        each for each in assignments if not any(submissions.folders(course, step, each) for step in steps)
    )


def told_without_submissions(assignments: Sequence[Assignment]) -> str:
    """Name in one line the assignments for which there is nothing to tell."""
    names = ", ".join(assignment.name for assignment in assignments)
    return f"Nobody has handed in {names}: put notebooks in submitted/, then run `make grade`."


def report(course: Course, assignment: Assignment, failures: Failures | None = None) -> str:
    """Return the report on an assignment: scores, exercises, students' feedback, what needs a person."""
    failures = Failures() if failures is None else failures
    left = departed(course)
    verdicts = [each for each in read_verdicts(course, assignment, failures) if each.student not in left]
    if not verdicts and not failures:
        return (
            f"{assignment.name}: nothing is graded yet. Put notebooks in submitted/, then run `make grade`."
        )
    book = scores(course, assignment, failures)
    parts = [
        f"{assignment.name}: {assignment.title}",
        _score_table(verdicts, book),
        _exercise_table(verdicts),
        _extended(course, assignment, book),
        _feedback_table(course, assignment),
        attendance(course, assignment),
        _review(course, assignment, _Class(verdicts, _without(left, book)), failures, in_full=False),
    ]
    return "\n\n".join(filter(None, parts))


def review(
    course: Course, assignment: Assignment, failures: Failures | None = None, *, in_full: bool = True
) -> str:
    """Return a line for each submission that a person must look at, and for each that waits for a score.

    The latter are only counted where it is not to be `in_full`.
    """
    failures = Failures() if failures is None else failures
    left = departed(course)
    verdicts = [each for each in read_verdicts(course, assignment, failures) if each.student not in left]
    book = _without(left, scores(course, assignment, failures))
    return _review(course, assignment, _Class(verdicts, book), failures, in_full=in_full)


def _without(left: set[str], book: dict[str, Score]) -> dict[str, Score]:
    return {name: score for name, score in book.items() if name not in left}


def _review(
    course: Course, assignment: Assignment, students: _Class, failures: Failures, *, in_full: bool
) -> str:
    book = students.book
    parts = [
        _to_mend(students.verdicts),
        without_time(course, assignment, failures),
        _to_score(book) if in_full else _count_to_score(book),
        _above_maximum(book),
        _without_page(course, assignment, failures),
        list_failures(failures, assignment),
    ]
    return "\n".join(filter(None, parts)) or "Nothing needs a person."


def list_failures(failures: Failures, assignment: Assignment) -> str:
    """Return a line for each submission at which the examiner itself failed, or an empty string."""
    lines = [
        printable(f"  {student}/{assignment.name}: {said}.") for student, said in failures.sentences.items()
    ]
    return "\n".join([f"Left out, and a person must look at them ({len(lines)}):", *lines]) if lines else ""


def _without_page(course: Course, assignment: Assignment, failures: Failures) -> str:
    """Name the submissions whose feedback page could not be written when that was last tried."""
    lines = []
    for student, folder in submissions.folders(course, submissions.GRADED, assignment).items():
        with failures.apart(student):
            if said := why_no_page(folder):
                lines.append(printable(f"  {student}: {said}."))
    return "\n".join([f"No feedback page could be written ({len(lines)}):", *lines]) if lines else ""


def _to_mend(verdicts: Iterable[Verdict]) -> str:
    lines = [
        printable(f"  submitted/{verdict.student}/{verdict.assignment}: {verdict.state}. {verdict.reason}")
        for verdict in verdicts
        if verdict.state is not SubmissionState.GRADED
    ]
    return "\n".join([f"Needs a person ({len(lines)}):", *lines]) if lines else ""


def without_time(course: Course, assignment: Assignment, failures: Failures | None = None) -> str:
    """Name the submissions that count as in time because nobody can say when they were handed in."""
    failures = Failures() if failures is None else failures
    lines = [
        printable(
            f"  submitted/{student}/{assignment.name}/{timestamps.FILE} {told.fault}: "
            f"write in it when the work was handed in, like {timestamps.EXAMPLE}"
        )
        for student, told in timestamps.all_times(course, assignment, failures).items()
        if told.fault
    ]
    title = f"Nobody can say when these were handed in, so they count as in time ({len(lines)}):"
    return "\n".join([title, *lines]) if lines else ""


def without_zone(course: Course, assignments: Iterable[Assignment]) -> str:
    """Say how many time stamps name no zone, and which one they are read in."""
    unread = Failures()  # `without_time` has named them
    times = [told for each in assignments for told in timestamps.all_times(course, each, unread).values()]
    count = sum(told.lacks_zone for told in times)
    if not count:
        return ""
    return (
        f"Time stamps without a zone ({count}) are read in the course's zone, {course.timezone} "
        "(`timezone` in course.toml)."
    )


def _to_score(book: dict[str, Score]) -> str:
    lines = []
    for student, score in sorted(book.items()):
        counts = {
            "to score": score.to_grade,
            "to score again, because the answer has changed since": score.to_recheck,
        }
        if any(counts.values()):
            told = "; ".join(f"{count} {what}" for what, count in counts.items() if count)
            lines.append(printable(f"  {student}: {told}"))
    title = f"Waits for a score, by `make mark` or in Formgrader ({len(lines)}):"
    return "\n".join([title, *lines]) if lines else ""


def waiting(course: Course, assignment: Assignment) -> str:
    """Say how many written answers wait for a person, of how many students, and what opens them.

    Students who have left do not count.
    """
    return _count_to_score(_without(departed(course), scores(course, assignment, Failures())))


def _count_to_score(book: dict[str, Score]) -> str:
    waiting = [score.to_grade + score.to_recheck for score in book.values()]
    n_students = sum(map(bool, waiting))
    if not n_students:
        return ""
    answers = "1 answer waits" if sum(waiting) == 1 else f"{sum(waiting)} answers wait"
    of = counted(n_students, "student")
    return f"{answers} for a score, of {of}: `make mark` opens them."


def _above_maximum(book: dict[str, Score]) -> str:
    """Name the scores that a person gave above what their cell can give, as after its points have changed."""
    lines = [
        printable(f"  {student}: {cell} has {number(points)} of {number(most)}")
        for student, score in sorted(book.items())
        for cell, (points, most) in score.above_maximum.items()
    ]
    return "\n".join([f"Scores above the maximum ({len(lines)}):", *lines]) if lines else ""


def _score_table(verdicts: Sequence[Verdict], book: dict[str, Score]) -> str:
    rows = [("student", "points", "extra", "late", "total", "where to look")]
    for verdict in verdicts:
        score = book.get(verdict.student)
        if score is None or verdict.state is not SubmissionState.GRADED:
            rows.append((verdict.student, "-", "-", "-", "-", f"{verdict.state}: see below"))
            continue
        missed = [
            test.exercise for test in verdict.tests if test.state is not TestState.PASSED and test.max_points
        ]
        look = ", ".join(dict.fromkeys(missed))
        late = f"-{number(score.late_penalty)}" if score.late_penalty else ""
        points, bonus = number(score.points), number(score.bonus) if score.bonus else ""
        rows.append((verdict.student, points, bonus, late, number(score.total), look))
    return table(rows)


def _extended(course: Course, assignment: Assignment, book: dict[str, Score]) -> str:
    """Name those who may hand in later, also those who have not handed in yet."""
    told = {key[0]: given for key, given in read_extensions(course).items() if key[1] == assignment.name}
    granted = {student: score.own_due for student, score in book.items() if score.own_due}
    lines = []
    for student in sorted({*told, *granted}):
        given = told.get(student)
        due = timestamp(given.due if given else granted[student])
        what = "" if student in book else ", not handed in yet"
        lines.append(printable(f"  {student}: until {due}{given.because if given else ''}{what}"))
    return "\n".join([f"Extensions ({len(lines)}):", *lines]) if lines else ""


def _exercise_table(verdicts: Sequence[Verdict]) -> str:
    graded = [each.by_exercise() for each in verdicts if each.state is SubmissionState.GRADED]
    rows = [("exercise", "passed", "tells apart", "most frequent hint")]
    for name in dict.fromkeys(exercise for exercises in graded for exercise in exercises):
        of_each = [tests for exercises in graded if (tests := exercises.get(name))]
        passed = sum(all(test.state is TestState.PASSED for test in tests) for tests in of_each)
        hints = Counter(test.message for tests in of_each for test in tests if test.message).most_common(1)
        hint = hints[0][0] if hints else ""
        rows.append((name, f"{passed}/{len(of_each)}", discrimination(graded, name), _shorten(hint)))
    return f"{table(rows)}\n{_TELLS_APART}" if any(row[2] for row in rows[1:]) else table(rows)


def discrimination(graded: Iterable[Mapping[str, Sequence[TestResult]]], exercise: str) -> str:
    """Return how an exercise tells the class apart: the correlation of its points with those of the rest.

    `graded` holds for each student the results by exercise. This is the corrected item-total correlation.
    Below 0.2, an exercise says little of what a student can do; below 0, those who do well elsewhere fail it:
    look at its tests. Empty where all have the same points.
    """
    tried = [exercises for exercises in graded if exercise in exercises]
    own = [_earned(exercises[exercise]) for exercises in tried]
    rest = [sum(map(_earned, each.values())) - points for each, points in zip(tried, own, strict=True)]
    if min(map(len, (set(own), set(rest))), default=0) < 2:
        return ""
    return f"{statistics.correlation(own, rest):.2f}"


def _earned(tests: Iterable[TestResult]) -> float:
    return sum(test.points + test.bonus for test in tests)


def _feedback_table(course: Course, assignment: Assignment) -> str:
    """Return how students found the sections, in numbers and in their words, or an empty string."""
    opinions, unreadable = read_opinions(course, assignment)
    rows = [["section", "answers", "went well", "so so", "got lost", "mean (1 to 3)"]]
    for section in sorted({opinion.section for opinion in opinions}, key=by_number):
        marks = [MARKS[opinion.answer] for opinion in opinions if opinion.section == section]
        counts = [str(marks.count(mark)) for mark in MARKS.values()]
        rows.append([section, str(len(marks)), *counts, f"{sum(marks) / len(marks):.1f}"])
    said = [f"{opinion.section}: {opinion.comment}" for opinion in opinions if opinion.comment.strip()]
    lines = [table(rows)] if opinions else []
    lines += [f"  {_shorten(printable(line))}" for line in said[:_COMMENTS]]
    if len(said) > _COMMENTS:
        lines.append(f"  ({len(said) - _COMMENTS} more comments are in submitted/*/{assignment.name}/{FILE})")
    if unreadable:
        lines.append(f"  ({unreadable} files {FILE} could not be read)")
    return "\n".join(lines)


def _shorten(text: str) -> str:
    return text if len(text) <= _HINT_WIDTH else text[: _HINT_WIDTH - 1] + "…"
