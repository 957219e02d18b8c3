"""What becomes of code that misbehaves: in a cell or in a test's call, handed in once or again."""

from dataclasses import replace

import pytest

from examiner.batch import grade
from examiner.verdict import SubmissionState, TestState

PASSED, FAILED, ERROR = TestState.PASSED, TestState.FAILED, TestState.ERROR
TIMED_OUT, CRASHED = TestState.TIMED_OUT, TestState.CRASHED

IGNORES = """import signal
for number in (signal.SIGINT, signal.SIGALRM):
    signal.signal(number, signal.SIG_IGN)"""

# What it does, and how the test of `add` ends where it does that in its cell, before the right function, and
# where it does it in each call, before the right result.
MISBEHAVIOURS = {
    "warning": ("import warnings\nwarnings.warn('look out', DeprecationWarning)", PASSED, PASSED),
    "exit()": ("raise SystemExit(0)", ERROR, ERROR),
    "os._exit": ("import os\nos._exit(0)", ERROR, CRASHED),
    "SIGINT ignored": (f"{IGNORES}\nwhile True:\n    pass", ERROR, TIMED_OUT),
    "hang": ("while True:\n    pass", ERROR, TIMED_OUT),
    "out of memory": ("hoard = bytearray(10_000_000_000)", ERROR, ERROR),
    "output flood": ("for _ in range(300):\n    print('x' * 100_000)", PASSED, PASSED),
    "crash in C": ("import ctypes\nctypes.string_at(0)", ERROR, CRASHED),
}
RIGHT = "def add(a, b):\n    return a + b"


def in_the_cell(code):
    return f"{code}\n\n\n{RIGHT}"


def in_a_call(code):
    body = "\n".join(f"    {line}" for line in code.splitlines())
    return f"def add(a, b):\n{body}\n    return a + b"


def cases():
    for name, (code, in_cell, in_call) in MISBEHAVIOURS.items():
        for first in (True, False):
            when = "first submission" if first else "resubmission"
            yield pytest.param(in_the_cell(code), in_cell, first, id=f"{name}, in the cell, {when}")
            yield pytest.param(in_a_call(code), in_call, first, id=f"{name}, in a call, {when}")


@pytest.mark.parametrize(("answer", "expected", "first"), list(cases()))
def test_misbehaviour_has_its_state_and_costs_no_other_points(
    course, assignment, hand_in, answer, expected, first
):
    course = replace(course, limits=replace(course.limits, cell_seconds=1))
    if not first:  # points of an earlier submission are not kept by one that does not run
        hand_in("student")
        assert grade(course, assignment, "student")[0].points == 60
    hand_in("student", {"add": answer})
    verdict, ran = grade(course, assignment, "student")
    assert ran
    assert verdict.state is SubmissionState.GRADED
    states = {test.grade_id: test.state for test in verdict.tests}
    assert states == {"add-test": expected, "double-test": PASSED}
    assert (verdict.points, verdict.bonus) == (60 * (expected is PASSED), 5)


def test_a_wrong_answer_after_a_right_one_has_the_points_of_the_wrong_one(course, assignment, hand_in):
    hand_in("student")
    assert grade(course, assignment, "student")[0].points == 60
    hand_in("student", {"add": "def add(a, b):\n    return 3"})
    verdict, _ = grade(course, assignment, "student")
    assert (verdict.points, verdict.tests[0].state) == (0, FAILED)
