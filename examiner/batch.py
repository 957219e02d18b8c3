"""A batch: all submissions of an assignment, graded, kept and recorded, one verdict at a time.

    submitted/ ─▶ jobs ─▶ pool ─▶ outcomes ─▶ autograded/ ─▶ gradebook ─▶ a listener, a summary

The verdicts in `autograded/` are the journal. Each is written whole or not at all, and after any end of this
process the same command finds what is done, records it again, which changes nothing, and does the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from examiner import recording
from examiner.course import Assignment, Course
from examiner.grading import Job, keep, prepare, read_exam
from examiner.pool import Pool
from examiner.verdict import SubmissionState, Verdict, read_verdict

Listener = Callable[["Graded"], None]


@dataclass(frozen=True)
class Request:
    """What to grade although it is known: nothing, everything, or one exercise; and whether in a sandbox."""

    anew: bool = False
    regraded: str = ""
    sandboxed: bool = True


@dataclass(frozen=True)
class Change:
    """An exercise of a student that is worth other points than before, extra credit included."""

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
    """What became of a batch; `misnamed` says of whom the gradebook cannot hold the name."""

    counts: Counter[str] = field(default_factory=Counter)
    changes: list[Change] = field(default_factory=list)
    misnamed: list[str] = field(default_factory=list)
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
    """Return who handed something in."""
    return sorted(path.parent.name for path in (course.root / "submitted").glob(f"*/{assignment.name}"))


def grade_batch(
    course: Course, assignment: Assignment, request: Request, pool: Pool, tell: Listener
) -> Summary:
    """Grade what was handed in for an assignment and tell of each submission when it is recorded."""
    summary = Summary()

    def done(graded: Graded) -> None:
        summary.add(graded)
        tell(graded)

    students, summary.misnamed = recording.by_name(students_of(course, assignment))
    exam = read_exam(course, assignment, sandboxed=request.sandboxed)
    with recording.open_writer(course) as writer:

        def jobs() -> Iterator[Job]:
            """Yield a job for each submission that is not known.

            What is known is recorded once more: the process that found it may have ended before it did.
            """
            for student in students:
                job = prepare(course, exam, student, anew=request.anew, regraded=request.regraded)
                if isinstance(job, Verdict):
                    writer.record(assignment, job)
                    done(Graded(job, is_new=False))
                else:
                    yield job

        for outcome in pool.grade_all(jobs()):
            verdict = outcome.verdict
            before = read_verdict(course.path("autograded", assignment, verdict.student))
            keep(course, assignment, outcome)
            writer.record(assignment, verdict)
            done(Graded(verdict, outcome.n_run, outcome.seconds, changes=changes(before, verdict)))
    return summary


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
