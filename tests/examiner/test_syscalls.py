"""What a confined process may ask of the kernel, tried from within."""

import errno
import json
import platform

import pytest

from examiner.syscalls import ALLOWED, CLONE, CLONE3, NEWER, SOCKET, SOCKETPAIR

pytestmark = pytest.mark.skipif(
    platform.machine() not in ("x86_64", "aarch64"), reason="the calls of this machine are not listed"
)
COLUMN = 0 if platform.machine() == "x86_64" else 1
JUDGED = {call[COLUMN] for call in (CLONE, SOCKET, SOCKETPAIR)}
LISTED = {pair[COLUMN] for pair in ALLOWED.values()} - {None}
PROBES = {335, 336}  # of x86_64: the kernel asks no filter for them, and they do nothing but end their caller
ASK = """import ctypes, json
kernel = ctypes.CDLL(None, use_errno=True)
def ask(number, *arguments):
    ctypes.set_errno(0)
    kernel.syscall(number, *[ctypes.c_long(a) for a in (*arguments, -1, -1, -1)[:3]])
    return ctypes.get_errno()
"""


@pytest.fixture
def ask(student):
    """A function that makes system calls in the sandbox and returns what each was refused with."""

    def ask(*calls):
        outputs = student.run(f"{ASK}print(json.dumps([ask(*call) for call in {calls}]))", 20).outputs
        return json.loads("".join(outputs[0]["text"]))

    return ask


def test_every_call_that_is_not_listed_is_refused(ask):
    refused = [number for number in range(NEWER) if number not in LISTED | JUDGED | PROBES | {CLONE3}]
    found = dict(zip(refused, ask(*[(number,) for number in refused]), strict=True))
    assert {number: error for number, error in found.items() if error != errno.EPERM} == {}


def test_a_call_that_is_newer_than_the_list_does_not_exist(ask):
    numbers = [CLONE3, *range(NEWER, NEWER + 200), 2**30, 2**30 + 1, 2**31 - 1]
    assert set(ask(*[(number,) for number in numbers])) == {errno.ENOSYS}


@pytest.mark.parametrize("flag", [0x20000, *(1 << bit for bit in range(25, 31))], ids=hex)
def test_no_new_name_space_can_be_had(ask, flag):
    assert ask((CLONE[COLUMN], flag, 0, 0)) == [errno.EPERM]


@pytest.mark.parametrize("call", [SOCKET, SOCKETPAIR], ids=["socket", "socketpair"])
def test_sockets_are_of_three_families(ask, call):
    families = [family for family in range(46) if family not in (1, 2, 10)]
    assert set(ask(*[(call[COLUMN], family, 1, 0) for family in families])) == {errno.EAFNOSUPPORT}


def test_the_list_names_each_call_once_for_each_machine():
    for column in (0, 1):
        numbers = [pair[column] for pair in ALLOWED.values() if pair[column] is not None]
        assert len(numbers) == len(set(numbers))
        assert max(numbers) < NEWER


@pytest.mark.skipif(COLUMN, reason="numbers of x86_64")
@pytest.mark.parametrize(
    ("name", "number"),
    [("personality", 135), ("modify_ldt", 154), ("keyctl", 250), ("ptrace", 101), ("io_uring_setup", 425),
     ("memfd_create", 319), ("mount", 165), ("unshare", 272), ("bpf", 321), ("sched_setaffinity", 203),
     ("process_vm_readv", 310), ("userfaultfd", 323), ("shmget", 29), ("setuid", 105), ("seccomp", 317)],
)  # fmt: skip
def test_a_call_that_would_reach_further_is_not_on_the_list(ask, name, number):
    assert name not in ALLOWED
    assert ask((number,)) == [errno.EPERM]


def test_what_libraries_need_works(student):
    cell = "import os, socket, threading, subprocess, tempfile, signal, mmap, select, multiprocessing"
    assert student.run(cell, 20).outputs == []
    works = [
        "a, b = socket.socketpair()", "t = threading.Thread(target=print); t.start(); t.join()",
        "assert subprocess.run(['true'], start_new_session=True).returncode == 0",
        "f = tempfile.NamedTemporaryFile(); m = mmap.mmap(-1, 10)", "x = os.nice(0), os.getloadavg()",
        "socket.create_server(('127.0.0.1', 0)).close()", "e = select.epoll(); e.close()",
        "p = multiprocessing.get_context('fork').Process(target=int); p.start(); p.join()",
    ]  # fmt: skip
    for cell in works:
        shown = student.run(cell, 20).outputs
        assert not [output for output in shown if output["output_type"] == "error"], cell
