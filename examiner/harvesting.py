"""Runs the command that drafts hints for mistakes that no hint knew."""

from __future__ import annotations

import argparse

from tqdm import tqdm

from examiner.batch.pool import local_pool
from examiner.course.facts import Assignment, Course
from examiner.errors import CourseError, SandboxError
from examiner.harvest.drafts import what_it_does
from examiner.harvest.harvest import Harvest, harvest
from examiner.results.report import told_without_submissions, without_submissions
from examiner.sandbox import nursery_client
from examiner.wording import say, table

_FEWEST = 2  # students: what one alone wrote is that one's


def draft_hints(course: Course, options: argparse.Namespace) -> int:
    """Draft what an author may accept; the exit status is 1 where somebody's work could not be read."""
    if options.least < _FEWEST:
        raise CourseError(
            f"--least must be {_FEWEST} or more: what one student alone wrote is that student's"
        )
    if missing := nursery_client.what_is_not_installed():
        raise SandboxError(f"nothing was harvested. {missing}")
    chosen = course.chosen(options.assignment)
    empty = without_submissions(course, chosen)
    status = 0
    with local_pool(options.jobs) as pool:
        for assignment in chosen:
            if assignment not in empty:
                with tqdm(desc=f"harvest {assignment.name}", unit="answer") as bar:
                    found = harvest(course, assignment, pool, options.least, bar.update)
                say(_told(course, assignment, found, options.least))
                status = status or bool(found.failures)
    if empty:
        say(told_without_submissions(empty))
    return int(status)


def _told(course: Course, assignment: Assignment, found: Harvest, least: int) -> str:
    lines = [
        f"{assignment.name}: {found.n_students} answers got no hint for their own mistake; "
        f"{found.n_candidates} different ones were tried."
    ]
    if found.drafts:
        rows = [("exercise", "students", "on the visible example", "draft")]
        for path, kind in sorted(found.drafts.items(), key=lambda each: -each[1].n_students):
            shown = str(path.relative_to(course.root))
            rows.append((kind.exercise, str(kind.n_students), what_it_does(kind), shown))
        lines += [table(rows), "What to do with a draft stands in mistakes.md beside it."]
    else:
        lines.append(f"No mistake was made by {least} students or more, so nothing is drafted.")
    counts = {
        f"made a mistake that fewer than {least} made": found.n_rare,
        "do something else without their own names and texts": found.n_otherwise,
        "are no Python": found.n_unreadable,
    }
    rest = ", ".join(f"{number} {why}" for why, number in counts.items() if number)
    lines += [f"Not drafted: {rest}."] if rest else []
    lines += [f"  {name}: {why}." for name, why in found.failures.sentences.items()]
    return "\n".join(lines)
