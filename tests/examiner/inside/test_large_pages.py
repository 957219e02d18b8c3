"""Memory in large pages: less for a fork to copy, and nothing of it lost."""

import gc
import os
import platform
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
