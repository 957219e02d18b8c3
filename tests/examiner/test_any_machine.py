"""`make demo` gives the same scores wherever it runs: a part of its class, in a checkout of its own."""

import shutil
import subprocess
import sys
import tempfile
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
HOSTILE = ["-u", "PYTHONPATH", "LC_ALL=C", "LANG=", "TZ=Pacific/Kiritimati"]


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
def place():
    """A folder that others may reach: each new run of pytest closes the one in which its own lie."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@pytest.mark.parametrize("somebody", ["ordinary_user", "this_user"])
def test_the_demo_gives_the_same_scores_on_a_hostile_machine(place, somebody):
    prefix = AS_SOMEBODY.get(somebody, [])
    if prefix and not works(prefix):
        pytest.skip(f"{prefix[0]} does not work here, or cannot run {sys.executable}")
    # As a second checkout beside the one whose package is installed.
    folder = checkout(place / "zweite Kopie, für später" / "models of neural data")
    home = place / "home"
    home.mkdir(mode=0o555)  # for root that is no hindrance, for an ordinary user it is
    programs = programs_without_git_and_compilers(place / "programs")
    if prefix:
        give_away(place)
    hostile = [shutil.which("env"), *HOSTILE, f"HOME={home}", f"PATH={programs}"]
    done = subprocess.run(
        [*prefix, *hostile, *AS_SOMEBODY["umask_077"], *DEMO],
        cwd=folder, capture_output=True, text=True, errors="replace", timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert scores_in(folder) == SCORES
    assert somebody == "this_user" or not any(home.iterdir())
