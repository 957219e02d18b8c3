"""The same work ends the same on a busy machine, and nobody's load is another's fault."""

import contextlib
import os
import subprocess
import sys
from dataclasses import replace

import pytest

from examiner import examination_client
from examiner.grading import prepare, read_exam
from examiner.pool import local_pool
from examiner.verdict import TestState

# It needs 1 s of a processor where 2 s are allowed.
HONEST = """import time
def add(a, b):
    end = time.process_time() + 0.5
    while time.process_time() < end:
        pass
    return a + b"""
LOOPS = """import os
for _ in range(40):
    if os.fork() == 0:
        os.setsid()
        while True:
            pass
def add(a, b):
    return a + b"""
SLEEPS = "import time\ndef add(a, b):\n    time.sleep(60)\n    return a + b"


@pytest.fixture
def grade_all(course, assignment, hand_in):
    """A function that grades answers to `add`, two at a time, and returns the verdicts by name."""

    def grade_all(**answers):
        for student, answer in answers.items():
            hand_in(student, {"add": answer})
        limited = replace(course, limits=replace(course.limits, cell_seconds=2))
        exam = read_exam(limited, assignment)
        with local_pool(2) as workers:
            outcomes = workers.grade_all(answers, lambda student: prepare(limited, exam, student))
            return {outcome.verdict.student: outcome.verdict for outcome in outcomes}

    return grade_all


@contextlib.contextmanager
def busy(n_loops):
    """Let so many programs of others compute beside what is graded, each in a session of its own."""
    loops = [
        subprocess.Popen([sys.executable, "-c", "while True: pass"], start_new_session=True)
        for _ in range(n_loops)
    ]
    try:
        yield
    finally:
        for loop in loops:
            loop.kill()
            loop.wait()


@contextlib.contextmanager
def no_processor():
    yield []


@pytest.mark.parametrize("bound", [True, False], ids=["bound to processors", "bound to none"])
def test_a_neighbours_loops_do_not_stop_an_honest_answer(grade_all, monkeypatch, bound):
    if not bound:
        monkeypatch.setattr(examination_client, "lent_processor", no_processor)
    found = grade_all(loops=LOOPS, honest=HONEST)
    assert found["honest"].tests[0].state is TestState.PASSED
    assert (found["honest"].firm, found["honest"].notes) == (True, ())


def test_other_programs_on_the_machine_do_not_stop_an_honest_answer(grade_all):
    with busy(4 * len(os.sched_getaffinity(0))):
        found = grade_all(honest=HONEST)
    assert found["honest"].tests[0].state is TestState.PASSED


def test_idle_waiting_ends_and_is_tried_once_more(grade_all):
    found = grade_all(sleeps=SLEEPS)
    assert found["sleeps"].tests[0].state is TestState.TIMED_OUT
    assert found["sleeps"].firm is False
