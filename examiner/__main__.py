"""The examiner on the command line: `python -m examiner COMMAND`, run in the top folder of the course."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from tqdm import tqdm

from examiner import cells, demo, feedback, gradebook, objectives, release, report
from examiner.course import Assignment, Course, read_course
from examiner.errors import ExaminerError, NotReleased
from examiner.exam import examine
from examiner.verdict import SubmissionState


def main(arguments: list[str] | None = None) -> int:
    """Run one command; an error of the course is one line and exit status 2."""
    options = _parser().parse_args(arguments)
    try:
        options.run(read_course(Path.cwd()), options)
    except ExaminerError as error:
        print(f"examiner: {error}", file=sys.stderr)
        return 2
    return 0


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
    commands.choices["grade"].add_argument("--anew", action="store_true", help="also what is unchanged")
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
    for assignment in course.chosen(options.assignment):
        _grade_assignment(course, assignment, anew=options.anew)


def _grade_assignment(course: Course, assignment: Assignment, *, anew: bool) -> None:
    if not gradebook.is_released(course, assignment):
        raise NotReleased(f"{assignment.name} is not in the gradebook yet: run `make release` first")
    gradebook.set_due_date(course, assignment)
    students = sorted(path.parent.name for path in (course.root / "submitted").glob(f"*/{assignment.name}"))
    counts: Counter[str] = Counter()
    for student in tqdm(students, desc=f"grade {assignment.name}", unit="notebook"):
        verdict, is_new = examine(course, assignment, student, anew=anew)
        gradebook.record(course, assignment, verdict)
        counts[verdict.state if is_new else "unchanged"] += 1
    summary = ", ".join(f"{count} {what.replace('_', ' ')}" for what, count in sorted(counts.items()))
    print(f"{assignment.name}: {summary or 'nothing in submitted/'}")
    if counts[SubmissionState.NEEDS_REVIEW] + counts[SubmissionState.UNREADABLE]:
        print(report.review(report.read_verdicts(course, assignment)))


def _feedback(course: Course, options: argparse.Namespace) -> None:
    for assignment in course.chosen(options.assignment):
        pages = feedback.write_feedback(course, assignment)
        print(f"{assignment.name}: {len(pages)} pages in feedback/")


def _report(course: Course, options: argparse.Namespace) -> None:
    for assignment in course.chosen(options.assignment):
        print(report.report(course, assignment), end="\n\n")


def _review(course: Course, options: argparse.Namespace) -> None:
    for assignment in course.chosen(options.assignment):
        print(report.review(report.read_verdicts(course, assignment)))


def _format(course: Course, options: argparse.Namespace) -> None:
    for assignment in course.chosen(options.assignment):
        path = course.path("source", assignment) / assignment.filename
        path.write_text(cells.canonical_text(cells.read_notebook(path)), encoding="utf-8")
    page = course.root / "docs" / "objectives.md"
    page.parent.mkdir(exist_ok=True)
    page.write_text(objectives.objectives_page(course), encoding="utf-8")


def _demo(course: Course, options: argparse.Namespace) -> None:
    demo_course = demo.make_class(course, options.assignment)
    for assignment in demo_course.chosen(options.assignment):
        _grade_assignment(demo_course, assignment, anew=False)
        feedback.write_feedback(demo_course, assignment)
        print(f"\n{report.report(demo_course, assignment)}")
    print("\nWhere to look: demo/feedback/<student>/<assignment>/*.html, demo/gradebook.db")


if __name__ == "__main__":
    sys.exit(main())
