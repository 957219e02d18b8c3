"""Runs the command that grades a class."""

from __future__ import annotations

import argparse
import sys
from contextlib import AbstractContextManager

from examiner import house
from examiner.batch import pool, progress
from examiner.batch.run import Request, grade_batch, students_of
from examiner.course.facts import Assignment, Course
from examiner.errors import CourseError, NotInstalled, SandboxError
from examiner.exam import examination
from examiner.notebook.installed import can_import
from examiner.results import report
from examiner.sandbox import nursery_client
from examiner.verdict import SubmissionState
from examiner.wording import say

_INTERRUPTED = 130  # as shells say it
NO_SANDBOX = (
    "--no-sandbox: every notebook runs with your rights, and can read, change and send whatever you can. "
    "Use it only for notebooks that you wrote yourself."
)


def grade(course: Course, options: argparse.Namespace) -> int:
    """Grade what is in `submitted/`; what was graded is recorded even if somebody stops it."""
    request = Request(options.anew, options.regrade or "", not options.no_sandbox)
    assignments = course.chosen(options.assignment)
    _check(course, assignments, request, scheduler=options.scheduler)
    where = sys.stderr if options.log else sys.stdout
    house.agree(course, assignments, where, agreed=options.yes)
    status = 0
    try:
        with _pool(options) as workers:
            for assignment in assignments:
                status = _grade_or_tell(course, assignment, request, workers, log=options.log) or status
        house.tell_of_zone(course, assignments, where)
    except KeyboardInterrupt:
        say(
            "\nStopped. What was graded is recorded. Run the same command again to do the rest.",
            stream=sys.stderr,
        )
        return _INTERRUPTED
    return status


def _pool(options: argparse.Namespace) -> AbstractContextManager[pool.Pool]:
    if not options.scheduler:
        return pool.local_pool(options.jobs)
    from examiner.batch import cluster

    return cluster.dask_pool(options.scheduler)


def _check(
    course: Course, assignments: tuple[Assignment, ...], request: Request, *, scheduler: str | None
) -> None:
    """Refuse what cannot be done before any of it is."""
    if not request.sandboxed:
        say(f"\n  WARNING: {NO_SANDBOX}\n", stream=sys.stderr)
    elif not scheduler and (missing := nursery_client.what_is_not_installed()):
        raise SandboxError(f"nothing was graded. {missing}")
    absent = [name for name in course.grading.packages if not scheduler and not can_import(name)]
    if absent:
        raise CourseError(
            f"nothing was graded: course.toml offers {', '.join(absent)} to students' code, but it is not "
            "installed here. Install it, or remove it from [grading] packages"
        )
    if request.regraded:
        exercises = {name for each in assignments for name in examination.exercises(course, each)}
        if request.regraded not in exercises:
            raise CourseError(
                f"there is no exercise {request.regraded!r}: choose one of {', '.join(sorted(exercises))}"
            )


def _grade_or_tell(
    course: Course, assignment: Assignment, request: Request, workers: pool.Pool, *, log: bool
) -> int:
    """Grade an assignment, or say which library it lacks: the others can be graded all the same."""
    try:
        grade_assignment(course, assignment, request, workers, log=log)
    except NotInstalled as error:
        say(f"examiner: {error}", stream=sys.stderr)
        return 2
    return 0


def grade_assignment(
    course: Course, assignment: Assignment, request: Request, workers: pool.Pool, *, log: bool = False
) -> None:
    """Grade the submissions of an assignment, and tell of each; what needs a person is told at the end."""
    if log:
        summary = grade_batch(course, assignment, request, workers, progress.write_log(sys.stdout))
        not_graded = [*summary.misnamed, *summary.failed]
        say("".join(f"not graded: {line}\n" for line in not_graded), end="", stream=sys.stderr)
        return
    n_students = len(students_of(course, assignment))
    with progress.show_bar(f"grade {assignment.name}", n_students) as tell:
        summary = grade_batch(course, assignment, request, workers, tell)
    counts = [f"{count} {what.replace('_', ' ')}" for what, count in sorted(summary.counts.items())]
    say(f"{assignment.name}: {', '.join(counts) or 'nothing in submitted/'}")
    say("".join(f"  not graded: {line}\n" for line in [*summary.misnamed, *summary.failed]), end="")
    if summary.n_run and summary.n_known:
        say(f"{summary.n_run} tests were run, {summary.n_known} results were known.")
    if summary.changes:
        say(progress.change_table(summary.changes))
    if summary.counts[SubmissionState.NEEDS_REVIEW] + summary.counts[SubmissionState.UNREADABLE]:
        say(report.review(course, assignment, in_full=False))
    elif left := "\n".join(
        filter(None, [report.without_time(course, assignment), report.waiting(course, assignment)])
    ):
        say(left)
