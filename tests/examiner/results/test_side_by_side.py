"""Work on many items in several processes: each item is done, or says why not, whatever another one does."""

import functools
import os
import signal

import pytest

from examiner.results import side_by_side
from examiner.results.side_by_side import ENDED, each_apart


def work_on(factor, number):
    if number == 3:
        raise ValueError("three is too many")
    if number == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return factor * number, os.getpid()


@pytest.fixture
def several(monkeypatch):
    """Two processes also for a few items, two items at a time."""
    monkeypatch.setattr(side_by_side, "_WORTH_A_PROCESS", 2)
    monkeypatch.setattr(side_by_side, "_AT_ONCE", 2)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})


def test_few_items_are_done_here_each_apart():
    done = [*each_apart(functools.partial(work_on, 10), [1, 3, 5])]
    assert [each.item for each in done] == [1, 3, 5]
    assert [each.result for each in done] == [(10, os.getpid()), None, (50, os.getpid())]
    assert done[1].failure.startswith("the examiner itself failed (ValueError: three is too many")


def test_many_items_are_done_elsewhere_and_one_that_ends_its_process_is_named(several):
    done = {each.item: each for each in each_apart(functools.partial(work_on, 10), range(10))}
    assert sorted(done) == [*range(10)]
    assert {item for item, each in done.items() if each.failure} == {3, 7}
    assert done[7].failure == ENDED
    assert "ValueError: three is too many" in done[3].failure
    right = [each.result for item, each in done.items() if item not in (3, 7)]
    assert sorted(number for number, _ in right) == [0, 10, 20, 40, 50, 60, 80, 90]
    assert os.getpid() not in {process for _, process in right}
