import pytest

from examiner.commands import main
from examiner.gradebook import scores
from examiner.notebook import cells
from examiner.verdict import read_verdict, write_verdict


@pytest.fixture
def run(course, monkeypatch, capsys):
    monkeypatch.chdir(course.root)

    def run(*arguments):
        status = main(list(arguments))
        return status, capsys.readouterr()

    return run


def lines(text):
    return [" ".join(line.split()) for line in text.splitlines()]


def test_each_test_is_told_with_its_state_points_and_hint(run, hand_in):
    hand_in("ada", {"add": "def add(a, b):\n    return 3"}, timestamp="2027-02-13 10:00:00 UTC")
    run("grade")
    status, shown = run("explain", "ada", "01_adding")
    assert status == 0
    assert lines(shown.out) == [
        "ada, 01_adding: graded",
        "0 of 100 points and 5 extra, 0.5 less, handed in 10 hours late: 4.5 in total",
        "add-test failed 0 of 60",
        "add on other numbers is not right. It must use both arguments.",
        "double-test passed extra 5 of 5",
        "why to score 0 of 40",
    ]


def test_written_answers_stand_where_the_notebook_has_them(run, course, assignment, hand_in):
    path = course.path("source", assignment) / assignment.filename
    source = cells.read_notebook(path)
    source.cells.insert(3, source.cells.pop())
    path.write_text(cells.canonical_text(source))
    hand_in("ada")
    run("release")
    run("grade")
    told = lines(run("explain", "ada", "01_adding")[1].out)
    assert [line.split()[0] for line in told[2:]] == ["why", "add-test", "double-test"]


def test_a_score_that_a_person_gave_to_a_test_is_told_so_that_the_sum_adds_up(
    run, course, assignment, hand_in
):
    hand_in("ada", {"add": "def add(a, b):\n    return 3"})
    run("grade")
    with scores.open_gradebook(course) as book:
        grade = book.find_grade("add-test", "adding", assignment.name, "ada")
        grade.manual_score, grade.needs_manual_grade = 45, False
        grade = book.find_grade("double-test", "adding", assignment.name, "ada")
        grade.extra_credit = 2
        book.db.commit()
    told = lines(run("explain", "ada", "01_adding")[1].out)
    assert told[1] == "45 of 100 points and 2 extra: 47 in total"
    assert "add-test failed 45 of 60 (by a person; the test gave 0)" in told
    assert "double-test passed extra 2 of 5 (by a person; the test gave 5)" in told


def test_a_score_for_an_earlier_answer_is_told(run, course, assignment, hand_in):
    hand_in("ada")
    run("grade")
    with scores.open_gradebook(course) as book:
        grade = book.find_grade("why", "adding", assignment.name, "ada")
        grade.manual_score, grade.needs_manual_grade = 30, False
        book.db.commit()
    hand_in("ada", {"why": "Because I say so."})
    run("grade")
    told = lines(run("explain", "ada", "01_adding")[1].out)
    assert "why to score 30 of 40 (by a person; for an earlier version: look again)" in told


def test_a_cell_that_was_stopped_is_told(run, hand_in):
    hand_in("ada", {"add": "import os\nos._exit(1)"})
    run("grade")
    told = lines(run("explain", "ada", "01_adding")[1].out)
    assert told[-2:] == [
        "What happened while it ran:",
        "- The cell `add` ended the process that ran it, so it does not count.",
    ]


def test_repairs_and_the_reason_are_told_without_control_characters(run, course, assignment, hand_in):
    import dataclasses

    hand_in("ada", text="{")
    run("grade")
    folder = course.path("autograded", assignment, "ada")
    verdict = dataclasses.replace(
        read_verdict(folder), reason="It is \x1b[2Jnone.", repairs=("The file was renamed.",)
    )
    write_verdict(verdict, folder)
    told = run("explain", "ada", "01_adding")[1].out
    assert "\x1b" not in told
    assert "ada, 01_adding: unreadable\n  It is  [2Jnone.\n" in told
    assert told.endswith("Repairs:\n  - The file was renamed.\n")


def test_an_answer_left_as_it_was_is_called_no_answer(run, hand_in):
    hand_in("ada", {"why": ""})
    run("grade")
    assert "why no answer 0 of 40" in lines(run("explain", "ada", "01_adding")[1].out)


@pytest.mark.parametrize(
    ("student", "name", "error"),
    [
        ("adda", "01_adding", "'adda' has handed in nothing. Did you mean ada?"),
        ("zoe", "01_adding", "'zoe' has handed in nothing."),
        ("../..", "01_adding", "'../..' has handed in nothing."),
        ("..", "01_adding", "'..' has handed in nothing."),
        ("", "01_adding", "'' has handed in nothing."),
        ("ada/", "01_adding", "'ada/' has handed in nothing."),
        ("a" * 256, "01_adding", f"'{'a' * 256}' has handed in nothing."),
        ("ada", "01_adding", "ada/01_adding is not graded yet: run `make grade ASSIGNMENT=01_adding`"),
        ("ada", "01_ading", "but no assignment '01_ading'. Did you mean 01_adding?"),
        ("ben", "01_adding", "ben has not handed in 01_adding: submitted/ben/01_adding does not exist"),
    ],
)  # fmt: skip
def test_what_cannot_be_explained_is_one_line_that_says_why(run, course, hand_in, student, name, error):
    hand_in("ada")
    (course.root / "submitted" / "ben").mkdir()
    status, shown = run("explain", student, name)
    assert status == 2
    assert error in shown.err
    assert shown.err.count("\n") == 1
