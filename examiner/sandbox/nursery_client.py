"""Makes sandboxes: nurseries in bubblewrap, and the processes that they fork, one for each submission.

    NurseryClient ─▶ bwrap ─▶ nursery ─▶ fork ─▶ a confined process ⇄ socket
                                                       ▲ guard: memory, time

There is a nursery for each ring. In one, forks run a student's code. In the other, forks examine a
submission: they read it and run the tests. Neither holds the course directory, a home, a network, an
environment variable of the grader or another process. Only a small file system in memory can be written
there, and it ends with the process.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import select
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import examiner
from examiner.course.facts import Limits
from examiner.errors import NurseryEnded, SandboxError
from examiner.inside import messages as say
from examiner.inside.protocol import ProtocolError
from examiner.inside.wire import Wire
from examiner.sandbox.bubblewrap import (
    HOME,
    USER,
    USERS,
    Ring,
    command,
    hidden_folders,
    is_privileged,
    lies_in_private,
    places,
    settings,
)
from examiner.sandbox.guard import Watched, descendants, guard
from examiner.sandbox.syscalls import seccomp_filter

START_SECONDS = 60
_PAGE = "docs/machines.md"

_ROOT = str(Path(examiner.__file__).parents[1])
_PROGRAMS = {Ring.STUDENT: "examiner.inside", Ring.EXAMINATION: "examiner.exam"}
_CREDENTIALS = struct.Struct("iII")
_END_SECONDS = 60  # many processes of the lowest priority take their time to end on a busy machine
_STUDENT_NICE = 5  # a student's code gives way to what grades it


@dataclass
class Sandbox:
    """A running process: its socket, the process as this machine numbers it, what the guard saw of it."""

    wire: Wire
    process: int
    watched: Watched
    confined: bool = True

    @property
    def killed_for_memory(self) -> int:
        """How often something in it was killed because it took too much memory."""
        return self.watched.kills

    def end(self) -> None:
        """Kill every process of the sandbox, and wait until they are gone."""
        ended: set[int] = set()
        while not self.confined and (found := set(descendants(self.process)) - ended):
            for process in found:  # their own children become this one's, as long as it is there
                _kill(process)
            ended |= found
        _kill(self.process)  # where it is confined, with it go all in its namespace
        self.wire.close()


def _kill(process: int) -> None:
    """Kill a process and wait until it has gone."""
    try:
        handle = os.pidfd_open(process)
    except ProcessLookupError:
        return
    with contextlib.suppress(ProcessLookupError), contextlib.closing(os.fdopen(handle)) as ended:
        signal.pidfd_send_signal(handle, signal.SIGKILL)
        select.select([ended], [], [], _END_SECONDS)


class NurseryClient:
    """A nursery, started and ended here. It ends with `close`, or with the thread that made it.

    It gets ready meanwhile: whoever first needs it waits for it. Threads may share it.
    """

    def __init__(self, ring: Ring = Ring.STUDENT, *, sandboxed: bool = True, course: Path | None = None):
        self.ring, self._sandboxed, self._course = ring, sandboxed, course
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115  (closed by `close`)
        self._folder = tempfile.TemporaryDirectory()
        self._lock = threading.RLock()
        self._is_ready = False
        ours, theirs = socket.socketpair()
        self._wire = Wire(ours)
        with theirs:
            self._process = self._started(theirs.fileno())

    def prepare(self, imports: Iterable[str]) -> None:
        """Let it import these modules before the next fork."""
        self.tell(say.Prepare(sorted(imports), "", None))

    @contextlib.contextmanager
    def sandbox(
        self, limits: Limits, imports: Iterable[str] = (), processors: Iterable[int] = ()
    ) -> Iterator[Sandbox]:
        """Start a process and end it, with all that it left running, when the block ends.

        Before it is forked, the nursery imports these modules, which are the course's choice. It is bound to
        these processors.
        """
        if imports:
            self.prepare(imports)
        with tempfile.TemporaryDirectory() as folder:
            home = HOME if self._sandboxed else folder
            wire, process = self._fork(
                say.Start(
                    confined=self._sandboxed,
                    user=USER + secrets.randbelow(USERS) if is_privileged() else None,
                    environments=self._private_environments(),
                    processors=[*processors],
                    limits=_resource_limits(limits, self.ring),
                    environment=settings(home),
                    home=home,
                )
            )
            with guard.watching(process, limits.memory_mb * 1_000_000) as watched:
                box = Sandbox(wire, process, watched, self._sandboxed)
                try:
                    yield box
                finally:
                    box.end()

    def _private_environments(self) -> list[str]:
        """Return what of the Python environment lies where each process has a file system of its own."""
        lent = places(self.ring, hidden_folders(self._course))
        return [str(place) for _, place in lent if lies_in_private(place)]

    def _fork(self, request: say.Start) -> tuple[Wire, int]:
        """Return the wire to a new process, and its number on this machine."""
        self._get_ready()
        ours, theirs = socket.socketpair()
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        wire = Wire(ours)
        try:
            with theirs:
                self.tell(request, seccomp_filter(), theirs)
            process = self._number_of_sender(ours)
            _await_ready(wire)
        except BaseException:
            wire.close()
            raise
        return wire, process

    def _number_of_sender(self, ours: socket.socket) -> int:
        """Return who sends the first byte, as this machine numbers processes."""
        ours.settimeout(START_SECONDS)
        try:
            _, credentials, _, _ = ours.recvmsg(1, socket.CMSG_SPACE(_CREDENTIALS.size), socket.MSG_PEEK)
        except OSError:
            credentials = []
        if not credentials:
            if select.select([self._wire.socket], [], [], 0)[0]:  # it says no word but its end
                raise NurseryEnded
            raise _not_started("no reason was given")
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 0)
        return int(_CREDENTIALS.unpack(credentials[0][2])[0])

    def tell(self, message: object, block: bytes = b"", passed: socket.socket | None = None) -> None:
        """Send it a message, and a socket if any; it does not answer here."""
        with self._lock:
            self._wire.deadline = time.monotonic() + START_SECONDS
            try:
                self._wire.send(message, block, fds=(passed.fileno(),) if passed else ())
            except OSError:
                raise NurseryEnded from None

    def _get_ready(self) -> None:
        """Wait until it can fork; `SandboxError` says why it cannot."""
        with self._lock:
            if not self._is_ready:
                try:
                    _await_ready(self._wire, self._complaints)
                except SandboxError:
                    self.close()
                    raise
                self._is_ready = True

    def _started(self, fd: int) -> subprocess.Popen[bytes]:
        nursery = [sys.executable, "-W", "ignore", "-m", _PROGRAMS[self.ring], str(fd)]
        own_environment = {**os.environ, **settings(self._folder.name), "PYTHONPATH": _ROOT}
        try:
            return subprocess.Popen(
                [*command(self.ring, self._course), *nursery] if self._sandboxed else nursery,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._complaints,
                pass_fds=[fd],
                start_new_session=True,  # Ctrl-C is for the process that asks
                env=dict(os.environ) if self._sandboxed else own_environment,
            )
        except OSError as error:
            self._let_go()
            raise _not_started(str(error)) from None

    @property
    def is_alive(self) -> bool:
        """Whether it can fork."""
        return self._process.poll() is None

    @property
    def number(self) -> int:
        """Its process, as this machine numbers it."""
        return self._process.pid

    def close(self) -> None:
        """End it, and all that it forked."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._let_go()

    def _let_go(self) -> None:
        self._wire.close()
        self._complaints.close()
        self._folder.cleanup()


def _await_ready(wire: Wire, complaints: IO[bytes] | None = None) -> None:
    """Wait until the other end of a wire is ready; `SandboxError` says why it is not."""
    wire.deadline = time.monotonic() + START_SECONDS
    try:
        answer = wire.receive(say.Ready, say.Failed)[0]
    except (EOFError, OSError, ProtocolError):
        answer = say.Failed(_last_complaint(complaints))
    if type(answer) is say.Failed:
        wire.close()
        raise _not_started(answer.reason)


def _last_complaint(complaints: IO[bytes] | None) -> str:
    if complaints is not None:
        complaints.seek(0)
        if said := complaints.read(4000).decode(errors="replace").strip().splitlines():
            return said[-1]
    return "no reason was given"


@contextlib.contextmanager
def start(limits: Limits, *, sandboxed: bool = True) -> Iterator[Sandbox]:
    """Start a student process from a nursery of its own."""
    with contextlib.closing(NurseryClient(sandboxed=sandboxed)) as nursery, nursery.sandbox(limits) as box:
        yield box


def _not_started(reason: str) -> SandboxError:
    return SandboxError(
        f"the sandbox did not start: {reason}. "
        "Run `python -m examiner doctor` to see what this machine lacks."
    )


def _resource_limits(limits: Limits, ring: Ring) -> dict[str, int]:
    return {
        "memory_bytes": limits.memory_mb * 750_000,  # of one process; the guard counts all
        "file_bytes": limits.file_mb * 1_000_000,
        "open_files": limits.open_files,
        "processes": limits.processes,
        "output_bytes": limits.output_kb * 1_000,
        "disk_bytes": limits.disk_mb * 1_000_000,
        "files": limits.files,
        "processor_seconds": limits.total_seconds,
        "nice": _STUDENT_NICE if ring is Ring.STUDENT else 0,
    }


@contextlib.contextmanager
def environment(**variables: str) -> Iterator[None]:
    """Set environment variables for a block."""
    before = dict(os.environ)
    os.environ.update(variables)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def what_is_not_installed() -> str:
    """Return what this machine lacks for a sandbox and where to get it, or an empty string."""
    if not sys.platform.startswith("linux"):
        return f"The sandbox needs Linux: on this system grade in the container that {_PAGE} describes."
    if shutil.which("bwrap") is None:
        return "bwrap is missing: run `apt-get install bubblewrap` (Fedora: `dnf install bubblewrap`)."
    return ""


def what_is_missing() -> str:
    """Return why no sandbox works on this machine and what to do, or an empty string if one does."""
    try:
        return what_is_not_installed() or _tried()
    except SandboxError as error:
        return with_advice(error)


def _tried() -> str:
    with start(Limits()):
        return ""


def with_advice(error: SandboxError) -> str:
    """Return what to do if bubblewrap is installed and does not work."""
    return (
        f"bubblewrap is installed, but {error} In a container, it needs the options that {_PAGE} lists; on "
        "Ubuntu, see `sysctl kernel.apparmor_restrict_unprivileged_userns`."
    )
