"""Writes a page for each submission: what each exercise earned, and hints for tests that did not pass.

    verdict, gradebook, graded notebook ─feedback_page─▶ HTML ─▶ feedback/

The page is built from the verdict, the gradebook and the student's own answers. It takes nothing from test
cells, so it can hold neither hidden tests nor their values.
"""

from __future__ import annotations

from pathlib import Path

from examiner.apart import Failures, kept_by
from examiner.course import submissions
from examiner.course.facts import Assignment, Course
from examiner.errors import NotGraded
from examiner.gradebook.scores import Score, scores
from examiner.intake import receipts
from examiner.notebook import cells
from examiner.results.feedback_page import Lesson, lesson, page_of_graded, page_of_ungraded
from examiner.results.page_record import noted
from examiner.verdict import SubmissionState, Verdict, read_verdict
from examiner.wording import harmless


def write_feedback(course: Course, assignment: Assignment, failures: Failures | None = None) -> list[Path]:
    """Write the page of every examined submission of an assignment, and return where.

    A page that cannot be written is kept apart in `failures`, and `make review` lists it until it is there;
    without `failures`, the first one ends the work.
    """
    book = scores(course, assignment, failures)
    taught = lesson(course, assignment)
    pages = []
    for student, folder in submissions.folders(course, submissions.GRADED, assignment).items():
        page = course.path("feedback", assignment, student) / f"{assignment.notebook}.html"
        with kept_by(failures, student), noted(folder):
            page.unlink(missing_ok=True)  # it would tell an older grade
            if verdict := _verdict_in(folder):
                page.parent.mkdir(parents=True, exist_ok=True)
                text = harmless(_page(course, taught, verdict, book))
                page.write_text(text, encoding="utf-8", errors="replace")
                receipts.copy_receipt(course.path("submitted", assignment, student), page.parent)
                pages.append(page)
    return pages


def _verdict_in(folder: Path) -> Verdict | None:
    verdict = read_verdict(folder)
    if verdict is None and (folder / "verdict.json").exists():
        raise NotGraded("its verdict cannot be read: run `make grade`")
    return verdict


def _page(course: Course, taught: Lesson, verdict: Verdict, book: dict[str, Score]) -> str:
    assignment = taught.assignment
    if verdict.student not in book:
        raise NotGraded(
            f"{assignment.name} of {verdict.student} is not in the gradebook yet: run `make grade`"
        )
    if verdict.state is not SubmissionState.GRADED:
        return page_of_ungraded(taught, verdict)
    folder = course.path("autograded", assignment, verdict.student)
    notebook = cells.read_notebook(folder / assignment.filename)
    return page_of_graded(taught, verdict, book[verdict.student], notebook)
