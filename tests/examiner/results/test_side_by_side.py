"""Work on many items in several processes: each item is done, or says why not, whatever another one does."""

import functools
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from examiner.results import side_by_side
from examiner.results.side_by_side import ENDED, each_apart


def work_on(factor, number):
    if number == 3:
        raise ValueError("three is too many")
    if number == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return factor * number, os.getpid()


def work_without_end(_):
    os.write(1, f"{os.getpid()}\n".encode())
    signal.pause()


WORKS_WITHOUT_END = """
import os
from examiner.results import side_by_side
from tests.examiner.results.test_side_by_side import work_without_end
os.sched_getaffinity = lambda _: {0, 1}
side_by_side._WORTH_A_PROCESS = 2
list(side_by_side.each_apart(work_without_end, range(100)))
"""


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


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGKILL], ids=lambda by: by.name)
def test_whatever_ends_a_command_no_process_of_it_is_left(by):
    command = subprocess.Popen(
        [sys.executable, "-c", WORKS_WITHOUT_END],
        cwd=Path(__file__).parents[3],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    workers = [int(command.stdout.readline()) for _ in range(2)]
    command.send_signal(by)
    try:
        command.communicate(timeout=30)  # until all that could write there have ended
    except subprocess.TimeoutExpired:
        for worker in workers:
            os.kill(worker, signal.SIGKILL)
        pytest.fail(f"processes {workers} are left")
