"""Which cells need not run, and which may run ahead of tests: where there is any doubt, none does."""

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from examiner.exam.selection import idle_cells, unnoticed_cells
from tests.examiner.conftest import check_cell

SHOW = "import time\nshown, other = plot(f(3))"


def notebook(**changes):
    sources = {"setup": "import numpy as np", "f": "def f(x):\n    return x", "show-f": SHOW, "g": "y = f(1)"}
    cells = [new_code_cell(source, id=name) for name, source in (sources | changes).items()]
    return new_notebook(cells=cells)


def idle(test="assert f(2) == 2", **changes):
    return idle_cells(notebook(**changes), notebook(), [check_cell(test)])


def test_a_given_cell_that_only_shows_need_not_run():
    assert idle() == {"show-f"}


@pytest.mark.parametrize(
    "changes",
    [
        {"show-f": SHOW + "\nprint(1)"},
        {"g": "print(shown)"},
        {"g": "def g():\n    return other + 1"},
        {"g": "time.time()"},
        {"g": "shown = shown + 1"},
        {"g": "shown += 1"},
        {"g": "for shown in [shown]:\n    pass"},
        {"g": "if y:\n    shown = 1\nprint(shown)"},
        {"g": "globals()['sh' + 'own']"},
        {"g": "eval('sho' + 'wn')"},
        {"g": "%timeit shown"},
        {"g": "!ls"},
        {"g": "Out[3]"},
        {"g": "print(_3)"},
        {"g": "this is no code"},
        {"g": "def g(a, a):\n    return a"},
        {"g": "x = " + "1 + " * 5_999 + "1"},
        {"test": "assert shown"},
    ],
    ids=lambda changes: next(iter(changes.values()))[:30],
)
def test_a_cell_runs_that_was_changed_or_whose_names_somebody_may_use(changes):
    assert idle(**changes) == frozenset()


def test_a_cell_runs_whose_names_another_needed_cell_uses():
    both = notebook()
    both.cells.append(new_code_cell("fine = shown", id="show-more"))
    assert idle_cells(both, both, [check_cell("assert f(2) == 2")]) == {"show-f", "show-more"}
    assert idle_cells(both, both, [check_cell("assert fine")]) == frozenset()


@pytest.mark.parametrize("name", ["show-f", "play-f", "train-f", "compare-f"])
def test_a_cell_runs_unless_the_test_stands_in_for_what_it_binds(name):
    both = notebook()
    both.cells.append(new_code_cell("fine = f(1)", id=name))
    stand_in = check_cell("from neurocourse import checks\nchecks.stand_in(fine=2)\nassert fine")
    assert name in idle_cells(both, both, [stand_in])
    assert name not in idle_cells(both, both, [check_cell("assert fine")])


def unnoticed(cell, *, before="def f(x):\n    return np.sum(h(x))", test="assert f(2) == 2", released=""):
    made = [new_code_cell(before, id="f"), check_cell(test, "test"), new_code_cell(cell, id="g")]
    as_released = new_notebook(cells=[new_code_cell(released, id="g")])
    return unnoticed_cells(made, as_released, [check_cell(test, "test")])


@pytest.mark.parametrize(
    "cell",
    [
        "def g(x):\n    return f(x) + later(x)",
        'def g(x=1, *, scale=-1.0, shape=(2, np.pi)) -> np.ndarray:\n    """Scale."""\n    return g(x)',
        "# nothing\n\ndef g():\n    raise NotImplementedError\n\ndef helper(x):\n    yield x",
        "# only a comment",
    ],
)
def test_definitions_that_nobody_looks_up_may_run_ahead_of_the_tests_before_them(cell):
    assert unnoticed(cell) == {"f", "g"}


@pytest.mark.parametrize(
    ("cell", "changes"),
    [
        ("def f(x):\n    return 2", {}),
        ("def h(x):\n    return 2", {}),
        ("def np(x):\n    return 2", {}),
        ("def sum(x):\n    return 2", {"before": "def f(x):\n    return sum(x)"}),
        ("def g():\n    pass", {"test": "assert f(2) == 2\ng"}),
        ("def g():\n    pass", {"test": "checks.stand_in(g=3)\nassert f(2) == 2"}),
        ("def g():\n    pass", {"before": "def f(x):\n    return g(x) if x else 1"}),
        ("def g():\n    pass", {"before": "def f(a, a):\n    return a"}),
        ("def g():\n    pass", {"before": "def f(x):\n    return globals()['g']"}),
        ("def g():\n    pass", {"before": "def f(x):\n    return getattr(sys.modules[__name__], 'g')"}),
        ("def g():\n    pass", {"before": "def f(x):\n    return f.__globals__['g']"}),
        ("def g():\n    pass", {"before": "def f(x):\n    return x.query('a > @g()')"}),
        ("g = 1", {}),
        ("import g", {}),
        ("class G:\n    pass", {}),
        ("@f\ndef g():\n    pass", {}),
        ("def g(x=f(1)):\n    pass", {}),
        ("def g(x=[]):\n    pass", {}),
        ("def g(x: f(1)):\n    pass", {}),
        ("def g(x) -> f[1]:\n    pass", {}),
        ("def g():\n    pass\ng()", {}),
        ("def g():\n    pass\n'shown'", {}),
        ("%%capture h\ndef g():\n    pass", {"released": "%%capture h\ndef g():\n    pass"}),
        ("%matplotlib inline\ndef g():\n    pass", {}),
        ("def g(:\n    pass", {}),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else next(iter(value), ""),
)  # fmt: skip
def test_no_cell_runs_ahead_that_the_test_could_notice(cell, changes):
    assert "g" not in unnoticed(cell, **changes)


def test_what_the_test_itself_stands_behind_may_still_have_run_before_it():
    made = [new_code_cell("x = 1", id="x"), new_code_cell("def f():\n    return x", id="f")]
    made += [check_cell("assert f() == 1", "test"), new_code_cell("y = f()", id="y")]
    made += [new_code_cell("def g():\n    return y", id="g")]
    assert unnoticed_cells(made, new_notebook(), [check_cell("assert f() == 1", "test")]) == {"f", "g"}
