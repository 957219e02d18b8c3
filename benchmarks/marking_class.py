"""Puts a class with synthetic written answers into a copy of the course: graded notebooks and gradebook.

Nothing is run: tests of code are recorded as passed, as if `make grade` had done it.
"""

import hashlib
import shutil

import nbformat

from benchmarks.written_answers import draw_class
from examiner.course.facts import read_course
from examiner.exam import examination
from examiner.gradebook.recording import open_writer
from examiner.notebook import cells
from examiner.publishing.release import release
from examiner.verdict import SubmissionState, TestState, Verdict, WrittenAnswer, write_verdict
from tests.examiner.conftest import ROOT

ASSIGNMENT = "01_lnp_encoding"


def copied_course(root):
    """Return a released copy of the course's first tutorial, alone."""
    root.mkdir(parents=True)
    shutil.copy(ROOT / "nbgrader_config.py", root)
    head, first, *_ = (ROOT / "course.toml").read_text(encoding="utf-8").split("[[assignments]]")
    (root / "course.toml").write_text(f"{head}[[assignments]]{first}", encoding="utf-8")
    shutil.copytree(ROOT / "source" / ASSIGNMENT, root / "source" / ASSIGNMENT)
    course = read_course(root)
    release(course, course.assignment(ASSIGNMENT))
    return course


def hand_in(course, n_students, seed=0):
    """Put a class into a course, and return what each of its answers says and earns."""
    assignment = course.assignment(ASSIGNMENT)
    drawn = draw_class(n_students, seed)
    released = cells.read_notebook(course.path("release", assignment) / assignment.filename)
    source = cells.read_notebook(course.path("source", assignment) / assignment.filename)
    tests = tuple(examination.exam_tests(source))
    with open_writer(course) as writer:
        for student, answers in drawn.items():
            verdict = _write(course, assignment, student, released, answers, tests)
            writer.record(assignment, verdict)
    return drawn


def _write(course, assignment, student, released, answers, tests):
    notebook = nbformat.from_dict(released)
    written = []
    for cell in notebook.cells:
        name = cells.grade_id(cell)
        if name in answers:
            text = answers[name].text
            cell.source = cell.source.replace("YOUR ANSWER HERE", text) if text else cell.source
            digest = hashlib.sha256(text.encode()).hexdigest()[:16]
            written.append(WrittenAnswer(name, True, digest))
    folder = course.path("autograded", assignment, student)
    folder.mkdir(parents=True)
    nbformat.write(notebook, folder / assignment.filename)
    handed_in = course.path("submitted", assignment, student)
    handed_in.mkdir(parents=True)
    verdict = Verdict(
        student, assignment.name, SubmissionState.GRADED, tests=_passed(tests), written=tuple(written)
    )
    write_verdict(verdict, folder)
    return verdict


def _passed(tests):
    from dataclasses import replace

    return tuple(replace(test, state=TestState.PASSED) for test in tests)
