import io
import shutil
import sqlite3

import nbformat
import pytest

from examiner.commands import main
from examiner.gradebook import scores
from examiner.notebook import cells
from examiner.sandbox import nursery_client
from tests.examiner.conftest import check_cell


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


def test_grading_again_runs_nothing_changes_nothing_and_still_says_what_waits(run, course, hand_in):
    hand_in("ada")
    hand_in("ben", {"why": ""})
    run("grade")
    before = gradebook_rows(course)
    assert run("grade")[1].out == (
        "01_adding: 2 unchanged\n1 answer waits for a score, of 1 student: `make mark` opens them.\n"
    )
    assert gradebook_rows(course) == before


def test_a_name_that_the_gradebook_cannot_hold_is_listed_and_the_others_are_graded(run, hand_in):
    hand_in("x" * 200)
    hand_in("ada")
    status, shown = run("grade")
    assert status == 0
    assert shown.out == (
        "01_adding: 1 graded\n  not graded: a student's name may have 128 characters, got 200: "
        "rename submitted/xxxxxxxxxxxxxxxxxxxx...\n"
        "1 answer waits for a score, of 1 student: `make mark` opens them.\n"
    )


def test_an_unknown_assignment_is_one_line_and_no_traceback(run):
    status, shown = run("grade", "02_subtracting")
    assert status == 2
    assert shown.err.startswith("examiner: course.toml lists 01_adding, but no assignment '02_subtracting'.")
    assert shown.err.count("\n") == 1


def test_grading_in_a_fresh_clone_registers_the_release_that_was_committed(run, course, hand_in):
    (course.root / "gradebook.db").unlink()
    hand_in("ada")
    status, shown = run("grade")
    assert status == 0
    assert "01_adding: its cells are in the gradebook now, as release/ has them.\n" in shown.out
    assert "01_adding: 1 graded" in shown.out


def test_grading_without_a_release_says_what_to_run(run, course):
    shutil.rmtree(course.root / "release")
    status, shown = run("grade")
    assert status == 2
    assert shown.err == (
        "examiner: nobody was graded: release/01_adding/adding.ipynb is missing. Run `make release`\n"
    )


def add_a_test(course, assignment):
    path = course.path("source", assignment) / assignment.filename
    notebook = cells.read_notebook(path)
    notebook.cells.append(check_cell("assert add(2, 2) == 4", "add-test-2"))
    nbformat.write(notebook, path)


def test_a_test_that_is_added_after_grading_is_taken_up_when_a_person_agrees(
    run, course, assignment, hand_in, monkeypatch
):
    hand_in("ada")
    run("grade")
    add_a_test(course, assignment)
    assert "release/01_adding/adding.ipynb and source/ differ in the graded cells add-test-2" in (
        run("grade")[1].err
    )
    assert (
        "  Students have been graded by other cells, so the gradebook stays as it is."
        in run("release")[1].out
    )
    status, shown = run("grade")
    assert (status, shown.out.count("add-test-2")) == (2, 1)
    monkeypatch.setattr("sys.stdin", Terminal("n\n"))
    assert run("grade")[0] == 2
    monkeypatch.setattr("sys.stdin", Terminal("y\n"))
    status, shown = run("grade")
    assert status == 0
    assert "Change the gradebook so, and grade everybody again? [y/N]" in shown.out
    assert scores.scores(course, assignment)["ada"].points == 61


class Terminal(io.StringIO):
    """What a person types."""

    def isatty(self):
        return True


def test_grading_goes_by_the_due_date_of_course_toml_and_says_so(run, course, assignment, hand_in):
    hand_in("ada", {"why": ""}, timestamp="2027-02-14 10:00:00 UTC")
    with scores.open_gradebook(course) as book:
        book.update_or_create_assignment(assignment.name, duedate="2027-03-01 12:00 UTC")
    said = (
        "01_adding: the gradebook said that it is due 2027-03-01 12:00 UTC, and now says 2027-02-12 23:59 "
        "UTC, as course.toml does. If the earlier date is right, write it there (`due` of 01_adding).\n"
    )
    assert said in run("grade")[1].out
    assert said not in run("grade")[1].out
    assert scores.scores(course, assignment)["ada"].late_penalty == 13


def test_what_lies_in_odd_places_is_listed_by_grade_and_review(run, course, hand_in):
    hand_in("ada", {"why": ""})
    hand_in("eve")
    (course.root / "submitted" / "eve" / "01_adding").rename(course.root / "submitted" / "eve" / "01_ading")
    said = (
        "Not graded, because it lies where no submission is expected (1):\n"
        "  submitted/eve/01_ading fits no assignment: did you mean submitted/eve/01_adding/?\n"
    )
    assert said in run("grade")[1].out
    assert said in run("review")[1].out


def test_students_who_left_and_work_that_is_gone_are_taken_out_by_a_command(run, course, assignment, hand_in):
    for student in ("ada", "ben", "eve"):
        hand_in(student)
    run("grade")
    shutil.rmtree(course.root / "submitted" / "ben")
    assert (
        "Graded, but not in submitted/ any more; `make remove ORPHANS=yes` takes it out (1):\n"
        "  submitted/ben/01_adding\n" in run("review")[1].out
    )
    assert "Not in the gradebook any more (1): ben/01_adding.\nWhat was there is kept in " in (
        run("remove", "--orphans")[1].out
    )
    assert "Not in the gradebook or the folders any more (1): eve." in run("remove", "eve")[1].out
    assert run("remove", "--orphans")[1].out.startswith(
        "All work in the gradebook and in autograded/ lies in"
    )
    assert list(scores.scores(course, assignment)) == ["ada"]
    assert "01_adding: 1 unchanged" in run("grade")[1].out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "nobody was removed: name students, or say --orphans for work that is not there"),
        (
            ["ada", "--orphans"],
            "nobody was removed: name students, or say --orphans for work that is not there",
        ),
        (["ada", "adda"], "nobody was removed: there is no student 'adda'; did you mean ada?"),
    ],
    ids=["nobody", "both", "unknown"],
)
def test_removing_nobody_says_why(run, course, hand_in, arguments, said):
    hand_in("ada")
    assert run("remove", *arguments)[1].err == f"examiner: {said}\n"
    assert (course.root / "submitted" / "ada").is_dir()


def test_grading_nothing_says_so(run):
    assert "01_adding: nothing in submitted/" in run("grade")[1].out


def test_the_report_shows_scores_exercises_and_the_review_list(run, course, hand_in):
    hand_in("ada", {"add": "def add(a, b):\n    return 3"})
    hand_in("ben")
    hand_in("cleo", filename="mine.ipynb", text="{")
    run("grade")
    lines = [line.split() for line in run("report")[1].out.splitlines()]
    assert ["ada", "0", "5", "5", "add"] in lines
    assert ["ben", "60", "5", "65"] in lines
    assert ["add", "1/2", "add", "on", "other", "numbers"] in [line[:6] for line in lines]
    assert "mine.ipynb is not a notebook: it is not valid JSON" in run("review")[1].out
    assert ["The", "class", "in", "pictures:", "report/index.html"] in lines
    assert (course.root / "report" / "index.html").is_file()


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
    assert line in said
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
        "Waits for a score, by `make mark` or in Formgrader (2):",
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
