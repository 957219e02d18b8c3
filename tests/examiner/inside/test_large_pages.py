"""Memory in large pages: less for a fork to copy, and nothing of it lost."""

import gc
import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from examiner.inside.large_pages import settle

HAS_COLLAPSE = tuple(map(int, platform.release().split(".")[:2])) >= (6, 1)
POLICY = Path("/sys/kernel/mm/transparent_hugepage/enabled")


def large_pages():
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("AnonHugePages")).split()[1])


@pytest.mark.skipif(not HAS_COLLAPSE or not POLICY.is_file(), reason="the kernel has no MADV_COLLAPSE")
def test_memory_is_gathered_and_holds_what_it_held():
    held = [bytes([number % 251]) * 100_000 for number in range(300)]
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            before = large_pages()
            settle()
            intact = all(part == bytes([number % 251]) * 100_000 for number, part in enumerate(held))
            os.write(write, b"%d %d %d" % (large_pages() > before, intact, gc.get_freeze_count() > 0))
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as answer:
        assert answer.read() == b"1 1 1"
    os.waitpid(child, 0)


# In an interpreter of its own, as it changes from where that has its memory.
GATHERING = """
import gc
from pathlib import Path
from examiner.inside.large_pages import gather

def share_in_heap(objects):
    heap = [line.split()[0] for line in Path("/proc/self/maps").read_text().splitlines() if "[heap]" in line]
    begin, end = (int(side, 16) for side in (heap[0].split("-")[0], heap[-1].split("-")[1]))
    return sum(begin <= id(one) < end for one in objects) / len(objects)

be_ordinary = gather()
assert not gc.isenabled()
gathered = [[number] for number in range(200_000)]
be_ordinary()
assert gc.isenabled()
ordinary = [[number] for number in range(200_000)]
print(share_in_heap(gathered) > 0.9, share_in_heap(ordinary) < 0.1)
del gathered
more = [[number] for number in range(500_000)]
assert all(one == [number] for number, one in enumerate(more))
"""


def test_while_a_process_gathers_its_memory_is_one_piece_and_then_it_is_as_ever():
    ran = subprocess.run([sys.executable, "-c", GATHERING], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["True", "True"]
