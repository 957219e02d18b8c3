"""Turns a submission's folder into a job, and the outcome of its examination into a verdict on disk.

    submitted/ ─▶ job ┃ examination ┃ outcome, checked ─▶ autograded/

This module reads and writes files. It runs nothing that a student wrote and takes nothing of it apart.
Verdicts are the journal of grading: a verdict on unchanged work and an unchanged exam is not made again.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace

import nbformat

from examiner.course.facts import Assignment, Course
from examiner.exam import examination
from examiner.exam.edition import edition
from examiner.exam.examination import Conditions
from examiner.exam.jobs import Exam, Job, Outcome
from examiner.exam.tasks import in_its_place, notebooks
from examiner.intake import receipts
from examiner.intake.files import Files, read_files
from examiner.verdict import SubmissionState, Verdict, read_verdict, write_verdict


def read_exam(course: Course, assignment: Assignment, *, sandboxed: bool = True) -> Exam:
    """Read the exam of an assignment, by which its submissions are graded."""
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
    before = read_verdict(folder)
    digest = _digest(common, files, receipts.content(handed_in))
    graded = folder / common.assignment.filename
    if before is None or anew or not before.firm or not graded.is_file():
        return Job(common, student, files, digest, before=before)
    if before.digest == digest and not regraded:
        return before
    kept = tuple(test for test in before.tests if test.key and test.exercise != regraded)
    earlier, shown = replace(before, tests=kept), graded.read_text(encoding="utf-8")
    return Job(common, student, files, digest, earlier, shown, before)


def is_settled(job: Job, outcome: Outcome) -> bool:
    """Return whether an outcome counts as it is: an end by time, memory or a crash must happen twice."""
    if outcome.verdict.firm:
        return True
    before = job.before
    return before is not None and before.digest == job.digest and before.tests == outcome.verdict.tests


def lost(job: Job, reason: str) -> Outcome:
    """Return the outcome of a submission that could not be graded through no fault of the student's."""
    source, _ = notebooks(job.exam)
    name, state = job.exam.assignment.name, SubmissionState.NEEDS_REVIEW
    verdict = Verdict(
        job.student, name, state, reason, examination.exam_tests(source), digest=job.digest, firm=False
    )
    return Outcome(verdict, nbformat.writes(in_its_place(verdict)), 0)


def keep(course: Course, assignment: Assignment, outcome: Outcome) -> None:
    """Write a graded notebook and, last and in one step, its verdict."""
    folder = course.path("autograded", assignment, outcome.verdict.student)
    folder.mkdir(parents=True, exist_ok=True)
    graded = folder / assignment.filename
    graded.unlink(missing_ok=True)
    graded.write_text(outcome.notebook, encoding="utf-8", errors="replace")
    # nbgrader grades again what is newer than its copy here, and returns feedback by it.
    receipts.copy_receipt(course.path("submitted", assignment, outcome.verdict.student), folder)
    write_verdict(outcome.verdict, folder)


def may_stand_for_others(verdict: Verdict) -> bool:
    """Return whether another submission of the same content ends with the same verdict."""
    return verdict.firm and verdict.state is SubmissionState.GRADED


def outcome_of(course: Course, job: Job, student: str) -> Outcome | None:
    """Return for a job what came out of another student's very same files; None where it is not there."""
    folder = course.path("autograded", job.exam.assignment, student)
    verdict, graded = read_verdict(folder), folder / job.exam.assignment.filename
    if verdict is None or not may_stand_for_others(verdict) or not graded.is_file():
        return None
    own = replace(verdict, student=job.student, digest=job.digest)
    return Outcome(own, graded.read_text(encoding="utf-8"), 0)


def _digest(common: Exam, files: Files, receipt: bytes) -> str:
    """Return a hash over all that a verdict and what is kept with it depend on."""
    return hashlib.sha256(repr((common.digest, content_of(files), receipt)).encode()).hexdigest()


def content_of(files: Files) -> str:
    """Return a hash over all that was handed in, whoever did it and when."""
    digest = hashlib.sha256(repr((files.refused, files.fault)).encode(errors="replace"))
    for file in files.files:
        digest.update(f"{file.name}\0{len(file.content)}\0".encode(errors="replace"))
        digest.update(file.content)
    return digest.hexdigest()
