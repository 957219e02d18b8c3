"""The command line of bubblewrap: the file system that a nursery and all student processes see.

In it there are the system and the Python environment, read-only, the modules of the student process and
`neurocourse`. There is no course directory, no home, no environment variable of the grader.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import neurocourse
from examiner.confinement import PRIVATE_PLACES

USER = 60_000  # or, for root, one of many from here on
LIBRARY, HOME = "/course", "/home/student"

# What the course promises to set while grading: small problems, simulated data, no figures, one thread.
GRADING_ENVIRONMENT = {
    "NEUROCOURSE_DATA": "simulated",
    "NEUROCOURSE_QUICK": "1",
    "NEUROCOURSE_DRAW": "0",
    "OMP_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
}

_STUDENT_MODULES = (
    "__init__.py", "protocol.py", "kernel.py", "student.py", "confinement.py", "pages.py", "nursery.py",
)  # fmt: skip
_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64")
_SETTINGS = ("/etc/ld.so.cache", "/etc/fonts", "/etc/alternatives", "/etc/localtime")
_CAPABILITIES = {
    "CAP_SETGID": 6,
    "CAP_SETUID": 7,
    "CAP_SETPCAP": 8,
    "CAP_NET_ADMIN": 12,
    "CAP_SYS_ADMIN": 21,
}
_NURSERY_DISK = "1000000"


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
    places = environments()
    options += [*_parents([place for _, place in places]), *_bound(places), *_font_cache()]
    options += ["--remount-ro", "/dev", "--remount-ro", "/", "--chdir", HOME]
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


def environments() -> list[tuple[Path, str]]:
    """Return what is lent: the Python environment and the modules that a student process imports."""
    environments = {Path(sys.prefix).resolve(), Path(sys.base_prefix).resolve(), Path(sys.prefix)}
    places = [(place, str(place)) for place in sorted(environments) if not place.is_relative_to("/usr")]
    here = Path(__file__).parent
    places += [(here / name, f"{LIBRARY}/examiner/{name}") for name in _STUDENT_MODULES]
    return [*places, (Path(neurocourse.__file__).parent, f"{LIBRARY}/neurocourse")]


def lies_in_private(place: str) -> bool:
    """Return whether a place lies where each student process has a file system of its own."""
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


def settings(home: str) -> dict[str, str]:
    """Return the environment variables that a nursery and student processes have beside the usual ones."""
    return {
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "MPLCONFIGDIR": f"{home}/matplotlib",
        "IPYTHONDIR": f"{home}/ipython",
        "PYTHONDONTWRITEBYTECODE": "1",
        "OMP_THREAD_LIMIT": "1",  # a fork has none of the threads that OpenMP believes it has, and would wait
        **GRADING_ENVIRONMENT,
    }
