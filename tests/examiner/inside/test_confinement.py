"""A nursery's fork is the first process of a namespace of its own, where the nursery may make one."""

import os
import subprocess
import sys

import pytest

FORKS = """
import os
from examiner.inside import confinement
{before}
for _ in range(3):
    child = confinement.fork_as_first()
    if child == 0:
        os._exit(10 + os.getpid() if os.getpid() < 5 else 20)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
ordinary = os.fork()
if ordinary == 0:
    os._exit(10 + os.getpid() if os.getpid() < 5 else 20)
print(os.waitstatus_to_exitcode(os.waitpid(ordinary, 0)[1]))
"""

root = pytest.mark.skipif(os.getuid() != 0, reason="only root makes namespaces without more ado")


def forked(before=""):
    command = [sys.executable, "-c", FORKS.format(before=before)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@root
def test_each_fork_is_process_1_and_those_after_it_are_ordinary():
    assert forked().stdout.split() == ["11", "11", "11", "20"]


@root
def test_who_may_not_make_namespaces_forks_an_ordinary_process():
    assert forked("os.setresuid(65534, 65534, 65534)").stdout.split() == ["20", "20", "20", "20"]


@root
def test_a_nursery_that_cannot_go_back_ends_before_it_forks_among_a_students_processes():
    ran = forked("confinement._kernel.setns = lambda *_: -1")
    assert (ran.returncode, ran.stdout) == (1, "")
