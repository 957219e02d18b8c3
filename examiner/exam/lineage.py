"""The forks of a student process that a notebook's cells run in.

    first ─ fork ─▶ now: cell, cell ─ keep(a test) ─▶ base ─ fork ─▶ now: cell, cell ✗ ended
                                                       └──── fork ─▶ now: the first of these cells again …

Cells run in a fork of the base. At a test the fork becomes the base: it is kept for that test as it is, and
the next cells run in a fork of it. Where a cell ends its process, the cells since the base run again in
another fork, without that one.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from examiner.sandbox.student_client import StudentClient, StudentGone


class Lineage:
    """A first student process, which runs nothing, and its forks. `run_again` runs a cell once more."""

    def __init__(self, first: StudentClient, run_again: Callable[[StudentClient, str], object]):
        self._first = self._base = first  # the sandbox ends when the first one does
        self._now: StudentClient | None = None
        self._since_base: list[str] = []
        self._all = [first]
        self._kept: dict[str, StudentClient] = {}
        self._run_again = run_again
        self.lost_cells = False  # cells that had run did not run again

    def close(self) -> None:
        """Let go of every process."""
        for student in self._all:
            student.close()

    @property
    def now(self) -> StudentClient:
        """The process that runs cells; where one has ended it, the cells before that run again."""
        if self._now is None:
            self._now = self._forked()
            try:
                for source in self._since_base:
                    self._run_again(self._now, source)
            except StudentGone:
                self._now.end()
                self._now, self._since_base = self._forked(), []
                self.lost_cells = True
        return self._now

    def has_run(self, source: str) -> None:
        """Know that a cell has run well in the process of now."""
        self._since_base.append(source)

    def drop_now(self) -> None:
        """End the process of now, with all that the last cell did in it."""
        if self._now is not None:
            self._now.end()
        self._now = None

    def keep(self, name: str) -> None:
        """Keep the process as it is now under a test's name."""
        if self._since_base or self._base is self._first:
            with contextlib.suppress(StudentGone):
                self._base = self.now
        self._now, self._since_base = None, []
        self._kept[name] = self._base

    def kept(self, name: str) -> StudentClient | None:
        """Return the process that was kept under a name, if any."""
        return self._kept.get(name)

    def _forked(self) -> StudentClient:
        self._all.append(StudentClient(*self._base.fork()))
        return self._all[-1]
