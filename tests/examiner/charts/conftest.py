"""Records of synthetic classes on the tiny course, made without running anything."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from examiner.charts.record import ClassRecord
from examiner.course.facts import Assignment
from examiner.exam.attempt import UNFINISHED
from examiner.gradebook.scores import Score, WrittenScore
from examiner.results.attendance import Attendance
from examiner.results.section_feedback import Opinion
from examiner.verdict import SubmissionState, TestState, Verdict
from tests.examiner.conftest import ASSIGNMENT
from tests.examiner.verdicts import verdict_on

DUE = datetime(2027, 2, 12, 23, 59, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script>\u202e$a_{b}$ & 'x\""


def score_of(verdict: Verdict, *, why: float | None = 30, late: float = 0) -> Score:
    """Return the score of a verdict on the tiny course; `why` is what a person gave, None where it waits."""
    earned = {test.grade_id: test.points + test.bonus for test in verdict.tests} | {"why": why or 0.0}
    given = frozenset() if why is None else frozenset({"why"})
    return Score(
        verdict.student, ASSIGNMENT, verdict.points + (why or 0), 100, verdict.bonus, late, 0.0,
        {"why": WrittenScore(why or 0.0, 40, why is None)}, {}, earned, to_grade=why is None, given=given,
    )  # fmt: skip


def failed(student, message, *, state=TestState.FAILED, only_hidden=False):
    """Return a verdict whose first test ended with a message."""
    verdict = verdict_on(student, add=False)
    first = replace(verdict.tests[0], state=state, message=message, only_hidden=only_hidden)
    return replace(verdict, tests=(first, verdict.tests[1]))


def record_of(verdicts, **facts) -> ClassRecord:
    """Return a record of these verdicts, in which every written answer has 30 of 40 points."""
    told = {
        "assignment": Assignment(ASSIGNMENT, "Adding and doubling", DUE, notebook="adding"),
        "graded": tuple(v for v in verdicts if v.state is SubmissionState.GRADED),
        "apart": tuple(v for v in verdicts if v.state is not SubmissionState.GRADED),
        "scores": {verdict.student: score_of(verdict) for verdict in verdicts},
        "known": {"add": frozenset({"Use +."})},
        "exercises": ("add", "double"),
        "written": ("why",),
    }
    return ClassRecord(**(told | facts))


@pytest.fixture
def mixed_class():
    """Thirty students by chance: right, wrong in several ways, late, hostile in every text that may be."""
    rng = random.Random(4)
    verdicts = [verdict_on(f"s{n}", add=rng.random() < 0.6, double=rng.random() < 0.5) for n in range(20)]
    verdicts += [failed(f"f{n}", f"add(1, 2) is not right: it is {n}, expected 3. Use +.") for n in range(4)]
    verdicts += [failed(f"h{n}", "add on other numbers is not right.", only_hidden=True) for n in range(3)]
    verdicts += [failed("u", UNFINISHED, state=TestState.ERROR)]
    verdicts += [failed("e", f"Your code raised ValueError: {HOSTILE}", state=TestState.ERROR)]
    verdicts += [failed("x", f"{HOSTILE} is not right. {HOSTILE}")]
    apart = Verdict(HOSTILE, ASSIGNMENT, SubmissionState.NEEDS_REVIEW, HOSTILE)
    return record_of(
        [*verdicts, apart],
        scores={v.student: score_of(v, why=rng.choice([None, 0, 30, 40])) for v in verdicts},
        times={v.student: DUE - timedelta(days=rng.gauss(1, 2)) for v in verdicts},
        attendance=Attendance(35, (HOSTILE, "zoe"), (HOSTILE,), ()),
        opinions=(Opinion("1. Adding", "sad", HOSTILE), Opinion("2. Doubling", "happy", "")),
        left_out={HOSTILE: HOSTILE},
    )
