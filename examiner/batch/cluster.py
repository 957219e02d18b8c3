"""Grades on a Dask cluster: jobs and outcomes travel only as bytes in the strict format.

    job ─▶ bytes ─▶ scheduler ─▶ worker: the exam's key, once; the examination ─▶ bytes ─▶ outcome, checked
    here

Each worker grades an exam's own solution and release before it grades submissions, whenever it joins. So a
fault of one machine ends the batch, and costs no student anything.
"""

from __future__ import annotations

import contextlib
import functools
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import replace
from typing import Any

from examiner import errors
from examiner.batch import examination_client
from examiner.batch.key import check_key, key_jobs
from examiner.batch.outcomes import checked
from examiner.batch.pool import Pool
from examiner.course.facts import Course
from examiner.errors import ExaminationDied, ExaminerError, GraderAtFault, SchedulerError
from examiner.exam.jobs import (
    Exam,
    Job,
    Outcome,
    pack_exam,
    pack_outcome,
    pack_task,
    unpack_exam,
    unpack_outcome,
    unpack_task,
)
from examiner.exam.tasks import notebooks
from examiner.inside import messages as say
from examiner.inside.protocol import ProtocolError
from examiner.inside.wire import packed, unpacked

_CONNECT_SECONDS = 20
_EXAMS = 4  # that a process keeps ready


class Cluster(Executor):
    """Dask's client as an executor. Unlike Dask's own, it tells of a result that cannot be read here."""

    def __init__(self, client: Any):
        self.client = client

    def submit(self, function: Callable[..., Any], /, *args: Any, **where: Any) -> Future[Any]:
        """Call a function on some worker."""
        future: Future[Any] = Future()
        future.set_running_or_notify_cancel()
        called = self.client.submit(function, *args, pure=False, **where)
        called.add_done_callback(functools.partial(_hand_on, future))
        return future


def _hand_on(future: Future[Any], called: Any) -> None:
    try:
        future.set_result(called.result())
    except BaseException as error:
        future.set_exception(error)


class ClusterPool(Pool):
    """A pool whose executor is a Dask cluster."""

    def __init__(self, client: Any):
        self._cluster = Cluster(client)
        super().__init__(self._cluster, 2 * max(1, sum(client.ncores().values())))

    def submit(self, job: Job) -> Future[Any]:
        """Begin to examine a submission on some worker."""
        return self.executor.submit(examine_packed, packed_exam(job.exam), packed_task(job))

    def outcome(self, job: Job, future: Future[Any]) -> Outcome:
        """Return what came out for a job, checked as if a student had written it."""
        from distributed import KilledWorker

        try:
            return _unpacked_outcome(future.result(), job)
        except KilledWorker:
            raise ExaminationDied("the Dask worker that examined it ended") from None
        except (ProtocolError, TypeError) as error:  # Dask's, where a result is not of the format
            raise ExaminationDied(str(error)) from None

    def begin_key_once(self, course: Course, exam: Exam) -> Callable[[], None]:
        """Begin to check the key: each worker knows by itself what it has graded right."""
        return functools.cache(self.begin_key(exam))

    def begin_key(self, exam: Exam) -> Callable[[], None]:
        """Let each worker begin to grade the exam's own solution and release, and return what waits for it.

        That raises `KeyFailed`, which says what failed where.
        """
        asked = {
            worker: self._cluster.submit(check_key_packed, packed_exam(exam), workers=[worker])
            for worker in self._cluster.client.ncores()
        }

        def wait() -> None:
            for worker, future in asked.items():
                message, _ = unpacked(future.result(), say.Done, say.Failed)
                if type(message) is say.Failed:
                    raise _error(replace(message, reason=f"{message.reason} (Dask worker {worker})"))

        return wait


@contextlib.contextmanager
def dask_pool(address: str) -> Iterator[ClusterPool]:
    """Give a pool on the Dask cluster whose scheduler has this address, like tcp://10.0.0.1:8786."""
    client = _connected(address)
    try:
        yield ClusterPool(client)
    finally:
        client.close()


def _connected(address: str) -> Any:
    from distributed import Client

    try:
        return Client(
            address,
            timeout=_CONNECT_SECONDS,
            set_as_default=False,
            serializers=["dask", "msgpack", "pickle"],  # what is sent: the functions of this module
            deserializers=["dask", "msgpack"],  # what comes back: bytes
        )
    except (OSError, ValueError) as error:
        reason = str(error).splitlines()[0]
        raise SchedulerError(
            f"no Dask scheduler answers at {address} ({reason}). Start one with `dask scheduler`, "
            "and workers with `dask worker ADDRESS --nthreads 1 --nworkers auto`"
        ) from None


@functools.lru_cache(maxsize=_EXAMS)
def packed_exam(exam: Exam) -> bytes:
    """Return an exam as bytes."""
    tree, block = pack_exam(exam)
    return packed(say.Prepare([], exam.digest, tree), block)


def packed_task(job: Job) -> bytes:
    """Return what an examination is told of a job as bytes."""
    tree, block = pack_task(job)
    return packed(say.Examine(job.exam.digest, tree), block)


def _unpacked_outcome(data: bytes, job: Job) -> Outcome:
    message, block = unpacked(data, say.Examined, say.Failed)
    if type(message) is say.Failed:
        raise _error(message)
    source, released = notebooks(job.exam)
    return checked(unpack_outcome(message.outcome, block), job, source, released)


def _error(failed: say.Failed) -> Exception:
    """Return the error that a worker names: of one submission, or of the machine or the course."""
    if failed.kind == GraderAtFault.__name__:
        return GraderAtFault(failed.reason)
    named = getattr(errors, failed.kind, None)
    if isinstance(named, type) and issubclass(named, ExaminerError) and named is not errors.NurseryEnded:
        return named(failed.reason)
    return ExaminationDied(failed.reason)


class _Keys:
    """The exams whose keys this process has graded right."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._digests: set[str] = set()

    def check(self, exam: Exam) -> None:
        with self._lock:
            if exam.digest not in self._digests:
                check_key(exam, *map(_examined, key_jobs(exam)))
                self._digests.add(exam.digest)


_keys = _Keys()


def _examined(job: Job) -> Outcome | Exception:
    try:
        return examination_client.examine(job)
    except (ExaminationDied, GraderAtFault) as error:
        return error


def check_key_packed(exam: bytes) -> bytes:
    """Grade an exam's own solution and release on this worker; the answer is `Done` or `Failed`."""

    def check() -> bytes:
        _keys.check(_exam(exam))
        return packed(say.Done())

    return _told(check)


def examine_packed(exam: bytes, task: bytes) -> bytes:
    """Examine a submission on this worker; the answer is `Examined` or `Failed`."""

    def examine() -> bytes:
        common = _exam(exam)
        _keys.check(common)
        message, block = unpacked(task, say.Examine)
        told = unpack_task(message.task, block)
        job = Job(common, "", told.files, "", told.earlier, told.shown)
        tree, notebook = pack_outcome(examination_client.examine(job, check=False))  # checked where it goes
        return packed(say.Examined(tree), notebook)

    return _told(examine)


@functools.lru_cache(maxsize=_EXAMS)
def _exam(data: bytes) -> Exam:
    """Return the exam that came, the very same one for all submissions that come with it."""
    message, block = unpacked(data, say.Prepare)
    return unpack_exam(message.exam, block)


def _told(do: Any) -> bytes:
    try:
        answer: bytes = do()
        return answer
    except (ExaminationDied, GraderAtFault, ExaminerError) as error:
        return packed(say.Failed(str(error), type(error).__name__))
