"""One submission, from the folder that was handed in to a verdict on disk.

    submitted/ ─▶ read ─▶ repaired after the release ─▶ examined ─▶ autograded/: notebook and verdict

A student's fault, whatever it is, ends as a state of the verdict with a sentence; only what is wrong with the
course or the machine is an exception.
"""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_markdown_cell, new_notebook

import neurocourse
from examiner import cells, exam
from examiner.course import Assignment, Course
from examiner.errors import Unreadable
from examiner.repair import repair
from examiner.submission import read_submission
from examiner.verdict import (
    SubmissionState,
    Verdict,
    WrittenAnswer,
    read_verdict,
    write_verdict,
)


def grade(
    course: Course, assignment: Assignment, student: str, *, anew: bool = False, sandboxed: bool = True
) -> tuple[Verdict, bool]:
    """Grade a submission and return its verdict, and whether it had to be run.

    An unchanged submission of an unchanged exam keeps its verdict, unless `anew`.
    """
    folder = course.path("autograded", assignment, student)
    digest = _digest(course, assignment, student)
    known = read_verdict(folder)
    if known is not None and known.digest == digest and not anew:
        return known, False
    verdict, notebook = _examine(course, assignment, student, sandboxed=sandboxed)
    verdict = replace(verdict, digest=digest)
    folder.mkdir(parents=True, exist_ok=True)
    graded = folder / assignment.filename
    graded.unlink(missing_ok=True)
    text = nbformat.writes(notebook or _in_its_place(verdict))
    graded.write_text(text, encoding="utf-8", errors="replace")
    _copy_timestamp(course.path("submitted", assignment, student), folder)
    write_verdict(verdict, folder)
    return verdict, True


def _in_its_place(verdict: Verdict) -> Any:
    """Return what Formgrader shows of a submission that could not be examined."""
    return new_notebook(cells=[new_markdown_cell(f"**Not graded.** {verdict.reason}")])


def _copy_timestamp(handed_in: Path, graded: Path) -> None:
    """Copy when it was handed in: nbgrader grades again what is newer than its copy here."""
    (graded / "timestamp.txt").unlink(missing_ok=True)
    if (handed_in / "timestamp.txt").is_file():
        shutil.copyfile(handed_in / "timestamp.txt", graded / "timestamp.txt")


def _examine(
    course: Course, assignment: Assignment, student: str, *, sandboxed: bool
) -> tuple[Verdict, Any | None]:
    source = cells.read_notebook(course.path("source", assignment) / assignment.filename)
    released = cells.read_notebook(course.path("release", assignment) / assignment.filename)
    tests = exam.exam_tests(source)
    ungraded = Verdict(student, assignment.name, SubmissionState.UNREADABLE, tests=tests)
    try:
        handed_in = read_submission(course.path("submitted", assignment, student), assignment)
    except Unreadable as error:
        return replace(ungraded, reason=str(error)), None
    repaired = repair(handed_in.notebook, released)
    mended = replace(ungraded, repairs=(*handed_in.repairs, *repaired.repairs))
    if repaired.doubts:
        state = SubmissionState.NEEDS_REVIEW
        return replace(mended, state=state, reason=" ".join(repaired.doubts)), None
    examined = exam.examine(repaired.notebook, source, course.limits, sandboxed=sandboxed)
    verdict = replace(
        mended,
        state=SubmissionState.GRADED,
        tests=examined.tests,
        notes=examined.notes,
        written=written_answers(repaired.notebook, released),
    )
    return verdict, examined.notebook


def written_answers(notebook: Any, released: Any) -> tuple[WrittenAnswer, ...]:
    """Return which written answers a notebook holds; one that is as it was released is none."""
    stubs = {cells.grade_id(cell): cell.source for cell in released.cells if cells.is_written(cell)}
    return tuple(
        WrittenAnswer(
            grade_id=cells.grade_id(cell),
            answered=cell.source.strip() not in ("", stubs.get(cells.grade_id(cell), "").strip()),
            digest=hashlib.sha256(cell.source.encode(errors="replace")).hexdigest()[:16],
        )
        for cell in notebook.cells
        if cells.is_written(cell)
    )


def _digest(course: Course, assignment: Assignment, student: str) -> str:
    """Return a hash over all that a verdict depends on: submission, source, release, settings, code."""
    folder = course.path("submitted", assignment, student)
    handed_in = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    ours = [course.path(step, assignment) / assignment.filename for step in ("source", "release")]
    digest = hashlib.sha256(repr((course.late, assignment.due, course.limits)).encode())
    for path in [*ours, *_engine_files(), *handed_in]:
        digest.update(f"{path.name}\0".encode(errors="replace"))
        with path.open("rb") as content:
            digest.update(hashlib.file_digest(content, "sha256").digest())
    return digest.hexdigest()


def _engine_files() -> list[Path]:
    packages = [Path(__file__).parent, Path(neurocourse.__file__).parent]
    return sorted(path for package in packages for path in package.rglob("*.py"))
