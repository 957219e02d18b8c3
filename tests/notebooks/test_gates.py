"""What holds for every notebook of the course, by real grading and by reading."""

import nbformat
import pytest

from examiner.batch.run import grade
from examiner.course.facts import read_course
from examiner.notebook import cells
from examiner.publishing.release import solution
from examiner.verdict import TestState
from tests.notebooks.rehearsal import ROOT, answers

COURSE = read_course(ROOT)
ASSIGNMENTS = [assignment.name for assignment in COURSE.assignments]

pytestmark = pytest.mark.parametrize("name", ASSIGNMENTS)


@pytest.fixture
def verdict_on(fresh_course):
    def verdict_on(name, text, student):
        assignment = fresh_course.assignment(name)
        folder = fresh_course.path("submitted", assignment, student)
        folder.mkdir(parents=True)
        (folder / assignment.filename).write_text(text, encoding="utf-8")
        return grade(fresh_course, assignment, student)[0]

    return verdict_on


def source_of(name):
    return cells.read_notebook(ROOT / "source" / name / COURSE.assignment(name).filename)


def test_the_committed_release_is_what_the_source_generates(fresh_course, name):
    filename = COURSE.assignment(name).filename
    generated = (fresh_course.root / "release" / name / filename).read_bytes()
    assert (ROOT / "release" / name / filename).read_bytes() == generated, "run `make release`"


def test_the_source_is_in_canonical_form(name):
    path = ROOT / "source" / name / COURSE.assignment(name).filename
    assert path.read_text(encoding="utf-8") == cells.canonical_text(source_of(name)), "run `make format`"


def test_points_add_up_to_100_with_60_or_more_graded_by_tests(name):
    graded = cells.graded(source_of(name).cells)
    assert sum(map(cells.points, graded)) == 100
    assert sum(cells.points(cell) for cell in graded if cells.is_test(cell)) >= 60


def test_cell_ids_are_unique_and_each_solution_has_a_test_or_is_written(name):
    all_cells = source_of(name).cells
    ids = [cell.id for cell in all_cells]
    assert len(set(ids)) == len(ids)
    tested = {cells.exercise_name(cell) for cell in all_cells if cells.is_test(cell)}
    code = {cells.grade_id(c) for c in all_cells if cells.is_solution(c) and not cells.is_written(c)}
    assert tested == code


def test_the_release_holds_nothing_of_solutions_hidden_tests_or_mark_schemes(name):
    """Every line that only instructors may see is searched for in the release."""
    text = (ROOT / "release" / name / COURSE.assignment(name).filename).read_text(encoding="utf-8")
    released = nbformat.reads(text, 4).cells
    source = source_of(name).cells
    public = lines_of(cells.without_solution(cells.without_hidden_tests(cell.source)) for cell in source)
    private = lines_of(cell.source for cell in source) - public
    assert len(private) > 50
    assert private & lines_of(cell.source for cell in released) == set()
    assert "BEGIN" not in text
    assert not any(cell.get("outputs") for cell in released)


def lines_of(sources):
    return {line.strip() for source in sources for line in source.splitlines()} - {""}


def test_the_untouched_release_scores_nothing(verdict_on, name):
    released = (ROOT / "release" / name / COURSE.assignment(name).filename).read_text(encoding="utf-8")
    verdict = verdict_on(name, released, "blank")
    assert {test.state for test in verdict.tests} == {TestState.ERROR}
    assert {test.message for test in verdict.tests} == {"This exercise is not filled in yet."}
    assert (verdict.points, verdict.bonus) == (0, 0)


def test_the_solution_scores_everything(verdict_on, fresh_course, name):
    solved = nbformat.writes(solution(fresh_course, fresh_course.assignment(name)))
    verdict = verdict_on(name, solved, "solved")
    assert [test for test in verdict.tests if test.state is not TestState.PASSED] == []
    assert verdict.points == sum(test.max_points for test in verdict.tests)


def test_a_real_grading_refuses_what_the_rehearsal_refuses(verdict_on, fresh_course, name):
    """One wrong answer of every exercise at once, through nbgrader and a kernel of its own."""
    notebook = solution(fresh_course, fresh_course.assignment(name))
    hints = {}
    for cell in notebook.cells:
        wrong = answers(name, cells.grade_id(cell) or "none", "wrong")
        if wrong:
            cell.source = wrong[0].read_text(encoding="utf-8")
            hints[cells.grade_id(cell)] = cell.source.splitlines()[1].removeprefix("# Hint: ")
    verdict = verdict_on(name, nbformat.writes(notebook), "wrong")
    messages = {}
    for test in verdict.tests:
        if test.state is not TestState.PASSED:
            messages[test.exercise] = messages.get(test.exercise, "") + test.message
    assert messages.keys() == hints.keys()
    missed = {name: messages[name] for name, hint in hints.items() if hint not in messages[name]}
    assert missed == {}
