"""What happens to grades when an exam's cells change after somebody was graded."""

import csv
from dataclasses import replace

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell

from examiner.batch import agreement
from examiner.errors import NotAgreed, NotReleased
from examiner.gradebook import scores
from examiner.gradebook.database import connect, open_gradebook
from examiner.gradebook.schema import read_layout
from examiner.notebook import cells
from examiner.publishing.release import release
from examiner.verdict import TestResult, TestState, WrittenAnswer
from tests.examiner.conftest import nbgrader_cell
from tests.examiner.verdicts import verdict_on


def edit(course, assignment, change):
    """Change the source's cells, by name, and release it as `make release` does then."""
    path = course.path("source", assignment) / assignment.filename
    notebook = cells.read_notebook(path)
    change(notebook, {cell.id: cell for cell in notebook.cells})
    nbformat.write(notebook, path)
    release(course, assignment, in_gradebook=agreement.is_in_step(course, assignment))


def add_a_test(notebook, _):
    answer = nbgrader_cell(new_code_cell("def halve(a):\n    return a / 2"), "halve", solution=True)
    notebook.cells += [
        answer,
        nbgrader_cell(new_code_cell("assert halve(4) == 2"), "halve-test", grade=True, points=10),
    ]


def add_a_question(notebook, _):
    cell = new_markdown_cell("YOUR ANSWER HERE")
    notebook.cells.append(nbgrader_cell(cell, "how", grade=True, solution=True, points=10))


def remove(name):
    def change(notebook, _):
        notebook.cells = [cell for cell in notebook.cells if cell.id != name]

    return change


def rename(old, new):
    def change(_, by_id):
        by_id[old].metadata["nbgrader"]["grade_id"] = by_id[old].id = new

    return change


def give_points(name, points):
    def change(_, by_id):
        by_id[name].metadata["nbgrader"]["points"] = points

    return change


@pytest.fixture
def graded(course, assignment, each_database):
    """Ada, whose written answer a person has scored with a comment, and Ben, who failed the test."""
    scores.record(course, assignment, verdict_on("ada"))
    scores.record(course, assignment, verdict_on("ben", add=False))
    with open_gradebook(course) as book:
        grade = book.find_grade("why", "adding", assignment.name, "ada")
        grade.manual_score, grade.needs_manual_grade = 30, False
        book.find_comment("why", "adding", assignment.name, "ada").manual_comment = "Well put."
        book.db.commit()
    return course


@pytest.fixture
def agree(course, assignment):
    """A function that lets source and gradebook agree, and returns what was said."""

    def agree(*, answer):
        said = []
        try:
            agreement.agree(course, [assignment], said.append, lambda question: answer)
        except NotAgreed as refusal:
            said.append(str(refusal))
        return "\n".join(said)

    return agree


def book_of(course, assignment):
    return scores.scores(course, assignment)


def layout_of(course, assignment):
    with connect(course) as connection:
        layout = read_layout(connection, assignment)
    return {cell.name: cell.max_score for cell in layout.graded}


CHANGES = {
    "a test is added": (add_a_test, "halve-test  added         10      0"),
    "a question is added": (add_a_question, "how   added         10      0"),
    "a test is removed": (remove("add-test"), "add-test  removed       60      1"),
    "a question is removed": (remove("why"), "why   removed       40      1                     1 taken out"),
    "a test is renamed": (rename("add-test", "add-test-2"), "add-test-2  was add-test  60      1"),
    "a question is renamed": (
        rename("why", "because"),
        "because  was why       40      1                     1 stay",
    ),
    "points change": (give_points("add-test", 20), "add-test  points        60 → 20  1"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_table_says_what_changes_and_without_a_yes_nothing_does(graded, assignment, agree, change):
    before = book_of(graded, assignment), layout_of(graded, assignment)
    edit(graded, assignment, CHANGES[change][0])
    assert (graded.path("release", assignment) / assignment.filename).is_file()
    said = agree(answer=False)
    assert said.startswith(
        "01_adding: the source has other graded cells than those by which 2 students are graded:\n"
    )
    assert CHANGES[change][1] in said
    assert "nothing was changed and nobody was graded, as gradebook and source/ differ in 01_adding" in said
    assert (book_of(graded, assignment), layout_of(graded, assignment)) == before


@pytest.mark.parametrize("change", CHANGES)
def test_after_a_yes_the_gradebook_has_the_cells_of_the_source_and_asks_no_more(
    graded, assignment, agree, change
):
    edit(graded, assignment, CHANGES[change][0])
    assert "the gradebook has the cells of source/ now." in agree(answer=True)
    source = cells.read_notebook(graded.path("source", assignment) / assignment.filename)
    wanted = {cells.grade_id(cell): cells.points(cell) for cell in cells.graded(source.cells)}
    assert layout_of(graded, assignment) == wanted
    assert agree(answer=False) == ""


@pytest.mark.parametrize("change", [name for name in CHANGES if name != "a question is removed"])
def test_what_a_person_gave_is_carried_over(graded, assignment, agree, change):
    edit(graded, assignment, CHANGES[change][0])
    agree(answer=True)
    ada = book_of(graded, assignment)["ada"]
    name = "because" if change == "a question is renamed" else "why"
    assert (ada.written[name].points, ada.comments[name]) == (30, "Well put.")


def test_what_is_taken_out_is_kept_in_a_file(graded, assignment, agree):
    edit(graded, assignment, remove("why"))
    assert "Taken out with the scores and comments that a person gave (1):\n  ada: why 30 with a comment" in (
        agree(answer=False)
    )
    assert not (graded.root / ".examiner" / "removed").exists()
    said = agree(answer=True)
    (path,) = (graded.root / ".examiner" / "removed").iterdir()
    assert f"What is taken out is kept in .examiner/removed/{path.name}." in said
    with path.open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["manual_score"]]
    assert [(row["student"], row["cell"], row["manual_score"], row["comment"]) for row in rows] == [
        ("ada", "why", "30.0", "Well put.")
    ]
    assert book_of(graded, assignment)["ada"].points == 60


def test_new_points_never_meet_an_old_maximum(graded, assignment, agree):
    edit(graded, assignment, give_points("add-test", 20))
    assert layout_of(graded, assignment)["add-test"] == 60  # the release alone changes nothing
    agree(answer=True)
    book = book_of(graded, assignment)
    assert [(book[name].earned["add-test"], book[name].max_points) for name in ("ada", "ben")] == [
        (20, 60),
        (0, 60),
    ]


def test_scores_above_the_new_maximum_are_listed(graded, assignment, agree):
    edit(graded, assignment, give_points("why", 20))
    assert "Above the new maximum, which a person must look at (1):\n  ada: why 30 with a comment" in agree(
        answer=True
    )
    assert book_of(graded, assignment)["ada"].above_maximum == {"why": (30, 20)}


def test_verdicts_on_the_new_cells_are_recorded(graded, assignment, agree):
    def change(notebook, by_id):
        add_a_test(notebook, by_id)
        add_a_question(notebook, by_id)
        remove("double-test")(notebook, by_id)

    edit(graded, assignment, change)
    agree(answer=True)
    before = verdict_on("ada")
    halve = TestResult("halve-test", "halve", TestState.PASSED, 10, 0)
    how = WrittenAnswer("how", True, "1" * 16)
    verdict = replace(before, tests=(before.tests[0], halve), written=(*before.written, how))
    scores.record(graded, assignment, verdict)
    score = book_of(graded, assignment)["ada"]
    assert score.earned == {"add-test": 60, "halve-test": 10, "why": 30, "how": 0}
    assert (score.bonus, score.max_points, score.to_grade, score.to_recheck) == (0, 120, 1, 0)


def test_a_renamed_notebook_keeps_its_grades(graded, assignment, agree):
    folder = graded.path("source", assignment)
    (folder / "adding.ipynb").rename(folder / "sums.ipynb")
    assignment = replace(assignment, notebook="sums")
    edit(graded, assignment, lambda *_: None)
    said = []
    agreement.agree(graded, [assignment], said.append, lambda question: True)
    assert "sums  the notebook was adding" in said[0]
    assert book_of(graded, assignment)["ada"].written["why"].points == 30


def test_two_questions_of_the_same_text_are_not_taken_for_renamed(graded, assignment, agree):
    def change(notebook, by_id):
        remove("why")(notebook, by_id)
        add_a_question(notebook, by_id)
        cell = new_markdown_cell("YOUR ANSWER HERE")
        notebook.cells.append(nbgrader_cell(cell, "where", grade=True, solution=True, points=10))

    edit(graded, assignment, change)
    said = agree(answer=False)
    assert "why    removed" in said
    assert "was why" not in said


def test_cells_that_nobody_was_graded_by_change_without_a_question(course, assignment, agree):
    path = course.path("source", assignment) / assignment.filename
    notebook = cells.read_notebook(path)
    add_a_test(notebook, {})
    nbformat.write(notebook, path)
    with pytest.raises(NotReleased, match="differ in the graded cells halve, halve-test: run `make release`"):
        agree(answer=False)
    edit(course, assignment, lambda *_: None)
    assert agree(answer=False) == ""
    assert layout_of(course, assignment)["halve-test"] == 10


def test_a_release_that_the_gradebook_does_not_know_is_registered(course, assignment, agree, each_database):
    with open_gradebook(course) as book:
        book.remove_assignment(assignment.name)
    before = (course.path("release", assignment) / assignment.filename).read_bytes()
    assert agree(answer=False) == "01_adding: its cells are in the gradebook now, as release/ has them."
    assert layout_of(course, assignment) == {"add-test": 60, "double-test": 0, "why": 40}
    assert (course.path("release", assignment) / assignment.filename).read_bytes() == before


@pytest.mark.parametrize(
    ("harm", "why"),
    [
        (lambda path: path.unlink(), "is missing"),
        (lambda path: path.write_text("{"), "cannot be read ("),
    ],
    ids=["missing", "damaged"],
)
def test_a_release_that_is_not_there_is_said_in_one_line(course, assignment, agree, harm, why):
    harm(course.path("release", assignment) / assignment.filename)
    with pytest.raises(NotReleased) as refusal:
        agree(answer=True)
    assert str(refusal.value).startswith(f"nobody was graded: release/01_adding/adding.ipynb {why}")
    assert str(refusal.value).endswith(". Run `make release`")
