"""Plain `nbgrader autograde` with the course's settings gives the scores that `make grade` gives."""

import random

import nbformat
import pytest
from nbgrader.converters import Autograde

from examiner import cells, gradebook
from examiner.batch import grade
from examiner.converters import run_converter
from examiner.course import read_course
from examiner.release import release, solution
from tests.notebooks.rehearsal import ROOT, answers

ASSIGNMENTS = [assignment.name for assignment in read_course(ROOT).assignments]


def mixture(course, assignment, seed):
    """Return a notebook with an answer of the bank for each exercise, and which of them are right."""
    rng = random.Random(seed)
    notebook, right = solution(course, assignment), {}
    for cell in notebook.cells:
        bank = answers(assignment.name, cells.grade_id(cell) or "none")
        if bank:
            kind = rng.choice(["right", "wrong"])
            path = rng.choice([path for path in bank if path.parts[-2] == kind])
            cell.source, right[cells.grade_id(cell)] = path.read_text(encoding="utf-8"), kind == "right"
    return notebook, right


def auto_scores(course, assignment, student):
    with gradebook.open_gradebook(course) as book:
        notebook = book.find_submission_notebook(assignment.notebook, assignment.name, student)
        return {grade.name: (grade.auto_score, grade.extra_credit) for grade in notebook.grades}


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_nbgrader_autograde_and_make_grade_give_equal_scores(course_copy, name):
    assignment = course_copy.assignment(name)
    release(course_copy, assignment)
    notebook, right = mixture(course_copy, assignment, seed=name)
    folder = course_copy.path("submitted", assignment, "ada")
    folder.mkdir(parents=True)
    nbformat.write(notebook, folder / assignment.filename)

    verdict, _ = grade(course_copy, assignment, "ada", anew=True)
    gradebook.record(course_copy, assignment, verdict)
    ours = auto_scores(course_copy, assignment, "ada")
    passed = {name: all(t.state == "passed" for t in tests) for name, tests in verdict.by_exercise().items()}
    assert passed == right, verdict.notes

    (course_copy.root / "gradebook.db").unlink()
    release(course_copy, assignment)
    run_converter(Autograde, course_copy, assignment, "ada")
    assert auto_scores(course_copy, assignment, "ada") == ours
