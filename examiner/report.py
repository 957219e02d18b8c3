"""Where the class stands, as text: a table of scores, where the exercises hurt, and what needs a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from examiner.course import Assignment, Course
from examiner.feedback import number
from examiner.gradebook import Score, scores
from examiner.verdict import SubmissionState, TestState, Verdict, read_verdict

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
    parts = [
        f"{assignment.name}: {assignment.title}",
        _score_table(verdicts, scores(course, assignment)),
        _exercise_table(verdicts),
        review(verdicts),
    ]
    return "\n\n".join(parts)


def review(verdicts: Iterable[Verdict]) -> str:
    """Return a line for each submission that a person must look at."""
    waiting = [verdict for verdict in verdicts if verdict.state is not SubmissionState.GRADED]
    if not waiting:
        return "Nothing needs a person."
    lines = [f"  submitted/{v.student}/{v.assignment}: {v.state}. {v.reason}" for v in waiting]
    return "\n".join([f"Needs a person ({len(waiting)}):", *lines])


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
    return _table(rows)


def _exercise_table(verdicts: Sequence[Verdict]) -> str:
    graded = [verdict for verdict in verdicts if verdict.state is SubmissionState.GRADED]
    rows = [("exercise", "passed", "most frequent hint")]
    for name in dict.fromkeys(test.exercise for verdict in graded for test in verdict.tests):
        tests = [test for verdict in graded for test in verdict.by_exercise()[name]]
        passed = sum(test.state is TestState.PASSED for test in tests)
        hints = Counter(test.message for test in tests if test.message).most_common(1)
        hint = hints[0][0] if hints else ""
        rows.append((name, f"{passed}/{len(tests)}", _shorten(hint)))
    return _table(rows)


def _shorten(text: str) -> str:
    return text if len(text) <= _HINT_WIDTH else text[: _HINT_WIDTH - 1] + "…"


def _table(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    rule = ["-" * width for width in widths]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    return "\n".join(line.rstrip() for line in [lines[0], "  ".join(rule), *lines[1:]])
