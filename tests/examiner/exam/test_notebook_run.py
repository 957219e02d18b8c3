"""One pass through a notebook: the order of things, and what one test or cell can do to another."""

from dataclasses import replace

import pytest
from nbformat.v4 import new_code_cell

from examiner.exam import attempt, notebook_run
from examiner.sandbox.session import Session
from examiner.sandbox.student_client import StudentClient, StudentGone
from examiner.verdict import TestState
from tests.examiner.conftest import RUN_LIMITS, check_cell

UNSTOPPABLE = "import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])\nwhile True: pass"


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


COUNTS = "kept = []\ndef f():\n    kept.append(1)\n    return len(kept)"


def test_tests_that_pass_share_a_process_as_in_the_students_notebook(run_on):
    _, _, results = run_on(COUNTS, check_cell("assert f() == 1", "a"), check_cell("assert f() == 2", "b"))
    assert states(results) == {"a": "passed", "b": "passed"}


def test_a_test_that_fails_after_others_runs_again_by_itself(run_on):
    _, _, results = run_on(
        COUNTS,
        check_cell("assert f() == 1", "a"),
        check_cell("assert f() == 1", "b"),
        "def g():\n    return f() + f()",
        check_cell("assert g() == 3", "c"),
        check_cell("assert f() == 2, 'even by itself'", "d"),
    )
    assert states(results) == {"a": "passed", "b": "passed", "c": "passed", "d": "error"}


def test_what_a_test_that_fails_has_done_is_not_passed_on(run_on):
    _, _, results = run_on(
        COUNTS, check_cell("assert f() == 2", "a"), check_cell("assert f() == 1", "b"), "x = 1",
        check_cell("assert (f(), x) == (2, 1)", "c"), check_cell("f()\nassert f() == 2, 'as after a'", "d"),
    )  # fmt: skip
    assert states(results) == {"a": "error", "b": "passed", "c": "passed", "d": "passed"}


def test_a_call_that_ends_the_process_only_after_other_tests_costs_nothing(run_on):
    ends = "kept = []\ndef f():\n    kept.append(1)\n    if len(kept) > 1:\n        __import__('os')._exit(1)"
    _, notes, results = run_on(*[ends, *(check_cell("f()", name) for name in "abc")])
    assert states(results) == {"a": "passed", "b": "passed", "c": "passed"}
    assert notes == []


def test_names_are_those_of_a_tests_place_where_later_cells_only_define_others(run_on):
    _, _, results = run_on(
        "def f():\n    return g()\ndef g():\n    global x\n    x = 1\n    return x",
        check_cell("assert f() == 1", "a"),
        check_cell("x", "b"),
        "def g():\n    return h()",
        check_cell("f()", "c"),
        "def h():\n    return 3",
        check_cell("assert f() == 3", "d"),
        check_cell("from neurocourse import checks\nchecks.stand_in(h=lambda: 4)\nassert f() == 4", "e"),
        check_cell("assert f() == 3", "f"),
    )
    assert states(results) == {
        "a": "passed", "b": "error", "c": "error", "d": "passed", "e": "passed", "f": "passed"
    }  # fmt: skip
    assert results["b"].message == "Your code raised NameError: name 'x' is not defined"


def test_definitions_take_no_process_of_their_own(run_on, monkeypatch):
    forks, fork = [], StudentClient.fork
    monkeypatch.setattr(StudentClient, "fork", lambda self: forks.append(self) or fork(self))
    made = ["x = [1]"]
    for n in range(5):
        made += [f"def f{n}():\n    return {n}", check_cell(f"assert f{n}() == {n}", f"test-{n}")]
    _, _, results = run_on(*made)
    assert set(states(results).values()) == {"passed"}
    assert len(forks) == 3  # the sandbox of `run_on`, the cells, the tests


def test_a_test_for_which_no_process_is_left_is_noted(run_on, monkeypatch):
    fork, forks = StudentClient.fork, []

    def few(self):
        forks.append(self)
        if len(forks) > 2:
            raise StudentGone(TestState.CRASHED)
        return fork(self)

    monkeypatch.setattr(StudentClient, "fork", few)
    _, notes, results = run_on("x = 1", check_cell("assert x == 1", "a"), check_cell("assert x == 1", "b"))
    assert states(results) == {"a": "crashed", "b": "passed"}
    assert notes == ["The test `a` could not start: the code before it left no room for it."]


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
    notebook, notes, results = run_on(
        "x = 1", cell, "print(x)", check_cell("assert x == 1"), limits=replace(RUN_LIMITS, cell_seconds=1)
    )
    assert states(results) == {"f-test": "passed"}
    assert notes == [f"The cell `cell-1` {note}, so it does not count."]
    assert notebook.cells[1].outputs[0].text == f"This cell {note}, so it does not count.\n"
    assert notebook.cells[2].outputs[0].text == "1\n"


def test_cells_before_one_that_ends_its_process_are_known_to_the_test_after_it(run_on):
    notebook, notes, results = run_on(
        "x = 1\nprint('once')", "import os\nos._exit(0)", check_cell("assert x == 1"),
        "import os\nos._exit(0)", check_cell("assert x == 1", "b"),
    )  # fmt: skip
    assert states(results) == {"f-test": "passed", "b": "passed"}
    assert notebook.cells[0].outputs[0].text == "once\n"
    assert len(notes) == 2


def test_a_cell_that_fails_when_it_runs_again_is_named_and_costs_itself(run_on, tmp_path):
    once = "import os\nif os.path.exists('run'): os._exit(0)\nopen('run', 'w').close()\nx = 1"
    _, notes, results = run_on(once, "os._exit(0)", "y = 2", check_cell("assert y == 2\nassert x == 1"))
    assert results["f-test"].message == "Your code raised NameError: name 'x' is not defined"
    assert notes == [
        "The cell `cell-1` ended the process that ran it, so it does not count.",
        "Cells ended the process when they ran again, so they do not count.",
    ]


def test_tests_of_one_place_do_not_see_one_another(run_on):
    cell = "kept = []\ndef f():\n    kept.append(1)\n    return len(kept)"
    _, _, results = run_on(cell, *(check_cell("assert f() == 1", name) for name in "abc"))
    assert states(results) == dict.fromkeys("abc", "passed")


def test_what_code_learns_of_hidden_data_is_not_in_what_it_is_asked_again(run_on):
    cell = (
        "import mmap\nshared = mmap.mmap(-1, 8)\n"
        "def f(x):\n    if x > 3:\n        shared[0] = 7\n    raise ValueError(shared[0])"
    )
    test = "try:\n    f(31)\nexcept Exception:\n    pass"
    hidden = f"### BEGIN HIDDEN TESTS\n{test}\n### END HIDDEN TESTS\nf(1)"
    _, _, results = run_on(cell, check_cell(hidden))
    assert results["f-test"].message == "Your code raised ValueError: 0"


def test_a_cell_that_is_stopped_in_time_keeps_what_it_did(run_on):
    cell = "x = 1\nwhile True: pass"
    _, notes, results = run_on(cell, check_cell("assert x == 1"), limits=replace(RUN_LIMITS, cell_seconds=3))
    assert states(results) == {"f-test": "passed"}
    assert notes == ["The cell `cell-0` was stopped after 3 s."]


def test_a_notebook_that_takes_too_long_says_so_in_each_cell_and_test(run_on):
    _, notes, results = run_on("x = 1", check_cell("x"), limits=replace(RUN_LIMITS, total_seconds=0))
    assert notes == ["The cell `cell-0` did not run: the notebook takes more than 0 s, so it does not count."]
    assert states(results) == {"f-test": "not_reached"}
    assert results["f-test"].message == "This test did not run. The notebook takes more than 0 s."


@pytest.mark.parametrize(
    ("body", "state", "message"),
    [
        ("while True: pass", "timed_out", attempt.TOO_LONG),
        ("import os; os._exit(0)", "crashed", attempt.ENDED),
        ("raise SystemExit", "error", "Your code raised SystemExit: "),
        ("raise NotImplementedError", "error", attempt.UNFINISHED),
        ("return {frozenset(): 1}", "failed",
         "The tests cannot receive the result: it holds a dict or set with a key that is not plain."),
        ("return undefined", "error", "Your code raised NameError: name 'undefined' is not defined"),
    ],
    ids=["endless", "exit", "system_exit", "stub", "unsendable", "name"],
)  # fmt: skip
def test_a_call_that_goes_wrong_costs_its_test_alone(run_on, body, state, message):
    _, _, results = run_on(
        f"def f():\n    {body}\ndef g():\n    return 3",
        check_cell("f()", "a"), check_cell("assert g() == 3", "b"),
        limits=replace(RUN_LIMITS, cell_seconds=1),
    )  # fmt: skip
    assert states(results) == {"a": state, "b": "passed"}
    assert results["a"].message == message
    assert results["a"].points == 0


def test_a_timeout_that_the_test_swallows_is_no_pass(run_on):
    test = "try:\n    f()\nexcept Exception:\n    pass"
    _, _, results = run_on(
        "def f():\n    while True: pass", check_cell(test), limits=replace(RUN_LIMITS, cell_seconds=1)
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
        ("return [1][int(x) - 1]", attempt.OTHER_DATA.format(name="IndexError")),
        ("return 1 if x < 3 else secret(x)", attempt.OTHER_DATA.format(name="NameError")),
        ("return 1 if x == 1 else 1 / (x - 2)", "Your code raised ZeroDivisionError: division by zero"),
        ("if x == 1: return 1\n    raise ValueError(x)", attempt.OTHER_DATA.format(name="ValueError")),
    ],
    ids=["visible", "hidden", "name", "after", "value"],
)  # fmt: skip
def test_an_error_on_hidden_data_is_named_and_no_more(run_on, body, message):
    _, _, results = run_on(f"def f(x):\n    {body}", check_cell(HIDDEN))
    assert results["f-test"].message == message


@pytest.mark.parametrize(
    "cell",
    [
        "for name in [n for n in globals() if n[0] != '_']:\n    del globals()[name]",
        "globals().clear()",
        "exec('del f, math')",
        "get_ipython().user_ns.clear()",
        "vars(__import__('sys').modules['__main__']).pop('f')",
    ],
    ids=["loop", "clear", "exec", "shell", "module"],
)
def test_an_added_cell_that_takes_names_away_costs_itself_alone(run_on, cell):
    notebook, notes, results = run_on(
        "import math", "def f(x):\n    return x + math.pi", new_code_cell(cell, id="added-2"),
        "y = f(1)", check_cell("assert f(0) > 3\nassert y > 4"),
    )  # fmt: skip
    assert states(results) == {"f-test": "passed"}
    (note,) = notes
    assert note.startswith("The cell `added-2` deleted names that other cells need (f")
    assert notebook.cells[2].outputs[0].text.startswith("This cell deleted names that other cells need (f")


def test_an_added_cell_may_remove_what_is_its_own(run_on):
    _, notes, results = run_on(
        "x = 1", new_code_cell("mine = 2\ndel mine\nkept = 3", id="added-1"), check_cell("assert kept == 3")
    )
    assert (states(results), notes) == ({"f-test": "passed"}, [])


PARTS = """from neurocourse import checks
### BEGIN HIDDEN TESTS
checks.check(f(0) != 7, "Use the argument.")
### END HIDDEN TESTS
checks.check_close(f(1), 2, name="f(1)")
### BEGIN HIDDEN TESTS
checks.check_close(f(3), 6, name="f on other data")
### END HIDDEN TESTS
print("f: all visible checks pass.")"""


@pytest.mark.parametrize(
    ("body", "only_hidden"),
    [("2 * x", False), ("3 * x", False), ("2", True), ("2 if x < 2 else 1 / 0", True), ("7", False)],
    ids=["right", "visibly wrong", "wrong elsewhere", "error elsewhere", "hidden check comes first"],
)
def test_a_result_tells_whether_visible_checks_had_passed_when_a_hidden_one_did_not(
    run_on, body, only_hidden
):
    _, _, results = run_on(f"def f(x):\n    return {body}", check_cell(PARTS))
    assert results["f-test"].only_hidden is only_hidden


LENT = """from neurocourse import checks
### BEGIN HIDDEN TESTS
calls = []
@checks.known
def right(x):
    return 3 * x
def counted(x):
    calls.append(x)
    return right(x)
checks.stand_in(step=right, other=counted)
### END HIDDEN TESTS
"""
LOOP = "def step(x):\n    return x\nother = step\ndef loop(n):\n    return [step(i) for i in range(n)]"


def test_a_known_stand_in_runs_beside_the_students_code(run_on, monkeypatch):
    monkeypatch.delattr(Session, "_serve")
    _, _, results = run_on(LOOP, check_cell(LENT + "assert loop(200) == [3 * i for i in range(200)]"))
    assert states(results) == {"f-test": "passed"}


def test_a_stand_in_that_counts_its_calls_is_asked_for_each(run_on):
    cell = LOOP + "\ndef twice(x):\n    return other(x) + other(x)"
    _, _, results = run_on(cell, check_cell(LENT + "assert twice(4) == 24 and calls == [4, 4]"))
    assert states(results) == {"f-test": "passed"}


def test_a_cell_that_is_a_stub_as_a_whole_is_not_filled_in(run_on):
    _, _, results = run_on(
        "raise NotImplementedError()\ndef f():\n    return 1", check_cell("assert f() == 1")
    )
    assert (str(results["f-test"].state), results["f-test"].message) == ("error", attempt.UNFINISHED)


def test_an_error_in_a_known_stand_in_is_one_of_the_students_code(run_on):
    cell = "def step(x):\n    return x\ndef broken(x):\n    return step(x, x)"
    _, _, results = run_on(cell, check_cell(LENT + "broken(1)"))
    told = "Your code raised TypeError: step() takes 1 positional argument but 2 were given"
    assert results["f-test"].message == told


def test_what_is_lent_comes_too_late_for_the_test_of_what_it_answers(run_on):
    keeps = "import os\ndef step(x):\n    return 3 * x if os.path.exists('/tmp/lent') else 0"
    loop = "def loop(n):\n    open('/tmp/lent', 'w').close()\n    return [step(i) for i in range(n)]"
    _, _, results = run_on(
        keeps,
        check_cell("assert step(2) == 6", "step"),
        loop,
        check_cell(LENT + "assert loop(3) == [0, 3, 6]", "loop"),
        "more = 1",
        check_cell("assert more == 1", "more"),
    )
    assert states(results) == {"step": "error", "loop": "passed", "more": "passed"}


def test_a_test_that_lends_and_never_ends_costs_itself_alone(run_on):
    _, notes, results = run_on(
        LOOP,
        check_cell("assert step(1) == 1", "a"),
        "def loop(n):\n    while True:\n        step(n)",
        check_cell(LENT + "loop(1)", "b"),
        check_cell(LENT + "assert step(1) == 3", "c"),
        limits=replace(RUN_LIMITS, cell_seconds=1),
    )
    assert states(results) == {"a": "passed", "b": "timed_out", "c": "passed"}


def test_a_test_that_takes_long_has_its_whole_time_by_itself(run_on, monkeypatch):
    ran, attempt_once = [], notebook_run.attempt

    def noted(student, source, limits, mark):
        ran.append((mark, limits.cell_seconds))
        return attempt_once(student, source, limits, mark)

    monkeypatch.setattr(notebook_run, "attempt", noted)
    _, notes, results = run_on(
        "import time\ndef f(seconds):\n    time.sleep(seconds)",
        check_cell("f(0)", "a"), check_cell("f(1.5)", "b"), check_cell("f(0)", "c"),
        limits=replace(RUN_LIMITS, cell_seconds=4),
    )  # fmt: skip
    assert states(results) == {"a": "passed", "b": "passed", "c": "passed"}
    assert ran == [("a", 4), ("b", 1), ("b", 4), ("c", 1)]
    assert notes == []
