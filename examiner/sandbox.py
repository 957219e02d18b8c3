"""The sandbox: a nursery in bubblewrap, and the student processes that it forks.

    Nursery ─▶ bwrap ─▶ python -m examiner.nursery ─▶ fork ─▶ student process, confined ⇄ socket

In it there are the system and the Python environment, read-only, the modules of the student process and
`neurocourse`. There is no course directory, no home, no network, no environment variable of the grader, no
other process. All that a student process may write is a small file system in memory that ends with it.
"""

from __future__ import annotations

import atexit
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
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from examiner.bubblewrap import (
    HOME,
    USER,
    command,
    environments,
    is_privileged,
    lies_in_private,
    settings,
)
from examiner.course import Limits
from examiner.errors import NurseryEnded, SandboxError
from examiner.guard import MemoryGuard, descendants
from examiner.protocol import ProtocolError, Wire
from examiner.syscalls import seccomp_filter

START_SECONDS = 60

_ROOT = str(Path(__file__).parents[1])
_USERS = 1_000_000_000
_CREDENTIALS = struct.Struct("iII")
_END_SECONDS = 5


@dataclass
class Sandbox:
    """A running student process: its socket, the process as this machine numbers it, its guard."""

    wire: Wire
    process: int
    guard: MemoryGuard
    confined: bool = True

    @property
    def killed_for_memory(self) -> int:
        """How often something in it was killed because it took too much memory."""
        return self.guard.kills

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


class Nursery:
    """A line to a nursery: a process that has imported what notebooks import, and forks student processes."""

    def __init__(self, wire: Wire, *, sandboxed: bool = True):
        self._wire, self._sandboxed = wire, sandboxed

    @contextlib.contextmanager
    def sandbox(self, limits: Limits, imports: Iterable[str] = ()) -> Iterator[Sandbox]:
        """Start a student process and end it, with all that it left running, when the block ends.

        Before it is forked, the nursery imports these modules, which are the course's choice.
        """
        with tempfile.TemporaryDirectory() as folder:
            home = HOME if self._sandboxed else folder
            wire, process = self._fork(
                {
                    "op": "fork",
                    "imports": sorted(imports),
                    "confined": self._sandboxed,
                    "terms": self._terms(limits),
                    "limits": _resource_limits(limits),
                    "environment": settings(home),
                    "home": home,
                }
            )
            box = Sandbox(wire, process, MemoryGuard(process, limits.memory_mb * 1_000_000), self._sandboxed)
            try:
                with box.guard.watching():
                    yield box
            finally:
                box.end()

    def _terms(self, limits: Limits) -> dict[str, Any]:
        """Return how a student process is confined. Root becomes an ordinary user.

        It is another one each time: the kernel counts the processes of a user in all sandboxes together.
        """
        return {
            "user": USER + secrets.randbelow(_USERS) if is_privileged() else None,
            "disk_bytes": limits.disk_mb * 1_000_000,
            "environments": [place for _, place in environments() if lies_in_private(place)],
        }

    def _fork(self, request: dict[str, Any]) -> tuple[Wire, int]:
        """Return the wire to a new student process, and its number on this machine."""
        ours, theirs = socket.socketpair()
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        wire = Wire(ours)
        with theirs:
            try:
                self._wire.deadline = time.monotonic() + START_SECONDS
                self._wire.send(request, seccomp_filter(), fds=(theirs.fileno(),))
            except OSError:
                wire.close()
                raise NurseryEnded from None
        ours.settimeout(START_SECONDS)
        try:
            _, credentials, _, _ = ours.recvmsg(1, socket.CMSG_SPACE(_CREDENTIALS.size), socket.MSG_PEEK)
        except OSError:
            credentials = []
        if (
            not credentials and select.select([self._wire.socket], [], [], 0)[0]
        ):  # it says no word but its end
            wire.close()
            raise NurseryEnded
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 0)
        _await_ready(wire)
        return wire, _CREDENTIALS.unpack(credentials[0][2])[0]

    @property
    def is_alive(self) -> bool:
        """Whether it is expected to answer."""
        return True

    def close(self) -> None:
        """Let go of the line."""
        self._wire.close()


class NurseryProcess(Nursery):
    """A nursery, started and ended here. It ends with `close`, or with the thread that made it.

    It gets ready meanwhile: whoever first needs it waits for it.
    """

    def __init__(self, *, sandboxed: bool = True):
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115  (closed by `close`)
        self._folder = tempfile.TemporaryDirectory()
        ours, theirs = socket.socketpair()
        super().__init__(Wire(ours), sandboxed=sandboxed)
        self._is_ready = False
        with theirs:
            self._process = self._started(theirs.fileno())

    def _get_ready(self) -> None:
        """Wait until it can fork; `SandboxError` says why it cannot."""
        if not self._is_ready:
            try:
                _await_ready(self._wire, self._complaints)
            except SandboxError:
                self.close()
                raise
            self._is_ready = True

    def _fork(self, request: dict[str, Any]) -> tuple[Wire, int]:
        self._get_ready()
        return super()._fork(request)

    def connect(self, imports: Iterable[str] = ()) -> Nursery:
        """Return another line to it, which another process may use; it begins to import these modules."""
        self._get_ready()
        ours, theirs = socket.socketpair()
        with theirs:
            self._wire.deadline = time.monotonic() + START_SECONDS
            self._wire.send({"op": "connect", "imports": sorted(imports)}, fds=(theirs.fileno(),))
        return Nursery(Wire(ours), sandboxed=self._sandboxed)

    def _started(self, fd: int) -> subprocess.Popen[bytes]:
        nursery = [sys.executable, "-W", "ignore", "-m", "examiner.nursery", str(fd)]
        own_environment = {**os.environ, **settings(self._folder.name), "PYTHONPATH": _ROOT}
        try:
            return subprocess.Popen(
                [*command(), *nursery] if self._sandboxed else nursery,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._complaints,
                pass_fds=[fd],
                start_new_session=True,
                env=dict(os.environ) if self._sandboxed else own_environment,
            )
        except OSError as error:
            self._let_go()
            raise _not_started(str(error)) from None

    @property
    def is_alive(self) -> bool:
        """Whether it can fork."""
        return self._process.poll() is None

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
        reply = wire.receive()[0]
    except (EOFError, OSError, ProtocolError):
        reply = {"failed": _last_complaint(complaints)}
    if "failed" in reply:
        wire.close()
        raise _not_started(str(reply["failed"]))


def _last_complaint(complaints: IO[bytes] | None) -> str:
    if complaints is not None:
        complaints.seek(0)
        if said := complaints.read(4000).decode(errors="replace").strip().splitlines():
            return said[-1]
    return "no reason was given"


_shared: dict[bool, Nursery] = {}


def shared_nursery(*, sandboxed: bool = True) -> Nursery:
    """Return this process's nursery; it is made when there is none, or none any more."""
    if sandboxed in _shared and not _shared[sandboxed].is_alive:
        _shared.pop(sandboxed).close()
    if sandboxed not in _shared:
        share(NurseryProcess(sandboxed=sandboxed), sandboxed=sandboxed)
        atexit.register(_shared[sandboxed].close)
    return _shared[sandboxed]


def share(nursery: Nursery, *, sandboxed: bool) -> None:
    """Make this the nursery of this process."""
    _shared[sandboxed] = nursery


@contextlib.contextmanager
def start(limits: Limits, *, sandboxed: bool = True) -> Iterator[Sandbox]:
    """Start a student process from a nursery of its own."""
    with contextlib.closing(NurseryProcess(sandboxed=sandboxed)) as nursery, nursery.sandbox(limits) as box:
        yield box


def _not_started(reason: str) -> SandboxError:
    return SandboxError(
        f"the sandbox did not start: {reason}. "
        "Run `python -m examiner doctor` to see what this machine lacks."
    )


def _resource_limits(limits: Limits) -> dict[str, int]:
    return {
        "memory_bytes": limits.memory_mb * 750_000,  # of one process; the guard counts all
        "file_bytes": limits.file_mb * 1_000_000,
        "open_files": limits.open_files,
        "processes": limits.processes,
        "output_bytes": limits.output_kb * 1_000,
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
        return "The sandbox needs Linux: on this system grade in a Linux container or virtual machine."
    if shutil.which("bwrap") is None:
        return "bwrap is missing: run `apt-get install bubblewrap` (Fedora: `dnf install bubblewrap`)."
    return ""


def what_is_missing() -> str:
    """Return why no sandbox works on this machine and what to do, or an empty string where one does."""
    try:
        return what_is_not_installed() or _tried()
    except SandboxError as error:
        return with_advice(error)


def _tried() -> str:
    with shared_nursery().sandbox(Limits()):
        return ""


def with_advice(error: SandboxError) -> str:
    """Return what to do where bubblewrap is there and does not work."""
    return (
        f"bubblewrap is installed, but {error} In a container, allow user namespaces "
        "(Docker: --security-opt seccomp=unconfined --security-opt apparmor=unconfined); on Ubuntu, see "
        "`sysctl kernel.apparmor_restrict_unprivileged_userns`."
    )
