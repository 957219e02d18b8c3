"""Describes all beside an exam that decides whether it is graded right here: environment, machine, user.

A key that was graded right is known as long as nothing of this differs, and for a day at most. Then the
grader has to show it again. Nothing of the course's own folder is in it: `make grade` itself writes there.
"""

from __future__ import annotations

import os
import platform
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import examiner

_SETTINGS = (
    "/proc/sys/kernel/random/boot_id",
    "/proc/sys/kernel/unprivileged_userns_clone",
    "/proc/sys/kernel/apparmor_restrict_unprivileged_userns",
    "/proc/sys/user/max_user_namespaces",
    "/proc/self/attr/current",  # by which profile of AppArmor or SELinux this process is held
)
_HELD_BY = ("CapEff", "CapBnd", "NoNewPrivs", "Seccomp")
_DAY = 86_400


def surroundings() -> tuple[Any, ...]:
    """Return plain facts, equal as long as the same exam is graded in the same way."""
    return int(time.time() // _DAY), [*_environment()], [*_machine()], [*_user()]


def _environment() -> Iterator[Any]:
    """Yield where Python and its packages are, who may read that, and what is installed and when."""
    yield sys.version, sys.prefix, sys.base_prefix
    places = {Path(sys.prefix), Path(sys.base_prefix), Path(examiner.__file__).parent}
    for folder in sorted({above for place in places for above in (place, *place.parents)}):
        status = folder.stat()
        yield str(folder), status.st_mode, status.st_uid
    tops = (sys.prefix, sys.base_prefix)
    for place in sorted({place for place in sys.path if place.startswith(tops) and os.path.isdir(place)}):  # noqa: PTH112
        with os.scandir(place) as entries:
            yield place, sorted((entry.name, entry.stat().st_mtime_ns) for entry in entries)


def _machine() -> Iterator[Any]:
    """Yield which machine this is, since when it runs, and what it allows to sandboxes."""
    yield platform.uname()
    program = shutil.which("bwrap")
    if program:
        status = Path(program).stat()
        yield program, status.st_mode, status.st_size, status.st_mtime_ns
    yield [_read(place) for place in _SETTINGS]
    yield [line for line in _read("/proc/self/status").splitlines() if line.startswith(_HELD_BY)]


def _user() -> Iterator[Any]:
    mask = os.umask(0)
    os.umask(mask)
    yield os.getuid(), os.getgid(), sorted(os.getgroups()), mask, tempfile.gettempdir()
    names = sorted(name for name in dir(resource) if name.startswith("RLIMIT_"))
    yield [(name, resource.getrlimit(getattr(resource, name))) for name in names]


def _read(place: str) -> str:
    try:
        return Path(place).read_text(encoding="utf-8", errors="replace")
    except OSError:  # not every kernel has it, and not every container shows it
        return ""
