"""Exports grades as `nbgrader export` does, with extra credit, extensions and lateness beside them.

    nbgrader export --exporter=examiner.nbgrader_export.GradesWithLateness --to grades.csv

Every row is one student's for one assignment, also of those who handed in nothing. Cells hold what they say:
none of them can become a formula in a spreadsheet, and a comma in a name moves no column.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nbgrader.api import MissingEntry
from nbgrader.plugins import ExportPlugin

COLUMNS = (
    "assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email",
    "raw_score", "late_submission_penalty", "score", "max_score",
    "extra_credit", "own_duedate", "hours_late", "answers_to_grade",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


class GradesWithLateness(ExportPlugin):  # type: ignore[misc]
    """The columns of nbgrader's own export, then what a course with a late policy asks for."""

    def export(self, gradebook: Any) -> None:
        """Write a file of comma-separated values."""
        path = Path(self.to or "grades.csv")
        self.log.info("Exporting grades to %s", path)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            for row in self._rows(gradebook):
                writer.writerow([plain(row.get(name)) for name in COLUMNS])

    def _rows(self, gradebook: Any) -> Iterator[dict[str, Any]]:
        chosen = [str(name) for name in self.assignment], [str(name) for name in self.student]
        for assignment in gradebook.assignments:
            for student in gradebook.students:
                if assignment.name in (chosen[0] or [assignment.name]) and (
                    student.id in (chosen[1] or [student.id])
                ):
                    yield _row(gradebook, assignment, student)


def _row(gradebook: Any, assignment: Any, student: Any) -> dict[str, Any]:
    row = {
        "assignment": assignment.name,
        "duedate": assignment.duedate,
        "student_id": student.id,
        "last_name": student.last_name,
        "first_name": student.first_name,
        "email": student.email,
        "max_score": assignment.max_score,
        "raw_score": 0.0,
        "late_submission_penalty": 0.0,
        "score": 0.0,
    }
    try:
        submission = gradebook.find_submission(assignment.name, student.id)
    except MissingEntry:
        return row
    grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
    penalty = submission.late_submission_penalty or 0.0
    return row | {
        "timestamp": submission.timestamp,
        "raw_score": submission.score,
        "late_submission_penalty": penalty,
        "score": max(0.0, submission.score - penalty),
        "extra_credit": sum(grade.extra_credit or 0.0 for grade in grades),
        "own_duedate": submission.duedate if submission.extension else None,
        "hours_late": round(submission.total_seconds_late / 3600, 2),
        "answers_to_grade": sum(grade.needs_manual_grade for grade in grades),
    }


def plain(value: Any) -> str:
    """Return what a cell says; an apostrophe keeps a spreadsheet from computing with a text."""
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text
