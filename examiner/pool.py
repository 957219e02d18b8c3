"""Many submissions at once: a pool of processes that each grade one submission after the other.

The tests run in these processes, and each has a student process of its own in a sandbox. A submission that
ends its process is tried again alone; when that happens a second time, it is a person's.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial

from examiner import cells, exam, sandbox
from examiner.course import Assignment, Course
from examiner.errors import SandboxError
from examiner.grading import grade
from examiner.verdict import SubmissionState, Verdict

_DIED = (
    "Grading it ended the grader's own process twice: look at the notebook, and grade it by hand. "
    "What else is known stands in the log of the system (`dmesg`)."
)


GradeOne = Callable[["Job", str], tuple[Verdict, bool]]


@dataclass(frozen=True)
class Job:
    """How a batch is graded: for which assignment, in how many processes."""

    course: Course
    assignment: Assignment
    processes: int = 0
    anew: bool = False
    sandboxed: bool = True


def grade_one(job: Job, student: str) -> tuple[Verdict, bool]:
    """Grade one submission; return its verdict, and whether it had to be run."""
    return grade(job.course, job.assignment, student, anew=job.anew, sandboxed=job.sandboxed)


def grade_all(
    job: Job, students: Iterable[str], *, grade_one: GradeOne = grade_one
) -> Iterator[tuple[Verdict, bool]]:
    """Grade the submissions of these students and yield each verdict as it is made.

    `SandboxError` says what this machine lacks, before anything is run.
    """
    if job.sandboxed and (missing := sandbox.what_is_missing()):
        raise SandboxError(f"nothing was graded. {missing}")
    left = list(students)
    for attempt in (job.processes or os.cpu_count() or 1, 1):
        done: list[str] = []
        for verdict, is_new in _in_processes(partial(grade_one, job), left, attempt):
            done.append(verdict.student)
            yield verdict, is_new
        left = [student for student in left if student not in done]
    for student in left:
        yield _lost(job, student), True


def _in_processes(
    grade_student: Callable[[str], tuple[Verdict, bool]], students: list[str], processes: int
) -> Iterator[tuple[Verdict, bool]]:
    """Grade in this many processes, or with one process for each submission; leave out those that died."""
    batches = [students] if processes > 1 else [[student] for student in students]
    for batch in batches:
        with _pool(min(processes, len(batch)) or 1) as pool:
            with sandbox.environment(**sandbox.GRADING_ENVIRONMENT):  # which the processes are born with
                futures = [pool.submit(grade_student, student) for student in batch]
            yield from _survivors(futures)


def _pool(processes: int) -> ProcessPoolExecutor:
    # Spawned, not forked: a fork would share this process's open gradebook.
    return ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn"))


def _survivors(futures: list[Future[tuple[Verdict, bool]]]) -> Iterator[tuple[Verdict, bool]]:
    for future in as_completed(futures):
        try:
            yield future.result()
        except BrokenProcessPool:
            continue


def _lost(job: Job, student: str) -> Verdict:
    source = cells.read_notebook(job.course.path("source", job.assignment) / job.assignment.filename)
    tests = exam.exam_tests(source)
    return Verdict(student, job.assignment.name, SubmissionState.NEEDS_REVIEW, reason=_DIED, tests=tests)
