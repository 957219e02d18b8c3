"""Writes a page for each submission: what each exercise earned, and hints for tests that did not pass.

    verdict, gradebook, graded notebook ─▶ as it was? ─feedback_page─▶ HTML ─▶ feedback/

The page is built from the verdict, the gradebook and the student's own answers. It takes nothing from test
cells, so it can hold neither hidden tests nor their values. A page whose parts are as they were stays. Many
pages are written by several processes.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from examiner.apart import Failures
from examiner.course import submissions
from examiner.course.facts import Assignment, Course
from examiner.errors import NotGraded
from examiner.gradebook.database import connect
from examiner.gradebook.items import Item, read_earned, read_items
from examiner.gradebook.schema import read_layout
from examiner.gradebook.scores import Score, scores
from examiner.intake import receipts
from examiner.notebook import cells
from examiner.results.feedback_page import (
    Earned,
    Lesson,
    lesson,
    page_edition,
    page_of_graded,
    page_of_ungraded,
)
from examiner.results.page_record import digest_of, is_current, note_failure, noted, write_page
from examiner.results.side_by_side import each_apart
from examiner.verdict import SubmissionState, Verdict, read_verdict
from examiner.wording import harmless


@dataclass(frozen=True)
class _Writing:
    """What the pages of an assignment are made with; `edition` is a hash of it and of the code."""

    course: Course
    taught: Lesson
    edition: str


@dataclass(frozen=True)
class _Task:
    """A page that is due: whose, the folder of the verdict, what the gradebook holds, where the page goes."""

    student: str
    folder: Path
    score: Score | None
    earned: Earned
    page: Path


def write_feedback(course: Course, assignment: Assignment, failures: Failures | None = None) -> list[Path]:
    """Bring the page of every examined submission of an assignment up to date, and return where they are.

    A page that cannot be written is kept apart in `failures`, and `make review` lists it until it is there;
    without `failures`, the first one ends the work.
    """
    book = scores(course, assignment, failures)
    items, earned = _marked_by_items(course, assignment)
    tasks = [
        _Task(
            student, folder, book.get(student), earned.get(student, {}), _page_of(course, assignment, student)
        )
        for student, folder in submissions.folders(course, submissions.GRADED, assignment).items()
    ]
    taught = lesson(course, assignment, items)
    writing = _Writing(course, taught, page_edition(taught))
    bring = functools.partial(_bring_up_to_date, writing)
    if failures is None:
        return [task.page for task in tasks if bring(task)]
    there = set()
    for done in each_apart(bring, tasks):
        if done.failure:
            note_failure(done.item.folder, done.failure)  # also where it could not leave one itself
            failures.sentences.setdefault(done.item.student, done.failure)
        elif done.result:
            there.add(done.item.page)
    return [task.page for task in tasks if task.page in there]


def _page_of(course: Course, assignment: Assignment, student: str) -> Path:
    return course.path("feedback", assignment, student) / f"{assignment.notebook}.html"


def _bring_up_to_date(writing: _Writing, task: _Task) -> bool:
    """Write a page unless it is as it would be now; return whether there is one."""
    with noted(task.folder):
        made_of = digest_of(_parts(writing, task))
        return is_current(task.folder, task.page, made_of) or _written(writing, task, made_of)


def _written(writing: _Writing, task: _Task, made_of: str) -> bool:
    task.page.unlink(missing_ok=True)  # it would tell an older grade
    verdict = _verdict_in(task.folder)
    if verdict is None:
        return False
    text = harmless(_page(writing, verdict, task))
    write_page(task.folder, task.page, made_of, text)
    submitted = writing.course.path("submitted", writing.taught.assignment, task.student)
    receipts.copy_receipt(submitted, task.page.parent)
    return True


def _parts(writing: _Writing, task: _Task) -> Iterator[bytes]:
    """Yield all that a page is made of. What cannot be read counts as nothing: it fails when it is used."""
    assignment = writing.taught.assignment
    yield writing.edition.encode()
    yield _canonical(asdict(task.score) if task.score else {}).encode(errors="replace")
    yield _canonical(task.earned).encode(errors="replace")
    yield receipts.content(writing.course.path("submitted", assignment, task.student))
    for name in ("verdict.json", assignment.filename):
        try:
            yield (task.folder / name).read_bytes()
        except OSError:
            yield b""


def _canonical(fields: Mapping[str, object]) -> str:
    """Return fields as one text, whatever order they and their parts came in."""
    return repr({name: _sorted(value) for name, value in sorted(fields.items())})


def _sorted(value: object) -> object:
    if isinstance(value, dict):
        return sorted(value.items())
    return sorted(value) if isinstance(value, frozenset) else value


def _marked_by_items(
    course: Course, assignment: Assignment
) -> tuple[dict[str, tuple[Item, ...]], dict[str, dict[str, frozenset[str]]]]:
    """Return the items of mark schemes, and which of them each student's answers earned at the desk."""
    with connect(course) as connection:
        layout = read_layout(connection, assignment)
        if layout is None:
            return {}, {}
        return read_items(connection, layout), read_earned(connection, layout)


def _verdict_in(folder: Path) -> Verdict | None:
    verdict = read_verdict(folder)
    if verdict is None and (folder / "verdict.json").exists():
        raise NotGraded("its verdict cannot be read: run `make grade`")
    return verdict


def _page(writing: _Writing, verdict: Verdict, task: _Task) -> str:
    assignment = writing.taught.assignment
    if task.score is None:
        raise NotGraded(
            f"{assignment.name} of {verdict.student} is not in the gradebook yet: run `make grade`"
        )
    if verdict.state is not SubmissionState.GRADED:
        return page_of_ungraded(writing.taught, verdict)
    folder = writing.course.path("autograded", assignment, verdict.student)
    notebook = cells.read_notebook(folder / assignment.filename)
    return page_of_graded(writing.taught, verdict, task.score, notebook, task.earned)
