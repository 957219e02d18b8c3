"""The guard: who is killed for memory, what time a sandbox has had, and what happens when the guard fails."""

import contextlib
import os
import signal
import subprocess
import sys
import time

import pytest

from examiner.course.facts import Limits
from examiner.inside.messages import Used
from examiner.sandbox import guard as guarding
from examiner.sandbox.guard import Guard, Watched
from examiner.sandbox.student_client import StudentClient, StudentGone

HOG = """import mmap
kept = []
while True:
    kept.append(mmap.mmap(-1, 10 ** 7))
    kept[-1].write(b'x' * 10 ** 7)"""


@contextlib.contextmanager
def running(code):
    """A process of Python that runs code; it has said that it is ready."""
    command = [sys.executable, "-c", f"print(flush=True)\n{code}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True) as process:
        try:
            process.stdout.readline()
            yield process
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # with what it started


def until(holds, seconds=20):
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came true"


SLEEPS = "import time\ntime.sleep(60)"
LARGE = f"kept = bytearray(200_000_000)\nfor place in range(0, len(kept), 4096): kept[place] = 1\n{SLEEPS}"


def test_a_sandbox_that_takes_too_much_loses_its_largest_process_and_no_other():
    with (
        running(SLEEPS) as small,
        running(f"import subprocess\nsubprocess.Popen(['sleep', '60'])\n{LARGE}") as large,
    ):
        guard = Guard()
        with guard.watching(small.pid, 10**9) as one, guard.watching(large.pid, 100_000_000) as other:
            until(lambda: large.poll() is not None)
            assert small.poll() is None
            assert (one.kills, one.fault) == (0, "")
            assert other.kills > 0


def test_where_the_machine_runs_short_it_is_the_largest_that_makes_room(monkeypatch):
    monkeypatch.setattr(guarding, "_RESERVE_BYTES", 100_000_000)
    with running(SLEEPS) as small, running(LARGE) as large:
        guard = Guard()
        with guard.watching(small.pid, 10**9) as one, guard.watching(large.pid, 10**9) as other:
            monkeypatch.setattr(guarding, "_available_memory", lambda: 0)
            until(lambda: large.poll() is not None)
            assert one.kills == 0 < other.kills
            time.sleep(0.5)
            assert small.poll() is None, "it is not for the small ones to make room"


def test_a_process_with_any_name_is_watched_as_any_other(nursery):
    rename = "open('/proc/self/comm', 'wb').write(b'\\xff\\xfe) R 0\\rRss')\n"
    with nursery.sandbox(Limits(memory_mb=500)) as box:
        first = StudentClient(box.wire, time_used=box.watched.used)
        with pytest.raises(StudentGone, match="crashed"):
            StudentClient(*first.fork()).run(rename + HOG, 30)
        assert (box.killed_for_memory, box.watched.fault) == (1, "")
        first.close()


def test_numbers_are_read_by_line_and_a_name_with_a_line_in_it_changes_none(tmp_path):
    status = tmp_path / "status"
    status.write_bytes(b"Name:\t\xff\rRssAnon: -9999\nRssAnon:\t 12 kB\nRssShmem:\t 3 kB\nOther:\t 5 kB\n")
    assert guarding._kilobytes(str(status), (b"RssAnon:", b"RssShmem:")) == 15 * 1024
    assert guarding._kilobytes(str(tmp_path / "gone"), (b"RssAnon:",)) == 0


@pytest.mark.parametrize("failing", ["look", "check"])
def test_a_sandbox_that_cannot_be_looked_at_is_ended_and_the_others_go_on(monkeypatch, failing):
    with running(SLEEPS) as one, running(SLEEPS) as other:
        guard = Guard()
        with guard.watching(one.pid, 10**9) as unseen, guard.watching(other.pid, 10**9) as seen:
            original = getattr(Watched, failing)

            def fail(self):
                if self is unseen:
                    raise UnicodeDecodeError("ascii", b"\xff", 0, 1, "ordinal not in range")
                return original(self)

            monkeypatch.setattr(Watched, failing, fail)
            until(lambda: one.poll() is not None)
            assert unseen.fault.startswith("its memory could not be measured (UnicodeDecodeError: ")
            time.sleep(0.5)
            assert (other.poll(), seen.fault) == (None, "")


def test_whatever_stops_the_guard_ends_what_it_guards(monkeypatch):
    with running(SLEEPS) as one, running(SLEEPS) as other:
        guard = Guard()
        with guard.watching(one.pid, 10**9) as first, guard.watching(other.pid, 10**9) as second:
            monkeypatch.setattr(guarding, "_available_memory", lambda: 1 / 0)
            until(lambda: one.poll() is not None and other.poll() is not None)
            for watched in (first, second):
                assert watched.fault == "the guard of its memory ended (ZeroDivisionError: division by zero)"
        monkeypatch.undo()
        with running(SLEEPS) as later, guard.watching(later.pid, 10**9) as third:
            until(lambda: third.checked_at > time.monotonic() - 1)
            assert later.poll() is None


def test_a_guard_that_does_not_look_is_a_fault(monkeypatch):
    monkeypatch.setattr(guarding, "_UNWATCHED_SECONDS", 0.2)
    monkeypatch.setattr(Guard, "_look_at", lambda self, watched: None)
    with running(SLEEPS) as process:
        with Guard().watching(process.pid, 10**9) as watched:
            time.sleep(0.5)
        assert watched.fault == "its memory was not measured for a while"
        until(lambda: process.poll() is not None)


BUSY = "while True: pass"


def test_the_time_of_a_sandbox_is_what_its_processes_computed():
    with running(BUSY) as process, Guard().watching(process.pid, 10**9) as watched:
        since = time.monotonic()
        time.sleep(1)
        used = watched.used(since)
        passed = time.monotonic() - since
        assert 0.05 < used.computed <= passed + 0.3
        assert used.computed + used.waited == pytest.approx(passed, abs=0.4)
        assert watched.used(time.monotonic()).computed < 0.3


def test_a_sandbox_that_sleeps_neither_computes_nor_waits():
    with running(SLEEPS) as process, Guard().watching(process.pid, 10**9) as watched:
        since = time.monotonic()
        time.sleep(0.5)
        used = watched.used(since)
        assert used.computed < 0.2


def test_a_process_waits_for_those_of_others_and_many_of_ones_own_for_one_another():
    fork = f"import os\nfor _ in range(3): os.fork()\n{BUSY}"
    with contextlib.ExitStack() as stack:
        one = stack.enter_context(running(BUSY))
        many = stack.enter_context(running(fork))
        for process in (one, many):
            for thread in [process.pid, *guarding.descendants(process.pid)]:
                os.sched_setaffinity(thread, {min(os.sched_getaffinity(0))})
        guard = Guard()
        alone = stack.enter_context(guard.watching(one.pid, 10**9))
        crowd = stack.enter_context(guard.watching(many.pid, 10**9))
        until(lambda: len([*guarding.descendants(many.pid)]) == 7)
        since = time.monotonic()
        time.sleep(1.5)
        assert alone.used(since).waited > 0.1
        assert crowd.used(since).waited == 0.0
        niceness = [os.getpriority(os.PRIO_PROCESS, pid) for pid in guarding.descendants(many.pid)]
        assert 19 in niceness, "many that are ready give way"
        assert os.getpriority(os.PRIO_PROCESS, one.pid) < 19


def test_a_few_that_meet_for_a_moment_keep_their_priority():
    watched, crowded = guarding.Watched(os.getpid(), 10**9), []
    for is_one in [True] * 3 + [False] * 3 + [True] * 4:
        watched._crowd(0.3, is_one=is_one)
        crowded.append(watched._crowded > guarding._CROWDED_SECONDS)
    assert crowded == [False] * 9 + [True]


def test_a_number_that_a_new_process_has_now_counts_from_its_beginning():
    assert guarding._growth(Used(5.0, 1.0), Used(6.0, 1.5)) == Used(1.0, 0.5)
    assert guarding._growth(Used(5.0, 1.0), Used(0.5, 0.0)) == Used(0.5, 0.0)
    assert guarding._growth(None, Used(0.5, 0.25)) == Used(0.5, 0.25)
