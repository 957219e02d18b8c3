"""How long a submission may go on, counted in its own time.

Its own time passes while it computes, and while it waits by its own choice (it sleeps, it waits for a
message). It does not pass while it is ready to go on and waits for a processor that others use. So the same
work ends the same on a busy machine as on an idle one.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from examiner.errors import GraderAtFault
from examiner.inside.messages import Used

_NET = 10  # times the limit by the clock: then the machine has too little time for it
_LEAST_SECONDS = 0.1

TimeUsed = Callable[[float], Used]
"""What tells how much time a submission's processes have had since a time of the monotonic clock."""


def by_the_clock(since: float) -> Used:
    """Say that nothing is known, so all time that passes counts as the submission's own."""
    return Used(0.0, 0.0)


class Allowance:
    """A number of seconds of a submission's own time, counted from now on."""

    def __init__(self, seconds: float, time_used: TimeUsed = by_the_clock):
        self._seconds = seconds
        self._time_used = time_used
        self._begun = time.monotonic()
        self._deadline = self._begun + seconds

    def seconds_left(self) -> float:
        """Return how many seconds are left at least; 0 or less if it is used up."""
        left = self._deadline - time.monotonic()
        return left if left > 0 else self.more_seconds()

    def more_seconds(self) -> float:
        """Return what is still left when it would be used up by the clock."""
        used, passed = self._time_used(self._begun), time.monotonic() - self._begun
        left = self._seconds - max(used.computed, passed - used.waited)
        if left > 0 and passed > _NET * self._seconds:
            raise GraderAtFault(
                f"The machine was too busy: it gave this submission {used.computed:.0f} s of processor time "
                f"in {passed:.0f} s. Grade it again when fewer programs run."
            )
        left = max(left, _LEAST_SECONDS) if left > 0 else left
        self._deadline = time.monotonic() + left
        return left
