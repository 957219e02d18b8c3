import os
import sys
import tempfile
import time

import pytest

from examiner.batch import surroundings as here
from examiner.batch.surroundings import surroundings


def test_the_same_place_is_described_alike(monkeypatch, tmp_path):
    before = surroundings()
    monkeypatch.chdir(tmp_path)
    (tmp_path / "gradebook.db-wal").touch()  # what a command writes beside the course is no matter
    assert surroundings() == before


def installed_later(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    before = surroundings()
    (tmp_path / "numpy-9.dist-info").mkdir()
    return before


def closed_to_others(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    before = surroundings()
    tmp_path.chmod(0o700 if tmp_path.stat().st_mode & 0o077 else 0o755)
    return before


def another_bubblewrap(monkeypatch, tmp_path):
    program = tmp_path / "bwrap"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    before = surroundings()
    program.write_text("#!/bin/sh\nexit 1\n")
    return before


def another_user(monkeypatch, _):
    before = surroundings()
    monkeypatch.setattr(os, "getuid", lambda: 12345)
    return before


def namespaces_forbidden(monkeypatch, tmp_path):
    (tmp_path / "max").write_text("15000\n")
    monkeypatch.setattr(here, "_SETTINGS", (str(tmp_path / "max"),))
    before = surroundings()
    (tmp_path / "max").write_text("0\n")
    return before


def the_next_day(monkeypatch, _):
    before, now = surroundings(), time.time()
    monkeypatch.setattr(time, "time", lambda: now + 86_400)
    return before


def another_place_for_passing_files(monkeypatch, tmp_path):
    before = surroundings()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return before


CHANGES = [
    installed_later, closed_to_others, another_bubblewrap, another_user, namespaces_forbidden, the_next_day,
    another_place_for_passing_files,
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_what_may_change_a_grade_is_another_place(monkeypatch, tmp_path, change):
    before = change(monkeypatch, tmp_path)
    assert surroundings() != before
