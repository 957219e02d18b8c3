"""The forks of a student process that a notebook's cells run in.

    first ─ fork ─▶ now: cell, cell, keep(a test), cell ✗ ended
                                      └─ fork ─▶ base ─ fork ─▶ now: the cells since then again, without ✗

Cells run in a fork of the first process. Where a test stands, a fork of it is kept for that test as it is,
and the cells go on. So no fork is many generations old: each generation makes the next fork cost more. A cell
that changes nothing but names needs no fork before it: the process can go back to the names of each test's
place. Where a cell ends its process, another fork of what was kept last takes its place, and the cells since
then run again in it, without that one.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from examiner.sandbox.student_client import StudentClient, StudentGone

_Step = Callable[[StudentClient], object]


class Lineage:
    """A first student process, which runs nothing, and its forks. `run_again` runs a cell once more."""

    def __init__(self, first: StudentClient, run_again: Callable[[StudentClient, str], object]):
        self._first = self._base = first  # the sandbox ends when the first one does
        self._now: StudentClient | None = None
        self._since_base: list[_Step] = []
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
                self._keep_due(self.forked_from(now))
            except StudentGone:
                if now.state is not None:
                    self.drop_now()
                raise
        return now

    @property
    def ahead(self) -> StudentClient:
        """The process in which the next cell runs, if that changes nothing but names."""
        return self._restored()

    def has_run(self, source: str) -> None:
        """Know that a cell has run well in the process of now."""
        self._since_base.append(lambda student: self._run_again(student, source))

    def drop_now(self) -> None:
        """End the process of now, with all that the last cell did in it."""
        if self._now is not None:
            self._now.end()
        self._now = None

    def keep(self, name: str) -> None:
        """Keep the process as it is now under a test's name, and mark its names."""
        if not (self._due or self._since_base or self._base is self._first):
            self._kept[name] = self._base
            with contextlib.suppress(StudentGone):  # the test is told
                self._base.mark(name)
            return
        self._due.append(name)
        self._since_base.append(_marking(name))
        try:
            if self._now is None:
                self._restored()  # which marks it
            else:
                self._now.mark(name)
        except StudentGone:
            self.drop_now()

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
            self._now = self.forked_from(self._base)
            try:
                for step in self._since_base:
                    step(self._now)
            except StudentGone:
                self._now.end()
                self._now, self._since_base = self.forked_from(self._base), [*map(_marking, self._due)]
                self.lost_cells = True
                for step in self._since_base:
                    step(self._now)
        return self._now

    def _keep_due(self, process: StudentClient) -> None:
        self._kept |= dict.fromkeys(self._due, process)
        self._base, self._since_base, self._due = process, [], []

    def forked_from(self, process: StudentClient) -> StudentClient:
        """Return a fork of a process, which ends with the others at last."""
        self._all.append(StudentClient(*process.fork()))
        return self._all[-1]


def _marking(name: str) -> _Step:
    return lambda student: student.mark(name)
