import shutil

import nbformat
import pytest

from examiner.course.facts import read_course
from examiner.course.objectives import objectives_page, points_of_exercises
from examiner.errors import CourseError
from examiner.notebook import cells
from tests.examiner.conftest import ASSIGNMENT, make_course
from tests.exercises import check
from tests.notebooks.rehearsal import ROOT

CELL = {"add": 3, "add-test": 4, "why": 7}


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    """The tiny course with its release: copied, and never changed."""
    return make_course(tmp_path_factory.mktemp("released") / "course")


@pytest.fixture
def course(tmp_path, monkeypatch, released):
    """The tiny course, without a bank: `bank` has tests of its own."""
    course = read_course(shutil.copytree(released, tmp_path / "course"))
    monkeypatch.setattr(check, "answers", lambda *_: [])
    monkeypatch.setattr(check, "_try_answers", lambda exercise: [])
    (course.root / "neurocourse").mkdir()
    edit(course, lambda notebook: None)
    return course


def edit(course, change):
    """Change the source, and do what `make format` does."""
    path = course.root / "source" / ASSIGNMENT / "adding.ipynb"
    notebook = cells.read_notebook(path)
    change(notebook)
    path.write_text(cells.canonical_text(notebook), encoding="utf-8")
    (course.root / "docs").mkdir(exist_ok=True)
    (course.root / "docs" / "objectives.md").write_text(objectives_page(course), encoding="utf-8")


def missing(course, name="add", *, graded=False):
    exercise = check.find_exercise(course, name)
    if graded:
        return check.what_is_missing(exercise)
    return [*check._points(exercise), *check._objective(exercise), *check._form(exercise)]


@pytest.mark.parametrize("name", ["add", "why"])
def test_an_exercise_that_is_complete_lacks_nothing(course, name):
    assert missing(course, name) == []


COURSE = read_course(ROOT)
EXERCISES = [
    name
    for assignment in COURSE.assignments
    for name in points_of_exercises(
        cells.read_notebook(COURSE.path("source", assignment) / assignment.filename)
    )
]


@pytest.mark.parametrize("name", EXERCISES)
def test_no_exercise_of_the_course_lacks_points_an_objective_or_form(name):
    assert missing(COURSE, name) == []


def set_points(notebook, points):
    notebook.cells[CELL["add-test"]].metadata["nbgrader"]["points"] = points


def replace(cell, old, new):
    def change(notebook):
        source = notebook.cells[CELL[cell]].source
        assert old in source
        notebook.cells[CELL[cell]].source = source.replace(old, new)

    return change


def title(old, new):
    def change(notebook):
        notebook.cells[1].source = notebook.cells[1].source.replace(old, new)

    return change


LACKS = {
    "points": (
        lambda notebook: set_points(notebook, 0),
        [
            "It is worth no points: give its test points in the property inspector, or extra credit by "
            '"bonus": 5 in the metadata of the cell.',
            "All points of 01_adding add up to 40, expected 100.",
            "Tests of 01_adding give 0 points, expected 60 or more.",
        ],
    ),
    "a sum of 100": (
        lambda notebook: set_points(notebook, 65),
        ["All points of 01_adding add up to 105, expected 100."],
    ),
    "a heading that says its points": (
        title("- be able", "## Exercise: `add` (5 points, and 2 for speed)\n\n- be able"),
        ["Its heading says (5 points, and 2 for speed), its cells say 60."],
    ),
    "an objective": (title("`add`, ", ""), ["No objective in the title cell names `add`."]),
    "one objective": (
        title("`why`", "`why`, `add`"),
        ["2 objectives in the title cell name `add`, expected one."],
    ),
    "a solution between marks": (
        replace("add", "    ### BEGIN SOLUTION\n", ""),
        ["The cell add has no solution between ### BEGIN SOLUTION and ### END SOLUTION."],
    ),
    "a name": (
        replace("add", "def add(a, b):", "if True:"),
        ["The cell add gives nothing a name by which its tests could find it."],
    ),
    "a docstring": (
        replace("add", '    """Return a + b."""\n', ""),
        ["`add` has no docstring: say what it promises, with shapes and units."],
    ),
    "a line for where you stand": (
        replace("add-test", 'print("add: all', 'print("plus: all'),
        ['The visible part of add-test does not end in print("add: all visible checks pass.").'],
    ),
    "a hidden part": (
        replace("add-test", "HIDDEN TESTS", "OTHER TESTS"),
        ["add-test has no hidden part between ### BEGIN HIDDEN TESTS and ### END HIDDEN TESTS."],
    ),
    "a visible part": (
        replace("add-test", "checks.check_close(add(1, 2)", "dict(a=add(1, 2)"),
        ["The visible part of add-test checks nothing: show a small example with its result."],
    ),
    "what the author has to write": (
        replace("add-test", "Use +.", "FILL IN: a hint. FILL IN: more"),
        ["The cell add-test still says FILL IN, in 2 places."],
    ),
}


@pytest.mark.parametrize(("change", "said"), LACKS.values(), ids=LACKS)
def test_what_an_exercise_lacks_is_a_sentence_each(course, change, said):
    edit(course, change)
    assert missing(course) == said


def test_a_written_answer_needs_a_mark_scheme(course):
    edit(course, replace("why", "=== BEGIN MARK SCHEME ===", "Marks:"))
    assert missing(course, "why") == ["The cell why has no mark scheme for those who grade it."]


def test_a_notebook_that_was_saved_by_jupyter_is_to_be_formatted(course):
    path = course.root / "source" / ASSIGNMENT / "adding.ipynb"
    path.write_text(nbformat.writes(cells.read_notebook(path), indent=3))
    assert missing(course) == ["adding.ipynb is not in its canonical form: run `make format`."]


def test_objectives_that_are_older_than_the_notebook_are_to_be_renewed(course):
    (course.root / "docs" / "objectives.md").write_text("")
    assert missing(course) == ["docs/objectives.md does not say what the notebooks say: run `make format`."]


def test_an_exercise_that_there_is_not_is_named_with_the_nearest(course):
    with pytest.raises(CourseError, match="^no exercise is called 'ad'; did you mean add?"):
        check.find_exercise(course, "ad")


def test_both_gates_are_passed_by_an_exercise_that_is_complete(course):
    assert missing(course, graded=True) == []


def test_a_solution_that_fails_and_a_release_that_is_old_are_named(course):
    edit(course, replace("add", "return a + b", "return a - b"))
    (course.root / "release" / ASSIGNMENT / "adding.ipynb").unlink()
    found = missing(course, graded=True)
    assert found[0] == "release/01_adding/adding.ipynb is not what the source makes: run `make release`."
    assert found[1].startswith(
        "The solution does not pass add-test: add(1, 2) is not right: it is -1, expected 3."
    )


def test_a_test_that_passes_without_an_answer_is_named(course):
    def change(notebook):
        notebook.cells[CELL["add-test"]].source = (
            "from neurocourse import checks\nchecks.check(True, 'no')\n### BEGIN HIDDEN TESTS\n"
            '### END HIDDEN TESTS\nprint("add: all visible checks pass.")'
        )

    edit(course, change)
    found = missing(course, graded=True)
    assert found[-1] == "add-test passes although nothing is filled in."


def test_a_line_of_the_solution_in_the_helper_module_is_named(course):
    line = "    carried = sorted([a, b])[0] + sorted([a, b])[1]\n"
    edit(course, replace("add", "    return a + b", f"{line}    return carried"))
    (course.root / "neurocourse" / "given.py").write_text(f"def given(a, b):\n{line}    return carried\n")
    found = missing(course, graded=True)
    assert found[-1] == (
        "Students would get a line that gives it away, in neurocourse/given.py: solution of "
        "source/01_adding, "
        "cell add (carried=so…)."
    )


def test_a_source_of_which_nbgrader_makes_no_release_says_that_nothing_was_graded(course):
    edit(course, replace("add", "    ### END SOLUTION", ""))
    assert missing(course, graded=True)[-1].startswith(
        "The student's notebook cannot be made, so nothing was graded: "
    )
