"""A checkout in any folder, in any locale: it grades, and `doctor` tries what grading does."""

import os
import shutil
import subprocess
import sys

import pytest

from tests.examiner.conftest import ROOT

FOLDER = "Größe – Kurs 数 (2)"
WAITS = "1 answer waits for a score, of 1 student: `make mark` opens them."


@pytest.fixture(scope="module")
def checkout(tmp_path_factory, released_course):
    """A checkout, its environment included, in a folder with blanks and letters beyond ASCII."""
    folder = tmp_path_factory.mktemp("places") / FOLDER
    shutil.copytree(released_course, folder)
    (folder / "gradebook.db").unlink()
    for package in ("examiner", "neurocourse"):
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / ".venv").symlink_to(sys.prefix)
    return folder


def run(checkout, *arguments, **environment):
    outside = {
        name: value for name, value in os.environ.items() if name not in ("LC_ALL", "LANG", "PYTHONPATH")
    }
    return subprocess.run(
        [checkout / ".venv" / "bin" / "python", "-W", "ignore", "-m", "examiner", *arguments],
        cwd=checkout, env={**outside, **environment}, capture_output=True, text=True, encoding="utf-8",
        check=False,
    )  # fmt: skip


@pytest.mark.parametrize("language", [{"LC_ALL": "C"}, {}], ids=["C", "none"])
def test_a_folder_of_any_letters_is_released_and_graded_alike_in_any_locale(checkout, language):
    for name in ("gradebook.db", "gradebook.db-wal", "gradebook.db-shm"):
        (checkout / name).unlink(missing_ok=True)
    shutil.rmtree(checkout / "submitted", ignore_errors=True)
    shutil.rmtree(checkout / "autograded", ignore_errors=True)
    assert run(checkout, "release", **language).returncode == 0
    student = checkout / "submitted" / "Zoë 数" / "01_adding"
    student.mkdir(parents=True)
    source = (checkout / "source" / "01_adding" / "adding.ipynb").read_text(encoding="utf-8")
    (student / "adding.ipynb").write_text(source, encoding="utf-8")
    graded = run(checkout, "grade", "--jobs", "1", **language)
    assert (graded.returncode, graded.stdout) == (0, f"01_adding: 1 graded\n{WAITS}\n"), graded.stderr
    reported = run(checkout, "report", **language)
    assert ["Zoë", "数", "60", "5", "65"] in map(str.split, reported.stdout.splitlines()), reported.stderr


def test_doctor_tries_what_grading_does_in_the_very_folder_and_locale(checkout):
    done = run(checkout, "doctor", LC_ALL="C")
    assert done.returncode == 0, done.stdout
    said = "ok    the solution gets all points and the release none (01_adding), in"
    assert f"{said} {checkout}, in the locale " in done.stdout


def test_doctor_says_where_grading_fails(checkout):
    settle = checkout / "examiner" / "inside" / "large_pages.py"
    works = settle.read_text(encoding="utf-8")
    settle.write_text(works.replace("read_bytes()", "read_text('ascii').encode()"))
    try:
        done = run(checkout, "doctor")
    finally:
        settle.write_text(works, encoding="utf-8")
    assert done.returncode == 1
    assert f"FAIL  grading does not work in {checkout}, in the locale " in done.stdout


def test_a_per_cent_sign_in_the_folders_name_is_refused_in_a_sentence(checkout):
    other = checkout.with_name("50% off")
    shutil.copytree(checkout, other, symlinks=True, ignore=shutil.ignore_patterns("gradebook.db*"))
    refused = run(other, "release")
    assert refused.returncode == 2
    assert refused.stderr.splitlines()[-1] == (
        "examiner: nbgrader could not make the gradebook: `alembic`, which it calls, failed in "
        f"{other}/.venv. It cannot read a folder's name with a per cent sign: rename the folder"
    )
