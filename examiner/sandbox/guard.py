"""Guards all sandboxes of this process: their memory, and the time that each of them has had.

Each process has its own limit of memory, but many small processes, shared memory and files in memory get
around that. So the guard kills the largest process of a sandbox that takes more than it may. If the machine
itself runs short, the guard does so in the largest sandbox, and the others go on.

If anything keeps the guard from looking at a sandbox, the guard ends that sandbox with a `fault`. Then nobody
can say that its limits held, and its results do not count.
"""

from __future__ import annotations

import bisect
import contextlib
import os
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from examiner.inside.messages import Used

_SECONDS = 0.2
_KILLS = 20
_RESERVE_BYTES = 300_000_000
_UNWATCHED_SECONDS = 20.0
_LEAST_NICE = 19
_MOST_READY = 2  # processes of one sandbox that may compute at once; more of them stand in each other's way
_CROWDED_SECONDS = 1.0  # longer than a few processes of one sandbox may meet by chance
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(eq=False)
class Watched:
    """A process with its descendants, and what the guard has seen of them."""

    process: int
    max_bytes: int
    kills: int = 0
    fault: str = ""
    checked_at: float = field(default_factory=time.monotonic)
    _had: dict[int, Used] = field(default_factory=dict)
    _sum: Used = Used(0.0, 0.0)
    _history: list[tuple[float, Used]] = field(default_factory=list)
    _crowded: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def used(self, since: float) -> Used:
        """Return what time its processes have had since a time of the monotonic clock.

        What had ended before anybody looked again is missing in it.
        """
        now = self.look()
        with self._lock:
            place = bisect.bisect_right(self._history, since, key=lambda seen: seen[0])
            before = self._history[place - 1][1] if place else Used(0.0, 0.0)
        return Used(now.computed - before.computed, now.waited - before.waited)

    def look(self) -> Used:
        """Look at the time that its processes have had by now, and give many busy ones a lower priority.

        Where many are ready at once, they wait for one another: that is a submission's own time. The lower
        priority cannot be taken back, so it is given to those alone who have been many for a while.
        """
        with self._lock:
            seen = {process: _seen(process) for process in [self.process, *descendants(self.process)]}
            growth = [_growth(self._had.get(process), used) for process, (used, _) in seen.items()]
            ready = [process for process, (_, is_ready) in seen.items() if is_ready]
            self._had = {process: used for process, (used, _) in seen.items()}
            computed = sum(grown.computed for grown in growth)
            waited = sum(grown.waited for grown in growth) if len(ready) <= _MOST_READY else 0.0
            self._sum = Used(self._sum.computed + computed, self._sum.waited + waited)
            now = time.monotonic()
            passed = now - self._history[-1][0] if self._history else 0.0
            self._crowd(min(passed, 2 * _SECONDS), is_one=len(ready) > _MOST_READY)
            self._history.append((now, self._sum))
        if len(ready) > _MOST_READY and self._crowded > _CROWDED_SECONDS:
            for process in ready:
                _calm(process)
        return self._sum

    def _crowd(self, passed: float, *, is_one: bool) -> None:
        """Add the seconds that passed to those for which it was crowded, or take them off again."""
        self._crowded = max(0.0, self._crowded + (passed if is_one else -passed))

    def check(self) -> None:
        """Kill a process in it if it takes more memory than it may."""
        self.checked_at = time.monotonic()
        if self.touched() > self.max_bytes and self.memory() > self.max_bytes:  # the first is far quicker
            self.kill_largest()

    def touched(self) -> int:
        """Return the bytes of memory that its processes hold, what forks share counted for each of them."""
        return sum(map(_touched_memory, [self.process, *descendants(self.process)]))

    def memory(self) -> int:
        """Return the bytes of memory that its processes hold; what forks share counts once among them."""
        return sum(map(_memory, [self.process, *descendants(self.process)]))

    def kill_largest(self) -> None:
        """Kill the largest descendant, or all when it does not help to kill one after the other."""
        self.kills += 1
        used = {process: _memory(process) for process in descendants(self.process)}
        if self.kills > _KILLS or not used:
            self.kill()
        else:
            _kill(max(used, key=used.__getitem__))

    def kill(self) -> None:
        """End all of it."""
        for process in [*descendants(self.process), self.process]:
            _kill(process)

    def give_up(self, reason: str) -> None:
        """End all of it, because nobody can say any more whether its limits held."""
        self.fault = self.fault or reason
        self.kill()


class Guard:
    """A thread that looks at sandboxes as long as there are any."""

    def __init__(self) -> None:
        self._watched: list[Watched] = []
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    @contextlib.contextmanager
    def watching(self, process: int, max_bytes: int) -> Iterator[Watched]:
        """Watch a process and its descendants until the block ends."""
        watched = Watched(process, max_bytes)
        with self._changed:
            self._watched.append(watched)
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="guard", daemon=True)
                self._thread.start()
            self._changed.notify()
        try:
            yield watched
        finally:
            with self._changed:
                self._watched.remove(watched)
            if time.monotonic() - watched.checked_at > _UNWATCHED_SECONDS:
                watched.give_up("its memory was not measured for a while")

    def _run(self) -> None:
        try:
            while True:
                with self._changed:
                    self._changed.wait_for(lambda: self._watched)
                    watched = list(self._watched)
                self._look_at(watched)
                time.sleep(_SECONDS)
        except BaseException as error:
            with self._changed:
                for each in self._watched:
                    each.give_up(f"the guard of its memory ended ({type(error).__name__}: {error})")

    def _look_at(self, watched: list[Watched]) -> None:
        for each in watched:
            try:
                each.look()
                each.check()
            except Exception as error:
                each.give_up(f"its memory could not be measured ({type(error).__name__}: {error})")
        if _available_memory() < _RESERVE_BYTES:
            largest = max(watched, key=Watched.memory)
            if largest.memory() > _RESERVE_BYTES:  # it is not for the small ones to make room
                largest.kill_largest()


guard = Guard()
"""The guard of this process. It has no thread until there is something to guard."""


def descendants(process: int) -> Iterator[int]:
    """Yield the children of a process, their children, and so on."""
    with contextlib.suppress(OSError):
        for path in Path(f"/proc/{process}/task").iterdir():
            for child in (path / "children").read_bytes().split():
                yield int(child)
                yield from descendants(int(child))


def _growth(before: Used | None, now: Used) -> Used:
    """Return what was added since; all of it where the process is new, or its number is another one's now."""
    if before is None or now.computed < before.computed or now.waited < before.waited:
        return now
    return Used(now.computed - before.computed, now.waited - before.waited)


def _seen(process: int) -> tuple[Used, bool]:
    """Return for how many seconds a process has computed and waited so far, and whether it is ready now."""
    computed = waited = 0.0
    ready = False
    with contextlib.suppress(OSError):
        # The name of a process, which it chooses, ends with the last parenthesis.
        fields = Path(f"/proc/{process}/stat").read_bytes().rpartition(b")")[2].split()
        ready = fields[0] == b"R"
        computed = (int(fields[11]) + int(fields[12])) / _TICKS
        waited = int(Path(f"/proc/{process}/schedstat").read_bytes().split()[1]) / 1e9  # some kernels lack it
    return Used(computed, waited), ready


def _calm(process: int) -> None:
    """Give a process, and the session that the kernel may schedule it with, the lowest priority."""
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, process, _LEAST_NICE)
        Path(f"/proc/{process}/autogroup").write_bytes(str(_LEAST_NICE).encode())


def _kill(process: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(process, signal.SIGKILL)


def _touched_memory(process: int) -> int:
    """Return the bytes of memory of its own that a process holds, those that forks share among them."""
    return _kilobytes(f"/proc/{process}/status", (b"RssAnon:", b"RssShmem:"))


def _memory(process: int) -> int:
    """Return the bytes that a process holds; pages that forks share count once among them."""
    return _kilobytes(f"/proc/{process}/smaps_rollup", (b"Pss:",))


def _available_memory() -> int:
    return _kilobytes("/proc/meminfo", (b"MemAvailable:",))


def _kilobytes(path: str, names: tuple[bytes, ...]) -> int:
    """Return the sum of these entries of a file of the kernel, in bytes; 0 of a process that has ended."""
    with contextlib.suppress(OSError):
        lines = Path(path).read_bytes().split(b"\n")  # a carriage return may stand in a process's name
        return 1024 * sum(int(line.split()[1]) for line in lines if line.startswith(names))
    return 0
