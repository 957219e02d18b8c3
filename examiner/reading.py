"""Runs the commands that tell of grades: students' pages, the report, the list for a person."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from examiner import class_page
from examiner.apart import Failures
from examiner.course.facts import Assignment, Course
from examiner.house import tell_of_odd_places, tell_of_zone
from examiner.results import report
from examiner.wording import say


def write_feedback(course: Course, options: argparse.Namespace) -> int:
    """Write the students' pages; the exit status is 1 where one fails."""
    from examiner.results import feedback  # what writes pages takes half a second to import

    status = 0
    empty = report.without_submissions(course, course.chosen(options.assignment))
    for assignment in course.chosen(options.assignment):
        if assignment in empty:
            continue
        failures = Failures()
        pages = feedback.write_feedback(course, assignment, failures)
        say(report.list_failures(failures, assignment), end="\n" if failures else "")
        told = f", {len(failures)} could not be written: {failures.names}" if failures else ""
        say(f"{assignment.name}: {len(pages)} pages in feedback/{told}")
        status = status or bool(failures)
    if empty:
        say(report.told_without_submissions(empty))
    return int(status)


def open_desk(course: Course, options: argparse.Namespace) -> None:
    """Start the server of the marking desk, and open it in the browser."""
    from examiner.desk import serve

    chosen = course.assignment(options.assignment) if options.assignment else None
    serve.serve(course, chosen, ["--no-browser"] if options.no_browser else [])


def tell_report(course: Course, options: argparse.Namespace) -> int:
    """Print scores and where the class struggles."""

    def told(assignment: Assignment, failures: Failures) -> str:
        return f"{report.report(course, assignment, failures)}\n"

    left_out = _tell_each(course, options, told)
    failed = class_page.tell_of_page(course, options.assignment)
    return _tell_left_out(left_out) or failed


def tell_review(course: Course, options: argparse.Namespace) -> int:
    """List what needs a person."""

    def told(assignment: Assignment, failures: Failures) -> str:
        return f"{assignment.name}: {assignment.title}\n{report.review(course, assignment, failures)}"

    left_out = _tell_each(course, options, told)
    tell_of_odd_places(course, sys.stdout)
    return _tell_left_out(left_out)


def _tell_each(
    course: Course, options: argparse.Namespace, tell: Callable[[Assignment, Failures], str]
) -> Failures:
    """Say something of each assignment; return of whom it could not be said."""
    left_out = Failures()
    chosen = course.chosen(options.assignment)
    empty = report.without_submissions(course, chosen)
    for assignment in chosen:
        if assignment in empty:
            continue
        failures = Failures()
        say(tell(assignment, failures))
        left_out.sentences |= {f"{name}/{assignment.name}": why for name, why in failures.sentences.items()}
    if empty:
        say(report.told_without_submissions(empty))
    tell_of_zone(course, chosen, sys.stdout)
    return left_out


def _tell_left_out(left_out: Failures) -> int:
    """Name whom the command had to leave out, as its last line; the exit status is 1 then."""
    if left_out:
        are = "submission is" if len(left_out) == 1 else "submissions are"
        say(f"{len(left_out)} {are} left out, see above: {left_out.names}")
    return 1 if left_out else 0


def tell_points(course: Course, options: argparse.Namespace) -> int:
    """Explain the points of a submission."""
    from examiner.results import explain

    failures = Failures()
    assignment = course.assignment(options.assignment)
    with failures.apart(options.student):
        say(explain.explain(course, assignment, options.student))
    for why in failures.sentences.values():
        say(f"examiner: {why}", stream=sys.stderr)
    return 2 if failures else 0
