"""The command line of bubblewrap: the file system that a nursery and all that it forks see.

In it there are the system and the Python environment, read-only, and of the course the modules that run
there. There is no course directory, no home, no environment variable of the grader. What holds a course or
a home is not shown just because it lies where the system or an environment is: it is left out of them.
"""

from __future__ import annotations

import itertools
import os
import sys
from enum import Enum
from pathlib import Path

import neurocourse
from examiner.confinement import PRIVATE_PLACES

USER = 60_000  # or, for root, one of many from here on
USERS = 1_000_000_000
LIBRARY, HOME = "/course", "/home/student"

# What the course promises to set while grading: small problems, simulated data, no figures, one thread.
GRADING_ENVIRONMENT = {
    "NEUROCOURSE_DATA": "simulated",
    "NEUROCOURSE_QUICK": "1",
    "NEUROCOURSE_DRAW": "0",
    "OMP_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
}


class Ring(Enum):
    """Who lives in a sandbox: a student's code, or the examination of one submission with its tests."""

    STUDENT = "student"
    EXAMINATION = "examination"


_STUDENT_MODULES = (
    "__init__.py", "protocol.py", "messages.py", "wire.py", "kernel.py", "student.py", "confinement.py",
    "pages.py", "nursery.py", "student_nursery.py",
)  # fmt: skip
_SYSTEM = ("/bin", "/sbin", "/lib", "/lib32", "/lib64")
_SYSTEM_FOLDERS = ("bin", "sbin", "lib", "lib32", "lib64", "libexec", "include", "share", "etc")
_ENVIRONMENT_PARTS = (*_SYSTEM_FOLDERS, "ssl", "conda-meta", "pyvenv.cfg")
_SETTINGS = ("/etc/ld.so.cache", "/etc/fonts", "/etc/alternatives", "/etc/localtime")
_CAPABILITIES = {
    "CAP_SETGID": 6,
    "CAP_SETUID": 7,
    "CAP_SETPCAP": 8,
    "CAP_NET_ADMIN": 12,
    "CAP_SYS_ADMIN": 21,
}
_NURSERY_DISK = "1000000"


def command(ring: Ring, course: Path | None = None) -> list[str]:
    """Return the command line of a nursery's sandbox, to be followed by that of the nursery.

    `course` is the folder of the course where that is not the one in which this process runs.
    """
    hidden = hidden_folders(course)
    options = ["--die-with-parent", "--new-session", "--clearenv", "--hostname", "student"]
    options += ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"]
    if is_privileged():
        options += ["--cap-drop", "ALL"]
        options += [part for name in _CAPABILITIES for part in ("--cap-add", name)]
    else:
        options += ["--unshare-user", "--uid", str(USER), "--gid", str(USER)]
    options += [*_system(hidden), "--proc", "/proc", "--dev", "/dev", *_parents([HOME])]
    for place in PRIVATE_PLACES:
        options += ["--perms", "1777", "--size", _NURSERY_DISK, "--tmpfs", place]
    # Last, since the course or its environment may lie in /tmp itself.
    options += [*_lent(places(ring, hidden), hidden), *_font_cache()]
    emptied = [place for option, place in itertools.pairwise(options) if option == "--tmpfs"]
    for place in ("/dev", "/", *(place for place in emptied if place not in PRIVATE_PLACES)):
        options += ["--remount-ro", place]
    options += ["--chdir", HOME]
    environment = {
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
        "HOME": HOME,
        "LANG": "C.UTF-8",
        "PYTHONPATH": LIBRARY,
        **settings(HOME),
    }
    for name, value in environment.items():
        options += ["--setenv", name, value]
    return ["bwrap", *options]


def is_privileged() -> bool:
    """Return whether this process is a root that may mount, and may become any other user.

    The root of a container without privileges has few users, or is the only one: it takes the way of an
    ordinary user.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    capabilities = int(next(line for line in status.splitlines() if line.startswith("CapEff")).split()[1], 16)
    may = all(capabilities >> bit & 1 for bit in _CAPABILITIES.values())
    return may and all(_has_our_users(Path(f"/proc/self/{kind}_map")) for kind in ("uid", "gid"))


def _has_our_users(mapped: Path) -> bool:
    """Return whether the numbers of users that submissions get exist here."""
    rows = [row.split() for row in mapped.read_text(encoding="ascii").splitlines()]
    ranges = [range(int(first), int(first) + int(count)) for first, _, count in rows]
    return any(USER in known and USER + USERS in known for known in ranges)


def _system(hidden: set[Path]) -> list[str]:
    """Show the folders of the system that programs need, and no other: `/usr/src` may hold a course."""
    folders = [Path(top) / name for top in ("/usr", "/usr/local") for name in _SYSTEM_FOLDERS]
    options = _parents([*_SETTINGS, *map(str, folders)])
    for folder in filter(Path.is_dir, folders):
        options += _shown(folder, folder, hidden)
    for place in _SYSTEM:
        if Path(place).is_symlink():
            options += ["--symlink", os.readlink(place), place]  # noqa: PTH115  (the text of the link)
        elif Path(place).exists():
            options += _shown(Path(place), Path(place), hidden)
    for place in _SETTINGS:
        options += ["--ro-bind-try", place, place]
    return options


def places(ring: Ring, hidden: set[Path]) -> list[tuple[Path, Path]]:
    """Return what is lent: the Python environment, and the modules that run there; each with its place."""
    found = {Path(sys.prefix).resolve(), Path(sys.base_prefix).resolve(), Path(sys.prefix)}
    prefixes = sorted(found - {Path("/usr"), Path("/usr/local")})
    lent = [(part, part) for prefix in prefixes for part in _parts_of(prefix, hidden)]
    here = Path(__file__).parent
    names = _STUDENT_MODULES if ring is Ring.STUDENT else ("",)
    lent += [(here / name, Path(LIBRARY, "examiner", name)) for name in names]
    return [*lent, (Path(neurocourse.__file__).parent, Path(LIBRARY, "neurocourse"))]


def _parts_of(prefix: Path, hidden: set[Path]) -> list[Path]:
    """Return an environment's folder, or only what belongs to it where it is somebody's home as well."""
    if prefix not in hidden:
        return [prefix]
    return [prefix / name for name in _ENVIRONMENT_PARTS if (prefix / name).exists()]


def hidden_folders(course: Path | None = None) -> set[Path]:
    """Return the folders that are never shown: the home, and whatever holds a course."""
    candidates = {Path.cwd(), Path(__file__).parents[1], *([course] if course else [])}
    courses = {folder for folder in candidates if (folder / "course.toml").is_file()}
    home = {Path(os.environ["HOME"])} if os.environ.get("HOME") else set()
    return {folder.resolve() for folder in courses | home} - {Path("/")}


def _lent(lent: list[tuple[Path, Path]], hidden: set[Path]) -> list[str]:
    """Show these places, the outer ones first, so that what lies in a hidden one can be shown by itself."""
    options = _parents([str(place) for _, place in lent])
    for source, place in sorted(lent, key=lambda pair: len(pair[1].parts)):
        options += _shown(source, place, hidden)
    return options


def _shown(source: Path, place: Path, hidden: set[Path]) -> list[str]:
    """Show a folder or a file at a place; hidden folders in it are empty."""
    options = ["--ro-bind", str(source), str(place)]
    for folder in sorted(hidden):
        if folder.is_relative_to(source) and folder != source and folder.is_dir():
            inner = str(place / folder.relative_to(source))
            options += ["--perms", "0755", "--size", _NURSERY_DISK, "--tmpfs", inner]
    return options


def lies_in_private(place: Path) -> bool:
    """Return whether a place lies where each process has a file system of its own."""
    return any(place.is_relative_to(private) for private in PRIVATE_PLACES)


def _parents(places: list[str]) -> list[str]:
    """Make the folders above each place: by default only their owner could pass through them."""
    kept = {"/", "/tmp", HOME}
    folders = {str(parent) for place in places for parent in Path(place).parents} - kept
    return [part for folder in sorted(folders) for part in ("--perms", "0755", "--dir", folder)]


def _font_cache() -> list[str]:
    """Lend Matplotlib the lists of fonts that it has here: to make one takes seconds."""
    folder = ["--perms", "1777", "--dir", f"{HOME}/matplotlib"]
    found = sorted(_matplotlib_cache().glob("fontlist-v*.json"))
    return [*folder, *(p for f in found for p in ("--ro-bind-try", str(f), f"{HOME}/matplotlib/{f.name}"))]


def _matplotlib_cache() -> Path:
    """Return the folder where Matplotlib keeps what it has found out; to import it for that takes long."""
    told = os.environ.get("MPLCONFIGDIR")
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(told) if told else Path(cache) / "matplotlib"


def settings(home: str) -> dict[str, str]:
    """Return the environment variables that a nursery and what it forks have beside the usual ones."""
    return {
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "MPLCONFIGDIR": f"{home}/matplotlib",
        "IPYTHONDIR": f"{home}/ipython",
        "PYTHONDONTWRITEBYTECODE": "1",
        "OMP_THREAD_LIMIT": "1",  # a fork has none of the threads that OpenMP believes it has, and would wait
        **GRADING_ENVIRONMENT,
    }
