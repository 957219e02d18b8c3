"""`make demo` gives the same scores wherever it runs: a part of its class, in a checkout of its own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from examiner.course.facts import read_course
from examiner.gradebook import scores
from tests.examiner.conftest import ROOT
from tests.examiner.test_users import AS_SOMEBODY, give_away, works

CHOSEN = "02_poisson_glm"
CHECKOUT = (
    "course.toml",
    "nbgrader_config.py",
    "examiner",
    "neurocourse",
    f"tests/answers/{CHOSEN}",
    "source",
)
SCORES = {"all_right": 109, "one_mistake_2": 89, "half_done": 40, "blank": 0}
DEMO = [sys.executable, "-W", "ignore", "-m", "examiner", "demo", CHOSEN, "--students", *SCORES]
# No git, no compiler, no home to write to, no language and another day: all at once.
HOSTILE = {"LC_ALL": "C", "TZ": "Pacific/Kiritimati", "LANG": ""}


def checkout(folder):
    """Copy what a demonstration needs, as a clone has it."""
    for name in CHECKOUT:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        copy(ROOT / name, folder / name)
    return folder


def programs_without_git_and_compilers(folder):
    """Make a folder of programs that holds what the sandbox needs, and nothing else."""
    folder.mkdir()
    for name in ("bwrap", "sh"):
        (folder / name).symlink_to(shutil.which(name))
    return str(folder)


def scores_in(folder):
    course = read_course(folder / "demo")
    return {name: score.total for name, score in scores.scores(course, course.assignment(CHOSEN)).items()}


@pytest.fixture
def hostile(tmp_path):
    """The environment and the way to start a program as an ordinary user whose umask shuts others out."""
    home = tmp_path / "home"
    home.mkdir(mode=0o555)
    somebody = AS_SOMEBODY["ordinary_user"] if works(AS_SOMEBODY["ordinary_user"]) else []
    programs = programs_without_git_and_compilers(tmp_path / "programs")
    prefix = [Path(shutil.which(name)).as_posix() for name in somebody[:1]] + somebody[1:]
    kept = {name: value for name, value in os.environ.items() if name.startswith(("OMP_", "OPENBLAS_"))}
    return {**kept, **HOSTILE, "HOME": str(home), "PATH": programs}, [*prefix, *AS_SOMEBODY["umask_077"]]


def test_the_demo_gives_the_same_scores_on_a_hostile_machine(tmp_path, hostile):
    environment, prefix = hostile
    # As a second checkout beside the one whose package is installed.
    folder = checkout(tmp_path / "zweite Kopie, für später" / "models of neural data")
    if prefix[0].endswith("setpriv"):
        give_away(folder.parent)
        tmp_path.chmod(0o755)
    done = subprocess.run(
        [*prefix, *DEMO],
        cwd=folder, env=environment, capture_output=True, text=True, errors="replace", timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert scores_in(folder) == SCORES
    assert not any((tmp_path / "home").iterdir())
