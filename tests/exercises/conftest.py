"""A checkout of the course in a folder of its own, in which an author may work."""

import os
import shutil
import subprocess
import sys

import pytest

from tests.notebooks.rehearsal import ROOT

_FILES = ("course.toml", "nbgrader_config.py", "CONTRIBUTING.md", "docs/objectives.md", "tests/__init__.py")
_FOLDERS = ("source", "release", "examiner", "neurocourse", "tests/exercises", "tests/answers/02_poisson_glm")
_NOTEBOOKS = ("tests/notebooks/__init__.py", "tests/notebooks/rehearsal.py")


@pytest.fixture
def checkout(tmp_path):
    """The parts of a checkout that the commands of an author need."""
    root = tmp_path / "checkout"
    for name in (*_FILES, *_NOTEBOOKS):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, root / name)
    for name in _FOLDERS:
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__", "test_*"))
    return root


@pytest.fixture
def python(checkout):
    """A function that runs a module in that checkout and returns its exit status and what it printed."""

    def python(module, *arguments):
        environment = os.environ | {"PYTHONPATH": str(checkout), "GRADEBOOK_URL": ""}
        command = [sys.executable, "-m", module, *arguments]
        done = subprocess.run(
            command, cwd=checkout, env=environment, capture_output=True, text=True, timeout=600
        )
        return done.returncode, done.stdout + done.stderr

    return python
