"""Keeps the course's house in order, for the commands: what must agree before a batch, who leaves, moving."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from typing import TextIO

from examiner import class_page
from examiner.batch import agreement
from examiner.course import extensions
from examiner.course.facts import Assignment, Course
from examiner.errors import CourseError
from examiner.gradebook import leaving, moving, scores
from examiner.intake import timestamps
from examiner.results import elsewhere, report
from examiner.wording import say


def agree(
    course: Course, assignments: tuple[Assignment, ...], where: TextIO, *, agreed: bool = False
) -> None:
    """Let source, release and gradebook agree, and name what lies where nobody looks for it."""

    def tell(sentence: str) -> None:
        say(sentence, stream=where)

    extensions.read_extensions(course)  # what is odd there is said before anybody is graded
    agreement.agree(course, assignments, tell, lambda question: agreed or _ask(question, where))
    for assignment in assignments:
        if changed := scores.set_due_date(course, assignment):
            tell(changed)
    tell_of_odd_places(course, where)


def tell_of_odd_places(course: Course, where: TextIO) -> None:
    """Name work that lies where nobody looks for it, and grades whose work is not there any more."""
    if odd := elsewhere.elsewhere(course):
        say(odd, stream=where)


def tell_of_zone(course: Course, assignments: tuple[Assignment, ...], where: TextIO) -> None:
    """Say in which zone time stamps without one were read."""
    if line := report.without_zone(course, assignments):
        say(line, stream=where)


def _ask(question: str, where: TextIO) -> bool:
    """Ask a person at a terminal; where there is none, the answer is no."""
    if not sys.stdin.isatty():
        return False
    say(f"\n{question} [y/N] ", end="", stream=where)
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def remove(course: Course, options: argparse.Namespace) -> None:
    """Take students who left, or graded work that is not there any more, out of the course."""
    if bool(options.student) == options.orphans:
        raise CourseError("nobody was removed: name students, or say --orphans for work that is not there")
    now = timestamps.now()
    if options.student:
        aside = leaving.remove_students(course, options.student, now)
        _tell_removed("Not in the gradebook or the folders any more", options.student)
    elif works := leaving.orphans(course):
        aside = leaving.remove_orphans(course, works, now)
        _tell_removed("Not in the gradebook any more", map(str, works))
    else:
        say("All work in the gradebook and in autograded/ lies in submitted/, too: nothing was removed.")
        return
    say(f"What was there is kept in {aside.relative_to(course.root)}/.")
    class_page.drop_page(course)


def _tell_removed(title: str, names: Iterable[str]) -> None:
    named = list(names)
    say(f"{title} ({len(named)}): {', '.join(named)}.")


def move_gradebook(course: Course, options: argparse.Namespace) -> None:
    """Move the gradebook into another database."""
    say(moving.move(course, options.to))
