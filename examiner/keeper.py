"""Hands jobs to workers: the end of the process that asks.

    grade_job ─▶ Keeper ─▶ python -m examiner.worker ─▶ fork ─▶ worker: job ─▶ outcome, or an error

It is the same whether `grade_job` is called in a thread of a local pool or of a Dask worker: all threads of
a process share one keeper.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import socket
import subprocess
import sys
import threading
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from examiner.bubblewrap import GRADING_ENVIRONMENT
from examiner.errors import WorkerDied
from examiner.protocol import Wire

if TYPE_CHECKING:  # a keeper is started before all that it takes to grade is imported here
    from examiner.grading import Job, Outcome

_ROOT = str(Path(__file__).parents[1])
_GRACE_SECONDS = 120
_DYING_SECONDS = 0.2


class Keeper:
    """The process that forks workers; it ends with `close`, or with the thread that made it."""

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
        self._wire = Wire(ours)
        self._lock = threading.Lock()
        self._told: set[str] = set()

    def fork(self, job: Job) -> Connection:
        """Return a connection to a new worker; `OSError` where the keeper has ended."""
        ours, theirs = socket.socketpair()
        request = {"sandboxed": job.exam.conditions.sandboxed}
        with theirs, self._lock:
            news = b"" if job.exam.digest in self._told else pickle.dumps(job.exam)
            self._wire.send(request, news, fds=(theirs.fileno(),))
            self._told.add(job.exam.digest)
        return Connection(ours.detach())

    def close(self) -> None:
        """End it and its workers, whatever they are doing."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self._wire.close()


class _Keepers:
    """The keeper of this process: one for all its threads, made when it is needed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._keeper: Keeper | None = None

    def current(self) -> Keeper:
        with self._lock:
            if self._keeper is None or self._keeper.process.poll() is not None:
                self._close()
                self._keeper = Keeper()
            return self._keeper

    def close(self) -> None:
        with self._lock:
            self._close()

    def _close(self) -> None:
        if self._keeper is not None:
            self._keeper.close()
        self._keeper = None


keepers = _Keepers()


def grade_job(job: Job) -> Outcome:
    """Grade a submission in a worker; `WorkerDied` when that ends or takes longer than it can need."""
    keeper = keepers.current()
    try:
        with keeper.fork(job) as connection:
            reply = _ask(connection, job)
    except (EOFError, OSError):
        with contextlib.suppress(subprocess.TimeoutExpired):  # if it died with its keeper, let that be known
            keeper.process.wait(_DYING_SECONDS)
        raise WorkerDied(job.student) from None
    if isinstance(reply, Exception):
        raise reply
    return reply


def _ask(connection: Connection, job: Job) -> Outcome | Exception:
    reply: Any = connection.recv()
    if isinstance(reply, Exception):
        return reply
    connection.send(job)
    if not connection.poll(job.exam.conditions.limits.total_seconds + _GRACE_SECONDS):
        with contextlib.suppress(ProcessLookupError):
            os.kill(reply, signal.SIGKILL)
        raise EOFError
    answer: Outcome | Exception = connection.recv()
    return answer
