"""Makes the page of the class in pictures for the commands, and says where it is."""

from __future__ import annotations

import importlib
from pathlib import Path

from examiner.course.facts import Course
from examiner.results.report import without_submissions
from examiner.wording import say


def tell_of_page(course: Course, assignment: str | None, root: Path | None = None) -> None:
    """Write the page on what is chosen of a course, if anybody handed in anything; say where, from `root`."""
    chosen = course.chosen(assignment)
    empty = without_submissions(course, chosen)
    if shown := [each for each in chosen if each not in empty]:
        page = importlib.import_module("examiner.charts.page")  # it draws: no other command needs Matplotlib
        path = page.write_page(course, shown)
        say(f"The class in pictures: {path.relative_to(root or course.root)}")


def drop_page(course: Course) -> None:
    """Remove the page, which may name somebody who is not in the course any more, and say so."""
    page = course.root / "report" / "index.html"
    if page.exists():
        page.unlink()
        say("report/index.html could name them, so it is removed: `make report` writes it anew.")
