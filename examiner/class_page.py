"""Makes the page of the class in pictures for the commands, and says where it is."""

from __future__ import annotations

import importlib

from examiner.course.facts import Course
from examiner.results.report import without_submissions
from examiner.wording import say


def tell_of_page(course: Course, assignment: str | None) -> None:
    """Write the page on what is chosen of the course, if anybody handed in anything, and say where it is."""
    chosen = course.chosen(assignment)
    empty = without_submissions(course, chosen)
    if shown := [each for each in chosen if each not in empty]:
        page = importlib.import_module("examiner.charts.page")  # it draws: no other command needs Matplotlib
        path = page.write_page(course, shown)
        say(f"The class in pictures: {path.relative_to(course.root)}")
