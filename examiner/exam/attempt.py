"""Runs a test's source once in this process, on a fork of the student's, and says how it ended.

source ─▶ names that it uses ─▶ stand-in objects for them ─▶ exec, alike each time ─▶ an error, or none
"""

from __future__ import annotations

import ast
import builtins
import contextlib
import functools
import io
import random
import re
import resource
import signal
import sys
import threading
import traceback
import warnings
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import Any

import numpy as np

from examiner.course.facts import Limits
from examiner.errors import GraderAtFault
from examiner.sandbox import nursery_client
from examiner.sandbox.bubblewrap import GRADING_ENVIRONMENT
from examiner.sandbox.lending import lent_texts
from examiner.sandbox.objects import StudentFault, Unsendable, fault_name
from examiner.sandbox.session import Session, check_own_fault
from examiner.sandbox.student_client import StudentClient, StudentGone
from examiner.verdict import TestState
from neurocourse.checks import ELSEWHERE, CheckFailed

NOT_RUN = "This test did not run."
UNFINISHED = "This exercise is not filled in yet."
TOO_LONG = "Your code ran longer than the test allows: is there a loop that never ends?"
ENDED = (
    "Your code ended the process that runs it: it called exit, used too much memory, or crashed in a library."
)
OTHER_DATA = (
    "Your code raised {name} on other data than the visible example: "
    "does it use only its arguments, whatever their size and type?"
)
NOT_SENT = "On other data than the visible example, your code returned a value that the tests cannot receive."


_FILE = "<test>"
_GRACE_SECONDS = 2.0
_NUMPY_DEFAULTS: Any = {"divide": "warn", "over": "warn", "under": "ignore", "invalid": "warn"}
_UNDEFINED = re.compile(r"name '(\w{1,100})' is not defined")


class NotReached(Exception):
    """A test did not run; the message says why."""


@dataclass(frozen=True)
class Attempt:
    """How one run of a test ended: without an error, or with one in this line of the test cell.

    It was `cut_short` by time, by memory or by a crash.
    """

    error: Exception | None = None
    line: int = 0
    cut_short: bool = False

    @property
    def may_say_more(self) -> bool:
        """Whether `explain` would say more of it if the visible part, run alone, ended in the same way."""
        if isinstance(self.error, CheckFailed):
            return bool(str(self.error) != self.error.without_values)
        known = isinstance(self.error, NotReached | StudentGone | NotImplementedError | None)
        return not known and not _is_undefined(self.error)


def attempt(student: StudentClient, source: str, limits: Limits, mark: str = "") -> Attempt:
    """Run the source of a test on a student process, alike each time, with the names of the test's place.

    `mark` is the name of that. What the test does to the process stays done.
    """
    seed = zlib.crc32(source.encode())
    session = Session(*student.itself(), seconds=limits.cell_seconds, lent=lent_texts(source))
    try:
        named = session.names(compiled(source)[1], seed, mark)
        namespace = {"__name__": "__test__", ELSEWHERE: session.replace} | named
        with alike_each_time(seed), _limited(session, limits):
            exec(compiled(source)[0], namespace)
        ended = StudentGone(session.state) if session.state else None
        return Attempt(ended, cut_short=ended is not None)
    except GraderAtFault:
        raise
    except Exception as error:
        check_own_fault(error)
        cut_short = session.state is not None or isinstance(error, StudentGone | MemoryError)
        return Attempt(error, _line_in_test(error), cut_short)


@contextlib.contextmanager
def _limited(session: Session, limits: Limits) -> Iterator[None]:
    """Bound the time and the memory of this process, too: a stand-in computes what it is asked to."""
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    limit = _data_bytes() + limits.memory_mb * 1_000_000

    def ring(*_: Any) -> None:
        left = session.seconds_left() + _GRACE_SECONDS
        if left <= _GRACE_SECONDS:
            raise session.stop()
        signal.setitimer(signal.ITIMER_REAL, left, 1.0)

    alarm = threading.current_thread() is threading.main_thread()  # others get no signals
    before = signal.signal(signal.SIGALRM, ring) if alarm else None
    resource.setrlimit(resource.RLIMIT_DATA, (limit if soft < 0 else min(limit, soft), hard))
    try:
        if alarm:
            signal.setitimer(signal.ITIMER_REAL, limits.cell_seconds + _GRACE_SECONDS, 1.0)
        yield
    finally:
        if alarm:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _data_bytes() -> int:
    """Return what this process holds of the memory that RLIMIT_DATA counts; 0 where there is no /proc."""
    try:
        status = Path("/proc/self/status").read_bytes().split(b"\n")
    except FileNotFoundError:  # a sandbox may have none, in a container without rights
        return 0
    return 1024 * int(next(line for line in status if line.startswith(b"VmData:")).split()[1])


def explain(
    error: Exception, visible: Exception | None, causes: Mapping[str, str] | None = None
) -> tuple[TestState, str]:
    """Return the state and message of a test that ended with an error.

    `visible` is the error of the test's visible part, run alone, where the error arose in that part. Its
    message holds nothing of hidden data; any other is shown without what the student's code put into it.
    `causes` says of names that are not there how the cells failed that should have defined them.
    """
    name = _undefined_name(error) or _undefined_name(visible, of_student=True)
    if causes and name in causes:
        is_stub = causes[name].endswith(f": {NotImplementedError.__name__}")
        return TestState.ERROR, UNFINISHED if is_stub else f"{causes[name]}. So `{name}` is not defined."
    if isinstance(error, NotReached):
        return TestState.NOT_REACHED, str(error)
    if isinstance(error, StudentGone):
        return error.state, TOO_LONG if error.state is TestState.TIMED_OUT else ENDED
    if isinstance(error, CheckFailed):
        same = isinstance(visible, CheckFailed) and visible.without_values == error.without_values
        return TestState.FAILED, str(visible) if same else error.without_values
    if isinstance(error, NotImplementedError):
        return TestState.ERROR, UNFINISHED
    if isinstance(error, Unsendable):
        return TestState.FAILED, str(visible) if isinstance(visible, Unsendable) else NOT_SENT
    name = fault_name(error) if isinstance(error, StudentFault) else type(error).__name__
    if type(visible) is type(error):
        text = visible.args[0] if visible.args and isinstance(visible.args[0], str) else str(visible)
        return TestState.ERROR, f"Your code raised {name}: {(text.splitlines() or [''])[0][:300]}"
    if _is_undefined(error):
        return TestState.ERROR, f"Your code raised {name}: {error}"
    return TestState.ERROR, OTHER_DATA.format(name=name)


def _is_undefined(error: Exception | None) -> bool:
    """Return whether a test used a name that is not there; a student's code can make up such an error."""
    return bool(_undefined_name(error))


def _undefined_name(error: Exception | None, *, of_student: bool = False) -> str:
    """Return the name that a test did not find, or with `of_student` the student's code, or an empty string.

    What a student's code says while it sees hidden data is not looked at: it could be about these.
    """
    is_students = isinstance(error, StudentFault)
    if not isinstance(error, NameError) or is_students is not of_student:
        return ""
    found = _UNDEFINED.fullmatch(str(error))
    return found[1] if found else ""


def _line_in_test(error: Exception) -> int:
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == _FILE]
    return lines[0] or 0 if lines else 0


@functools.lru_cache(maxsize=1000)
def compiled(source: str) -> tuple[CodeType, list[str]]:
    """Return a test's code, and the names that it loads, the built-in ones aside."""
    tree = ast.parse(source)
    names = (node for node in ast.walk(tree) if isinstance(node, ast.Name))
    loaded = {name.id for name in names if isinstance(name.ctx, ast.Load)}
    return compile(tree, _FILE, "exec"), sorted(loaded - set(dir(builtins)))


@contextlib.contextmanager
def alike_each_time(seed: int) -> Iterator[None]:
    """Set seeds and environment for a test, and keep its prints and warnings to itself."""
    random.seed(seed)
    np.random.seed(seed)
    if "torch" in sys.modules:
        sys.modules["torch"].manual_seed(seed)
    quiet = contextlib.redirect_stdout(io.StringIO())
    numbers = np.errstate(**_NUMPY_DEFAULTS)
    with nursery_client.environment(**GRADING_ENVIRONMENT), warnings.catch_warnings(), quiet, numbers:
        warnings.simplefilter("ignore")
        yield
