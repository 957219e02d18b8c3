"""The process that grades one submission, forked for it from one that has imported what tests need.

    keeper.Keeper ─▶ python -m examiner.worker ─▶ fork ─▶ worker: job ─▶ outcome, or an error
                                └─▶ nursery ─▶ fork ─▶ student process ⇄ worker

The tests of a course run in the worker, not in the process that asks: a test that never ends, or that a
student's answer makes take all memory, ends its worker and nothing else. Each submission has a worker of its
own, so none finds anything that another left.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import socket
import sys
import traceback
from multiprocessing.connection import Connection
from typing import NoReturn

from examiner import sandbox
from examiner.confinement import die_with_parent
from examiner.errors import ExaminerError, NurseryEnded, SandboxError
from examiner.grading import Exam, Job, Outcome, examine, get_ready, notebooks
from examiner.imports import needed_by_answers
from examiner.pages import settle
from examiner.protocol import Wire
from examiner.sandbox import Nursery, NurseryProcess


def main(arguments: list[str]) -> NoReturn:
    """Fork workers for the owner of an inherited socket: `python -m examiner.worker FD`."""
    die_with_parent()
    wire = Wire(socket.socket(fileno=int(arguments[0])))
    nurseries: dict[bool, NurseryProcess] = {}
    with contextlib.suppress(SandboxError):  # whoever needs it is told
        nurseries[True] = NurseryProcess()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # workers are reaped by the kernel
    while True:
        try:
            request, news, (fd,) = wire.receive(max_fds=1)
        except (EOFError, OSError):
            os._exit(0)
        with Connection(fd) as connection:
            exam: Exam | None = pickle.loads(news) if news else None
            try:
                nursery = _connected(nurseries, exam, sandboxed=request["sandboxed"])
            except SandboxError as error:
                connection.send(SandboxError(sandbox.with_advice(error)))
                continue
            if exam:
                with contextlib.suppress(Exception):  # whoever grades by it says what is wrong with it
                    get_ready(exam)
                settle()
            if os.fork() == 0:
                wire.close()
                _work(connection, nursery, sandboxed=request["sandboxed"])
        nursery.close()


def _connected(nurseries: dict[bool, NurseryProcess], exam: Exam | None, *, sandboxed: bool) -> Nursery:
    """Return a line of a worker's own to the nursery, which gets ready for a new exam meanwhile."""
    if sandboxed not in nurseries or not nurseries[sandboxed].is_alive:
        nurseries[sandboxed] = NurseryProcess(sandboxed=sandboxed)
    imports: set[str] = set()
    if exam:
        with contextlib.suppress(Exception):  # as above
            imports = needed_by_answers(notebooks(exam)[1])
    return nurseries[sandboxed].connect(imports)


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
