"""Verdicts on the tiny course, made without running anything."""

import hashlib

from examiner.verdict import SubmissionState, TestResult, TestState, Verdict, WrittenAnswer
from tests.examiner.conftest import ASSIGNMENT


def verdict_on(student="student", *, add=True, double=True, why="Because it commutes."):
    """Return a verdict: whether the two tests passed, and what the written answer says, if anything."""
    states = {True: TestState.PASSED, False: TestState.FAILED}
    tests = (
        TestResult("add-test", "add", states[add], 60, 0),
        TestResult("double-test", "double", states[double], 0, 5),
    )
    digest = hashlib.sha256(why.encode()).hexdigest()[:16]
    written = (WrittenAnswer("why", bool(why), digest),)
    return Verdict(student, ASSIGNMENT, SubmissionState.GRADED, tests=tests, written=written)


def unreadable(student="student"):
    """Return the verdict on a file that is not a notebook."""
    tests = tuple(
        TestResult(test.grade_id, test.exercise, TestState.NOT_REACHED, test.max_points, test.max_bonus)
        for test in verdict_on().tests
    )
    return Verdict(student, ASSIGNMENT, SubmissionState.UNREADABLE, reason="No notebook.", tests=tests)
