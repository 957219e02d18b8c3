"""What a student process may not ask of the kernel: a seccomp filter for bubblewrap.

A name space hides files, processes and networks; it does not hide keyrings, which every process of a user
shares, sockets to the host of a virtual machine, or memory that no process has mapped and no guard counts.
The filter refuses these, and the name spaces of one's own in which other limits would not hold.
"""

from __future__ import annotations

import errno
import platform
import struct

# Numbers of the calls in the kernel's tables for x86_64 and aarch64.
_REFUSED = {
    "acct": (163, 89), "add_key": (248, 217), "bpf": (321, 280), "chroot": (161, 51), "fsopen": (430, 430),
    "io_uring_setup": (425, 425), "kcmp": (312, 272), "keyctl": (250, 219), "memfd_create": (319, 279),
    "memfd_secret": (447, 447), "mount": (165, 40), "mount_setattr": (442, 442), "move_mount": (429, 429),
    "mq_open": (240, 180), "msgget": (68, 186), "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265), "open_tree": (428, 428), "perf_event_open": (298, 241),
    "pidfd_getfd": (438, 438), "pivot_root": (155, 41),
    "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "ptrace": (101, 117),
    "request_key": (249, 218), "semget": (64, 190), "setns": (308, 268), "shmget": (29, 194),
    "syslog": (103, 116), "umount2": (166, 39), "unshare": (272, 97), "userfaultfd": (323, 282),
}  # fmt: skip
_CLONE, _CLONE3, _SOCKET = (56, 220), (435, 435), (41, 198)
_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
_X32 = 0x40000000
_NEW_NAMESPACES = 0x7E020000
_FAMILIES = (1, 2, 10, 16)  # Unix, IPv4, IPv6, netlink; there is no network behind them

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _MACHINE, _ARGUMENT = 0, 4, 16
_ALLOW, _KILL, _FAIL = 0x7FFF0000, 0x80000000, 0x00050000


def seccomp_filter() -> bytes:
    """Return the program for `bwrap --seccomp`; it is empty for a machine whose calls are not listed."""
    if platform.machine() not in _MACHINES:
        return b""
    column, machine = _MACHINES[platform.machine()]
    program = [
        _step(_LOAD, _MACHINE), _step(_EQUAL, machine, 1, 0), _step(_RETURN, _KILL),
        _step(_LOAD, _NUMBER), *_refuse(_AT_LEAST, _X32, errno.ENOSYS),
        *_refuse(_EQUAL, _CLONE3[column], errno.ENOSYS),  # the C library then uses clone, which can be judged
    ]  # fmt: skip
    for numbers in _REFUSED.values():
        program += _refuse(_EQUAL, numbers[column], errno.EPERM)
    program += [_step(_EQUAL, _CLONE[column], 0, 4), _step(_LOAD, _ARGUMENT)]
    program += [*_refuse(_ANY_BIT, _NEW_NAMESPACES, errno.EPERM), _step(_RETURN, _ALLOW)]
    program += [_step(_EQUAL, _SOCKET[column], 1, 0), _step(_RETURN, _ALLOW), _step(_LOAD, _ARGUMENT)]
    for family in _FAMILIES:
        program += [_step(_EQUAL, family, 0, 1), _step(_RETURN, _ALLOW)]
    return b"".join([*program, _step(_RETURN, _FAIL | errno.EAFNOSUPPORT)])


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)


def _refuse(test: int, value: int, error: int) -> list[bytes]:
    return [_step(test, value, 0, 1), _step(_RETURN, _FAIL | error)]
