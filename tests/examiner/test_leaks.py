"""No page of the real course tells what its hidden tests hold."""

import html
import re
import shutil

import nbformat
import pytest

from examiner import cells, gradebook
from examiner.batch import grade
from examiner.course import read_course
from examiner.feedback import write_feedback
from examiner.release import release, solution
from tests.examiner.conftest import ROOT

ASSIGNMENTS = [assignment.name for assignment in read_course(ROOT).assignments]
STUDENT, OTHER = "quirin_ostertag", "wanda_brzeska"
HIDDEN = re.compile(r"BEGIN HIDDEN TESTS(.*?)(?=^[^\n]*END HIDDEN TESTS)", re.DOTALL | re.MULTILINE)
NUMBER = re.compile(r"(?<![\w.])\d+\.?\d+(?![\w.])")


@pytest.fixture(scope="session")
def real_course(tmp_path_factory):
    root = tmp_path_factory.mktemp("real")
    shutil.copytree(ROOT / "source", root / "source")
    for name in ("course.toml", "nbgrader_config.py"):
        shutil.copy(ROOT / name, root)
    return read_course(root)


def wrong_answers(assignment):
    """Return one wrong answer for every exercise of an assignment."""
    folders = sorted((ROOT / "tests" / "answers" / assignment).glob("*/wrong"))
    return {folder.parent.name: min(folder.glob("*.py")).read_text() for folder in folders}


@pytest.fixture(params=ASSIGNMENTS)
def graded(request, real_course):
    """An assignment, wrong answers to all its exercises, and the page of the student who gave them."""
    assignment = real_course.assignment(request.param)
    release(real_course, assignment)
    answers = wrong_answers(assignment.name)
    notebook = solution(real_course, assignment)
    for cell in notebook.cells:
        cell.source = answers.get(cells.grade_id(cell), cell.source)
    for student, text in {STUDENT: nbformat.writes(notebook), OTHER: "{"}.items():
        folder = real_course.path("submitted", assignment, student)
        folder.mkdir(parents=True)
        (folder / assignment.filename).write_text(text)
        gradebook.record(real_course, assignment, grade(real_course, assignment, student)[0])
    pages = {path.parts[-3]: path.read_text() for path in write_feedback(real_course, assignment)}
    assert set(pages) == {STUDENT, OTHER}
    return assignment, answers, pages[STUDENT]


def text_of(page):
    page = re.sub(r"<style.*?</style>|<img[^>]*>", "", page, flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>", "", page))


def test_no_page_holds_a_hidden_line_a_reference_value_or_another_name(real_course, graded):
    assignment, answers, page = graded
    source = cells.read_notebook(real_course.path("source", assignment) / assignment.filename)
    hidden = "\n".join(part for cell in source.cells for part in HIDDEN.findall(cell.source))
    released = (real_course.path("release", assignment) / assignment.filename).read_text()
    solved = "\n".join(cell.source for cell in solution(real_course, assignment).cells)
    theirs = "\n".join([released, solved, *answers.values()])
    text = text_of(page)
    assert "✗ not yet" in text
    lines = {line.strip() for line in hidden.splitlines() if len(line.strip()) > 8}
    assert len(lines) > 50
    assert [line for line in lines if line in text and line not in theirs] == []
    values = {value for value in NUMBER.findall(hidden) if len(value) > 3}
    assert values & set(NUMBER.findall(text)) <= set(NUMBER.findall(theirs))
    assert [
        word for word in ("HIDDEN", "stand_in", "Traceback", "<test>", "reference_") if word in text
    ] == []
    assert OTHER not in page
