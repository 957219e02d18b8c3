"""The forks of a student process that a notebook's cells run in.

    first ─ fork ─▶ now: cell, cell, keep(a test), cell ✗ ended
                                      └─ fork ─▶ base ─ fork ─▶ now: the cells since then again, without ✗

Cells run in a fork of the first process. Where a test stands, a fork of it is kept for that test as it is,
and the cells go on. So no fork is many generations old: each generation makes the next fork cost more. Where
a cell ends its process, another fork of what was kept last takes its place, and the cells since then run
again in it, without that one.
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
        self._due: list[str] = []  # tests for which the process of now is to be kept as it is
        self._kept: dict[str, StudentClient] = {}
        self._run_again = run_again
        self.lost_cells = False  # cells that had run did not run again

    def close(self) -> None:
        """Let go of every process."""
        for student in self._all:
            student.close()

    @property
    def now(self) -> StudentClient:
        """The process in which the next cell runs; a fork of it is kept before for tests that stand here."""
        now = self._restored()
        if self._due:
            try:
                self._keep_due(self._forked_from(now))
            except StudentGone:
                if now.state is not None:
                    self.drop_now()
                raise
        return now

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
        if self._due or self._since_base or self._base is self._first:
            self._due.append(name)
        else:
            self._kept[name] = self._base

    def kept(self, name: str) -> StudentClient | None:
        """Return the process that was kept under a name, if any; behind all cells it is that of now itself.

        So no cell runs any more after that.
        """
        if name in self._due:
            with contextlib.suppress(StudentGone):
                self._base = self._restored()
            self._keep_due(self._base)
            self._now = None
        return self._kept.get(name)

    def _restored(self) -> StudentClient:
        """Return the process of now; where a cell has ended it, the cells before that run again."""
        if self._now is None:
            self._now = self._forked_from(self._base)
            try:
                for source in self._since_base:
                    self._run_again(self._now, source)
            except StudentGone:
                self._now.end()
                self._now, self._since_base = self._forked_from(self._base), []
                self.lost_cells = True
        return self._now

    def _keep_due(self, process: StudentClient) -> None:
        self._kept |= dict.fromkeys(self._due, process)
        self._base, self._since_base, self._due = process, [], []

    def _forked_from(self, process: StudentClient) -> StudentClient:
        self._all.append(StudentClient(*process.fork()))
        return self._all[-1]
