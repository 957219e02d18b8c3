"""Tells where a class stands in an assignment: who has a score and a page, and why the others have none."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from examiner.apart import Failures
from examiner.course.facts import Assignment, Course
from examiner.course.submissions import HANDED_IN, folders
from examiner.errors import NotReturned
from examiner.gradebook.roster import Member, read_members
from examiner.gradebook.scores import scores
from examiner.results.feedback import write_feedback
from examiner.results.report import read_verdicts
from examiner.returning.grades import Score
from examiner.verdict import SubmissionState


@dataclass(frozen=True)
class Page:
    """A feedback page, and a hash of it."""

    path: Path
    digest: str


@dataclass(frozen=True)
class Standing:
    """A class in an assignment: scores and pages that can go back, and by name whose cannot.

    `waiting` have a written answer without a score, `to_mend` need a person, `ungraded` were not graded yet,
    and the pages of `pageless` could not be written. Who has left the course is nowhere but in `members`.
    """

    members: Mapping[str, Member]
    scores: Mapping[str, Score]
    pages: Mapping[str, Page]
    max_points: float
    waiting: tuple[str, ...] = ()
    to_mend: tuple[str, ...] = ()
    ungraded: tuple[str, ...] = ()
    pageless: tuple[str, ...] = ()


def read_standing(course: Course, assignment: Assignment) -> Standing:
    """Return where the class stands, with every page up to date, so that it tells the same as the score."""
    members = read_members(course)
    here = {name for name in folders(course, HANDED_IN, assignment) if not _has_left(members, name)}
    faults = Failures()
    book = scores(course, assignment, faults)
    states = {verdict.student: verdict.state for verdict in read_verdicts(course, assignment, faults)}
    states = {name: state for name, state in states.items() if not _has_left(members, name)}
    if not states:
        raise NotReturned(f"nothing of {assignment.name} is graded yet: run `make grade`")
    graded = [name for name, state in states.items() if state is SubmissionState.GRADED and name in book]
    waiting = {name for name in graded if book[name].to_grade or book[name].to_recheck}
    done = [name for name in graded if name not in waiting]
    to_mend = {name for name, state in states.items() if state is not SubmissionState.GRADED} | {
        *faults.sentences
    }
    unreadable = [name for name, state in states.items() if state is SubmissionState.UNREADABLE]
    pages, pageless = _pages(course, assignment, {*done, *unreadable})
    return Standing(
        members=members,
        scores={name: Score(book[name].total, book[name].max_points) for name in done},
        pages=pages,
        max_points=max((book[name].max_points for name in graded), default=0.0),
        waiting=tuple(sorted(waiting)),
        to_mend=tuple(sorted(to_mend)),
        ungraded=tuple(sorted(here - states.keys() - to_mend)),
        pageless=pageless,
    )


def _has_left(members: Mapping[str, Member], student: str) -> bool:
    return student in members and members[student].departed


def _pages(
    course: Course, assignment: Assignment, students: set[str]
) -> tuple[dict[str, Page], tuple[str, ...]]:
    """Return the pages of these students, up to date, and whose could not be brought there."""
    written = write_feedback(course, assignment, Failures())
    pages = {page.parents[1].name: page for page in written}
    found = {name: _page(pages[name]) for name in sorted(students) if name in pages}
    return found, tuple(sorted(students - found.keys()))


def _page(path: Path) -> Page:
    return Page(path, hashlib.sha256(path.read_bytes()).hexdigest())
