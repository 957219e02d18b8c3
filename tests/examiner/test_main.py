import shutil
import sqlite3

import pytest

from examiner.commands import main
from examiner.gradebook import scores
from examiner.sandbox import nursery_client


@pytest.fixture
def run(course, monkeypatch, capsys):
    monkeypatch.chdir(course.root)

    def run(*arguments):
        status = main(list(arguments))
        return status, capsys.readouterr()

    return run


def gradebook_rows(course):
    with sqlite3.connect(course.root / "gradebook.db") as book:
        rows = book.execute(
            "select cell_id, auto_score, extra_credit, needs_manual_grade from grade"
        ).fetchall()
    book.close()
    return rows


def test_release_says_that_links_lead_nowhere_while_the_repository_is_a_placeholder(run):
    status, shown = run("release")
    assert status == 0
    assert shown.out.splitlines() == [
        "release/01_adding/adding.ipynb",
        "Launch links lead nowhere until you replace YOUR-ORGANISATION/tiny in course.toml (`repository`).",
    ]


def test_grading_a_class_lists_what_needs_a_person_and_goes_on(run, hand_in):
    hand_in("ada", text="{")
    hand_in("ben")
    status, shown = run("grade")
    assert status == 0
    assert (
        "01_adding: 1 graded, 1 unreadable\nNeeds a person (1):\n  submitted/ada/01_adding: unreadable. "
        in shown.out
    )


def test_grading_again_runs_nothing_and_changes_nothing(run, course, hand_in):
    hand_in("ada")
    run("grade")
    before = gradebook_rows(course)
    assert "01_adding: 1 unchanged" in run("grade")[1].out
    assert gradebook_rows(course) == before


def test_a_name_that_the_gradebook_cannot_hold_is_listed_and_the_others_are_graded(run, hand_in):
    hand_in("x" * 200)
    hand_in("ada")
    status, shown = run("grade")
    assert status == 0
    assert shown.out == (
        "01_adding: 1 graded\n  not graded: a student's name may have 128 characters, got 200: "
        "rename submitted/xxxxxxxxxxxxxxxxxxxx...\n"
    )


def test_an_unknown_assignment_is_one_line_and_no_traceback(run):
    status, shown = run("grade", "02_subtracting")
    assert status == 2
    assert shown.err.startswith("examiner: course.toml lists 01_adding, but no assignment '02_subtracting'.")
    assert shown.err.count("\n") == 1


def test_grading_before_the_release_says_what_to_run(run, course):
    (course.root / "gradebook.db").unlink()
    status, shown = run("grade")
    assert status == 2
    assert "examiner: 01_adding is not in the gradebook yet: run `make release` first" in shown.err


def test_grading_nothing_says_so(run):
    assert "01_adding: nothing in submitted/" in run("grade")[1].out


def test_the_report_shows_scores_exercises_and_the_review_list(run, hand_in):
    hand_in("ada", {"add": "def add(a, b):\n    return 3"})
    hand_in("ben")
    hand_in("cleo", filename="mine.ipynb", text="{")
    run("grade")
    lines = [line.split() for line in run("report")[1].out.splitlines()]
    assert ["ada", "0", "5", "5", "add"] in lines
    assert ["ben", "60", "5", "65"] in lines
    assert ["add", "1/2", "add", "on", "other", "numbers"] in [line[:6] for line in lines]
    assert "mine.ipynb is not a notebook: it is not valid JSON" in run("review")[1].out


def test_a_report_before_grading_says_what_to_do(run, hand_in):
    hand_in("ada")
    assert "nothing is graded yet" in run("report")[1].out


@pytest.mark.parametrize("command", ["report", "review", "feedback"])
def test_assignments_that_nobody_handed_in_take_one_line_together(run, course, assignment, hand_in, command):
    other = course.root / "source" / "02_halving"
    shutil.copytree(course.path("source", assignment), other)
    (other / "adding.ipynb").rename(other / "halving.ipynb")
    text = (course.root / "course.toml").read_text()
    more = [f'\n[[assignments]]\nname = "{name}"\ntitle = "T"\n' for name in ("02_halving", "03_thirds")]
    shutil.copytree(other, course.root / "source" / "03_thirds")
    (course.root / "course.toml").write_text(text + "".join(more))
    hand_in("ada")
    run("grade", "01_adding")
    said = run(command)[1].out
    line = "Nobody has handed in 02_halving, 03_thirds: put notebooks in submitted/, then run `make grade`.\n"
    assert said.endswith(line)
    assert said.count("02_halving") == said.count("03_thirds") == 1


def test_feedback_counts_its_pages(run, hand_in):
    hand_in("ada")
    run("grade")
    assert run("feedback")[1].out == "01_adding: 1 pages in feedback/\n"


def test_format_asks_for_objectives_in_the_title_cell_and_lists_them(run, course):
    run("format")
    assert "| be able to add | `add` | 60 |  |  |" in (course.root / "docs" / "objectives.md").read_text()


def test_format_puts_the_source_into_canonical_form(run, course, assignment):
    path = course.path("source", assignment) / assignment.filename
    path.write_text(path.read_text().replace("\n ", ""))
    run("format")
    formatted = path.read_text()
    assert formatted.startswith('{\n "cells": [\n')
    run("format")
    assert path.read_text() == formatted


def test_review_counts_the_answers_that_wait_for_a_score_of_each_student(run, course, assignment, hand_in):
    hand_in("ada")
    hand_in("ben")
    hand_in("cleo", {"why": ""})
    run("grade")
    with scores.open_gradebook(course) as book:
        grade = book.find_grade("why", "adding", assignment.name, "ben")
        grade.manual_score, grade.needs_manual_grade = 30, False
        book.db.commit()
    hand_in("ben", {"why": "Because I say so."})
    run("grade")
    assert run("review")[1].out.splitlines() == [
        "01_adding: Adding and doubling",
        "Waits for a score in Formgrader (2):",
        "  ada: 1 to score",
        "  ben: 1 to score again, because the answer has changed since",
    ]


def test_review_says_when_nothing_needs_a_person(run, hand_in):
    hand_in("ada", {"why": ""})
    run("grade")
    assert run("review")[1].out.endswith("\nNothing needs a person.\n")


def test_grading_without_a_sandbox_warns_before_anything_is_run(run, hand_in):
    hand_in("ada")
    status, shown = run("grade", "--no-sandbox")
    assert status == 0
    assert shown.err.startswith("\n  WARNING: --no-sandbox: every notebook runs with your rights, ")
    assert (
        "The notebook ran without a sandbox, with the rights of the grader."
        in run("explain", "ada", "01_adding")[1].out
    )


def test_grading_where_no_sandbox_works_refuses_and_says_what_to_install(run, course, hand_in, monkeypatch):
    hand_in("ada")
    monkeypatch.setattr(
        nursery_client, "what_is_not_installed", lambda: "bwrap is missing: install bubblewrap."
    )
    status, shown = run("grade")
    assert status == 2
    assert "examiner: nothing was graded. bwrap is missing: install bubblewrap.\n" in shown.err
    assert not (course.root / "autograded").exists()


def test_review_names_submissions_without_a_date(run, hand_in):
    hand_in("ada", {"why": ""}, timestamp="soon")
    hand_in("ben", {"why": ""}, timestamp="2027-02-12 10:00:00 UTC")
    run("grade")
    assert run("review")[1].out.splitlines()[1:] == [
        "Nobody can say when these were handed in, so they count as in time (1):",
        "  submitted/ada/01_adding/timestamp.txt says “soon”, which is not a date with a time of day: "
        "write in it when the work was handed in, like 2027-02-12 10:00:00 UTC",
    ]


def test_a_zone_that_had_to_be_assumed_is_said_once_in_a_command(run, course, hand_in):
    for student in ("ada", "ben"):
        hand_in(student, {"why": ""}, timestamp="2027-02-12 10:00:00")
    said = "Time stamps without a zone (2) are read in the course's zone, UTC (`timezone` in course.toml)."
    assert run("grade")[1].out.count(said) == 1
    assert run("review")[1].out.count(said) == 1
    assert run("report")[1].out.count(said) == 1
    log = run("grade", "--log")[1]
    assert (log.out.count(said), log.err.count(said)) == (0, 1)


def test_report_and_grade_name_what_has_no_time_too(run, hand_in):
    hand_in("ada", {"why": ""}, timestamp="2027-02-12 20:30:00 PST")
    for command in ("grade", "report"):
        assert "submitted/ada/01_adding/timestamp.txt says “2027-02-12 20:30:00 PST”: “PST” is not UTC" in (
            run(command)[1].out
        )


ODD_NAME = "ada\x1b[2J\u202e\x07"


@pytest.mark.parametrize(
    "command",
    [["grade"], ["grade", "--log"], ["feedback"], ["report"], ["review"], ["explain", ODD_NAME, "01_adding"],
     ["explain", "nobody\x1b[2J", "01_adding"]],
    ids=lambda command: " ".join(command[:1]),
)  # fmt: skip
def test_no_name_or_text_of_a_student_acts_on_the_terminal(run, course, hand_in, command):
    hand_in(ODD_NAME, {"add": "def add(a, b):\n    raise ValueError('\x1b[31m\u202e')"})
    hand_in("\x1b[2J" + "x" * 150)
    hand_in("broken", text="{", filename="adding \x1b[2J.ipynb")
    if command[0] != "grade":
        run("grade")
    _, shown = run(*command)
    told = (shown.out + shown.err).replace("\r", "").replace("\n", "")
    assert [letter for letter in told if not letter.isprintable()] == []
    assert told
