"""A class of a few kinds of mistakes, harvested: which become drafts, and that an author can accept these."""

import ast
import shutil

import nbformat
import pytest

from examiner.commands import main
from examiner.course.facts import read_course
from examiner.exam.attempt import UNFINISHED
from examiner.publishing.release import solution
from examiner.verdict import TestState, write_verdict
from tests.examiner.charts.conftest import failed
from tests.examiner.conftest import make_course, rewrite_source
from tests.exercises.bank import header

SEEN = "add(1, 2) is not right: it is {}, expected 3. Use +."
MINUS = SEEN.format(-1)
MULTIPLIED = "add(1, 2) is not right: it is 2, expected 3. Add, do not multiply."
ELSEWHERE = "add on other numbers is not right. It must use both arguments."
TEST = """from neurocourse import checks
checks.check_close(add(1, 2), 3, name="add(1, 2)", hint="Use +.", show_expected=True,
                   mistakes={"Add, do not multiply.": 2})
### BEGIN HIDDEN TESTS
checks.check_close(add(31.5, 10), 41.5, name="add on other numbers", hint="It must use both arguments.")
### END HIDDEN TESTS
print("add: all visible checks pass.")"""
# student: how the answer ended, and the answer
ANSWERS = {
    **{f"minus_{n}": (MINUS, f"def add(a, b):\n    secret_{n} = a - b  # by {n}\n    return secret_{n}")
       for n in range(3)},
    "minus_too": (MINUS, "def add(a, b):\n    return -(b - a)"),
    **{f"three_{n}": (ELSEWHERE, f'def add(a, b):\n    """secret {n}"""\n    return 3') for n in range(3)},
    **{f"error_{n}": ("Your code raised TypeError: secret", "def add(a, b):\n    return a + str(b)")
       for n in range(3)},
    "alone": (SEEN.format(7), "def add(a, b):\n    return 7"),
    "endless": (SEEN.format(8), "def add(a, b):\n    while True: pass"),
    "floods": (SEEN.format(8), "def add(a, b):\n    return [8.5] * 10**7"),
    "dies": (SEEN.format(8), "import os\ndef add(a, b):\n    os._exit(0)"),
    "by_a_text": (SEEN.format(9), "def add(a, b):\n    return len('secret!!!')"),
    "broken": (SEEN.format(8), "def add(a, b:"),
    "known": (MULTIPLIED, "def add(a, b):\n    return a*b"),
    "blank": (UNFINISHED, "def add(a, b):\n    raise NotImplementedError()"),
}  # fmt: skip


@pytest.fixture(scope="module")
def harvested(tmp_path_factory):
    """The tiny course with its class."""
    root = make_course(tmp_path_factory.mktemp("harvest") / "course")
    settings = (root / "course.toml").read_text().replace("cell_seconds = 4", "cell_seconds = 2")
    (root / "course.toml").write_text(settings)
    course = read_course(root)
    (assignment,) = course.assignments
    rewrite_source(course, assignment, lambda cells: cells["add-test"].update(source=TEST))
    for student, (message, answer) in ANSWERS.items():
        hand_in_graded(course, assignment, student, message, answer)
    return course


def hand_in_graded(course, assignment, student, message, answer):
    """Put work into a course as if it had been graded so."""
    notebook = solution(course, assignment)
    next(cell for cell in notebook.cells if cell.id == "add").source = answer
    state = TestState.ERROR if message.startswith(("Your code", UNFINISHED)) else TestState.FAILED
    verdict = failed(student, message, state=state, only_hidden=message == ELSEWHERE)
    folder = course.path("autograded", assignment, student)
    write_verdict(verdict, folder)
    shutil.copytree(folder, course.path("submitted", assignment, student))
    nbformat.write(notebook, folder / assignment.filename)


def test_frequent_mistakes_become_drafts_without_names(harvested, monkeypatch, capsys):
    monkeypatch.chdir(harvested.root)
    assert main(["harvest"]) == 0
    said = capsys.readouterr().out
    folder = harvested.root / "harvest" / "01_adding" / "add"
    drafts = {path.stem.partition("_")[0]: path for path in (folder / "wrong").iterdir()}
    assert set(drafts) == {"returns", "raises", "refused"}
    assert "add       4         returns -1" in said
    assert "add       3         raises TypeError" in said
    assert "add       3         right there; hidden checks refuse it" in said
    assert "Not drafted: 1 made a mistake that fewer than 3 made, 4 do something else" in said
    assert "1 are no Python." in said
    told = "".join(path.read_text() for path in [*drafts.values(), folder / "mistakes.md"])
    assert "secret" not in told
    assert [student for student in ANSWERS if student in told] == []
    assert 'mistakes={"FILL IN: what to look at, without giving the answer away.": -1},' in told
    for path in drafts.values():
        ast.parse(path.read_text())
        assert list(header(path)) == ["Misconception", "Hint", *["Hidden"] * path.stem.startswith("refused")]
    assert drafts["returns"].read_text().splitlines()[3:] == ["    name_1 = a - b", "    return name_1"]


def test_what_one_student_wrote_is_never_drafted(harvested, monkeypatch, capsys):
    monkeypatch.chdir(harvested.root)
    assert main(["harvest", "--least", "1"]) == 2
    assert (
        "--least must be 2 or more: what one student alone wrote is that student's" in capsys.readouterr().err
    )
