"""Examines many submissions at once, on the cores of this machine; `cluster` does so on many machines.

    jobs ─▶ executor (a few at a time) ─▶ examined in each of its threads ─▶ outcomes as they are made

Executors are those of `concurrent.futures`. A submission that ended by time, by memory or by a crash is tried
again alone, when all others are done, and only the second result counts.
"""

from __future__ import annotations

import contextlib
import functools
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from itertools import islice
from typing import Any

from examiner.batch import examination_client
from examiner.batch.key import check_key, is_known, key_jobs, remember
from examiner.batch.store import is_settled, lost
from examiner.course.facts import Course
from examiner.errors import ExaminationDied, ExaminerError, GraderAtFault
from examiner.exam.jobs import Exam, Job, Outcome

DIED = (
    "This submission ended the grader's own process twice. Look at the notebook, and grade it by hand. "
    "The system's log (`dmesg`) may say more."
)
FAILED = "The grader itself failed on this submission ({name}). A person must look at it."


class Pool:
    """An executor, and how many jobs it is given at a time: enough to keep it busy, few enough to hold."""

    def __init__(self, executor: Executor, at_once: int):
        self.executor = executor
        self.at_once = at_once

    def submit(self, job: Job) -> Future[Any]:
        """Begin to examine a submission."""
        return self.executor.submit(examination_client.examine, job)

    def outcome(self, job: Job, future: Future[Any]) -> Outcome:
        """Return the outcome of a job, or raise its error."""
        outcome: Outcome = future.result()
        return outcome

    def begin_key(self, exam: Exam) -> Callable[[], None]:
        """Begin to grade the exam's own solution and release, and return what waits for it.

        That raises `KeyFailed` if they do not get all points and none.
        """
        jobs = key_jobs(exam)
        futures = [self.submit(job) for job in jobs]
        return lambda: check_key(
            exam, *(self._tried(job, future) for job, future in zip(jobs, futures, strict=True))
        )

    def begin_key_once(self, course: Course, exam: Exam) -> Callable[[], None]:
        """Begin to check the key unless it has been graded right here before, under the same conditions."""
        if is_known(course, exam):
            return lambda: None
        wait_for_key = self.begin_key(exam)

        def wait_and_remember() -> None:
            wait_for_key()
            remember(course, exam)

        return functools.cache(wait_and_remember)

    def grade_all(self, students: Iterable[str], prepare: Callable[[str], Job | None]) -> Iterator[Outcome]:
        """Grade these students' submissions and yield each outcome as it is made.

        `prepare` gives a student's job, or none where there is nothing to do. It is asked a second time for
        what is tried again: many may wait for that, and nobody's files are held meanwhile.
        """
        waiting: list[str] = []
        for job, outcome in self._in_turn(filter(None, map(prepare, students)), self.at_once):
            if isinstance(outcome, Outcome) and is_settled(job, outcome):
                yield outcome
            else:
                waiting.append(job.student)
        for job, outcome in self._in_turn(filter(None, map(prepare, waiting)), 1):
            yield outcome if isinstance(outcome, Outcome) else lost(job, _reason(outcome))

    def _in_turn(self, jobs: Iterable[Job], at_once: int) -> Iterator[tuple[Job, Outcome | Exception]]:
        waiting = iter(jobs)
        running: dict[Future[Any], Job] = {}
        while True:
            for job in islice(waiting, at_once - len(running)):
                running[self.submit(job)] = job
            if not running:
                return
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                job = running.pop(future)
                yield job, self._tried(job, future)

    def _tried(self, job: Job, future: Future[Any]) -> Outcome | Exception:
        """Return what came out, or the error that concerns this submission alone.

        Only what the examiner itself says of the course or of the machine concerns everybody.
        """
        try:
            return self.outcome(job, future)
        except ExaminerError:
            raise
        except Exception as error:
            return error


def _reason(error: Exception) -> str:
    if isinstance(error, GraderAtFault):
        return str(error)
    return DIED if isinstance(error, ExaminationDied) else FAILED.format(name=type(error).__name__)


@contextlib.contextmanager
def local_pool(jobs: int = 0) -> Iterator[Pool]:
    """Give a pool on this machine, of as many jobs at once as there are cores unless told otherwise."""
    n_jobs = jobs or len(os.sched_getaffinity(0))
    executor = ThreadPoolExecutor(n_jobs, thread_name_prefix="grade")
    try:
        yield Pool(executor, n_jobs + 1)
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
        examination_client.clients.close()  # whatever still runs need not be waited for
        executor.shutdown()
