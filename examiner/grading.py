"""One submission, from the folder that was handed in to a verdict on disk.

    submitted/ ─▶ job ┃ ─▶ read ─▶ repaired after the release ─▶ examined ─▶ outcome ┃ ─▶ autograded/

What stands between the bars needs no disk and may happen in another process or on another machine: a job
carries all that it takes. A student's fault, whatever it is, ends as a state of the verdict with a sentence;
only what is wrong with the course or the machine is an exception.
"""

from __future__ import annotations

import copy
import functools
import hashlib
import importlib.metadata
import json
import platform
import shutil
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_markdown_cell, new_notebook

import neurocourse
from examiner import cells, exam, selection
from examiner.attempt import compiled
from examiner.colab import versions_here
from examiner.course import Assignment, Course
from examiner.errors import EditionError, Unreadable
from examiner.exam import Conditions, Earlier
from examiner.imports import needed_by_tests
from examiner.nursery import import_all
from examiner.repair import repair
from examiner.submission import Files, read_files, read_submission
from examiner.verdict import (
    SubmissionState,
    Verdict,
    WrittenAnswer,
    read_verdict,
    write_verdict,
)

# What belongs to a package: settings, styles and registries decide as code does.
_PACKAGED = (".py", ".toml", ".mplstyle", ".html", ".txt")
# The libraries by which results are computed: another version may give another result.
_LIBRARIES = ("ipython", "ipykernel")  # and what Colab offers, as far as it is here


@dataclass(frozen=True)
class Exam:
    """What all submissions of an assignment have in common: the texts of two notebooks, and conditions."""

    assignment: Assignment
    source: str
    release: str
    conditions: Conditions

    @functools.cached_property
    def digest(self) -> str:
        """A hash of all of it."""
        return hashlib.sha256(repr(self).encode()).hexdigest()


@dataclass(frozen=True)
class Job:
    """A submission and all that it takes to grade it; `shown` is the notebook of the earlier verdict."""

    exam: Exam
    student: str
    files: Files
    digest: str
    earlier: Verdict | None = None
    shown: str = ""


@dataclass(frozen=True)
class Outcome:
    """A verdict, the text of the graded notebook, how many tests had to be run, and how long all took."""

    verdict: Verdict
    notebook: str
    n_run: int
    seconds: float = 0.0


def grade(
    course: Course, assignment: Assignment, student: str, *, anew: bool = False, sandboxed: bool = True
) -> tuple[Verdict, bool]:
    """Grade a submission in this process and return its verdict, and whether it had to be run.

    An unchanged submission of an unchanged exam keeps its verdict, unless `anew`.
    """
    job = prepare(course, read_exam(course, assignment, sandboxed=sandboxed), student, anew=anew)
    if isinstance(job, Verdict):
        return job, False
    outcome = examine(job)
    keep(course, assignment, outcome)
    return outcome.verdict, True


def read_exam(course: Course, assignment: Assignment, *, sandboxed: bool = True) -> Exam:
    """Read what the submissions of an assignment are graded by."""
    source, release = (
        (course.path(step, assignment) / assignment.filename).read_text(encoding="utf-8")
        for step in ("source", "release")
    )
    conditions = Conditions(course.limits, sandboxed, edition(), course.grading.packages)
    return Exam(assignment, source, release, conditions)


def prepare(
    course: Course, common: Exam, student: str, *, anew: bool = False, regraded: str = ""
) -> Job | Verdict:
    """Return the job that grades a submission, or its verdict where nothing has changed since that was made.

    `anew` forgets what is known; the name of a `regraded` exercise forgets the results of its tests.
    """
    folder = course.path("autograded", common.assignment, student)
    handed_in = course.path("submitted", common.assignment, student)
    files = read_files(handed_in)
    known = None if anew else read_verdict(folder)
    digest = _digest(common, files, _timestamp(handed_in))
    graded = folder / common.assignment.filename
    if known is None or not graded.is_file():
        return Job(common, student, files, digest)
    if known.digest == digest and not regraded:
        return known
    kept = tuple(test for test in known.tests if test.key and test.exercise != regraded)
    return Job(common, student, files, digest, replace(known, tests=kept), graded.read_text(encoding="utf-8"))


def get_ready(common: Exam) -> None:
    """Work out what all submissions of an exam need, and remember it for the processes that are forked."""
    edition()
    source, released = notebooks(common)
    import_all(needed_by_tests(source))
    repaired = repair(copy.deepcopy(released), released)
    selection.idle_cells(repaired.notebook, released, exam.test_cells(source))
    for cell in exam.test_cells(source):
        compiled(cell.source)
        compiled(cells.without_hidden_tests(cell.source))


@functools.lru_cache(maxsize=8)
def notebooks(common: Exam) -> tuple[Any, Any]:
    """Return the source and the release; nobody changes them."""
    source, release = (nbformat.reads(text, 4) for text in (common.source, common.release))
    return source, release


def examine(job: Job) -> Outcome:
    """Grade a submission; nothing is read or written but what the job carries."""
    if job.exam.conditions.edition != edition():
        raise EditionError(
            "a worker has another version of the examiner or of its libraries than the computer that asks: "
            "use the same checkout and the same requirements.lock on both"
        )
    begun = time.perf_counter()
    verdict, notebook, n_run = _examined(job)
    verdict = replace(verdict, digest=job.digest)
    text = nbformat.writes(notebook or _in_its_place(verdict))
    return Outcome(verdict, text, n_run, time.perf_counter() - begun)


def lost(job: Job, reason: str) -> Outcome:
    """Return what becomes of a submission that could not be graded for no reason of the student's."""
    source = nbformat.reads(job.exam.source, 4)
    name, state = job.exam.assignment.name, SubmissionState.NEEDS_REVIEW
    verdict = Verdict(job.student, name, state, reason=reason, tests=exam.exam_tests(source))
    return Outcome(verdict, nbformat.writes(_in_its_place(verdict)), 0)


def keep(course: Course, assignment: Assignment, outcome: Outcome) -> None:
    """Write a graded notebook and, last and in one step, its verdict."""
    folder = course.path("autograded", assignment, outcome.verdict.student)
    folder.mkdir(parents=True, exist_ok=True)
    graded = folder / assignment.filename
    graded.unlink(missing_ok=True)
    graded.write_text(outcome.notebook, encoding="utf-8", errors="replace")
    _copy_timestamp(course.path("submitted", assignment, outcome.verdict.student), folder)
    write_verdict(outcome.verdict, folder)


def _in_its_place(verdict: Verdict) -> Any:
    """Return what Formgrader shows of a submission that could not be examined."""
    return new_notebook(cells=[new_markdown_cell(f"**Not graded.** {verdict.reason}")])


def _copy_timestamp(handed_in: Path, graded: Path) -> None:
    """Copy when it was handed in: nbgrader grades again what is newer than its copy here."""
    (graded / "timestamp.txt").unlink(missing_ok=True)
    if (handed_in / "timestamp.txt").is_file():
        shutil.copyfile(handed_in / "timestamp.txt", graded / "timestamp.txt")


def _examined(job: Job) -> tuple[Verdict, Any | None, int]:
    """Return the verdict, the graded notebook if there is one, and how many tests were run."""
    assignment = job.exam.assignment
    source, released = notebooks(job.exam)
    tests = exam.exam_tests(source)
    ungraded = Verdict(job.student, assignment.name, SubmissionState.UNREADABLE, tests=tests)
    try:
        handed_in = read_submission(job.files, assignment)
    except Unreadable as error:
        return replace(ungraded, reason=str(error)), None, 0
    repaired = repair(handed_in.notebook, released)
    mended = replace(ungraded, repairs=(*handed_in.repairs, *repaired.repairs))
    if repaired.doubts:
        state = SubmissionState.NEEDS_REVIEW
        return replace(mended, state=state, reason=" ".join(repaired.doubts)), None, 0
    examined = exam.examine(repaired.notebook, source, released, job.exam.conditions, _earlier(job))
    verdict = replace(
        mended,
        state=SubmissionState.GRADED,
        tests=examined.tests,
        notes=examined.notes,
        written=written_answers(repaired.notebook, released),
    )
    return verdict, examined.notebook, examined.n_run


def _earlier(job: Job) -> Earlier | None:
    if job.earlier is None or job.earlier.state is not SubmissionState.GRADED:
        return None
    results = {test.key: test for test in job.earlier.tests}
    return Earlier(results, nbformat.reads(job.shown, 4), job.earlier.notes)


def written_answers(notebook: Any, released: Any) -> tuple[WrittenAnswer, ...]:
    """Return which written answers a notebook holds; one that is as it was released is none."""
    stubs = {cells.grade_id(cell): cell.source for cell in released.cells if cells.is_written(cell)}
    return tuple(
        WrittenAnswer(
            grade_id=cells.grade_id(cell),
            answered=cell.source.strip() not in ("", stubs.get(cells.grade_id(cell), "").strip()),
            digest=hashlib.sha256(_written(cell).encode(errors="replace")).hexdigest()[:16],
        )
        for cell in notebook.cells
        if cells.is_written(cell)
    )


def _written(cell: Any) -> str:
    """Return all that a person reads of a written answer: its text, and the pictures pasted into it."""
    pictures = cell.get("attachments")
    return str(cell.source) + (f"\0{json.dumps(pictures, sort_keys=True)}" if pictures else "")


def _timestamp(handed_in: Path) -> bytes:
    path = handed_in / "timestamp.txt"
    return path.read_bytes() if path.is_file() else b""


def _digest(common: Exam, files: Files, timestamp: bytes) -> str:
    """Return a hash over all that a verdict and what is kept with it depend on."""
    rest = (common.digest, files.refused, files.fault, timestamp)
    digest = hashlib.sha256(repr(rest).encode(errors="replace"))
    for file in files.files:
        digest.update(f"{file.name}\0{len(file.content)}\0".encode(errors="replace"))
        digest.update(file.content)
    return digest.hexdigest()


@functools.cache
def edition() -> str:
    """Return a hash of the engine's own code and of the versions that its results depend on."""
    digest = hashlib.sha256(platform.python_version().encode())
    versions = {library: importlib.metadata.version(library) for library in _LIBRARIES} | versions_here()
    for library, version in versions.items():
        digest.update(f"{library} {version}\n".encode())
    for package in (Path(__file__).parent, Path(neurocourse.__file__).parent):
        for path in sorted(package.rglob("*")):
            if path.suffix in _PACKAGED and path.is_file():
                digest.update(f"{path.relative_to(package)}\0".encode() + path.read_bytes())
    return digest.hexdigest()
