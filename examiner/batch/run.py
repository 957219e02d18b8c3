"""Grades, keeps and records all submissions of an assignment, one verdict at a time.

    submitted/ ─▶ jobs ─▶ pool ─▶ outcomes ─▶ autograded/ ─▶ gradebook ─▶ a listener, a summary

The verdicts in `autograded/` are the journal. Each is written whole or not at all. However this process ends,
the same command finds what is done, records it again (which changes nothing), and does the rest.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from examiner.batch.examination_client import clients
from examiner.batch.pool import FAILED, Pool
from examiner.batch.store import (
    content_of,
    keep,
    lost,
    may_stand_for_others,
    outcome_of,
    prepare,
    read_exam,
)
from examiner.course import submissions
from examiner.course.facts import Assignment, Course
from examiner.errors import ExaminerError
from examiner.exam.jobs import Exam, Job, Outcome
from examiner.gradebook import recording
from examiner.intake.files import Files
from examiner.verdict import SubmissionState, Verdict, read_verdict

Listener = Callable[["Graded"], None]


@dataclass(frozen=True)
class Request:
    """What to grade again although it is known: nothing, all or one exercise; and whether in a sandbox."""

    anew: bool = False
    regraded: str = ""
    sandboxed: bool = True


@dataclass(frozen=True)
class Change:
    """An exercise for which a student now gets other points than before, extra credit included."""

    student: str
    exercise: str
    before: float
    after: float


@dataclass(frozen=True)
class Graded:
    """A verdict as it is recorded: how many tests were run for it, how long that took, what it changed."""

    verdict: Verdict
    n_run: int = 0
    seconds: float = 0.0
    is_new: bool = True
    changes: tuple[Change, ...] = ()


@dataclass
class Summary:
    """What became of a batch.

    `misnamed` says of whom the gradebook cannot hold the name, `failed` whose verdict could not be kept.
    """

    counts: Counter[str] = field(default_factory=Counter)
    changes: list[Change] = field(default_factory=list)
    misnamed: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    n_run: int = 0
    n_known: int = 0

    def add(self, graded: Graded) -> None:
        """Count one more."""
        self.counts[graded.verdict.state if graded.is_new else "unchanged"] += 1
        self.changes += graded.changes
        self.n_run += graded.n_run
        if graded.verdict.state is SubmissionState.GRADED:
            self.n_known += len(graded.verdict.tests) - graded.n_run


def students_of(course: Course, assignment: Assignment) -> list[str]:
    """Return the names of all students who handed something in."""
    return [*submissions.folders(course, submissions.HANDED_IN, assignment)]


def grade_batch(
    course: Course, assignment: Assignment, request: Request, pool: Pool, tell: Listener
) -> Summary:
    """Grade what was handed in for an assignment and tell of each submission when it is recorded.

    The first submissions run beside the exam's own solution. `KeyFailed` if that is not graded right here:
    then nothing of them is kept. It is not asked where nobody has to be graded.
    """
    exam = read_exam(course, assignment, sandboxed=request.sandboxed)
    students, misnamed = recording.by_name(students_of(course, assignment))
    with recording.open_writer(course) as writer:
        return _Batch(course, exam, request, writer, tell).run(pool, students, misnamed)


class _Key:
    """The check of the key, of which it is known when it must have begun and when it must have ended.

    So many jobs at most may be on their way before it has ended.
    """

    def __init__(self, begin: Callable[[], Callable[[], None]], at_once: int):
        self._begin, self._left = functools.cache(begin), at_once

    def precede(self) -> None:
        """Begin it before a job, if it has not begun."""
        self._begin()
        self._left -= 1
        if self._left < 0:
            self.wait()

    def wait(self) -> None:
        """Wait until it has ended well; `KeyFailed` otherwise."""
        self._begin()()


class _Batch:
    """One batch: what its steps share."""

    def __init__(
        self, course: Course, exam: Exam, request: Request, writer: recording.Writer, tell: Listener
    ):
        self._course, self._exam, self._request = course, exam, request
        self._writer, self._tell = writer, tell
        self._summary = Summary()
        self._contents: dict[str, str] = {}  # what those handed in who are being graded
        self._graded: dict[str, str] = {}  # by what they handed in: who was graded

    def run(self, pool: Pool, students: list[str], misnamed: list[str]) -> Summary:
        self._summary.misnamed = misnamed
        key = _Key(lambda: pool.begin_key_once(self._course, self._exam), pool.at_once)
        for outcome in pool.grade_all(students, functools.partial(self._job, key)):
            key.wait()
            content = self._contents.pop(outcome.verdict.student, "")
            if self._take(outcome) and may_stand_for_others(outcome.verdict):
                self._graded.setdefault(content, outcome.verdict.student)
        return self._summary

    def _job(self, key: _Key, student: str) -> Job | None:
        """Return the job of a submission that is not known; the key is begun before the first one.

        What is known is recorded once more: the process that found it may have ended before it did.
        Whatever is wrong with what one student handed in concerns that one.
        """
        request = self._request
        try:
            job = prepare(self._course, self._exam, student, anew=request.anew, regraded=request.regraded)
        except Exception as error:
            reason = _reason(error)
            key.precede()
            key.wait()
            self._take(lost(Job(self._exam, student, Files(), ""), reason))
            return None
        if isinstance(job, Job):
            key.precede()
            return self._unless_alike(job)
        self._record(Graded(job, is_new=False))
        return None

    def _unless_alike(self, job: Job) -> Job | None:
        """Return a job, or take the outcome of one that this batch has done on the very same files."""
        content = content_of(job.files)
        outcome = outcome_of(self._course, job, self._graded[content]) if content in self._graded else None
        if outcome is None:
            self._contents[job.student] = content
            return job
        self._take(outcome)
        return None

    def _take(self, outcome: Outcome) -> bool:
        """Keep and record an outcome; return whether it is kept."""
        verdict, assignment = outcome.verdict, self._exam.assignment
        try:
            before = read_verdict(self._course.path("autograded", assignment, verdict.student))
            keep(self._course, assignment, outcome)
        except Exception as error:
            self._summary.failed.append(f"{verdict.student}: {_reason(error)}")
            return False
        changed = changes(before, verdict)
        self._record(Graded(verdict, outcome.n_run, outcome.seconds, changes=changed))
        return True

    def _record(self, graded: Graded) -> None:
        try:
            self._writer.record(self._exam.assignment, graded.verdict)
        except ExaminerError:
            raise  # the gradebook's, and so everybody's
        except Exception as error:
            self._summary.failed.append(f"{graded.verdict.student}: {_reason(error)}")
            return
        self._summary.add(graded)
        self._tell(graded)


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return (
            f"The grader cannot read or keep what was handed in ({error.strerror}). A person must look at it."
        )
    return FAILED.format(name=type(error).__name__)


def changes(before: Verdict | None, after: Verdict) -> tuple[Change, ...]:
    """Return the exercises whose points differ between two verdicts on a student's work."""
    if before is None:
        return ()
    old, new = _points(before), _points(after)
    return tuple(
        Change(after.student, exercise, old.get(exercise, 0.0), new.get(exercise, 0.0))
        for exercise in dict.fromkeys([*new, *old])
        if old.get(exercise, 0.0) != new.get(exercise, 0.0)
    )


def _points(verdict: Verdict) -> dict[str, float]:
    return {
        name: sum(test.points + test.bonus for test in tests) for name, tests in verdict.by_exercise().items()
    }


def grade(
    course: Course, assignment: Assignment, student: str, *, anew: bool = False, sandboxed: bool = True
) -> tuple[Verdict, bool]:
    """Grade one submission and return its verdict, and whether it had to be run; nothing is recorded.

    An unchanged submission of an unchanged exam keeps its verdict, unless `anew`.
    """
    exam = read_exam(course, assignment, sandboxed=sandboxed)
    job = prepare(course, exam, student, anew=anew)
    if isinstance(job, Verdict):
        return job, False
    clients.current(sandboxed=sandboxed, course=course.root)  # made here, it outlives the thread below
    with ThreadPoolExecutor(1) as executor:
        pool = Pool(executor, 1)
        pool.begin_key_once(course, exam)()
        (outcome,) = pool.grade_all([student], lambda _: job)
    keep(course, assignment, outcome)
    return outcome.verdict, True
