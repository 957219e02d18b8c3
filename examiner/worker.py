"""A worker: a process of its own that grades one job after the other, with a nursery beside it.

    a thread ─▶ grade_job ─▶ its Worker ─▶ python -m examiner.worker ─▶ outcome, or an error

The tests of a course run in it, not in the process that asks: a test that never ends, or that a student's
answer makes take all memory, ends its worker and nothing else. Each thread keeps its worker and its nursery
warm. It is the same whether the threads are those of a local pool or of a Dask worker.
"""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import threading
import traceback
import weakref
from multiprocessing.connection import Connection
from pathlib import Path

from examiner.confinement import die_with_parent
from examiner.errors import ExaminerError, WorkerDied
from examiner.grading import Job, Outcome, examine
from examiner.sandbox import GRADING_ENVIRONMENT

_ROOT = str(Path(__file__).parents[1])
_GRACE_SECONDS = 120


class Worker:
    """The process that grades for a thread; it ends with `close`, or when nobody holds it any more."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-W", "ignore", "-m", "examiner.worker", str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,  # Ctrl-C is for the process that asks
                env={**os.environ, **GRADING_ENVIRONMENT, "PYTHONPATH": _ROOT},
            )
        self._connection = Connection(ours.detach())
        self.close = weakref.finalize(self, _end, self.process, self._connection)
        with _lock:
            _alive.add(self)

    def grade(self, job: Job) -> Outcome:
        """Grade a submission; `WorkerDied` when the process ends or takes longer than it can need."""
        try:
            self._connection.send(job)
            if not self._connection.poll(job.exam.conditions.limits.total_seconds + _GRACE_SECONDS):
                raise EOFError
            reply: Outcome | Exception = self._connection.recv()
        except (EOFError, OSError):
            self.close()
            raise WorkerDied(job.student) from None
        if isinstance(reply, Exception):
            raise reply
        return reply


_own = threading.local()
_lock = threading.Lock()
_alive: weakref.WeakSet[Worker] = weakref.WeakSet()


def grade_job(job: Job) -> Outcome:
    """Grade a submission in the worker of this thread."""
    worker: Worker | None = getattr(_own, "worker", None)
    if worker is None or not worker.close.alive:
        worker = _own.worker = Worker()
    return worker.grade(job)


def end_all() -> None:
    """End the workers of all threads, whatever they are doing; who waits for one gets `WorkerDied`."""
    with _lock:
        workers = list(_alive)
    for worker in workers:
        worker.close()


def _end(process: subprocess.Popen[bytes], connection: Connection) -> None:
    process.kill()
    process.wait()
    with contextlib.suppress(OSError):
        connection.close()


def main(arguments: list[str]) -> None:
    """Serve on an inherited socket: `python -m examiner.worker FD`."""
    die_with_parent()
    with Connection(int(arguments[0])) as connection:
        while True:
            try:
                job = connection.recv()
            except (EOFError, OSError):
                return
            connection.send(_reply_to(job))


def _reply_to(job: Job) -> Outcome | Exception:
    try:
        return examine(job)
    except ExaminerError as error:
        return error
    except Exception:
        return RuntimeError(f"grading {job.student} failed:\n{traceback.format_exc()}")


if __name__ == "__main__":
    main(sys.argv[1:])
