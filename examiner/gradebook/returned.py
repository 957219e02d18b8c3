"""Remembers which scores and pages were returned to a platform, and when in turn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, insert, select

from examiner.course.facts import Assignment, Course
from examiner.gradebook.class_tables import RETURNED, connect_class
from examiner.gradebook.database import writing


@dataclass(frozen=True)
class Returned:
    """What a platform has got for a student: all scores, the last one last, and a hash of the last page.

    A score counts as the platform counts, so in its points; None where a page went back without one.
    """

    scores: tuple[float | None, ...] = ()
    page: str = ""

    @property
    def score(self) -> float | None:
        """The last score."""
        return self.scores[-1] if self.scores else None


def read_returned(course: Course, platform: str, assignment: Assignment) -> dict[str, Returned]:
    """Return what each student's work got at the platform, by student."""
    with connect_class(course) as connection, connection.begin():
        rows = connection.execute(
            select(RETURNED.c.student, RETURNED.c.score, RETURNED.c.page)
            .where(RETURNED.c.platform == platform, RETURNED.c.assignment == assignment.name)
            .order_by(RETURNED.c.round)
        ).all()
    found: dict[str, Returned] = {}
    for row in rows:
        before = found.get(row.student, Returned())
        found[row.student] = Returned((*before.scores, row.score), row.page)
    return found


def write_returned(
    course: Course, platform: str, assignment: Assignment, now: Mapping[str, tuple[float | None, str]]
) -> None:
    """Remember a return: for each student the score and a hash of the page."""
    with connect_class(course) as connection, writing(connection):
        last = connection.scalar(
            select(func.max(RETURNED.c.round)).where(
                RETURNED.c.platform == platform, RETURNED.c.assignment == assignment.name
            )
        )
        where = {"platform": platform, "assignment": assignment.name, "round": f"{int(last or 0) + 1:010}"}
        rows = [
            {"student": name, "score": score, "page": page, **where} for name, (score, page) in now.items()
        ]
        if rows:
            connection.execute(insert(RETURNED), rows)
