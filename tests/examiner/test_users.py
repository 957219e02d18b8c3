"""Grading as somebody else: an ordinary user, root of a rootless container, a umask that shuts others out."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from examiner.gradebook import scores
from tests.examiner.conftest import ROOT


def way_to_python():
    """Return what begins a program where others may run this Python, which may lie in root's home.

    There, a mount of this program's own lays an open folder over the closed one, with nothing else in it.
    """
    path = Path(sys.executable).resolve()
    closed = [place for place in path.parents if not place.stat().st_mode & 0o001]
    if not closed:
        return []
    home = closed[-1]
    inside = home / path.relative_to(home).parts[0]
    script = (
        'mount --bind "$2" /mnt && mount -t tmpfs -o mode=755 tmpfs "$1" && mkdir "$2" '
        '&& mount --move /mnt "$2" && shift 2 && exec "$@"'
    )
    return ["unshare", "--mount", "sh", "-c", script, "sh", str(home), str(inside)]


AS_SOMEBODY = {
    "umask_077": ["sh", "-c", 'umask 077; exec "$@"', "sh"],
    "root_of_a_rootless_container": ["unshare", "--user", "--map-root-user"],
    "ordinary_user": [
        *way_to_python(),
        *["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--bounding-set=-all"],
    ],
}
GRADE = [sys.executable, "-W", "ignore", "-m", "examiner", "grade"]


def works(prefix):
    """Return whether somebody can be had here, and may run this Python."""
    program = [*prefix, sys.executable, "-c", "import os, sys; os.stat(sys.executable)"]
    return shutil.which(prefix[0]) and subprocess.run(program, capture_output=True).returncode == 0


@pytest.mark.parametrize("somebody", AS_SOMEBODY)
def test_grades_are_right_whoever_grades(course, assignment, hand_in, tmp_path, somebody):
    prefix = AS_SOMEBODY[somebody]
    if not works(prefix):
        pytest.skip(f"{prefix[0]} does not work here, or cannot run {sys.executable}")
    hand_in("right")
    hand_in("wrong", {"add": "def add(a, b):\n    return 3"})
    if somebody == "ordinary_user":
        give_away(tmp_path)
    done = subprocess.run(
        [*prefix, *GRADE],
        cwd=course.root,
        env={
            **os.environ,
            "HOME": str(course.root),
            "PYTHONPATH": str(ROOT),
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    totals = {student: score.total for student, score in scores.scores(course, assignment).items()}
    assert totals == {"right": 65, "wrong": 5}


def give_away(folder):
    """Let another user own a folder, and reach it through those above that pytest has made."""
    for path in [folder, *folder.rglob("*")]:
        os.chown(path, 65534, 65534, follow_symlinks=False)
    shared = Path(tempfile.gettempdir()).resolve()
    for parent in [folder, *folder.resolve().parents]:
        if shared in parent.parents:
            parent.chmod(parent.stat().st_mode | 0o011)
