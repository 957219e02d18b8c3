"""How long a submission may go on: its own time, and not the machine's."""

import time

import pytest

from examiner import allowance
from examiner.allowance import Allowance, by_the_clock
from examiner.errors import GraderAtFault
from examiner.messages import Used


@pytest.fixture
def clock(monkeypatch):
    """A clock of the test's own: a list of one time."""
    now = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    return now


def test_by_the_clock_all_time_is_a_submissions_own(clock):
    allowed = Allowance(30)
    assert allowed.seconds_left() == 30
    clock[0] += 20
    assert allowed.seconds_left() == 10
    clock[0] += 11
    assert allowed.seconds_left() <= 0


def test_time_for_which_it_waited_for_a_processor_is_given_back(clock):
    allowed = Allowance(30, lambda since: Used(computed=8.0, waited=25.0))
    clock[0] += 33
    assert allowed.seconds_left() == pytest.approx(22)
    clock[0] += 22.1
    assert allowed.more_seconds() <= 0 or allowed.seconds_left() <= 0


def test_what_it_computed_counts_though_it_says_that_it_waited(clock):
    allowed = Allowance(30, lambda since: Used(computed=31.0, waited=1000.0))
    clock[0] += 31
    assert allowed.seconds_left() <= 0


def test_nobody_is_asked_while_there_is_time_by_the_clock(clock):
    allowed = Allowance(30, lambda since: 1 / 0)
    clock[0] += 29
    assert allowed.seconds_left() == 1


def test_the_time_since_it_began_is_asked_for(clock):
    asked = []
    allowed = Allowance(30, lambda since: asked.append(since) or by_the_clock(since))
    clock[0] += 31
    allowed.seconds_left()
    assert asked == [1000.0]


def test_a_machine_that_gives_far_too_little_time_is_the_graders_fault(clock):
    allowed = Allowance(30, lambda since: Used(computed=12.0, waited=290.0))
    clock[0] += 301
    with pytest.raises(GraderAtFault) as fault:
        allowed.seconds_left()
    assert str(fault.value) == (
        "The machine was too busy: it gave this submission 12 s of a processor in 301 s. "
        "Grade it again when less is running."
    )
    assert allowance._NET == 10
