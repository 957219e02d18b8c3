"""Supervises examinations: starts each behind its wall, and receives its outcome.

    job ─▶ ExaminationClient ⇄ examination (its tests)       nothing goes in but the task,
                    ├───────── student process  (its code)   nothing comes out but one checked outcome
                    └─ guard: memory and time of both

It runs nothing that a student wrote and decodes only the strict format of `protocol`. All threads of a
process share one client, in the local pool as in a Dask worker.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from examiner.batch.outcomes import checked
from examiner.errors import ExaminationDied, GraderAtFault, NurseryEnded, SandboxError
from examiner.exam.jobs import Exam, Job, Outcome, pack_exam, pack_task, unpack_outcome
from examiner.exam.preimports import needed_by_answers
from examiner.exam.tasks import notebooks
from examiner.inside import messages as say
from examiner.inside.protocol import ProtocolError
from examiner.sandbox.bubblewrap import Ring
from examiner.sandbox.nursery_client import NurseryClient, Sandbox, with_advice
from examiner.sandbox.processors import lent_processor

_MOST_STUDENTS = 8  # student processes that an examination may ask for; it needs two
_NET = 10  # times the time of a submission by the clock, after which its examination is ended
_GRACE_SECONDS = 120


class ExaminationClient:
    """Two nurseries, one for each ring; they end with `close`, or with the thread that made them."""

    def __init__(self, *, sandboxed: bool = True, course: Path | None = None):
        self._examiners = NurseryClient(Ring.EXAMINATION, sandboxed=sandboxed, course=course)
        self._students = NurseryClient(Ring.STUDENT, sandboxed=sandboxed, course=course)
        self._told: set[str] = set()
        self._lock = threading.Lock()

    @property
    def is_alive(self) -> bool:
        """Whether it can examine."""
        return self._examiners.is_alive and self._students.is_alive

    def close(self) -> None:
        """End both nurseries and all that they forked, whatever it is doing."""
        self._examiners.close()
        self._students.close()

    def examine(self, job: Job, *, check: bool = True) -> Outcome:
        """Examine a submission; `ExaminationDied` when its process ends, or says what none would say."""
        begun = time.perf_counter()
        limits = job.exam.conditions.limits
        self._tell_of(job.exam)
        with contextlib.ExitStack() as stack:
            processors = stack.enter_context(lent_processor())
            box = stack.enter_context(self._examiners.sandbox(limits, processors=processors))
            talk = _Conversation(job, box, self._students_of(job, processors))
            stack.callback(talk.end_student)
            outcome = talk.outcome(check=check)
        talk.check_guards()
        return replace(outcome, seconds=time.perf_counter() - begun)

    def _students_of(
        self, job: Job, processors: list[int]
    ) -> Iterator[contextlib.AbstractContextManager[Sandbox]]:
        for _ in range(_MOST_STUDENTS):
            yield self._students.sandbox(job.exam.conditions.limits, processors=processors)

    def _tell_of(self, exam: Exam) -> None:
        """Let both nurseries get ready for an exam, once."""
        with self._lock:
            if exam.digest in self._told:
                return
            tree, block = pack_exam(exam)
            self._examiners.tell(say.Prepare([], exam.digest, tree), block)
            self._students.prepare(needed_by_answers(notebooks(exam)[1]))
            self._told.add(exam.digest)


class _Conversation:
    """What an examination and its client say to each other, from the task to the outcome."""

    def __init__(
        self, job: Job, box: Sandbox, students: Iterator[contextlib.AbstractContextManager[Sandbox]]
    ):
        self._job = job
        self._box = box
        self._students = students
        self._watched = [box.watched]
        self._student = contextlib.ExitStack()

    def outcome(self, *, check: bool) -> Outcome:
        """Say what is to be done, answer until it is done, and return what came out, checked or as it is."""
        limits = self._job.exam.conditions.limits
        self._box.wire.deadline = time.monotonic() + _NET * limits.total_seconds + _GRACE_SECONDS
        tree, block = pack_task(self._job)
        try:
            self._box.wire.send(say.Examine(self._job.exam.digest, tree), block)
            came = self._heard()
            return checked(came, self._job, *notebooks(self._job.exam)) if check else came
        except (EOFError, OSError, ProtocolError) as error:
            self.check_guards()
            raise ExaminationDied(_reason(error, self._box)) from None

    def _heard(self) -> Outcome:
        asked = (say.StartStudent, say.EndStudent, say.TimeUsed)
        while True:
            message, block = self._box.wire.receive(*asked, say.Examined, say.Failed)
            match message:
                case say.StartStudent():
                    self._start_student()
                case say.EndStudent():
                    self._box.wire.send(say.Gone(self.end_student()))
                case say.TimeUsed(since):
                    self._box.wire.send(self._time_used(since))
                case say.Examined(outcome):
                    return unpack_outcome(outcome, block)
                case say.Failed(reason, kind):
                    raise ExaminationDied(reason, kind)

    def _start_student(self) -> None:
        self.end_student()
        sandbox = next(self._students, None)
        if sandbox is None:
            raise ProtocolError("it asked for too many student processes")
        student = self._student.enter_context(sandbox)
        self._watched.append(student.watched)
        self._box.wire.send(say.Ready(), fds=(student.wire.socket.fileno(),))

    def end_student(self) -> int:
        """End the student process, if there is one, and return how often something in it was killed."""
        self._student.close()
        return self._watched[-1].kills

    def _time_used(self, since: float) -> say.Used:
        used = [watched.used(since) for watched in self._watched]
        return say.Used(sum(each.computed for each in used), sum(each.waited for each in used))

    def check_guards(self) -> None:
        """Raise `GraderAtFault` where a guard has failed: then nobody knows whether limits held."""
        for watched in self._watched:
            if watched.fault:
                raise GraderAtFault(f"The grader lost sight of this submission: {watched.fault}.")


def _reason(error: Exception, box: Sandbox) -> str:
    if box.killed_for_memory:
        return "the process that ran its tests took too much memory"
    if isinstance(error, TimeoutError):
        return "examining it took too long"
    return str(error) or "the process that examined it ended"


class _Clients:
    """The clients of this process, with and without a sandbox: made when needed, one for all threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._clients: dict[bool, ExaminationClient] = {}

    def current(self, *, sandboxed: bool = True, course: Path | None = None) -> ExaminationClient:
        with self._lock:
            client = self._clients.get(sandboxed)
            if client is None or not client.is_alive:
                if client is not None:
                    client.close()
                client = self._clients[sandboxed] = ExaminationClient(sandboxed=sandboxed, course=course)
            return client

    def close(self) -> None:
        with self._lock:
            for client in self._clients.values():
                client.close()
            self._clients.clear()


clients = _Clients()


def examine(job: Job, *, check: bool = True) -> Outcome:
    """Examine a submission by this process's client.

    Nothing may be believed of an outcome without the `check`, which is left to whoever records it.
    `ExaminationDied` and `GraderAtFault` concern this submission; any other error concerns all of them.
    """
    try:
        return clients.current(sandboxed=job.exam.conditions.sandboxed).examine(job, check=check)
    except NurseryEnded:
        raise ExaminationDied("the process that starts sandboxes ended") from None
    except SandboxError as error:
        raise SandboxError(with_advice(error)) from None
