"""An examination: what is run, what is known, and what the graded notebook shows."""

from dataclasses import replace

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from examiner.course.facts import Limits
from examiner.errors import GraderAtFault
from examiner.exam import examination
from examiner.exam.examination import Conditions, Earlier, Submission, exam_tests, show_results, students_of
from examiner.exam.notebook_run import NotebookRun
from examiner.verdict import TestState
from tests.examiner.conftest import check_cell, notebook_of

LIMITS = Limits(cell_seconds=5, total_seconds=60)
CONDITIONS = Conditions(LIMITS)


@pytest.fixture
def examine(nursery):
    """A function that examines a notebook by student processes of this one."""

    def examine(notebook, source, released, conditions=CONDITIONS, earlier=None):
        submission = Submission(notebook, source, released)
        return examination.examine(submission, conditions, students_of(nursery, LIMITS), earlier)

    return examine


def test_an_examination_runs_cells_and_tests_and_gives_the_same_twice(examine):
    source = notebook_of(
        "import random\nprint(random.random())", check_cell("assert f(2) == 4"), new_markdown_cell("x")
    )
    source.cells.insert(0, new_code_cell("def f(x):\n    return 2 * x", id="f"))

    def once():
        notebook = nbformat.from_dict(source)
        examined = examine(notebook, source, source)
        return examined.tests, examined.notes, examined.notebook.cells[0].outputs

    first = once()
    assert once() == first
    (result,), notes, _ = first
    assert (result.state, result.points, result.exercise, notes) == (TestState.PASSED, 1, "f", ())


def test_without_a_sandbox_it_says_so(examine):
    source = notebook_of("x = 1", check_cell("assert x == 1"))
    examined = examine(source, source, source, replace(CONDITIONS, sandboxed=False))
    assert examined.notes == ("The notebook ran without a sandbox, with the rights of the grader.",)


def test_results_are_shown_in_the_test_cells():
    notebook = notebook_of(check_cell("", "a-test"), check_cell("", "b-test"), "x")
    first, second = exam_tests(notebook)
    second = replace(second, state=TestState.FAILED, message="Think.")
    show_results(notebook, [replace(first, state=TestState.PASSED), second])
    assert notebook.cells[0].outputs[0].text == "a: passed\n"
    shown = notebook.cells[1].outputs[0]
    assert shown == new_output("error", ename="failed", evalue="Think.", traceback=["Think."])
    assert notebook.cells[2].outputs == []


def test_a_test_is_not_reached_until_it_has_run():
    (test,) = exam_tests(notebook_of(check_cell("")))
    assert (test.state, test.message, test.points, test.max_points) == (
        TestState.NOT_REACHED,
        examination.NOT_RUN,
        0,
        1,
    )


def released_with(*cells):
    """Return a notebook with an answer, these cells and a test."""
    made = [new_code_cell(source, id=name) for name, source in (("f", "def f(x):\n    return x"), *cells)]
    return notebook_of(*made, check_cell("assert f(2) == 2"))


def test_a_given_cell_that_only_shows_is_shown_as_handed_in(examine):
    released = released_with(("show-f", "print(f(1))"))
    notebook = nbformat.from_dict(released)
    notebook.cells[1].outputs = [
        new_output("stream", name="stdout", text="as the student saw it\n"),
        {"odd": 1},
    ]
    examined = examine(notebook, released, released)
    assert [output.text for output in examined.notebook.cells[1].outputs] == [
        "as the student saw it\n",
        "(shown as handed in: the grader does not run cells that only show something)\n",
    ]


def test_outputs_that_were_handed_in_with_other_cells_are_not_shown(examine):
    released = released_with(("load-data", "print('run')"))
    notebook = nbformat.from_dict(released)
    notebook.cells[1].outputs = [new_output("stream", name="stdout", text="forged\n")]
    examined = examine(notebook, released, released)
    assert [output.text for output in examined.notebook.cells[1].outputs] == ["run\n"]


def test_a_test_that_no_cell_led_up_to_is_not_reached(examine, monkeypatch):
    monkeypatch.setattr(NotebookRun, "snapshot", lambda self, grade_id: None)
    source = notebook_of("x = 1", check_cell("assert x == 1"))
    (result,) = examine(source, source, source).tests
    assert (result.state, result.points) == (TestState.NOT_REACHED, 0)


def test_a_given_cell_that_fails_before_anything_of_the_students_is_not_the_students_fault(examine):
    released = notebook_of("import no_such_module", "y = 1", check_cell("assert y == 1"))
    handed_in = nbformat.from_dict(released)
    with pytest.raises(GraderAtFault) as fault:
        examine(handed_in, released, released)
    assert str(fault.value) == (
        "The notebook's own cell `cell-0` fails while grading (ModuleNotFoundError: No module named "
        "'no_such_module'). This is not the student's fault: repair the course or the machine, then "
        "grade again."
    )


def test_a_given_cell_that_fails_after_a_change_of_the_students_costs_what_depends_on_it(examine):
    released = notebook_of("x = 1", "y = 1 / x", check_cell("assert y == 1"))
    handed_in = nbformat.from_dict(released)
    handed_in.cells[0].source = "x = 0"
    (result,) = examine(handed_in, released, released).tests
    assert result.state is TestState.ERROR


def test_what_is_cut_short_is_not_firm(examine):
    released = notebook_of("import os\nos._exit(0)", check_cell("1"))
    assert examine(nbformat.from_dict(released), released, released).firm is False
    fine = notebook_of("x = 1", check_cell("assert x == 2"))
    assert examine(nbformat.from_dict(fine), fine, fine).firm is True


def test_a_test_that_had_passed_and_fails_alone_runs_again_behind_the_others(examine):
    counts = "kept = []\ndef f():\n    kept.append(1)\n    return len(kept)"
    source = notebook_of(counts, check_cell("assert f() == 1", "a"), check_cell("assert f() == 2", "b"))
    before = examine(nbformat.from_dict(source), source, source)
    assert [test.state for test in before.tests] == [TestState.PASSED] * 2

    def earlier(*passed):
        return Earlier({test.key: test for test in before.tests}, frozenset(passed), before.notebook)

    changed = nbformat.from_dict(source)
    changed.cells[2].source += "  # changed"
    again = examine(nbformat.from_dict(source), changed, source, earlier=earlier("a", "b"))
    assert [test.state for test in again.tests] == [TestState.PASSED] * 2
    assert again.n_run == 1  # what is known of the other is kept
    alone = examine(nbformat.from_dict(source), changed, source, earlier=earlier("a"))
    assert [test.state for test in alone.tests] == [TestState.PASSED, TestState.ERROR]
    assert alone.n_run == 1
