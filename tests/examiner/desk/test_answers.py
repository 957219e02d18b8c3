"""Answers of a class are read once, and again where a notebook has changed."""

import nbformat
import pytest

from examiner.desk import answers
from examiner.desk.answers import ClassAnswers, Written
from examiner.publishing.release import solution


@pytest.fixture
def write(course, assignment):
    """A function that writes a student's graded notebook with an answer."""

    def write(student, text, attachments=None):
        notebook = solution(course, assignment)
        for cell in notebook.cells:
            if cell.id == "why":
                cell.source = text
                if attachments:
                    cell.attachments = attachments
        folder = course.path("autograded", assignment, student)
        folder.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, folder / assignment.filename)

    return write


def test_answers_are_kept_and_what_changed_is_read_again(course, assignment, write, monkeypatch):
    write("ada", "One.")
    write("ben", "Two.", {"p.png": {"image/png": "AAAA"}})
    read = ClassAnswers(course, assignment)
    assert read.read()["ada"] == {"why": Written("One.")}
    assert read.read()["ben"]["why"].pictures
    write("ada", "Another.")
    asked = []
    real = answers._read
    monkeypatch.setattr(answers, "_read", lambda path: [asked.append(path), real(path)][1])
    later = ClassAnswers(course, assignment)
    assert later.read()["ada"] == {"why": Written("Another.")}
    assert later.read()["ben"] == read.read()["ben"]
    assert [path.parent.parent.name for path in asked] == ["ada", "ada"]


@pytest.mark.parametrize("kept", ["", "[]", '{"version": 0}', '{"version": 1, "students": {"ada": [1]}}'])
def test_what_was_kept_by_another_version_or_cut_short_is_read_anew(course, assignment, write, kept):
    write("ada", "One.")
    path = course.root / ".examiner" / "desk" / f"{assignment.name}.json"
    path.parent.mkdir(parents=True)
    path.write_text(kept)
    assert ClassAnswers(course, assignment).read() == {"ada": {"why": Written("One.")}}


def test_a_notebook_that_cannot_be_read_stops_nobody(course, assignment, write):
    write("ada", "One.")
    folder = course.path("autograded", assignment, "ben")
    folder.mkdir(parents=True)
    (folder / assignment.filename).write_text("{")
    assert ClassAnswers(course, assignment).read() == {"ada": {"why": Written("One.")}, "ben": {}}
