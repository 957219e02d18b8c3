"""An examination's end of the wire to a student process.

    cell ─▶ StudentClient.run ─▶ wire ─▶ student process ─▶ outputs
                          fork ─▶ another student process, as that one is now

Every request has a deadline. An improper answer ends the process, as a crash would.
"""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Callable
from typing import Any, TypeVar

from examiner.inside import messages as say
from examiner.inside.protocol import ProtocolError
from examiner.inside.wire import Wire
from examiner.sandbox.allowance import Allowance, TimeUsed, by_the_clock
from examiner.verdict import TestState

# Beyond its own limit, which it is told, a student process has this long to answer.
GRACE_SECONDS = 3.0
_FORK_SECONDS = 10.0
_LONGEST = 1_000
_T = TypeVar("_T")


class StudentGone(Exception):
    """The student process timed out or died; `state` says which."""

    def __init__(self, state: TestState):
        super().__init__(state.value)
        self.state = state


class StudentClient:
    """A student process on the other end of a wire.

    It is the first one of its sandbox, or a fork, which has a number there.
    """

    def __init__(
        self,
        wire: Wire,
        time_used: TimeUsed = by_the_clock,
        first: StudentClient | None = None,
        number: int = 0,
    ):
        self._wire = wire
        self._time_used = time_used
        self._first = first or self
        self._number = number
        self.state: TestState | None = None

    def fork(self) -> tuple[Wire, TimeUsed, StudentClient, int]:
        """Return what a client of a second process takes, which begins as this one is now."""
        ours, theirs = socket.socketpair()
        wire = Wire(ours)
        try:
            with theirs:
                self._guarded(_FORK_SECONDS, lambda: self._wire.send(say.Fork(), fds=(theirs.fileno(),)))
        except BaseException:
            wire.close()
            raise
        allowance = Allowance(_FORK_SECONDS, self._time_used)
        wire.deadline, wire.more_seconds = time.monotonic() + _FORK_SECONDS, allowance.more_seconds
        try:
            forked, _ = wire.receive(say.Forked)
        except (EOFError, OSError, ProtocolError):
            wire.close()
            raise StudentGone(TestState.CRASHED) from None
        return wire, self._time_used, self._first, forked.process

    def itself(self) -> tuple[Wire, TimeUsed, StudentClient, int]:
        """Return what another client of this process takes, for whoever is the last to use it."""
        return self._wire, self._time_used, self._first, self._number

    def close(self) -> None:
        """Let the process end by itself; what the student's code started goes on."""
        self._wire.close()

    def end(self) -> None:
        """End the process, hanging or not, with what it started; the first one ends with its sandbox.

        The first one is asked to, as it runs nothing of a student's that could end it.
        """
        self.close()
        if self._number:
            with contextlib.suppress(StudentGone):
                self._first.exchange(say.Kill(self._number), b"", _FORK_SECONDS, say.Done)

    def run(self, source: str, seconds: float) -> say.Ran:
        """Run a cell and return its outputs and number."""
        ran, _ = self.exchange(say.Run(source, seconds), b"", seconds, say.Ran, say.Raised)
        if type(ran) is say.Raised:  # the shell itself gave up, as at a sum of 60,000 terms
            error = {"ename": ran.type, "evalue": ran.message[:_LONGEST], "traceback": []}
            return say.Ran([{"output_type": "error", **error}], 0)
        return ran  # type: ignore[no-any-return]  # an answer of the kind that was asked for

    def mark(self, name: str) -> None:
        """Let it remember which names there are now, for the test of this name, to which it can go back."""
        self.exchange(say.Mark(name), b"", _FORK_SECONDS, say.Done)

    def exchange(self, request: Any, block: bytes, seconds: float, *kinds: type) -> tuple[Any, bytes]:
        """Send a request and return the answer, of one of these kinds, or raise `StudentGone`."""

        def talk() -> tuple[Any, bytes]:
            self._wire.send(request, block)
            return self._wire.receive(*kinds)

        return self._guarded(seconds + GRACE_SECONDS, talk)

    def _guarded(self, seconds: float, talk: Callable[[], _T]) -> _T:
        if self.state is not None:
            raise StudentGone(self.state)
        allowance = Allowance(seconds, self._time_used)
        self._wire.deadline, self._wire.more_seconds = time.monotonic() + seconds, allowance.more_seconds
        try:
            return talk()
        except TimeoutError:
            raise self.gone(TestState.TIMED_OUT) from None
        except (EOFError, OSError, ProtocolError):
            raise self.gone(TestState.CRASHED) from None

    def gone(self, state: TestState) -> StudentGone:
        """Hear no more of this process, and return the error that says how it ended."""
        self.state = self.state or state
        self._wire.close()
        return StudentGone(self.state)
