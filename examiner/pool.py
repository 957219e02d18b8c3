"""Many submissions at once, on the cores of this machine or on a Dask cluster.

    jobs ─▶ executor (a few at a time) ─▶ grade_job in each of its threads ─▶ outcomes as they are made

Executors are those of `concurrent.futures`. A submission whose worker ends is tried again alone, when all
others are done; when that happens a second time, it is a person's.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from itertools import islice
from typing import Any

from examiner import keeper
from examiner.errors import SchedulerError, WorkerDied
from examiner.grading import Job, Outcome, lost

_DIED = (
    "Grading it ended the grader's own process twice: look at the notebook, and grade it by hand. "
    "What else is known stands in the log of the system (`dmesg`)."
)
_CONNECT_SECONDS = 20

GradeJob = Callable[[Job], Outcome]


@dataclass(frozen=True)
class Pool:
    """An executor, and how many jobs it is given at a time: enough to keep it busy, few enough to hold."""

    executor: Executor
    at_once: int

    def grade_all(self, jobs: Iterable[Job], *, grade_job: GradeJob = keeper.grade_job) -> Iterator[Outcome]:
        """Grade these jobs and yield each outcome as it is made."""
        died: list[Job] = []
        yield from self._in_turn(jobs, grade_job, self.at_once, died)
        again: list[Job] = []
        yield from self._in_turn(died, grade_job, 1, again)
        yield from (lost(job, _DIED) for job in again)

    def _in_turn(
        self, jobs: Iterable[Job], grade_job: GradeJob, at_once: int, died: list[Job]
    ) -> Iterator[Outcome]:
        waiting = iter(jobs)
        running: dict[Future[Outcome], Job] = {}
        while True:
            for job in islice(waiting, at_once - len(running)):
                running[self.executor.submit(grade_job, job)] = job
            if not running:
                return
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                job = running.pop(future)
                try:
                    yield future.result()
                except _worker_errors():
                    died.append(job)


def _worker_errors() -> tuple[type[Exception], ...]:
    """Return the errors that say that a worker has ended, Dask's own among them once Dask is in use."""
    dask = sys.modules.get("distributed")
    return (WorkerDied, dask.KilledWorker) if dask else (WorkerDied,)


@contextlib.contextmanager
def local_pool(jobs: int = 0) -> Iterator[Pool]:
    """Give a pool on this machine, of as many jobs at once as there are cores unless told otherwise."""
    n_jobs = jobs or len(os.sched_getaffinity(0))
    executor = ThreadPoolExecutor(n_jobs, thread_name_prefix="grade")
    try:
        yield Pool(executor, n_jobs + 1)
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
        keeper.keepers.close()  # whatever still runs need not be waited for
        executor.shutdown()


@contextlib.contextmanager
def dask_pool(address: str) -> Iterator[Pool]:
    """Give a pool on the Dask cluster whose scheduler has this address, like tcp://10.0.0.1:8786."""
    client = _connected(address)
    executor = client.get_executor(pure=False)
    try:
        yield Pool(executor, 2 * max(1, sum(client.ncores().values())))
    finally:
        executor.shutdown(wait=False)
        client.close()


def _connected(address: str) -> Any:
    from distributed import Client

    try:
        return Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        reason = str(error).splitlines()[0]
        raise SchedulerError(
            f"no Dask scheduler answers at {address} ({reason}). Start one with `dask scheduler`, "
            "and workers with `dask worker ADDRESS --nthreads 1 --nworkers auto`"
        ) from None
