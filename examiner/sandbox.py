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
from typing import Any

import neurocourse
from examiner.confinement import PRIVATE_PLACES
from examiner.course import Limits
from examiner.errors import SandboxError
from examiner.guard import MemoryGuard, descendants
from examiner.protocol import ProtocolError, Wire
from examiner.syscalls import seccomp_filter

USER = 60_000  # or, for root, one of many from here on
LIBRARY, HOME = "/course", "/home/student"
START_SECONDS = 60

# What the course promises to set while grading: small problems, simulated data, no figures, one thread.
GRADING_ENVIRONMENT = {
    "NEUROCOURSE_DATA": "simulated",
    "NEUROCOURSE_QUICK": "1",
    "NEUROCOURSE_DRAW": "0",
    "OMP_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
}

_STUDENT_MODULES = ("__init__.py", "protocol.py", "kernel.py", "student.py", "confinement.py", "nursery.py")
_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64")
_SETTINGS = ("/etc/ld.so.cache", "/etc/fonts", "/etc/alternatives", "/etc/localtime")
_ROOT = str(Path(__file__).parents[1])
_CAPABILITIES = {
    "CAP_SETGID": 6,
    "CAP_SETUID": 7,
    "CAP_SETPCAP": 8,
    "CAP_NET_ADMIN": 12,
    "CAP_SYS_ADMIN": 21,
}
_USERS = 1_000_000_000
_NURSERY_DISK = "1000000"
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
        self.wire.close()
        others = [] if self.confined else list(descendants(self.process))
        _kill(self.process)  # with it go all in its namespace
        for process in others:
            _kill(process)


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
    """A process that has imported what notebooks import, from which student processes are forked.

    It ends with `close`, or with the thread that made it.
    """

    def __init__(self, *, sandboxed: bool = True):
        self._sandboxed = sandboxed
        self._user = is_privileged() if sandboxed else False
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115  (closed by `close`)
        self._folder = tempfile.TemporaryDirectory()
        ours, theirs = socket.socketpair()
        self._wire = Wire(ours)
        with theirs:
            self._process = self._started(theirs.fileno())
        self._await_ready(self._wire)

    def _started(self, fd: int) -> subprocess.Popen[bytes]:
        nursery = [sys.executable, "-W", "ignore", "-m", "examiner.nursery", str(fd)]
        own_environment = {**os.environ, **_settings(self._folder.name), "PYTHONPATH": _ROOT}
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

    def _await_ready(self, wire: Wire) -> None:
        """Wait until the other end of a wire is ready; `SandboxError` says why it is not."""
        wire.deadline = time.monotonic() + START_SECONDS
        try:
            reply = wire.receive()[0]
        except (EOFError, OSError, ProtocolError):
            reply = {"failed": self._last_complaint()}
        if "failed" in reply:
            wire.close()
            self.close()
            raise _not_started(str(reply["failed"]))

    def _last_complaint(self) -> str:
        self._complaints.seek(0)
        said = self._complaints.read(4000).decode(errors="replace").strip().splitlines()
        return said[-1] if said else "no reason was given"

    @contextlib.contextmanager
    def sandbox(self, limits: Limits, imports: Iterable[str] = ()) -> Iterator[Sandbox]:
        """Start a student process and end it, with all that it left running, when the block ends.

        Before it is forked, the nursery imports these modules, which are the course's choice.
        """
        with tempfile.TemporaryDirectory() as folder:
            home = HOME if self._sandboxed else folder
            wire, process = self._fork(
                {
                    "imports": sorted(imports),
                    "confined": self._sandboxed,
                    "terms": self._terms(limits),
                    "limits": _resource_limits(limits),
                    "environment": _settings(home),
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
            "user": USER + secrets.randbelow(_USERS) if self._user else None,
            "disk_bytes": limits.disk_mb * 1_000_000,
            "environments": [place for _, place in _environments() if _is_private(place)],
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
                self.close()
                raise _not_started("the process that starts it has ended") from None
        ours.settimeout(START_SECONDS)
        try:
            _, credentials, _, _ = ours.recvmsg(1, socket.CMSG_SPACE(_CREDENTIALS.size), socket.MSG_PEEK)
        except TimeoutError:
            credentials = []
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 0)
        self._await_ready(wire)
        return wire, _CREDENTIALS.unpack(credentials[0][2])[0]

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


_shared: dict[bool, Nursery] = {}


def shared_nursery(*, sandboxed: bool = True) -> Nursery:
    """Return this process's nursery; it is made when there is none, or none any more."""
    if sandboxed in _shared and not _shared[sandboxed].is_alive:
        _shared.pop(sandboxed).close()
    if sandboxed not in _shared:
        _shared[sandboxed] = Nursery(sandboxed=sandboxed)
        atexit.register(_shared[sandboxed].close)
    return _shared[sandboxed]


@contextlib.contextmanager
def start(limits: Limits, *, sandboxed: bool = True) -> Iterator[Sandbox]:
    """Start a student process from a nursery of its own."""
    with contextlib.closing(Nursery(sandboxed=sandboxed)) as nursery, nursery.sandbox(limits) as box:
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


def command() -> list[str]:
    """Return the command line of a nursery's sandbox, to be followed by that of the nursery."""
    options = ["--die-with-parent", "--new-session", "--clearenv", "--hostname", "student"]
    options += ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"]
    if is_privileged():
        options += ["--cap-drop", "ALL"]
        options += [part for name in _CAPABILITIES for part in ("--cap-add", name)]
    else:
        options += ["--unshare-user", "--uid", str(USER), "--gid", str(USER)]
    options += [*_system(), "--proc", "/proc", "--dev", "/dev", *_parents([HOME])]
    for place in PRIVATE_PLACES:
        options += ["--perms", "1777", "--size", _NURSERY_DISK, "--tmpfs", place]
    # Last, since the course or its environment may lie in /tmp itself.
    places = _environments()
    options += [*_parents([place for _, place in places]), *_bound(places), *_font_cache()]
    options += ["--remount-ro", "/dev", "--remount-ro", "/", "--chdir", HOME]
    environment = {
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
        "HOME": HOME,
        "LANG": "C.UTF-8",
        "PYTHONPATH": LIBRARY,
        **_settings(HOME),
    }
    for name, value in environment.items():
        options += ["--setenv", name, value]
    return ["bwrap", *options]


def is_privileged() -> bool:
    """Return whether this process is a root that may mount: then it can become any other user, too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    capabilities = int(next(line for line in status.splitlines() if line.startswith("CapEff")).split()[1], 16)
    return all(capabilities >> bit & 1 for bit in _CAPABILITIES.values())


def _system() -> list[str]:
    options = _parents([*_SETTINGS])
    for place in _SYSTEM:
        if Path(place).is_symlink():
            options += ["--symlink", os.readlink(place), place]  # noqa: PTH115  (the text of the link)
        elif Path(place).exists():
            options += ["--ro-bind", place, place]
    for place in _SETTINGS:
        options += ["--ro-bind-try", place, place]
    return options


def _environments() -> list[tuple[Path, str]]:
    """Return what is lent: the Python environment and the modules that a student process imports."""
    environments = {Path(sys.prefix).resolve(), Path(sys.base_prefix).resolve(), Path(sys.prefix)}
    places = [(place, str(place)) for place in sorted(environments) if not place.is_relative_to("/usr")]
    here = Path(__file__).parent
    places += [(here / name, f"{LIBRARY}/examiner/{name}") for name in _STUDENT_MODULES]
    return [*places, (Path(neurocourse.__file__).parent, f"{LIBRARY}/neurocourse")]


def _is_private(place: str) -> bool:
    return any(Path(place).is_relative_to(private) for private in PRIVATE_PLACES)


def _parents(places: list[str]) -> list[str]:
    """Make the folders above each place: by default only their owner could pass through them."""
    kept = {"/", "/usr", "/tmp", HOME}
    folders = {str(parent) for place in places for parent in Path(place).parents} - kept
    return [part for folder in sorted(folders) for part in ("--perms", "0755", "--dir", folder)]


def _bound(places: list[tuple[Path, str]]) -> list[str]:
    return [part for source, place in places for part in ("--ro-bind", str(source), place)]


def _font_cache() -> list[str]:
    """Lend Matplotlib the list of fonts that it has here: to make it takes seconds."""
    import matplotlib
    from matplotlib import font_manager

    name = f"fontlist-v{font_manager.FontManager.__version__}.json"
    known = Path(matplotlib.get_cachedir()) / name
    folder = ["--perms", "1777", "--dir", f"{HOME}/matplotlib"]
    return [*folder, "--ro-bind-try", str(known), f"{HOME}/matplotlib/{name}"]


def _settings(home: str) -> dict[str, str]:
    return {
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "MPLCONFIGDIR": f"{home}/matplotlib",
        "IPYTHONDIR": f"{home}/ipython",
        "PYTHONDONTWRITEBYTECODE": "1",
        **GRADING_ENVIRONMENT,
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


def what_is_missing() -> str:
    """Return why no sandbox works on this machine and what to do, or an empty string where one does."""
    if not sys.platform.startswith("linux"):
        return "The sandbox needs Linux: on this system grade in a Linux container or virtual machine."
    if shutil.which("bwrap") is None:
        return "bwrap is missing: run `apt-get install bubblewrap` (Fedora: `dnf install bubblewrap`)."
    try:
        with shared_nursery().sandbox(Limits()):
            return ""
    except SandboxError as error:
        return (
            f"bubblewrap is installed, but {error} In a container, allow user namespaces "
            "(Docker: --security-opt seccomp=unconfined --security-opt apparmor=unconfined); on Ubuntu, see "
            "`sysctl kernel.apparmor_restrict_unprivileged_userns`."
        )
