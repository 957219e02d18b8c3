"""Copies of the course, in which tests may release, hand in and grade."""

import shutil

import pytest

from examiner.course.facts import read_course
from examiner.publishing.folder import checked_tree, write_folder
from examiner.publishing.release import release
from tests.notebooks.rehearsal import ROOT


def copy_course(root):
    root.mkdir()
    for entry in ("course.toml", "nbgrader_config.py"):
        shutil.copy(ROOT / entry, root)
    shutil.copytree(ROOT / "source", root / "source")
    return read_course(root)


@pytest.fixture
def course_copy(tmp_path):
    """The course's sources in a folder of their own."""
    return copy_course(tmp_path / "course")


@pytest.fixture(scope="session")
def fresh_course(tmp_path_factory):
    """The course, copied and released anew."""
    course = copy_course(tmp_path_factory.mktemp("fresh") / "course")
    for assignment in course.assignments:
        release(course, assignment)
    return course


@pytest.fixture(scope="session")
def published(tmp_path_factory):
    """The folder of the student repository: read it, do not change it."""
    folder = tmp_path_factory.mktemp("published") / "repository"
    write_folder(checked_tree(read_course(ROOT)), folder)
    return folder
