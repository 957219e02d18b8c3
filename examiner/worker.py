"""The process that grades one submission, forked for it from a keeper that has imported what tests need.

    grade_job ─▶ Keeper ─▶ python -m examiner.worker ─▶ fork ─▶ worker: job ─▶ outcome, or an error
                                   └─▶ nursery ─▶ fork ─▶ student process ⇄ worker

The tests of a course run in the worker, not in the process that asks: a test that never ends, or that a
student's answer makes take all memory, ends its worker and nothing else. Each submission has a worker of its
own, so none finds anything that another left. It is the same whether `grade_job` is called in a thread of a
local pool or of a Dask worker: all threads of a process share one keeper and its nursery.
"""

from __future__ import annotations

import contextlib
import functools
import os
import signal
import socket
import subprocess
import sys
import threading
import traceback
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NoReturn

import nbformat

from examiner import sandbox
from examiner.bubblewrap import GRADING_ENVIRONMENT
from examiner.confinement import die_with_parent
from examiner.errors import ExaminerError, NurseryEnded, SandboxError, WorkerDied
from examiner.exam import imported_modules
from examiner.grading import Job, Outcome, examine
from examiner.nursery import import_all
from examiner.protocol import Wire
from examiner.sandbox import Nursery, NurseryProcess

_ROOT = str(Path(__file__).parents[1])
_GRACE_SECONDS = 120


class Keeper:
    """A process that forks workers; it ends with `close`, or with the thread that made it."""

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

    def fork(self, job: Job) -> Connection:
        """Return a connection to a new worker; `OSError` where the keeper has ended."""
        ours, theirs = socket.socketpair()
        request = {"imports": _imports(job.exam.source), "sandboxed": job.exam.conditions.sandboxed}
        with theirs, self._lock:
            self._wire.send(request, fds=(theirs.fileno(),))
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
    try:
        with keepers.current().fork(job) as connection:
            reply = _ask(connection, job)
    except (EOFError, OSError):
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


@functools.lru_cache(maxsize=20)
def _imports(source: str) -> list[str]:
    return sorted(imported_modules(nbformat.reads(source, 4)))


def main(arguments: list[str]) -> NoReturn:
    """Be a keeper on an inherited socket: `python -m examiner.worker FD`."""
    die_with_parent()
    wire = Wire(socket.socket(fileno=int(arguments[0])))
    nurseries: dict[bool, NurseryProcess] = {}
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # workers are reaped by the kernel
    while True:
        try:
            request, _, (fd,) = wire.receive(max_fds=1)
        except (EOFError, OSError):
            os._exit(0)
        with Connection(fd) as connection:
            try:
                nursery = _connected(nurseries, sandboxed=request["sandboxed"])
            except SandboxError as error:
                connection.send(SandboxError(sandbox.with_advice(error)))
                continue
            import_all(request["imports"])
            if os.fork() == 0:
                wire.close()
                _work(connection, nursery, sandboxed=request["sandboxed"])
        nursery.close()


def _connected(nurseries: dict[bool, NurseryProcess], *, sandboxed: bool) -> Nursery:
    """Return a line of a worker's own to the keeper's nursery, which is started when it is needed."""
    if sandboxed not in nurseries or not nurseries[sandboxed].is_alive:
        nurseries[sandboxed] = NurseryProcess(sandboxed=sandboxed)
    return nurseries[sandboxed].connect()


def _work(connection: Connection, nursery: Nursery, *, sandboxed: bool) -> NoReturn:
    """Grade one submission and end."""
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        sandbox.share(nursery, sandboxed=sandboxed)
        connection.send(os.getpid())
        connection.send(_reply_to(connection.recv()))
    finally:
        os._exit(0)


def _reply_to(job: Job) -> Outcome | Exception:
    try:
        return examine(job)
    except NurseryEnded:
        os._exit(1)  # as if this process had ended with it: the submission is tried again
    except ExaminerError as error:
        return error
    except Exception:
        return RuntimeError(f"grading {job.student} failed:\n{traceback.format_exc()}")


if __name__ == "__main__":
    main(sys.argv[1:])
