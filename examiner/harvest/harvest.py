"""Harvests an assignment: what no hint knew, tried on the visible examples, grouped, drafted.

    collected candidates ─▶ a job each ─▶ pool, in the sandbox ─▶ kinds ─▶ drafts

The pool is that of grading: what never ends, crashes or floods costs itself alone. The exercise's solution is
tried first. If its own visible checks do not pass, nothing is said of anybody's answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from examiner.apart import Failures
from examiner.batch.pool import Pool
from examiner.batch.store import read_exam
from examiner.course.facts import Assignment, Course
from examiner.errors import KeyFailed
from examiner.exam.jobs import Exam, Outcome
from examiner.harvest.collected import Candidate, collect
from examiner.harvest.drafts import write_drafts
from examiner.harvest.kinds import Kind, Probed, kinds_of
from examiner.harvest.probes import probe_exam, probe_job
from examiner.verdict import SubmissionState, TestState

MOST_TRIED = 300  # candidates of an exercise, those of most students first
_SOLUTION = "the exam's own solution"


@dataclass(frozen=True)
class Harvest:
    """What was found: drafts with their kinds, and how many students' answers are in none and why.

    `n_candidates` answers, told apart as they are cleaned, were tried. `n_otherwise` did something else when
    they were cleaned, `n_unreadable` are no Python, `n_rare` made a mistake of their own.
    """

    drafts: dict[Path, Kind]
    n_students: int
    n_candidates: int
    n_otherwise: int
    n_unreadable: int
    n_rare: int
    failures: Failures


def harvest(
    course: Course, assignment: Assignment, pool: Pool, least: int, tell: Callable[[], object] = lambda: None
) -> Harvest:
    """Draft the mistakes of an assignment that no hint knew and that so many students made."""
    found = collect(course, assignment)
    exam = read_exam(course, assignment)
    by_exercise = sorted(found.candidates, key=lambda each: each.exercise)
    probed: list[Probed] = []
    for exercise, group in groupby(by_exercise, lambda each: each.exercise):
        probed += _tried(exam, exercise, list(group)[:MOST_TRIED], pool, tell)
    kinds, n_otherwise = kinds_of(probed, least)
    n_all = sum(candidate.n_students for candidate in found.candidates)
    n_rare = n_all - n_otherwise - sum(kind.n_students for kind in kinds)
    drafts = write_drafts(course, assignment, kinds)
    return Harvest(
        drafts, n_all + found.n_unreadable, len(probed), n_otherwise, found.n_unreadable, n_rare,
        found.failures,
    )  # fmt: skip


def _tried(
    exam: Exam, exercise: str, candidates: Sequence[Candidate], pool: Pool, tell: Callable[[], object]
) -> Iterator[Probed]:
    """Yield what the probe says of each candidate; `KeyFailed` where it refuses the solution."""
    probing = probe_exam(exam, exercise)
    (solved,) = pool.grade_all([_SOLUTION], lambda name: probe_job(probing, exercise, name, None))
    _check_solution(solved, exercise)
    named = {str(number): candidate for number, candidate in enumerate(candidates)}
    for outcome in pool.grade_all(named, lambda name: probe_job(probing, exercise, name, named[name].answer)):
        verdict = outcome.verdict
        yield Probed(named[verdict.student], tuple(verdict.by_exercise().get(exercise, ())))
        tell()


def _check_solution(solved: Outcome, exercise: str) -> None:
    results = solved.verdict.by_exercise().get(exercise, [])
    missed = next((test for test in results if test.state is not TestState.PASSED), None)
    if solved.verdict.state is not SubmissionState.GRADED or missed:
        said = missed.message if missed else solved.verdict.reason
        raise KeyFailed(
            f"{exercise}: its own solution must pass its visible checks here, but got: {said.rstrip('.')}. "
            "Nothing was harvested. `make doctor` checks this machine"
        )
