"""Runs the commands of whoever writes the course: what students and readers get is made from `source/`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from examiner.apart import Failures
from examiner.batch import agreement
from examiner.course import objectives
from examiner.course.facts import Assignment, Course
from examiner.errors import CourseError
from examiner.notebook import cells
from examiner.publishing import branch, figures, folder, release, site
from examiner.publishing.student_repository import Tree
from examiner.wording import say

OTHER_CELLS = (
    "Students have been graded by other cells, so the gradebook stays as it is. `make grade` shows what "
    "would change for whom, and asks."
)


def make_release(course: Course, options: argparse.Namespace) -> None:
    """Make the student versions."""
    for assignment in course.chosen(options.assignment):
        _release_in_step(course, assignment)
    _warn_of_placeholder(course)


def _release_in_step(course: Course, assignment: Assignment) -> None:
    """Release an assignment, and leave the gradebook alone where grades would change."""
    in_step = agreement.is_in_step(course, assignment)
    say(release.release(course, assignment, in_gradebook=in_step).relative_to(course.root))
    if not in_step:
        say(f"  {OTHER_CELLS}")


def publish(course: Course, options: argparse.Namespace) -> None:
    """Write the public student repository."""
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


def solve(course: Course, options: argparse.Namespace) -> None:
    """Make the executed solutions."""
    for assignment in course.chosen(options.assignment):
        say(release.solve(course, assignment).relative_to(course.root))


def draw_figures(course: Course, options: argparse.Namespace) -> int:
    """Draw the expected figures anew; the exit status is 2 where one fails."""
    failures = Failures()
    for assignment in course.chosen(options.assignment):
        with failures.apart(assignment.name):
            paths = figures.write_figures(course, assignment)
            size = sum(path.stat().st_size for path in paths) / 1000
            say(f"{assignment.name}: {len(paths)} expected figures, {size:.0f} kB")
    for name, why in failures.sentences.items():
        say(f"examiner: {name}: {why}", stream=sys.stderr)
    return 2 if failures else 0


def format_notebooks(course: Course, options: argparse.Namespace) -> None:
    """Put source notebooks into canonical form, and renew the page of objectives."""
    for assignment in course.chosen(options.assignment):
        path = course.path("source", assignment) / assignment.filename
        path.write_text(cells.canonical_text(cells.read_notebook(path)), encoding="utf-8")
    page = course.root / "docs" / "objectives.md"
    page.parent.mkdir(exist_ok=True)
    page.write_text(objectives.objectives_page(course), encoding="utf-8")


def build_site(course: Course, options: argparse.Namespace) -> None:
    """Build the website."""
    page = site.build_site(course, course.root / "docs" / "_build") / "index.html"
    say(f"Open {page.relative_to(course.root)} in a browser.")
