"""An examination: the order of things, what one test or cell can do to another, and what a student reads."""

from dataclasses import replace

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from examiner import exam
from examiner.course import Limits
from examiner.exam import NotebookRun, exam_tests, examine, explain, kept_outputs, show_results
from examiner.objects import Unsendable, student_error
from examiner.remote import Student, StudentGone
from examiner.verdict import TestState
from neurocourse.checks import CheckFailed
from tests.examiner.conftest import nbgrader_cell

UNSTOPPABLE = "import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])\nwhile True: pass"
LIMITS = Limits(cell_seconds=5, total_seconds=60)


def check_cell(source, grade_id="f-test"):
    return nbgrader_cell(new_code_cell(source), grade_id, grade=True, points=1)


def notebook_of(*cells):
    made = [
        new_code_cell(cell, id=f"cell-{n}") if isinstance(cell, str) else cell for n, cell in enumerate(cells)
    ]
    return new_notebook(cells=made)


@pytest.fixture
def run_on(student):
    """A function that runs a notebook's cells and tests and returns its run and the results by name."""
    runs = []

    def run_on(*cells, limits=LIMITS):
        notebook = notebook_of(*cells)
        run = NotebookRun(Student(*student.fork()), limits)
        runs.append(run)
        for cell in notebook.cells:
            if exam.cells.is_test(cell):
                run.snapshot(exam.cells.grade_id(cell))
            elif cell.cell_type == "code":
                run.run(cell)
        tests = [cell for cell in notebook.cells if exam.cells.is_test(cell)]
        results = run.test_all(list(zip(tests, exam_tests(notebook), strict=True)))
        return notebook, run, {result.grade_id: result for result in results}

    yield run_on
    for run in runs:
        run.close()


def states(results):
    return {name: str(result.state) for name, result in results.items()}


def test_each_test_sees_the_names_as_they_were_at_its_place(run_on):
    _, _, results = run_on(
        "x = 1", check_cell("assert x == 1", "a"), "x = 2", check_cell("assert x == 2", "b"),
        "x = 3\ny = 1", check_cell("assert (x, y) == (3, 1)", "c"),
    )  # fmt: skip
    assert states(results) == {"a": "passed", "b": "passed", "c": "passed"}


def test_no_call_of_a_test_reaches_a_cell_or_another_test(run_on):
    _, _, results = run_on(
        "kept = []\ndef f():\n    kept.append(1)\n    return len(kept)",
        check_cell("assert f() == 1\nassert f() == 2", "a"),
        "print(f())",
        check_cell("assert f() == 2", "b"),
    )
    assert states(results) == {"a": "passed", "b": "passed"}


def test_a_test_leaves_nothing_behind_for_the_next(run_on):
    cell = "kept = []\nimport os\ndef f():\n    kept.append(1)\n    return len(kept)"
    test = "from neurocourse import checks\nchecks.stand_in(g=3)\nassert f() == 1"
    _, _, results = run_on(
        cell, check_cell(test, "a"), check_cell(test + "\nleft = 1", "b"),
        check_cell("assert f() == 1\nleft", "c"), check_cell("g", "d"),
    )  # fmt: skip
    assert states(results) == {"a": "passed", "b": "passed", "c": "error", "d": "error"}
    assert results["d"].message == "Your code raised NameError: name 'g' is not defined"


@pytest.mark.parametrize(
    ("cell", "note"),
    [
        ("x = 2\nimport os\nos._exit(0)", "ended the process that ran it"),
        ("x = 2\nimport ctypes\nctypes.string_at(0)", "ended the process that ran it"),
("x = 2\n" + UNSTOPPABLE, "was stopped after 1 s"),
    ],
    ids=["exit", "segfault", "endless"],
)  # fmt: skip
def test_a_cell_that_ends_its_process_costs_itself_alone(run_on, cell, note):
    notebook, run, results = run_on(
        "x = 1", cell, "print(x)", check_cell("assert x == 1"), limits=replace(LIMITS, cell_seconds=1)
    )
    assert states(results) == {"f-test": "passed"}
    assert run.notes == [f"The cell `cell-1` {note}; nothing of it counts."]
    assert notebook.cells[1].outputs[0].text == f"This cell {note}; nothing of it counts.\n"
    assert notebook.cells[2].outputs[0].text == "1\n"


def test_a_cell_that_is_stopped_in_time_keeps_what_it_did(run_on):
    cell = "x = 1\nwhile True: pass"
    _, run, results = run_on(cell, check_cell("assert x == 1"), limits=replace(LIMITS, cell_seconds=1))
    assert states(results) == {"f-test": "passed"}
    assert run.notes == ["The cell `cell-0` was stopped after 1 s."]


def test_a_notebook_that_takes_too_long_says_so_in_each_cell_and_test(run_on):
    _, run, results = run_on("x = 1", check_cell("x"), limits=replace(LIMITS, total_seconds=0))
    assert run.notes == [
        "The cell `cell-0` did not run: the notebook takes more than 0 s; nothing of it counts."
    ]
    assert states(results) == {"f-test": "not_reached"}
    assert results["f-test"].message == "This test did not run. The notebook takes more than 0 s."


@pytest.mark.parametrize(
    ("body", "state", "message"),
    [
        ("while True: pass", "timed_out", exam.TOO_LONG),
        ("import os; os._exit(0)", "crashed", exam.ENDED),
        ("raise SystemExit", "error", "Your code raised SystemExit: "),
        ("raise NotImplementedError", "error", exam.UNFINISHED),
        ("return {frozenset(): 1}", "failed",
         "The result cannot be sent to the tests: it holds a dict or set with a key that is not plain."),
        ("return undefined", "error", "Your code raised NameError: name 'undefined' is not defined"),
    ],
    ids=["endless", "exit", "system_exit", "stub", "unsendable", "name"],
)  # fmt: skip
def test_a_call_that_goes_wrong_costs_its_test_alone(run_on, body, state, message):
    _, _, results = run_on(
        f"def f():\n    {body}\ndef g():\n    return 3",
        check_cell("f()", "a"), check_cell("assert g() == 3", "b"), limits=replace(LIMITS, cell_seconds=1),
    )  # fmt: skip
    assert states(results) == {"a": state, "b": "passed"}
    assert results["a"].message == message
    assert results["a"].points == 0


def test_a_timeout_that_the_test_swallows_is_no_pass(run_on):
    test = "try:\n    f()\nexcept Exception:\n    pass"
    _, _, results = run_on(
        "def f():\n    while True: pass", check_cell(test), limits=replace(LIMITS, cell_seconds=1)
    )
    assert states(results) == {"f-test": "timed_out"}


STAND_IN = "from neurocourse import checks\n"


def test_a_stand_in_holds_for_the_students_code_and_for_the_test(run_on):
    _, _, results = run_on(
        "def f():\n    return 'student'\ndef g():\n    return f()",
        check_cell(
            STAND_IN + "checks.stand_in(f=lambda: 'reference')\nassert g() == f() == 'reference'", "a"
        ),
        check_cell(
            STAND_IN + "with checks.stand_in(f=lambda: 'reference', h=1):\n    assert g() == 'reference'\n"
            "    assert h == 1\nassert g() == f() == 'student'\nassert 'h' not in globals()",
            "b",
        ),
        check_cell("assert g() == 'student'", "c"),
    )
    assert [result.message for result in results.values()] == [""] * 3
    assert states(results) == dict.fromkeys("abc", "passed")


def test_random_numbers_are_alike_each_time(run_on):
    cell = "import random, numpy as np\ndef f():\n    return [random.random(), np.random.rand()]"
    test = "import random, numpy as np\nraise ValueError([*f(), random.random(), np.random.rand()])"
    messages = [run_on(cell, check_cell(test))[2]["f-test"].message for _ in range(2)]
    assert messages[0] == messages[1]
    assert messages[0].count("0.") >= 4


HIDDEN = """assert f(1) == 1
### BEGIN HIDDEN TESTS
f(31.5)
### END HIDDEN TESTS
f(2)"""


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("return 1 / (x - 1)", "Your code raised ZeroDivisionError: division by zero"),
        ("return [1][int(x) - 1]", exam.OTHER_DATA.format(name="IndexError")),
        ("return 1 if x < 3 else secret(x)", exam.OTHER_DATA.format(name="NameError")),
        ("return 1 if x == 1 else 1 / (x - 2)", "Your code raised ZeroDivisionError: division by zero"),
        ("if x == 1: return 1\n    raise ValueError(x)", exam.OTHER_DATA.format(name="ValueError")),
    ],
    ids=["visible", "hidden", "name", "after", "value"],
)  # fmt: skip
def test_an_error_on_hidden_data_is_named_and_no_more(run_on, body, message):
    _, _, results = run_on(f"def f(x):\n    {body}", check_cell(HIDDEN))
    assert results["f-test"].message == message


def error_of(kind, message="31.5"):
    return student_error(kind, message)


def on_other_data(kind):
    return exam.OTHER_DATA.format(name=kind)


VALUES = CheckFailed("f(1) is 31.5. Think.", "f(1) is not right. Think.")


UNDEFINED = "name 'b' is not defined"
READ = {
    "late": (StudentGone(TestState.TIMED_OUT), None, "timed_out", exam.TOO_LONG),
    "gone": (StudentGone(TestState.CRASHED), None, "crashed", exam.ENDED),
    "hidden_check": (VALUES, None, "failed", "f(1) is not right. Think."),
    "visible_check": (VALUES, CheckFailed("f(1) is 3.", VALUES.without_values), "failed", "f(1) is 3."),
    "other_check": (VALUES, CheckFailed("something else"), "failed", "f(1) is not right. Think."),
    "other_error": (VALUES, ValueError("f(1)"), "failed", "f(1) is not right. Think."),
    "stub": (student_error("NotImplementedError", "31.5"), None, "error", exam.UNFINISHED),
    "unsendable": (Unsendable("31.5"), None, "failed", exam.NOT_SENT),
    "unsendable_example": (Unsendable("31.5"), Unsendable("It is too deep."), "failed", "It is too deep."),
    "hidden": (error_of("ValueError"), None, "error", on_other_data("ValueError")),
    "visible": (
        error_of("ValueError"),
        error_of("ValueError", "a\nb"),
        "error",
        "Your code raised ValueError: a",
    ),
    "other_type": (error_of("ValueError"), error_of("KeyError", "a"), "error", on_other_data("ValueError")),
    "name_with_data": (
        error_of("NameError", "name '3.5' is not defined"),
        None,
        "error",
        on_other_data("NameError"),
    ),
    "name_made_up": (error_of("NameError", UNDEFINED), None, "error", on_other_data("NameError")),
    "name_of_the_test": (NameError(UNDEFINED), None, "error", f"Your code raised NameError: {UNDEFINED}"),
    "own_type": (error_of("Mine"), None, "error", on_other_data("Exception")),
    "test_itself": (TypeError("31.5"), None, "error", on_other_data("TypeError")),
}


@pytest.mark.parametrize(("error", "visible", "state", "message"), READ.values(), ids=READ)
def test_what_a_student_reads(error, visible, state, message):
    assert explain(error, visible) == (state, message)


def test_an_examination_runs_cells_and_tests_and_gives_the_same_twice():
    source = notebook_of(
        "import random\nprint(random.random())", check_cell("assert f(2) == 4"), new_markdown_cell("x")
    )
    source.cells.insert(0, new_code_cell("def f(x):\n    return 2 * x", id="f"))

    def once():
        notebook = nbformat.from_dict(source)
        examined = examine(notebook, source, LIMITS)
        return examined.tests, examined.notes, examined.notebook.cells[0].outputs

    first = once()
    assert once() == first
    (result,), notes, _ = first
    assert (result.state, result.points, result.exercise, notes) == (TestState.PASSED, 1, "f", ())


def test_without_a_sandbox_it_says_so():
    examined = examine(notebook_of("x = 1"), notebook_of(), LIMITS, sandboxed=False)
    assert examined.notes == ("It was run without a sandbox, with the rights of the grader.",)


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
        exam.NOT_RUN,
        0,
        1,
    )


@pytest.mark.parametrize(
    "garbage",
    [None, 3, "abc", {}, [None], [3], [{}], [{"output_type": "stream"}], [{"output_type": "no such"}],
     [{"output_type": "stream", "name": "stdout", "text": None}], [[["output_type", "stream"]]]],
    ids=repr,
)  # fmt: skip
def test_outputs_that_are_none_are_dropped(garbage):
    assert kept_outputs(garbage) == []


def test_outputs_are_kept_beside_garbage():
    text = {"output_type": "stream", "name": "stdout", "text": ["a", "b"]}
    assert kept_outputs([None, text, {}]) == [new_output("stream", name="stdout", text="ab")]
