"""Where the class stands, as text: a table of scores, where the exercises hurt, and what needs a person."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Sequence

from examiner.course import Assignment, Course
from examiner.feedback import number
from examiner.gradebook import Score, scores
from examiner.recording import read_timestamp
from examiner.verdict import SubmissionState, TestResult, TestState, Verdict, read_verdict

_HINT_WIDTH = 76


def read_verdicts(course: Course, assignment: Assignment) -> list[Verdict]:
    """Return the verdicts on an assignment, by student."""
    folders = sorted((course.root / "autograded").glob(f"*/{assignment.name}"))
    return [verdict for folder in folders if (verdict := read_verdict(folder)) is not None]


def report(course: Course, assignment: Assignment) -> str:
    """Return the report on an assignment: scores, then exercises, then what needs a person."""
    verdicts = read_verdicts(course, assignment)
    if not verdicts:
        return (
            f"{assignment.name}: nothing is graded yet. Put notebooks in submitted/, then run `make grade`."
        )
    book = scores(course, assignment)
    parts = [
        f"{assignment.name}: {assignment.title}",
        _score_table(verdicts, book),
        _exercise_table(verdicts),
        review(course, assignment),
    ]
    return "\n\n".join(parts)


def review(course: Course, assignment: Assignment) -> str:
    """Return a line for each submission that a person must look at, and for each that waits to be scored."""
    verdicts = read_verdicts(course, assignment)
    parts = [_to_mend(verdicts), _without_date(course, assignment), _to_score(scores(course, assignment))]
    return "\n".join(filter(None, parts)) or "Nothing needs a person."


def _to_mend(verdicts: Iterable[Verdict]) -> str:
    lines = [
        printable(f"  submitted/{verdict.student}/{verdict.assignment}: {verdict.state}. {verdict.reason}")
        for verdict in verdicts
        if verdict.state is not SubmissionState.GRADED
    ]
    return "\n".join([f"Needs a person ({len(lines)}):", *lines]) if lines else ""


def _without_date(course: Course, assignment: Assignment) -> str:
    """Name the submissions that count as in time because nobody can read when they were handed in."""
    folders = sorted(path.parent for path in course.root.glob(f"submitted/*/{assignment.name}/timestamp.txt"))
    lines = [
        printable(f"  {folder.relative_to(course.root)}: write a date like 2027-02-12 10:00:00 UTC into it")
        for folder in folders
        if read_timestamp(folder) is None
    ]
    title = f"timestamp.txt holds no date, taken as in time ({len(lines)}):"
    return "\n".join([title, *lines]) if lines else ""


def _to_score(book: dict[str, Score]) -> str:
    lines = []
    for student, score in sorted(book.items()):
        counts = {
            "to score": score.to_grade,
            "to score again, the answer changed under the score": score.to_recheck,
        }
        if any(counts.values()):
            told = "; ".join(f"{count} {what}" for what, count in counts.items() if count)
            lines.append(printable(f"  {student}: {told}"))
    return "\n".join([f"Waits for a score in Formgrader ({len(lines)}):", *lines]) if lines else ""


def printable(text: str) -> str:
    """Return text for a terminal: control characters, which students can write too, become spaces."""
    return "".join(character if character.isprintable() else " " for character in text)


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


def _exercise_table(verdicts: Sequence[Verdict]) -> str:
    graded = [verdict for verdict in verdicts if verdict.state is SubmissionState.GRADED]
    rows = [("exercise", "passed", "tells apart", "most frequent hint")]
    for name in dict.fromkeys(test.exercise for verdict in graded for test in verdict.tests):
        tests = [test for verdict in graded for test in verdict.by_exercise()[name]]
        passed = sum(test.state is TestState.PASSED for test in tests)
        hints = Counter(test.message for test in tests if test.message).most_common(1)
        hint = hints[0][0] if hints else ""
        rows.append((name, f"{passed}/{len(tests)}", discrimination(graded, name), _shorten(hint)))
    return table(rows)


def discrimination(verdicts: Sequence[Verdict], exercise: str) -> str:
    """Return how an exercise tells the class apart: the correlation of its points with those of the rest.

    This is the corrected item-total correlation. Below 0.2, an exercise says little of what a student can do;
    below 0, those who do well elsewhere fail it: look at its tests. Empty where all have the same points.
    """
    own = [_earned(verdict.by_exercise()[exercise]) for verdict in verdicts]
    rest = [_earned(verdict.tests) - points for verdict, points in zip(verdicts, own, strict=True)]
    if min(map(len, (set(own), set(rest))), default=0) < 2:
        return ""
    return f"{statistics.correlation(own, rest):.2f}"


def _earned(tests: Iterable[TestResult]) -> float:
    return sum(test.points + test.bonus for test in tests)


def _shorten(text: str) -> str:
    return text if len(text) <= _HINT_WIDTH else text[: _HINT_WIDTH - 1] + "…"


def table(rows: Sequence[Sequence[str]]) -> str:
    """Return rows of text in columns, the first row as their titles."""
    rows = [[printable(cell) for cell in row] for row in rows]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    rule = ["-" * width for width in widths]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    return "\n".join(line.rstrip() for line in [lines[0], "  ".join(rule), *lines[1:]])
