"""The process that examines one submission, behind a wall of its own.

    ExaminationClient ─▶ bwrap ─▶ python -m examiner.examination_process ─▶ fork ─▶ examination: task ─▶
    outcome
                                                                                       ⇅ student processes

It is forked, like a student process, from a nursery in bubblewrap, and confined like one: namespaces of its
own, no network, no course folder, no home, no environment of the grader, an ordinary user, bounded memory
and time. It starts nothing by itself. It asks its client for student processes, gets the sockets to them,
and says at last what came out. Each submission has an examination of its own, so none finds anything that
another left.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import traceback
from collections.abc import Iterator
from typing import NoReturn

from examiner import messages as say
from examiner.errors import EditionError, ExaminerError
from examiner.exam import Started, Students
from examiner.examining import examine, get_ready
from examiner.grading import edition
from examiner.jobs import Exam, pack_outcome, unpack_exam, unpack_task
from examiner.nursery import owner, serve
from examiner.protocol import ProtocolError
from examiner.remote import Student
from examiner.wire import Wire

_LONGEST = 4_000


class Examiner:
    """Knows exams, and examines submissions of them."""

    def __init__(self) -> None:
        self._exams: dict[str, Exam] = {}

    def prepare(self, request: say.Prepare, block: bytes) -> None:
        """Know an exam by its name, and work out what its submissions have in common."""
        exam = unpack_exam(request.exam, block)
        self._exams[request.name] = exam
        get_ready(exam)

    def live(self, wire: Wire, _: say.Start) -> NoReturn:
        """Examine one submission and end."""
        try:
            request, block = wire.receive(say.Examine)
            wire.send(*self._answer(wire, request, block))
        finally:
            os._exit(0)

    def _answer(self, wire: Wire, request: say.Examine, block: bytes) -> tuple[object, bytes]:
        try:
            exam = self._exams[request.exam]
            if exam.conditions.edition != edition():
                raise EditionError(
                    "a worker has another version of the examiner or of its libraries than the computer that "
                    "asks: use the same checkout and the same requirements.lock on both"
                )
            task = unpack_task(request.task, block)
            tree, notebook = pack_outcome(examine(exam, task, students_by(wire)))
            return say.Examined(tree), notebook
        except ExaminerError as error:
            return say.Failed(str(error)[:_LONGEST], type(error).__name__), b""
        except Exception:
            return say.Failed(traceback.format_exc()[-_LONGEST:]), b""


def students_by(wire: Wire) -> Students:
    """Return student processes for which the client at the other end of a wire is asked."""

    @contextlib.contextmanager
    def start() -> Iterator[Started]:
        wire.send(say.StartStudent())
        _, _, passed = wire.receive_with_socket(say.Ready)
        if passed is None:
            raise ProtocolError("a student process without a socket")
        student = Student(Wire(passed), time_used=time_used)
        with contextlib.closing(student):
            yield Started(student, end)

    def end() -> int:
        wire.send(say.EndStudent())
        return int(wire.receive(say.Gone)[0].killed_for_memory)

    def time_used(since: float) -> say.Used:
        before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])  # a test's alarm asks for it, too
        try:
            wire.send(say.TimeUsed(since))
            used: say.Used = wire.receive(say.Used)[0]
            return used
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    return Students(start, time_used)


if __name__ == "__main__":
    examiner = Examiner()
    serve(owner(sys.argv[1:]), examiner.prepare, examiner.live)
