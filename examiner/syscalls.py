"""What a confined process may ask of the kernel: a seccomp filter that is a list of what is allowed.

A name space hides files, processes and networks; it does not hide keyrings, which every process of a user
shares, sockets to the host of a virtual machine, or memory that no process has mapped and no guard counts.
A list of what is refused would miss what the next kernel brings. So the filter allows what Python and the
scientific libraries need, and refuses everything else as "not permitted". Calls that are newer than this
list do not exist for a confined process, by which libraries see that they must do without.
"""

from __future__ import annotations

import errno
import itertools
import platform
import struct
from collections.abc import Iterable

# Numbers of the calls in the kernel's tables for x86_64 and aarch64, which lacks the older ones.
ALLOWED: dict[str, tuple[int, int | None]] = {
    # Files and folders.
    "read": (0, 63), "write": (1, 64), "open": (2, None), "close": (3, 57), "stat": (4, None),
    "fstat": (5, 80), "lstat": (6, None), "poll": (7, None), "lseek": (8, 62), "pread64": (17, 67),
    "pwrite64": (18, 68), "readv": (19, 65), "writev": (20, 66), "access": (21, None), "pipe": (22, None),
    "select": (23, None), "dup": (32, 23), "dup2": (33, None), "sendfile": (40, 71), "fcntl": (72, 25),
    "flock": (73, 32), "fsync": (74, 82), "fdatasync": (75, 83), "truncate": (76, 45),
    "ftruncate": (77, 46), "getdents": (78, None), "getcwd": (79, 17), "chdir": (80, 49),
    "fchdir": (81, 50), "rename": (82, None), "mkdir": (83, None), "rmdir": (84, None), "creat": (85, None),
    "link": (86, None), "unlink": (87, None), "symlink": (88, None), "readlink": (89, None),
    "chmod": (90, None), "fchmod": (91, 52), "chown": (92, None), "fchown": (93, 55), "lchown": (94, None),
    "umask": (95, 166), "utime": (132, None), "mknod": (133, None), "ustat": (136, None),
    "statfs": (137, 43), "fstatfs": (138, 44), "readahead": (187, 213), "getxattr": (191, 8),
    "lgetxattr": (192, 9), "fgetxattr": (193, 10), "listxattr": (194, 11), "llistxattr": (195, 12),
    "flistxattr": (196, 13), "getdents64": (217, 61), "fadvise64": (221, 223), "utimes": (235, None),
    "openat": (257, 56), "mkdirat": (258, 34), "mknodat": (259, 33), "fchownat": (260, 54),
    "futimesat": (261, None), "newfstatat": (262, 79), "unlinkat": (263, 35), "renameat": (264, 38),
    "linkat": (265, 37), "symlinkat": (266, 36), "readlinkat": (267, 78), "fchmodat": (268, 53),
    "faccessat": (269, 48), "pselect6": (270, 72), "ppoll": (271, 73), "splice": (275, 76),
    "sync_file_range": (277, 84), "utimensat": (280, 88), "fallocate": (285, 47), "dup3": (292, 24),
    "pipe2": (293, 59), "preadv": (295, 69), "pwritev": (296, 70), "renameat2": (316, 276),
    "copy_file_range": (326, 285), "preadv2": (327, 286), "pwritev2": (328, 287), "statx": (332, 291),
    "close_range": (436, 436), "openat2": (437, 437), "faccessat2": (439, 439), "ioctl": (16, 29),
    "inotify_init": (253, None), "inotify_add_watch": (254, 27), "inotify_rm_watch": (255, 28),
    "inotify_init1": (294, 26),
    # Memory.
    "mmap": (9, 222), "mprotect": (10, 226), "munmap": (11, 215), "brk": (12, 214), "mremap": (25, 216),
    "msync": (26, 227), "mincore": (27, 232), "madvise": (28, 233), "mlock": (149, 228),
    "munlock": (150, 229), "mlockall": (151, 230), "munlockall": (152, 231), "mlock2": (325, 284),
    "get_mempolicy": (239, 236), "pkey_mprotect": (329, 288), "pkey_alloc": (330, 289),
    "pkey_free": (331, 290), "membarrier": (324, 283),
    # Processes: their own, and nobody else's.
    "sched_yield": (24, 124), "getpid": (39, 172), "fork": (57, None),
    "vfork": (58, None), "execve": (59, 221), "exit": (60, 93), "wait4": (61, 260), "kill": (62, 129),
    "uname": (63, 160), "getrlimit": (97, 163), "getrusage": (98, 165), "times": (100, 153),
    "getuid": (102, 174), "getgid": (104, 176), "geteuid": (107, 175), "getegid": (108, 177),
    "setpgid": (109, 154), "getppid": (110, 173), "getpgrp": (111, None), "setsid": (112, 157),
    "getgroups": (115, 158), "getresuid": (118, 148), "getresgid": (120, 150), "getpgid": (121, 155),
    "getsid": (124, 156), "capget": (125, 90), "setrlimit": (160, 164), "setpriority": (141, 140),
    "getpriority": (140, 141), "sched_getparam": (143, 121), "sched_getscheduler": (145, 120),
    "sched_get_priority_max": (146, 125), "sched_get_priority_min": (147, 126),
    "sched_rr_get_interval": (148, 127), "prctl": (157, 167), "arch_prctl": (158, None),
    "gettid": (186, 178), "tkill": (200, 130), "futex": (202, 98), "sched_getaffinity": (204, 123),
    "set_tid_address": (218, 96), "exit_group": (231, 94), "tgkill": (234, 131), "waitid": (247, 95),
    "set_robust_list": (273, 99), "get_robust_list": (274, 100), "getcpu": (309, 168),
    "prlimit64": (302, 261), "execveat": (322, 281), "rseq": (334, 293), "pidfd_open": (434, 434),
    "pidfd_send_signal": (424, 424), "futex_waitv": (449, 449), "sysinfo": (99, 179),
    "restart_syscall": (219, 128), "ioprio_get": (252, 31),
    # Signals.
    "rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135), "rt_sigreturn": (15, 139), "pause": (34, None),
    "alarm": (37, None), "setitimer": (38, 103), "getitimer": (36, 102), "rt_sigpending": (127, 136),
    "rt_sigtimedwait": (128, 137), "rt_sigqueueinfo": (129, 138), "rt_sigsuspend": (130, 133),
    "sigaltstack": (131, 132), "signalfd": (282, None), "signalfd4": (289, 74),
    "rt_tgsigqueueinfo": (297, 240),
    # Time.
    "nanosleep": (35, 101), "gettimeofday": (96, 169), "time": (201, None), "timer_create": (222, 107),
    "timer_settime": (223, 110), "timer_gettime": (224, 108), "timer_getoverrun": (225, 109),
    "timer_delete": (226, 111), "clock_gettime": (228, 113), "clock_getres": (229, 114),
    "clock_nanosleep": (230, 115), "timerfd_create": (283, 85), "timerfd_settime": (286, 86),
    "timerfd_gettime": (287, 87),
    # Sockets, of families that `socket` may open, and chance.
    "connect": (42, 203), "accept": (43, 202), "sendto": (44, 206), "recvfrom": (45, 207),
    "sendmsg": (46, 211), "recvmsg": (47, 212), "shutdown": (48, 210), "bind": (49, 200),
    "listen": (50, 201), "getsockname": (51, 204), "getpeername": (52, 205), "setsockopt": (54, 208),
    "getsockopt": (55, 209), "accept4": (288, 242), "recvmmsg": (299, 243), "sendmmsg": (307, 269),
    "epoll_create": (213, None), "epoll_ctl": (233, 21), "epoll_wait": (232, None),
    "epoll_pwait": (281, 22), "epoll_create1": (291, 20), "epoll_pwait2": (441, 441),
    "eventfd": (284, None), "eventfd2": (290, 19), "getrandom": (318, 278),
}  # fmt: skip
# Allowed by their first argument: no new name spaces, and sockets of these families alone.
CLONE, SOCKET, SOCKETPAIR = (56, 220), (41, 198), (53, 199)
_NEW_NAMESPACES = 0x7E020000
_FAMILIES = (1, 2, 10)  # Unix, IPv4, IPv6; there is no network behind them
# Calls from here on are newer than this list.
NEWER = 452
CLONE3 = 435  # its arguments cannot be judged; without it, the C library uses clone

_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _MACHINE, _ARGUMENT = 0, 4, 16
_ALLOW, _KILL, _FAIL = 0x7FFF0000, 0x80000000, 0x00050000


def seccomp_filter() -> bytes:
    """Return the filter as the kernel takes it; it is empty for a machine whose calls are not listed."""
    if platform.machine() not in _MACHINES:
        return b""
    column, machine = _MACHINES[platform.machine()]
    numbers = {pair[column] for pair in ALLOWED.values()} - {None}
    program = [_step(_LOAD, _MACHINE), _step(_EQUAL, machine, 1, 0), _return(_KILL), _step(_LOAD, _NUMBER)]
    program += _if(
        _AT_LEAST, NEWER, [_return(_FAIL | errno.ENOSYS)]
    )  # also those of x32, which begin at 2^30
    program += _if(_EQUAL, CLONE3, [_return(_FAIL | errno.ENOSYS)])
    for first, last in _runs(number for number in numbers if number is not None):
        program += _if(_AT_LEAST, first, _unless_beyond(last))
    program += _if(_EQUAL, CLONE[column], [_step(_LOAD, _ARGUMENT), *_without_new_namespaces()])
    for call in (SOCKET, SOCKETPAIR):
        program += _if(_EQUAL, call[column], [_step(_LOAD, _ARGUMENT), *_of_known_family()])
    return b"".join([*program, _return(_FAIL | errno.EPERM)])


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Return numbers as runs without a gap, each by its first and its last."""
    runs: list[tuple[int, int]] = []
    for _, run in itertools.groupby(enumerate(sorted(numbers)), key=lambda pair: pair[1] - pair[0]):
        found = [number for _, number in run]
        runs.append((found[0], found[-1]))
    return runs


def _unless_beyond(last: int) -> list[bytes]:
    return [_step(_AT_LEAST, last + 1, 1, 0), _return(_ALLOW)]


def _without_new_namespaces() -> list[bytes]:
    return [*_if(_ANY_BIT, _NEW_NAMESPACES, [_return(_FAIL | errno.EPERM)]), _return(_ALLOW)]


def _of_known_family() -> list[bytes]:
    known = [step for family in _FAMILIES for step in _if(_EQUAL, family, [_return(_ALLOW)])]
    return [*known, _return(_FAIL | errno.EAFNOSUPPORT)]


def _if(test: int, value: int, steps: list[bytes]) -> list[bytes]:
    """Return these steps, to be jumped over where the test does not hold."""
    return [_step(test, value, 0, len(steps)), *steps]


def _return(value: int) -> bytes:
    return _step(_RETURN, value)


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)
