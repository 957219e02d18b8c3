"""The sandbox of a student process: bubblewrap, limits, and a guard of its memory.

    start() ─▶ bwrap ─▶ (as root: setpriv, an ordinary user) ─▶ python -m examiner.student ⇄ socket

In it there are the system and the Python environment, read-only, the modules of the student process and
`neurocourse`. There is no course directory, no home, no network, no environment variable of the grader, no
other process. All that it may write is a small file system in memory that ends with it.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import neurocourse
from examiner.course import Limits
from examiner.errors import SandboxError
from examiner.protocol import ProtocolError, Wire
from examiner.syscalls import seccomp_filter

USER = 60_000  # or, for root, one of many from here on
LIBRARY, HOME = "/course", "/home/student"
START_SECONDS = 60

# What the course promises to set while grading: small problems, simulated data, one thread.
GRADING_ENVIRONMENT = {
    "NEUROCOURSE_DATA": "simulated",
    "NEUROCOURSE_QUICK": "1",
    "OMP_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
}

_STUDENT_MODULES = ("__init__.py", "protocol.py", "kernel.py", "student.py")
_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64")
_SETTINGS = ("/etc/ld.so.cache", "/etc/fonts", "/etc/alternatives", "/etc/localtime")
_ROOT = str(Path(__file__).parents[1])
_CAP_SETGID, _CAP_SETUID, _CAP_SYS_ADMIN = 6, 7, 21
_USERS = 1_000_000_000
_GUARD_SECONDS = 0.2
_KILLS = 20
_RESERVE_BYTES = 300_000_000


@dataclass
class Sandbox:
    """A running student process: its socket, and the way to end it."""

    wire: Wire
    process: subprocess.Popen[bytes]
    killed_for_memory: int = 0

    def end(self) -> None:
        """Kill every process of the sandbox, and wait until they are gone."""
        self.wire.close()
        descendants = list(_descendants(self.process.pid))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        for process in descendants:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(process, signal.SIGKILL)
        deadline = time.monotonic() + 5
        while any(Path(f"/proc/{pid}/exe").exists() for pid in descendants) and time.monotonic() < deadline:
            time.sleep(0.005)


@contextlib.contextmanager
def start(limits: Limits, *, sandboxed: bool = True) -> Iterator[Sandbox]:
    """Start a student process and end it, with all that it left running, when the block ends."""
    ours, theirs = socket.socketpair()
    with (
        theirs,
        _filter_file() as refused,
        tempfile.TemporaryFile() as complaints,
        tempfile.TemporaryDirectory() as folder,
    ):
        student = _student_command(theirs.fileno(), limits)
        try:
            process = subprocess.Popen(
                [*command(limits, refused.fileno()), *student] if sandboxed else student,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=complaints,
                pass_fds=[theirs.fileno(), *([refused.fileno()] if sandboxed else [])],
                start_new_session=True,
                cwd=folder,
                env=dict(os.environ)
                if sandboxed
                else {**os.environ, **_settings(folder), "PYTHONPATH": _ROOT},
            )
        except OSError as error:
            ours.close()
            raise _not_started(str(error)) from None
        theirs.close()
        sandbox = Sandbox(Wire(ours), process)
        try:
            _await_ready(sandbox, complaints)
            with _memory_guard(sandbox, limits):
                yield sandbox
        finally:
            sandbox.end()


def _await_ready(sandbox: Sandbox, complaints: IO[bytes]) -> None:
    sandbox.wire.deadline = time.monotonic() + START_SECONDS
    try:
        sandbox.wire.receive()
    except (EOFError, OSError, ProtocolError):
        complaints.seek(0)
        said = complaints.read(4000).decode(errors="replace").strip().splitlines()
        raise _not_started(said[-1] if said else "no reason was given") from None


def _not_started(reason: str) -> SandboxError:
    return SandboxError(
        f"the sandbox did not start: {reason}. "
        "Run `python -m examiner doctor` to see what this machine lacks."
    )


def _filter_file() -> IO[bytes]:
    file = tempfile.TemporaryFile()  # noqa: SIM115  (the caller closes it)
    file.write(seccomp_filter())
    file.seek(0)
    return file


def command(limits: Limits, refused: int) -> list[str]:
    """Return the command line of a sandbox, to be followed by that of what runs in it.

    `refused` is the descriptor of a file with the system calls that it refuses.
    """
    disk = str(limits.disk_mb * 1_000_000)
    options = ["--die-with-parent", "--new-session", "--clearenv", "--hostname", "student"]
    options += ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"]
    if is_privileged():
        options += ["--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    else:
        options += ["--unshare-user", "--uid", str(USER), "--gid", str(USER)]
    if seccomp_filter():
        options += ["--seccomp", str(refused)]
    options += [*_system(), "--proc", "/proc", "--dev", "/dev", *_parents([HOME])]
    for place in ("/dev/shm", "/tmp", HOME):
        options += ["--perms", "1777", "--size", disk, "--tmpfs", place]
    # Last, since the course or its environment may lie in /tmp itself.
    options += [
        *_environments(),
        *_font_cache(),
        "--remount-ro",
        "/dev",
        "--remount-ro",
        "/",
        "--chdir",
        HOME,
    ]
    environment = {
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
        "HOME": HOME,
        "LANG": "C.UTF-8",
        "PYTHONPATH": LIBRARY,
        **_settings(HOME),
    }
    for name, value in environment.items():
        options += ["--setenv", name, value]
    return ["bwrap", *options, *_ordinary_user()]


def _student_command(fd: int, limits: Limits) -> list[str]:
    values = {
        "memory_bytes": limits.memory_mb * 750_000,  # of one process; the guard counts all
        "file_bytes": limits.file_mb * 1_000_000,
        "open_files": limits.open_files,
        "processes": limits.processes,
        "output_bytes": limits.output_kb * 1_000,
    }
    return [
        sys.executable, "-W", "ignore", "-m", "examiner.student", str(fd),
        *(f"{name}={value}" for name, value in values.items()),
    ]  # fmt: skip


def is_privileged() -> bool:
    """Return whether this process is a root that may mount: then it can become any other user, too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    capabilities = int(next(line for line in status.splitlines() if line.startswith("CapEff")).split()[1], 16)
    return all(capabilities >> bit & 1 for bit in (_CAP_SETGID, _CAP_SETUID, _CAP_SYS_ADMIN))


def _ordinary_user() -> list[str]:
    """Root becomes an ordinary user in the sandbox, for whom the limit on processes holds, too.

    It is another one each time: the kernel counts the processes of a user in all sandboxes together.
    """
    if not is_privileged():
        return []
    user = str(USER + secrets.randbelow(_USERS))
    ids = ["--reuid", user, "--regid", user, "--clear-groups"]
    return ["setpriv", *ids, "--inh-caps=-all", "--bounding-set=-all", "--no-new-privs"]


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


def _environments() -> list[str]:
    """Lend the Python environment and the modules that a student process imports."""
    environments = {Path(sys.prefix).resolve(), Path(sys.base_prefix).resolve(), Path(sys.prefix)}
    places = [(place, str(place)) for place in sorted(environments) if not place.is_relative_to("/usr")]
    here = Path(__file__).parent
    places += [(here / name, f"{LIBRARY}/examiner/{name}") for name in _STUDENT_MODULES]
    places += [(Path(neurocourse.__file__).parent, f"{LIBRARY}/neurocourse")]
    return [*_parents([place for _, place in places]), *_bound(places)]


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
def _memory_guard(sandbox: Sandbox, limits: Limits) -> Iterator[None]:
    """Kill the largest process when all together hold more memory than they may, or the machine has none.

    Each process has a limit of its own; many small ones, shared memory and files in memory pass by that.
    When it does not help to kill one after the other, the sandbox ends.
    """
    stop = threading.Event()

    def guard() -> None:
        while not stop.wait(_GUARD_SECONDS):
            used = {pid: _memory_of(pid) for pid in _descendants(sandbox.process.pid)}
            if sum(used.values()) > limits.memory_mb * 1_000_000 or _available_memory() < _RESERVE_BYTES:
                sandbox.killed_for_memory += 1
                all_of_it = sandbox.killed_for_memory > _KILLS or not used
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(
                        sandbox.process.pid if all_of_it else max(used, key=used.__getitem__), signal.SIGKILL
                    )

    thread = threading.Thread(target=guard, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _descendants(process: int) -> Iterator[int]:
    with contextlib.suppress(OSError):
        for path in Path(f"/proc/{process}/task").iterdir():
            for child in (path / "children").read_text(encoding="ascii").split():
                yield int(child)
                yield from _descendants(int(child))


def _memory_of(process: int) -> int:
    """Return the bytes that a process holds; pages that forks share count once among them."""
    with contextlib.suppress(OSError, ValueError, StopIteration):
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
        return 1024 * int(next(line for line in lines if line.startswith("Pss:")).split()[1])
    return 0


def _available_memory() -> int:
    lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    return 1024 * int(next(line for line in lines if line.startswith("MemAvailable:")).split()[1])


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
    for program, package in (("bwrap", "bubblewrap"), ("setpriv", "util-linux")):
        if shutil.which(program) is None and (program == "bwrap" or is_privileged()):
            return f"{program} is missing: run `apt-get install {package}` (Fedora: `dnf install {package}`)."
    try:
        with start(Limits()):
            return ""
    except SandboxError as error:
        return (
            f"bubblewrap is installed, but {error} In a container, allow user namespaces "
            "(Docker: --security-opt seccomp=unconfined --security-opt apparmor=unconfined); on Ubuntu, see "
            "`sysctl kernel.apparmor_restrict_unprivileged_userns`."
        )
