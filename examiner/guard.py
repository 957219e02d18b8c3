"""The guard of a sandbox's memory: it kills before the machine has none, or more is used than is allowed.

Each process has a limit of its own; many small ones, shared memory and files in memory pass by that.
"""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

_SECONDS = 0.2
_KILLS = 20
_RESERVE_BYTES = 300_000_000


class MemoryGuard:
    """Looks at a process and its descendants all the while, and counts how often it had to kill."""

    def __init__(self, process: int, max_bytes: int):
        self._process, self._max_bytes = process, max_bytes
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self.kills = 0

    @contextlib.contextmanager
    def watching(self) -> Iterator[None]:
        """Watch until the block ends."""
        self._thread.start()
        try:
            yield
        finally:
            self._stop.set()
            self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(_SECONDS):
            if self._is_too_much() or _available_memory() < _RESERVE_BYTES:
                self._kill()

    def _is_too_much(self) -> bool:
        processes = [self._process, *descendants(self._process)]
        if sum(map(_touched_memory, processes)) <= self._max_bytes:  # far quicker to tell, and never less
            return False
        return sum(map(_memory, processes)) > self._max_bytes

    def _kill(self) -> None:
        """Kill the largest descendant, or all when it does not help to kill one after the other."""
        self.kills += 1
        used = {process: _memory(process) for process in descendants(self._process)}
        all_of_it = self.kills > _KILLS or not used
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(self._process if all_of_it else max(used, key=used.__getitem__), signal.SIGKILL)


def descendants(process: int) -> Iterator[int]:
    """Yield the children of a process, their children, and so on."""
    with contextlib.suppress(OSError):
        for path in Path(f"/proc/{process}/task").iterdir():
            for child in (path / "children").read_text(encoding="ascii").split():
                yield int(child)
                yield from descendants(int(child))


def _touched_memory(process: int) -> int:
    """Return the bytes of memory of its own that a process holds, those that forks share among them."""
    return _kilobytes(f"/proc/{process}/status", ("RssAnon:", "RssShmem:"))


def _memory(process: int) -> int:
    """Return the bytes that a process holds; pages that forks share count once among them."""
    return _kilobytes(f"/proc/{process}/smaps_rollup", ("Pss:",))


def _available_memory() -> int:
    return _kilobytes("/proc/meminfo", ("MemAvailable:",))


def _kilobytes(path: str, names: tuple[str, ...]) -> int:
    """Return the sum of these entries of a file of the kernel, in bytes; 0 of a process that has ended."""
    with contextlib.suppress(OSError):
        lines = Path(path).read_text(encoding="ascii").splitlines()
        return 1024 * sum(int(line.split()[1]) for line in lines if line.startswith(names))
    return 0
