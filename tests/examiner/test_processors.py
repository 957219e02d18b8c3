"""Each submission has a processor of its own, as long as there is one."""

import contextlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from examiner import processors
from examiner.processors import lent_processor

ROOT = Path(processors.__file__).parents[1]


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_no_two_have_the_same_and_whoever_comes_last_has_all_of_them():
    every = sorted(os.sched_getaffinity(0))
    with contextlib.ExitStack() as stack:
        lent = [stack.enter_context(lent_processor()) for _ in range(len(every) + 1)]
    assert sorted(sum(lent, [])) == every
    assert lent[-1] == []


def test_what_is_given_back_is_lent_again():
    with lent_processor() as first:
        pass
    with lent_processor() as second:
        assert first == second != []


def test_another_process_of_the_same_user_knows_what_is_lent(own_folder):
    code = "from examiner.processors import lent_processor\nwith lent_processor() as lent: print(lent)"
    with lent_processor() as ours:
        told = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "TMPDIR": str(own_folder), "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    assert not set(ours) & set(eval(told))


def test_where_nobody_can_tell_none_is_lent(own_folder):
    (own_folder / f"examiner-processors-{os.getuid()}").write_text("")
    with lent_processor() as lent:
        assert lent == []


def test_a_link_in_the_place_of_a_lock_is_not_followed(own_folder):
    folder = own_folder / f"examiner-processors-{os.getuid()}"
    folder.mkdir()
    for number in os.sched_getaffinity(0):
        (folder / str(number)).symlink_to(own_folder / "elsewhere")
    with lent_processor() as lent:
        assert lent == []
    assert not (own_folder / "elsewhere").exists()
