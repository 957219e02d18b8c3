"""What a command takes counts for it and for all that it starts, however short that is."""

import sys

import pytest

from benchmarks.classes import cost_of

_HOLDS_100_MB = "held = b'1' * 100_000_000; del held; sum(range(20_000_000))"
_CHILD_WORKS = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'sum(range(20_000_000))'])"


def test_memory_counts_although_it_is_let_go_between_two_looks_at_it(tmp_path):
    cost = cost_of([sys.executable, "-c", _HOLDS_100_MB], tmp_path)

    assert 100 < cost.peak_mb < 200


def test_processor_time_is_that_of_a_command_and_of_what_it_starts(tmp_path):
    idle = cost_of([sys.executable, "-c", "pass"], tmp_path)
    busy = cost_of([sys.executable, "-c", _CHILD_WORKS], tmp_path)

    assert 0 < idle.cpu_seconds < busy.cpu_seconds <= 2.5 * busy.seconds


def test_a_command_that_fails_ends_the_benchmark_with_what_it_said(tmp_path):
    with pytest.raises(RuntimeError, match=r"ended with 3: no such class"):
        cost_of(
            [sys.executable, "-c", "import sys; print('no such class', file=sys.stderr); sys.exit(3)"],
            tmp_path,
        )
