"""Run the commands of the examiner, in the top folder of the course."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

from examiner import demo, doctor, house
from examiner.apart import Failures
from examiner.batch import cluster, pool, progress
from examiner.batch.run import Request, grade_batch, students_of
from examiner.collecting import collect, roster
from examiner.course import objectives
from examiner.course.facts import Assignment, Course, read_course
from examiner.errors import CourseError, ExaminerError, SandboxError
from examiner.exam import examination
from examiner.gradebook.roster import read_members
from examiner.notebook import cells
from examiner.notebook.installed import can_import
from examiner.publishing import branch, figures, folder, release, site
from examiner.publishing.student_repository import Tree
from examiner.results import explain, feedback, report
from examiner.returning import way_back
from examiner.sandbox import nursery_client
from examiner.verdict import SubmissionState
from examiner.wording import ReaderGone, say

Argument = tuple[tuple[str, ...], dict[str, Any]]
_INTERRUPTED, _PIPE_CLOSED = 130, 141  # as shells say it
NO_SANDBOX = (
    "--no-sandbox: every notebook runs with your rights, and can read, change and send whatever you can. "
    "Use it only for notebooks that you wrote yourself."
)


def main(arguments: list[str] | None = None) -> int:
    """Run one command; an error of the course is one line and exit status 2."""
    options = _parser().parse_args(arguments)
    try:
        status: int | None = options.run(read_course(Path.cwd()), options)
    except ExaminerError as error:
        say(f"examiner: {error}", stream=sys.stderr)
        return 2
    except ReaderGone:  # what is left to write goes nowhere, without a word
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _PIPE_CLOSED
    return status or 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m examiner", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, (run, help_text, *arguments) in COMMANDS.items():
        command = commands.add_parser(name, help=help_text)
        for names, settings in arguments:
            command.add_argument(*names, **settings)
        command.set_defaults(run=run)
    return parser


def _argument(*names: str, **settings: Any) -> Argument:
    return names, settings


def _release(course: Course, options: argparse.Namespace) -> None:
    for assignment in course.chosen(options.assignment):
        house.release_in_step(course, assignment)
    _warn_of_placeholder(course)


def _publish(course: Course, options: argparse.Namespace) -> None:
    if options.branch and options.to:
        raise CourseError("nothing was published: choose a folder (--to) or a branch (--branch), not both")
    tree = folder.checked_tree(course)
    if options.branch:
        made = branch.commit_branch(course, tree, options.branch)
        say(f"{options.branch}: {'committed' if made else 'unchanged'}, {_extent(tree)}")
        say(f"To send it: {branch.push_command(course, options.branch)}")
    else:
        target = options.to or "public"
        folder.write_folder(tree, Path(target))
        say(f"{target}: {_extent(tree)}")
    _warn_of_placeholder(course)


def _extent(tree: Tree) -> str:
    return f"{len(tree)} files, {sum(len(file.content) for file in tree.values()) / 1000:.0f} kB"


def _warn_of_placeholder(course: Course) -> None:
    if course.has_placeholder_repository:
        say(f"Launch links lead nowhere until you replace {course.repository} in course.toml (`repository`).")


def _solve(course: Course, options: argparse.Namespace) -> None:
    for assignment in course.chosen(options.assignment):
        say(release.solve(course, assignment).relative_to(course.root))


def _figures(course: Course, options: argparse.Namespace) -> int:
    failures = Failures()
    for assignment in course.chosen(options.assignment):
        with failures.apart(assignment.name):
            paths = figures.write_figures(course, assignment)
            size = sum(path.stat().st_size for path in paths) / 1000
            say(f"{assignment.name}: {len(paths)} expected figures, {size:.0f} kB")
    for name, why in failures.sentences.items():
        say(f"examiner: {name}: {why}", stream=sys.stderr)
    return 2 if failures else 0


def _roster(course: Course, options: argparse.Namespace) -> None:
    for names, departed in ((options.left, True), (options.back, False)):
        if names:
            done = roster.mark_departed(course, names.split(), departed=departed)
            say(f"{'Have left' if departed else 'Are back in'} the course ({len(done)}): {', '.join(done)}")
    if options.file:
        assignment = course.assignment(options.assignment) if options.assignment else None
        same = options.same.split()
        say(roster.take_roster(course, options.file, assignment, same=same, is_other_class=options.new))
    elif not (options.left or options.back):
        say(roster.show_roster(read_members(course).values()))


def _return(course: Course, options: argparse.Namespace) -> None:
    wishes = way_back.Wishes(
        options.file, options.column, options.partial, options.only_changed, options.replace
    )
    say(way_back.give_back(course, course.assignment(options.assignment), options.platform, wishes))


def _collect(course: Course, options: argparse.Namespace) -> None:
    choices = collect.Choices(options.replace, options.latest, tuple(options.same.split()), options.worksheet)
    say(collect.collect(course, options.zip, options.assignment, choices))


def _grade(course: Course, options: argparse.Namespace) -> int:
    request = Request(options.anew, options.regrade or "", not options.no_sandbox)
    assignments = course.chosen(options.assignment)
    _check(course, assignments, request, scheduler=options.scheduler)
    where = sys.stderr if options.log else sys.stdout
    house.agree(course, assignments, where, agreed=options.yes)
    chosen = cluster.dask_pool(options.scheduler) if options.scheduler else pool.local_pool(options.jobs)
    try:
        with chosen as workers:
            for assignment in assignments:
                _grade_assignment(course, assignment, request, workers, log=options.log)
        _tell_of_zone(course, assignments, where)
    except KeyboardInterrupt:
        say(
            "\nStopped. What was graded is recorded. Run the same command again to do the rest.",
            stream=sys.stderr,
        )
        return _INTERRUPTED
    return 0


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
    exercises = {name for assignment in assignments for name in examination.exercises(course, assignment)}
    if request.regraded and request.regraded not in exercises:
        raise CourseError(
            f"there is no exercise {request.regraded!r}: choose one of {', '.join(sorted(exercises))}"
        )


def _grade_assignment(
    course: Course, assignment: Assignment, request: Request, workers: pool.Pool, *, log: bool = False
) -> None:
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


def _feedback(course: Course, options: argparse.Namespace) -> int:
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


def _report(course: Course, options: argparse.Namespace) -> int:
    def told(assignment: Assignment, failures: Failures) -> str:
        return f"{report.report(course, assignment, failures)}\n"

    return _for_each(course, options, told)


def _review(course: Course, options: argparse.Namespace) -> int:
    def told(assignment: Assignment, failures: Failures) -> str:
        return f"{assignment.name}: {assignment.title}\n{report.review(course, assignment, failures)}"

    status = _for_each(course, options, told)
    house.tell_of_odd_places(course, sys.stdout)
    return status


def _for_each(
    course: Course, options: argparse.Namespace, tell: Callable[[Assignment, Failures], str]
) -> int:
    """Say something of each assignment, then of whom it could not be said; the exit status is 1 then."""
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
    _tell_of_zone(course, chosen, sys.stdout)
    if left_out:
        are = "submission is" if len(left_out) == 1 else "submissions are"
        say(f"{len(left_out)} {are} left out, see above: {left_out.names}")
    return 1 if left_out else 0


def _tell_of_zone(course: Course, assignments: tuple[Assignment, ...], where: TextIO) -> None:
    if line := report.without_zone(course, assignments):
        say(line, stream=where)


def _explain(course: Course, options: argparse.Namespace) -> int:
    failures = Failures()
    assignment = course.assignment(options.assignment)
    with failures.apart(options.student):
        say(explain.explain(course, assignment, options.student))
    for why in failures.sentences.values():
        say(f"examiner: {why}", stream=sys.stderr)
    return 2 if failures else 0


def _doctor(course: Course, options: argparse.Namespace) -> int:
    findings = doctor.examine_machine(course)
    say("\n".join(map(str, findings)))
    return 0 if all(finding.fine for finding in findings) else 1


def _format(course: Course, options: argparse.Namespace) -> None:
    for assignment in course.chosen(options.assignment):
        path = course.path("source", assignment) / assignment.filename
        path.write_text(cells.canonical_text(cells.read_notebook(path)), encoding="utf-8")
    page = course.root / "docs" / "objectives.md"
    page.parent.mkdir(exist_ok=True)
    page.write_text(objectives.objectives_page(course), encoding="utf-8")


def _site(course: Course, options: argparse.Namespace) -> None:
    page = site.build_site(course, course.root / "docs" / "_build") / "index.html"
    say(f"Open {page.relative_to(course.root)} in a browser.")


def _demo(course: Course, options: argparse.Namespace) -> None:
    with nursery_client.environment(GRADEBOOK_URL=""):  # a demonstration has a gradebook of its own
        demo_course = demo.make_class(course, options.assignment)
        house.agree(demo_course, demo_course.chosen(options.assignment), sys.stdout)
        for assignment in demo_course.chosen(options.assignment):
            with pool.local_pool() as workers:
                _grade_assignment(demo_course, assignment, Request(), workers)
            feedback.write_feedback(demo_course, assignment)
            say(f"\n{report.report(demo_course, assignment)}")
    say("\nWhere to look: demo/feedback/<student>/<assignment>/*.html, demo/gradebook.db")


_ASSIGNMENT = _argument("assignment", nargs="?", help="one assignment; all by default")
COMMANDS: dict[str, tuple[Any, ...]] = {
    # name: what it runs, what it does in a few words, its arguments
    "release": (_release, "make the student versions from source/", _ASSIGNMENT),
    "publish": (
        _publish,
        "write the public student repository",
        _argument("--to", metavar="FOLDER", default="", help="by default public/"),
        _argument("--branch", metavar="NAME", help="a local git branch instead of a folder"),
    ),
    "solve": (_solve, "make the executed solutions", _ASSIGNMENT),
    "figures": (_figures, "draw the expected figures anew", _ASSIGNMENT),
    "format": (_format, "put source notebooks into canonical form, renew docs/objectives.md", _ASSIGNMENT),
    "site": (_site, "build the website in docs/_build/html"),
    "roster": (
        _roster,
        "read a platform's export of the class, or show who is in it",
        _argument("file", nargs="?", type=Path, help="the export; without it, the roster is shown"),
        _argument("--assignment", help="of a Moodle worksheet whose name does not tell it"),
        _argument("--same", default="", metavar="ANSWERS", help="who somebody is: 81=Ada_Lovelace, 81=new"),
        _argument("--new", action="store_true", help="take an export in which most of the roster is missing"),
        _argument("--left", default="", metavar="STUDENTS", help="who has left the course"),
        _argument("--back", default="", metavar="STUDENTS", help="who is in it again"),
    ),
    "collect": (
        _collect,
        "put a platform's zip file, or a folder, of submissions into submitted/",
        _argument("zip", type=Path),
        _argument("assignment", nargs="?", help="the assignment of files whose names do not tell it"),
        _argument("--replace", action="store_true", help="replace what is there by any other version"),
        _argument("--latest", action="store_true", help="take the last version although it came late"),
        _argument("--worksheet", type=Path, metavar="FILE", help="Moodle's, which tells the times"),
        _argument(
            "--same", default="", metavar="ANSWERS", help="whose work it is: 117=Ada_Lovelace, 117=new"
        ),
    ),
    "grade": (
        _grade,
        "grade what is in submitted/",
        _ASSIGNMENT,
        _argument("--anew", action="store_true", help="also grade what has not changed"),
        _argument("--regrade", metavar="EXERCISE", help="run the tests of this exercise again for all"),
        _argument("--jobs", type=int, default=0, help="submissions at once; by default one per core"),
        _argument("--scheduler", metavar="tcp://…", help="grade on the Dask cluster of this scheduler"),
        _argument("--yes", action="store_true", help="let the gradebook take what the source has changed"),
        _argument("--log", action="store_true", help="write a line of JSON per submission, and no bar"),
        _argument("--no-sandbox", action="store_true", help="only for your own notebooks: no isolation"),
    ),
    "feedback": (_feedback, "write the feedback pages", _ASSIGNMENT),
    "return": (
        _return,
        "write grades and pages as a platform takes them, in returned/",
        _argument("assignment"),
        _argument("platform", choices=sorted(way_back.PLATFORMS)),
        _argument("--file", type=Path, help="a newer export of the platform"),
        _argument("--column", default="", metavar="TITLE", help="the title of the assignment's column there"),
        _argument("--partial", action="store_true", help="although written answers of others wait"),
        _argument("--only-changed", action="store_true", help="only what differs from the last return"),
        _argument("--replace", action="store_true", help="also grades that were given on the platform"),
    ),
    "report": (_report, "print scores and where the class struggles", _ASSIGNMENT),
    "review": (_review, "list what needs a person", _ASSIGNMENT),
    "remove": (
        house.remove,
        "take students who left, or work that is not there, out of gradebook and folders",
        _argument("student", nargs="*", help="who has left"),
        _argument("--orphans", action="store_true", help="graded work that is not in submitted/ any more"),
    ),
    "gradebook": (
        house.move_gradebook,
        "move the gradebook into another, empty database",
        _argument("to", metavar="postgresql://…", help="its address, as GRADEBOOK_URL takes it"),
    ),
    "explain": (
        _explain,
        "explain the points of a submission",
        _argument("student"),
        _argument("assignment"),
    ),
    "doctor": (_doctor, "say whether this machine can grade"),
    "demo": (_demo, "make a small class in demo/, grade it and report", _ASSIGNMENT),
}
