import nbformat
import pytest

from examiner.course.facts import read_course
from examiner.course.launch import launch_links, published_path
from examiner.errors import CourseError
from examiner.gradebook.converters import ConversionFailed
from examiner.notebook import cells
from examiner.publishing.release import release, solution, solve
from tests.examiner.conftest import rewrite_source


def released(course, assignment):
    return cells.read_notebook(course.path("release", assignment) / assignment.filename)


def test_the_release_holds_stubs_and_no_solution_hidden_test_or_mark_scheme(course, assignment):
    sources = {cell.id: cell.source for cell in released(course, assignment).cells}
    assert sources["add"].endswith("# YOUR CODE HERE\n    raise NotImplementedError()")
    assert "41.5" not in sources["add-test"]
    assert "add(1, 2)" in sources["add-test"]
    assert sources["why"] == "YOUR ANSWER HERE"


def test_the_release_opens_with_launch_links(course, assignment):
    assert released(course, assignment).cells[0].source == launch_links(course, published_path(assignment))


def test_the_release_is_told_its_exercises_sections_and_where_feedback_goes(course, assignment):
    told = "{{ tutorial }}; {{ exercises }}; {{ sections }}; {{ feedback_endpoint }}; {{ feedback_key }}"

    def ask(by_id):
        by_id["title"].source += "\n\n## 1. Sums (5 min)\n\n## 2. Why (is it so)?\n\n## Summary"
        by_id["setup"].source = f'told = "{told}"'
        by_id["double-test"].source += '\nprint("double: all visible checks pass.")'

    rewrite_source(course, assignment, ask)
    path = course.root / "course.toml"
    section = '[feedback]\nendpoint = "https://data.example.org"\nproject = "p"\nuser_key = "k"\n'
    path.write_text(path.read_text().replace("[[assign", f"{section}\n[[assign"))
    release(read_course(course.root), assignment)
    assert released(course, assignment).cells[2].source == (
        'told = "01_adding; add (60) | double (5, bonus) | why (40, written); 1. Sums | 2. Why (is it so)?; '
        'https://data.example.org/api/v1/projects/p; k"'
    )


def test_test_cells_are_folded_and_answers_are_not(course, assignment):
    folded = {cell.id for cell in released(course, assignment).cells if "jupyter" in cell.metadata}
    assert folded == {"add-test", "double-test"}


def test_releasing_twice_writes_the_same_bytes(course, assignment):
    path = course.path("release", assignment) / assignment.filename
    before = path.read_bytes()
    release(course, assignment)
    assert path.read_bytes() == before


def test_a_new_repository_in_course_toml_reaches_the_links(course, assignment):
    path = course.root / "course.toml"
    path.write_text(path.read_text().replace("YOUR-ORGANISATION/tiny", "somewhere/else"))
    release(read_course(course.root), assignment)
    assert "somewhere/else" in released(course, assignment).cells[0].source


def test_a_source_that_nbgrader_refuses_names_the_reason(course, assignment):
    def forget_the_end(by_id):
        by_id["add"].source = by_id["add"].source.replace("### END SOLUTION", "")

    rewrite_source(course, assignment, forget_the_end)
    with pytest.raises(ConversionFailed, match="no end solution statement found"):
        release(course, assignment)


def test_a_solution_has_outputs_and_nothing_that_is_for_instructors_only(course, assignment):
    notebook = cells.read_notebook(solve(course, assignment))
    text = nbformat.writes(notebook)
    assert "all visible checks pass." in text
    assert "return a + b" in text
    for private in ("BEGIN SOLUTION", "HIDDEN", "41.5", "MARK SCHEME", "One point"):
        assert private not in text


def test_a_solution_is_a_notebook_that_a_student_could_hand_in(course, assignment):
    ids = [cell.id for cell in solution(course, assignment).cells]
    assert ids == [cell.id for cell in released(course, assignment).cells]


def test_a_solution_that_fails_names_assignment_and_error(course, assignment):
    def break_it(by_id):
        by_id["setup"].source = "1 / 0"

    rewrite_source(course, assignment, break_it)
    with pytest.raises(
        CourseError, match="source/01_adding: a cell of the solution fails(.|\n)*ZeroDivisionError"
    ):
        solve(course, assignment)
