"""Assignments as released, with their solved notebooks ready to be mangled."""

import json
import random

import pytest

from examiner.course.facts import read_course
from examiner.intake.files import read_files
from examiner.intake.repair import repair
from examiner.intake.submission import read_submission
from examiner.notebook import cells
from examiner.publishing.release import solution
from tests.examiner.conftest import ASSIGNMENT, ROOT
from tests.examiner.intake.manglings import MANGLINGS, as_handed_in, marked

POISSON = "02_poisson_glm"


class Case:
    """An assignment as released, and its solved notebook ready to be mangled."""

    def __init__(self, course, name, folder):
        self.assignment = course.assignment(name)
        path = course.path("release", self.assignment) / self.assignment.filename
        self.released = cells.read_notebook(path)
        self.solved = marked(solution(course, self.assignment), self.released)
        self.folder = folder / name
        self.folder.mkdir()

    def repaired(self, notebook):
        """Hand in a mangled notebook, and return it repaired."""
        text = json.dumps(as_handed_in(notebook), indent=1)
        (self.folder / self.assignment.filename).write_text(text)
        return repair(read_submission(read_files(self.folder), self.assignment).notebook, self.released)

    def mangled(self, names, seed=0):
        notebook = self.solved
        for name in names:
            notebook = MANGLINGS[name](notebook, random.Random(seed))
        return notebook


@pytest.fixture(scope="module")
def cases(released_course, tmp_path_factory):
    folder = tmp_path_factory.mktemp("handed_in")
    courses = {ASSIGNMENT: read_course(released_course), POISSON: read_course(ROOT)}
    return {name: Case(course, name, folder) for name, course in courses.items()}


@pytest.fixture
def tiny(cases):
    return cases[ASSIGNMENT]
