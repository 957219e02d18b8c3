"""What comes in beside a notebook is a student's: counted where it is feedback, harmless whatever it is."""

import json
import os

import nbformat
import pytest

from examiner import cells
from examiner.batch import grade
from examiner.report import report
from examiner.section_feedback import Opinion, read_opinions, sections

FIRST = "01_adding: 1. Sums"


@pytest.fixture
def say(course, assignment):
    """A function that puts a student's feedback beside a notebook, as text or as records."""
    source = course.path("source", assignment) / assignment.filename
    notebook = cells.read_notebook(source)
    notebook.cells[1].source += "\n\n## 1. Sums (5 min)\n\n## 2. Doubles (bonus, 10 min)"
    nbformat.write(notebook, source)

    def say(student, *records, text=None):
        folder = course.path("submitted", assignment, student)
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "section_feedback.json"
        path.write_text(json.dumps(list(records)) if text is None else text)
        return path

    return say


def answer(section_id=FIRST, button_name="happy", feedback=""):
    return {"section_id": section_id, "button_name": button_name, "feedback": feedback}


def test_sections_are_the_numbered_headings_without_their_times():
    texts = ["# Title\n\n## 1. A (b) c (10 min)\ntext", "## 2. What? (bonus, 5 min)\n### 3. no", "## Summary"]
    markdown = [{"cell_type": "markdown", "source": text} for text in texts]
    assert sections([*markdown, {"cell_type": "code", "source": "## 4. code"}]) == ["1. A (b) c", "2. What?"]


def test_answers_are_read_with_their_words(course, assignment, say):
    say("ada", answer(feedback="Clear."), answer("01_adding: The tutorial as a whole", "sad"))
    say("bob", answer(button_name="medium"))
    opinions, unreadable = read_opinions(course, assignment)
    assert opinions == [
        Opinion("1. Sums", "happy", "Clear."),
        Opinion("The tutorial as a whole", "sad", ""),
        Opinion("1. Sums", "medium", ""),
    ]
    assert unreadable == 0


def test_a_student_counts_once_for_each_section(course, assignment, say):
    say("ada", *[answer(button_name=name) for name in ("sad", "sad", "happy")])
    assert read_opinions(course, assignment)[0] == [Opinion("1. Sums", "happy", "")]


@pytest.mark.parametrize(
    "record",
    [
        answer(section_id="01_adding: 9. None such"),
        answer(section_id="02_other: 1. Sums"),
        answer(button_name="ecstatic"),
        answer(section_id=["x"]),
        answer(feedback={"a": 1}),
        {},
        "text",
        None,
    ],
    ids=["no section", "elsewhere", "no answer", "a list", "a dict", "empty", "text", "nothing"],
)
def test_what_the_form_cannot_have_written_is_left_out(course, assignment, say, record):
    say("eve", record, answer())
    assert read_opinions(course, assignment) == ([Opinion("1. Sums", "happy", "")], 0)


@pytest.mark.parametrize(
    "text",
    ["", "{", '{"a": 1}', "[" * 90_000, f'["{"x" * 100_000}"]', "NaN"],
    ids=["empty", "cut short", "no list", "deep", "large", "no JSON"],
)
def test_a_file_that_is_no_feedback_is_counted_as_unreadable(course, assignment, say, text):
    say("eve", text=text)
    assert read_opinions(course, assignment) == ([], 1)


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("/etc/hostname"), os.mkdir])
def test_only_regular_files_are_opened(course, assignment, say, make):
    path = say("eve")
    path.unlink()
    make(path)
    assert read_opinions(course, assignment) == ([], 1)


def test_the_report_counts_averages_and_shows_words_without_control_characters(
    course, assignment, say, hand_in
):
    for student, name, words in (("ada", "happy", ""), ("bob", "sad", "Too \x1b[2Jfast"), ("eve", "sad", "")):
        hand_in(student)
        say(student, answer(button_name=name, feedback=words))
    say("zoe", text="{")
    grade(course, assignment, "ada")
    lines = report(course, assignment).splitlines()
    start = next(place for place, line in enumerate(lines) if line.startswith("section "))
    assert lines[start].split("  ")[0] == "section"
    assert lines[start + 2].split() == ["1.", "Sums", "3", "1", "0", "2", "1.7"]
    assert lines[start + 3] == "  1. Sums: Too  [2Jfast"
    assert lines[start + 4] == "  (1 files section_feedback.json could not be read)"


def test_a_report_without_feedback_does_not_speak_of_it(course, assignment, hand_in):
    hand_in("ada")
    grade(course, assignment, "ada")
    assert "section" not in report(course, assignment)
