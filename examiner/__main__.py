"""The examiner on the command line: `python -m examiner COMMAND`, run in the top folder of the course."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from tqdm import tqdm

from examiner import (
    cells,
    demo,
    doctor,
    explain,
    feedback,
    gradebook,
    objectives,
    pool,
    recording,
    release,
    report,
    sandbox,
)
from examiner.course import Course, read_course
from examiner.errors import ExaminerError, NotReleased
from examiner.verdict import SubmissionState

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
        print(f"examiner: {error}", file=sys.stderr)
        return 2
    return status or 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m examiner", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for run, help_text in [
        (_release, "make the student versions from source/"),
        (_solve, "make the executed solutions"),
        (_grade, "grade what is in submitted/"),
        (_feedback, "write the feedback pages"),
        (_report, "print scores and where the class struggles"),
        (_review, "list what needs a person"),
        (_format, "put source notebooks into canonical form, renew docs/objectives.md"),
        (_demo, "make a small class in demo/, grade it and report"),
    ]:
        command = commands.add_parser(run.__name__.strip("_"), help=help_text)
        command.add_argument("assignment", nargs="?", help="one assignment; all by default")
        command.set_defaults(run=run)
    command = commands.add_parser("explain", help="say how a submission came to its points")
    command.add_argument("student")
    command.add_argument("assignment")
    command.set_defaults(run=_explain)
    commands.add_parser("doctor", help="say whether this machine can grade").set_defaults(run=_doctor)
    grade = commands.choices["grade"]
    grade.add_argument("--anew", action="store_true", help="also what is unchanged")
    grade.add_argument("--jobs", type=int, default=0, help="submissions at once; by default one per core")
    grade.add_argument(
        "--no-sandbox", action="store_true", help="only for notebooks that you wrote yourself: no isolation"
    )
    return parser


def _release(course: Course, options: argparse.Namespace) -> None:
    for assignment in course.chosen(options.assignment):
        print(release.release(course, assignment).relative_to(course.root))
    if course.has_placeholder_repository:
        print(f"Launch links lead nowhere until `repository` in course.toml replaces {course.repository}.")


def _solve(course: Course, options: argparse.Namespace) -> None:
    for assignment in course.chosen(options.assignment):
        print(release.solve(course, assignment).relative_to(course.root))


def _grade(course: Course, options: argparse.Namespace) -> None:
    if options.no_sandbox:
        print(f"\n  WARNING: {NO_SANDBOX}\n", file=sys.stderr)
    for assignment in course.chosen(options.assignment):
        _grade_assignment(
            pool.Job(course, assignment, options.jobs, anew=options.anew, sandboxed=not options.no_sandbox)
        )


def _grade_assignment(job: pool.Job) -> None:
    course, assignment = job.course, job.assignment
    if not gradebook.is_released(course, assignment):
        raise NotReleased(f"{assignment.name} is not in the gradebook yet: run `make release` first")
    gradebook.set_due_date(course, assignment)
    handed_in = sorted(path.parent.name for path in (course.root / "submitted").glob(f"*/{assignment.name}"))
    students, misnamed = recording.by_name(handed_in)
    counts: Counter[str] = Counter()
    with (
        recording.open_writer(course) as writer,
        tqdm(total=len(students), desc=f"grade {assignment.name}", unit="notebook") as progress,
    ):
        for verdict, is_new in pool.grade_all(job, students):
            writer.record(assignment, verdict)
            counts[verdict.state if is_new else "unchanged"] += 1
            progress.update()
    summary = ", ".join(f"{count} {what.replace('_', ' ')}" for what, count in sorted(counts.items()))
    print(f"{assignment.name}: {summary or 'nothing in submitted/'}")
    print("".join(f"  not graded: {line}\n" for line in misnamed), end="")
    if counts[SubmissionState.NEEDS_REVIEW] + counts[SubmissionState.UNREADABLE]:
        print(report.review(course, assignment))


def _feedback(course: Course, options: argparse.Namespace) -> None:
    for assignment in course.chosen(options.assignment):
        pages = feedback.write_feedback(course, assignment)
        print(f"{assignment.name}: {len(pages)} pages in feedback/")


def _report(course: Course, options: argparse.Namespace) -> None:
    for assignment in course.chosen(options.assignment):
        print(report.report(course, assignment), end="\n\n")


def _review(course: Course, options: argparse.Namespace) -> None:
    for assignment in course.chosen(options.assignment):
        print(f"{assignment.name}: {assignment.title}")
        print(report.review(course, assignment))


def _explain(course: Course, options: argparse.Namespace) -> None:
    print(explain.explain(course, course.assignment(options.assignment), options.student))


def _doctor(course: Course, options: argparse.Namespace) -> int:
    findings = doctor.examine_machine(course)
    print("\n".join(map(str, findings)))
    return 0 if all(finding.fine for finding in findings) else 1


def _format(course: Course, options: argparse.Namespace) -> None:
    for assignment in course.chosen(options.assignment):
        path = course.path("source", assignment) / assignment.filename
        path.write_text(cells.canonical_text(cells.read_notebook(path)), encoding="utf-8")
    page = course.root / "docs" / "objectives.md"
    page.parent.mkdir(exist_ok=True)
    page.write_text(objectives.objectives_page(course), encoding="utf-8")


def _demo(course: Course, options: argparse.Namespace) -> None:
    with sandbox.environment(GRADEBOOK_URL=""):  # a demonstration has a gradebook of its own
        demo_course = demo.make_class(course, options.assignment)
        for assignment in demo_course.chosen(options.assignment):
            _grade_assignment(pool.Job(demo_course, assignment))
            feedback.write_feedback(demo_course, assignment)
            print(f"\n{report.report(demo_course, assignment)}")
    print("\nWhere to look: demo/feedback/<student>/<assignment>/*.html, demo/gradebook.db")


if __name__ == "__main__":
    sys.exit(main())
