"""Defines what goes to an examination and what comes back: plain data, and its form on the wire.

    Exam, Job ─▶ bytes ┃ an examination of its own, on this machine or another ┃ bytes ─▶ Outcome

A job carries everything that it takes to grade a submission, and nothing that tells whose it is. If the
student's code has found a way there, it may have written what comes back. So `outcomes` checks it.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from examiner.course.facts import Assignment, Limits
from examiner.exam.examination import Conditions
from examiner.inside.protocol import ProtocolError, Reader, Writer, no_references, resolve_nothing
from examiner.intake.files import File, Files
from examiner.verdict import Verdict


@dataclass(frozen=True)
class Exam:
    """What all submissions of an assignment have in common: the texts of two notebooks, and conditions."""

    assignment: Assignment
    source: str
    release: str
    conditions: Conditions

    @functools.cached_property
    def digest(self) -> str:
        """A hash of all of it."""
        return hashlib.sha256(repr(self).encode()).hexdigest()


@dataclass(frozen=True)
class Job:
    """A submission and all that it takes to grade it; `shown` is the notebook of the earlier verdict.

    `before` is the verdict that stands now, whatever it was reached on.
    """

    exam: Exam
    student: str
    files: Files
    digest: str
    earlier: Verdict | None = None
    shown: str = ""
    before: Verdict | None = None


@dataclass(frozen=True)
class Outcome:
    """A verdict, the text of the graded notebook, how many tests had to be run, and how long all took."""

    verdict: Verdict
    notebook: str
    n_run: int
    seconds: float = 0.0


@dataclass(frozen=True)
class Task:
    """A job as an examination sees it: not whose it is."""

    files: Files
    earlier: Verdict | None
    shown: str


_T = TypeVar("_T")
Packed = tuple[Any, bytes]
"""A tree and a block, for the wire."""


def pack_exam(exam: Exam) -> Packed:
    """Return an exam for the wire."""
    conditions = exam.conditions
    return _packed(
        {
            "name": exam.assignment.name,
            "title": exam.assignment.title,
            "notebook": exam.assignment.notebook,
            "source": _encoded(exam.source),
            "release": _encoded(exam.release),
            "limits": asdict(conditions.limits),
            "sandboxed": conditions.sandboxed,
            "edition": conditions.edition,
            "packages": list(conditions.packages),
        }
    )


def unpack_exam(tree: Any, block: bytes) -> Exam:
    """Return the exam that came over the wire; `ProtocolError` if it is not an exam."""
    told = _unpacked(tree, block)

    def exam() -> Exam:
        packages = tuple(str(name) for name in told["packages"])
        conditions = Conditions(
            Limits(**told["limits"]), bool(told["sandboxed"]), str(told["edition"]), packages
        )
        assignment = Assignment(told["name"], told["title"], notebook=told["notebook"])
        return Exam(assignment, _decoded(told["source"]), _decoded(told["release"]), conditions)

    return _made(exam)


def pack_task(job: Job) -> Packed:
    """Return for the wire what an examination is told of a job."""
    files = [(_encoded(file.name), file.content) for file in job.files.files]
    return _packed(
        {
            "files": files,
            "refused": [_encoded(sentence) for sentence in job.files.refused],
            "fault": _encoded(job.files.fault),
            "earlier": _encoded(job.earlier.to_json()) if job.earlier else b"",
            "shown": _encoded(job.shown),
        }
    )


def unpack_task(tree: Any, block: bytes) -> Task:
    """Return what an examination is told of a job; `ProtocolError` if it is nothing of the kind."""
    told = _unpacked(tree, block)

    def task() -> Task:
        files = tuple(File(_decoded(name), content) for name, content in told["files"])
        refused = tuple(_decoded(sentence) for sentence in told["refused"])
        earlier = Verdict.from_json(_decoded(told["earlier"])) if told["earlier"] else None
        return Task(Files(files, refused, _decoded(told["fault"])), earlier, _decoded(told["shown"]))

    return _made(task)


def pack_outcome(outcome: Outcome) -> Packed:
    """Return an outcome for the wire."""
    return _packed(
        {
            "verdict": _encoded(outcome.verdict.to_json()),
            "notebook": _encoded(outcome.notebook),
            "n_run": outcome.n_run,
        }
    )


def unpack_outcome(tree: Any, block: bytes) -> Outcome:
    """Return the outcome that came over the wire, unchecked; `ProtocolError` if it is not an outcome."""
    told = _unpacked(tree, block)
    return _made(
        lambda: Outcome(
            Verdict.from_json(_decoded(told["verdict"])), _decoded(told["notebook"]), int(told["n_run"])
        )
    )


def _packed(value: Any) -> Packed:
    writer = Writer(no_references)
    return writer.write(value), writer.block


def _unpacked(tree: Any, block: bytes) -> Any:
    value = Reader(block, resolve_nothing).read(tree)
    if type(value) is not dict:
        raise ProtocolError("a message that holds no fields")
    return value


def _made(make: Callable[[], _T]) -> _T:
    """Return what is made of fields that came; whatever is wrong with them is a `ProtocolError`."""
    try:
        return make()
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise ProtocolError(f"a field of another kind ({type(error).__name__})") from None


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _decoded(content: Any) -> str:
    if type(content) is not bytes:
        raise TypeError
    return content.decode("utf-8", "surrogatepass")
