"""Tells when work came in, and whether those who hand in late earn less."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from datetime import UTC

from examiner.charts import drawing
from examiner.charts.measures import FEWEST, rank_correlation
from examiner.charts.parts import DataTable, Picture, Section, count
from examiner.charts.record import ClassRecord
from examiner.charts.svg import drawing as drawn
from examiner.course.facts import Assignment
from examiner.gradebook.scores import Score

_DAY = 86_400
_SPANS = (
    ("more than a week before", -7.0), ("3 to 7 days before", -3.0), ("1 to 3 days before", -1.0),
    ("on the last day", 0.0), ("up to a day late", 1.0), ("later", float("inf")),
)  # fmt: skip
_N_BINS = 45


def timing_section(record: ClassRecord) -> Section:
    """Return whether those who hand in late earn less: the time against the points of tests."""
    title = "Hand-in time and score"
    points = _timed(record)
    if len(points) < FEWEST:
        known = count(len(points), "submission")
        return Section(title, (f"The time is known of {known}: too few to compare with the score.",))
    days, percents = [when for when, _ in points], [score for _, score in points]
    found = rank_correlation(days, percents)
    what = "its own due date, extensions included" if record.assignment.due else "the first submission"
    said = [
        "Each circle is a submission; a larger one stands for several with about the same time and score. "
        f"Days count from {what}. The score is the share of the points of tests, before any penalty."
    ]
    if found is None:
        said.append("All have the same time or the same score, so there is nothing to compare.")
    else:
        said.append(_told(found.value, found.low, found.high))
    tables = (_span_table(points),) if record.assignment.due else ()
    low, high = min(days), max(days)
    bounds = (max(low, -21.0) - 0.6, min(max(high, 0.0 if record.assignment.due else high), 21.0) + 0.6)
    label = "days after the due date" if record.assignment.due else "days after the first hand-in"
    figure = drawing.bubbles(_binned(points, bounds), 0.0 if record.assignment.due else None, label, bounds)
    picture = Picture(
        drawn(figure, f"{record.assignment.name}-timing", f"Circles: time against score. {said[-1]}"),
        "When work came in, and what tests gave for it",
    )
    return Section(title, tuple(said), (picture,), tables)


def _told(value: float, low: float, high: float) -> str:
    strength = "hardly" if abs(value) < 0.2 else "somewhat" if abs(value) < 0.5 else "clearly"
    which = "fewer" if value < 0 else "more"
    told = f"(rank correlation {value:.2f}, between {low:.2f} and {high:.2f} for 95 of 100 such classes)"
    if strength == "hardly":
        return f"Later submissions hardly differ in points from earlier ones {told}."
    return f"Later submissions have {strength} {which} points {told}. That does not say which causes which."


def _timed(record: ClassRecord) -> list[tuple[float, float]]:
    """Return when each submission came, in days, and its share of the points of tests, in percent."""
    verdicts = {verdict.student: verdict for verdict in record.graded}
    times = {student: time for student, time in record.times.items() if student in verdicts}
    if not times:
        return []
    first = min(times.values())
    found = []
    for student, time in times.items():
        possible = sum(test.max_points for test in verdicts[student].tests)
        start = _due(record.assignment, record.scores.get(student)) or first.timestamp()
        if possible:
            score = min(100.0, 100 * verdicts[student].points / possible)
            found.append(((time.timestamp() - start) / _DAY, score))
    return found


def _due(assignment: Assignment, score: Score | None) -> float | None:
    if score is not None and score.own_due and assignment.due:
        return score.own_due.replace(tzinfo=UTC).timestamp()
    return assignment.due.timestamp() if assignment.due else None


def _binned(
    points: Sequence[tuple[float, float]], bounds: tuple[float, float]
) -> list[tuple[float, float, int]]:
    """Return the points in small cells, so that a large class is as readable as a small one."""
    width = (bounds[1] - bounds[0]) / _N_BINS
    cells: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for when, score in points:
        inside = min(max(when, bounds[0]), bounds[1])
        cells.setdefault((int(inside // width), int(score // 5)), []).append((inside, score))
    return [
        (statistics.fmean(w for w, _ in each), statistics.fmean(s for _, s in each), len(each))
        for each in cells.values()
    ]


def _span_table(points: Sequence[tuple[float, float]]) -> DataTable:
    rows, before = [], float("-inf")
    for name, until in _SPANS:
        scores = [score for when, score in points if before < when <= until]
        middle = f"{statistics.median(scores):.0f} %" if scores else "–"
        rows.append((name, str(len(scores)), middle))
        before = until
    return DataTable(
        "When work came in, and the middle of the points that tests gave for it",
        ("handed in", "submissions", "middle"),
        tuple(rows),
        numbers=frozenset({1, 2}),
    )
