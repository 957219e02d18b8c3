"""Makes the page of the class in pictures for the commands, and says where it is."""

from __future__ import annotations

import importlib
from pathlib import Path

from examiner.apart import Failures
from examiner.course.facts import Course
from examiner.results.report import without_submissions
from examiner.wording import say


def tell_of_page(course: Course, assignment: str | None, root: Path | None = None) -> int:
    """Write the page on what is chosen of a course, if anybody handed in anything; say where, from `root`.

    The exit status is 1 where an assignment could not be drawn.
    """
    chosen, failures = course.chosen(assignment), Failures()
    empty = without_submissions(course, chosen)
    if shown := [each for each in chosen if each not in empty]:
        page = importlib.import_module("examiner.charts.page")  # it draws: no other command needs Matplotlib
        path = page.write_page(course, shown, failures)
        say(f"The class in pictures: {path.relative_to(root or course.root)}")
    say("".join(f"  {name} is not in it: {why}.\n" for name, why in failures.sentences.items()), end="")
    return int(bool(failures))


def drop_page(course: Course) -> None:
    """Remove the page, which may name somebody who is not in the course any more, and say so."""
    page = course.root / "report" / "index.html"
    if page.exists():
        page.unlink()
        say("report/index.html could name them, so it is removed: `make report` writes it anew.")
