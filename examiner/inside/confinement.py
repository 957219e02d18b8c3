"""Makes a forked process one of its own: fresh namespaces, an ordinary user, no way back.

bubblewrap has made the file system that a nursery and its forks see. Each fork then enters fresh namespaces,
by kernel calls that a fork can make and a command cannot:

    fork: process 1 ─▶ unshare ─▶ its own /proc, /tmp, /dev/shm, home ─▶ no rights, no forbidden calls
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import resource
import signal
import socket
import struct
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

PRIVATE_PLACES = ("/dev/shm", "/tmp", "/home/student")

# By the kernel's own names.
CLONE_NEWNS = 0x20000
CLONE_NEWIPC = 0x8000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000
MS_RDONLY = 1
MS_NOSUID = 2
MS_NODEV = 4
MS_NOEXEC = 8
MS_BIND = 4096
MS_REC = 16384
MS_PRIVATE = 1 << 18
PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_SECCOMP = 22
PR_CAPBSET_DROP = 24
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS = 38
SECCOMP_MODE_FILTER = 2
LINUX_CAPABILITY_VERSION_3 = 0x20080522
SIOCGIFFLAGS = 0x8913
SIOCSIFFLAGS = 0x8914
IFF_UP = 1


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_char_p))


_kernel = ctypes.CDLL(None, use_errno=True)


def fork_as_first() -> int:
    """Fork a process that is process 1 of a namespace of its own, and return what `os.fork` does.

    A nursery without the right to make namespaces forks an ordinary process: `confine` makes up for it.
    """
    try:
        own = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return os.fork()
    try:
        return _fork_in_new_namespace(own)
    finally:
        os.close(own)


def _fork_in_new_namespace(own: int) -> int:
    try:
        _call("unshare", CLONE_NEWPID)  # holds for what is forked from now on
    except OSError:
        return os.fork()
    child = -1
    try:
        child = os.fork()
    finally:
        if child and _kernel.setns(own, CLONE_NEWPID) != 0:
            os._exit(1)  # the next fork would be among a student's processes
    return child


def confine(user: int | None, environments: list[str], limits: dict[str, int], system_calls: bytes) -> None:
    """Move this process, a fork of a nursery, into namespaces of its own, of which it is process 1.

    `user` is the number of an ordinary user, or None where this is one already. Of the Python environment,
    the places in `environments` lie where each process has a file system of its own. `system_calls` is a
    filter.
    """
    is_first = os.getpid() == 1
    namespaces = CLONE_NEWNS | CLONE_NEWIPC | CLONE_NEWNET | (0 if is_first else CLONE_NEWPID)
    if user is None:
        _become_owner_of_namespaces(namespaces)
    else:
        _call("unshare", namespaces)
    if not is_first and os.fork():
        os._exit(0)  # the new process 1 is the nursery's to reap
    _mount("none", "/", "", MS_REC | MS_PRIVATE)
    _make_private(limits["disk_bytes"], limits["files"], environments)
    _show_own_processes_alone()
    _raise_loopback()
    _give_up_rights(user)
    _filter(system_calls)


def _become_owner_of_namespaces(namespaces: int) -> None:
    """Take the rights to mount that the owner of a user namespace has, and stay who one is."""
    user, group = os.getuid(), os.getgid()
    _call("unshare", CLONE_NEWUSER | namespaces)
    Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
    Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="ascii")
    Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="ascii")


def _make_private(disk_bytes: int, files: int, environments: list[str]) -> None:
    """Put an empty file system in memory over each private place; what Python needs of one stays.

    Each file takes memory of the kernel's, which nobody counts: their number is limited, too.
    """
    options = f"mode=1777,size={disk_bytes},nr_inodes={files}"
    lent = {place: os.open(place, os.O_PATH) for place in environments}
    for place in PRIVATE_PLACES:
        _mount("tmpfs", place, "tmpfs", MS_NOSUID | MS_NODEV, options)
    for place, opened in lent.items():
        os.makedirs(place, mode=0o755)  # noqa: PTH103  (Path.mkdir gives parents another mode)
        _mount(f"/proc/self/fd/{opened}", place, "", MS_BIND)
        os.close(opened)


def _show_own_processes_alone() -> None:
    """Mount the /proc of this namespace, or nothing in its place.

    The kernel refuses it to a root without the right to mount, from whom bubblewrap hides parts of /proc.
    """
    try:
        _mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC)
    except PermissionError:
        _mount("tmpfs", "/proc", "tmpfs", MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC, "mode=555,size=4096")


def _raise_loopback() -> None:
    """Let the one network device, which leads nowhere, be up, as on any machine."""
    with socket.socket() as any_socket:
        request = struct.pack("16sh14x", b"lo", 0)
        flags = struct.unpack("16sh14x", fcntl.ioctl(any_socket, SIOCGIFFLAGS, request))[1]
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", flags | IFF_UP))


def _give_up_rights(user: int | None) -> None:
    for capability in range(64):
        _kernel.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)  # beyond the last there is nothing to drop
    if user is not None:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    header, none = struct.pack("=Ii", LINUX_CAPABILITY_VERSION_3, 0), bytes(24)
    _call("capset", header, none)
    _call("prctl", PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    _call("prctl", PR_SET_DUMPABLE, 1, 0, 0, 0)  # or its own /proc would belong to root


def _filter(program: bytes) -> None:
    """Install a filter of system calls; an empty one allows all."""
    if program:
        _call(
            "prctl",
            PR_SET_SECCOMP,
            SECCOMP_MODE_FILTER,
            ctypes.byref(_Program(len(program) // 8, program)),
            0,
            0,
        )


def die_with_parent() -> None:
    """End this process when the thread that started it ends."""
    _call("prctl", PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def gather_orphans() -> None:
    """Stay an ancestor of all that this process's descendants start, whatever becomes of those."""
    _call("prctl", PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def limit_resources(limits: dict[str, int]) -> None:
    """Set this process's limits, which its children inherit and nobody in the sandbox can raise."""
    kinds = {
        "memory_bytes": resource.RLIMIT_DATA, "file_bytes": resource.RLIMIT_FSIZE,
        "open_files": resource.RLIMIT_NOFILE, "processes": resource.RLIMIT_NPROC,
        "processor_seconds": resource.RLIMIT_CPU,
    }  # fmt: skip
    for name, kind in kinds.items():
        hard = resource.getrlimit(kind)[1]
        limit = limits[name] if hard == resource.RLIM_INFINITY else min(limits[name], hard)
        resource.setrlimit(kind, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def check_environment(files: Iterable[str]) -> None:
    """Raise `PermissionError` where this user may not read these files, or where Python looks for modules."""
    for place in (*files, *filter(None, sys.path)):
        try:
            Path(place).stat()
            may_read = os.access(place, os.R_OK)
        except PermissionError:
            may_read = False
        except OSError:
            continue  # it is not there
        if not may_read:
            raise PermissionError(
                f"other users may not read {place}, as after `umask 077`: let them read the checkout and the "
                "Python environment (chmod -R go+rX FOLDER)"
            )


def _mount(source: str, place: str, kind: str, flags: int, options: str = "") -> None:
    texts = [os.fsencode(text) for text in (source, place, kind)]
    _call("mount", *texts, ctypes.c_ulong(flags), options.encode())


def _call(name: str, *arguments: Any) -> None:
    """Call the C library; an `OSError` names the call."""
    if getattr(_kernel, name)(*arguments) != 0:
        error = ctypes.get_errno()
        raise OSError(error, f"{name}: {os.strerror(error)}")
