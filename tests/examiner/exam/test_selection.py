"""Which cells need not run: where there is any doubt, they do."""

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from examiner.exam.selection import binding_cells, idle_cells
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
        {"g": "table.query('x in @shown')"},
        {"g": "getattr(sys.modules[__name__], 'shown')"},
        {"g": "f.__globals__['shown']"},
        {"g": "sys._getframe().f_globals['shown']"},
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


BINDING = [
    "def g(x, y=np.pi / 2, *, z: np.ndarray = None) -> float:\n    seen.append(x)\n    return f(x)",
    'class Net(nn.Module):\n    """A network."""\n\n    def forward(self, x):\n        return x',
    "def g(): pass\n\ndef h(): pass",
    "n = 6 * 12\na, b = n * n, 'text'",
    "class Empty:\n    ...",
]


@pytest.mark.parametrize("source", BINDING)
def test_a_cell_that_only_defines_or_computes_numbers_changes_nothing_but_names(source):
    assert binding_cells([new_code_cell(source, id="g")], notebook()) == {"g"}


@pytest.mark.parametrize(
    "source",
    [
        "y = f(1)",
        "y = [f(1)]",
        "x[0] = 1",
        "x.a = 1",
        "x += 1",
        "del x",
        "import scipy",
        "f(1)",
        "print(1)",
        "for i in x: pass",
        "def g(x=f(1)): pass",
        "def g(x: f(1)): pass",
        "def g(x=cached[1]): pass",
        "@f\ndef g(x): pass",
        "class G(Base): pass",
        "class G(nn.Module, metaclass=Meta): pass",
        "@f\nclass G: pass",
        "class G:\n    x = f(1)",
        "%timeit 1\ndef g(): pass",
        "def g(: pass",
        "def g(a, a): pass\nx = f(1)",
    ],
)
def test_a_cell_of_a_student_that_may_change_an_object_is_not_among_them(source):
    assert binding_cells([new_code_cell(source, id="own")], notebook()) == frozenset()


def given_after(answer, given="order = make(3)\nfirst, last = order[0], order[1]\nprint(len(order))"):
    code = [new_code_cell(answer, id="answer"), new_code_cell(given, id="given")]
    return "given" in binding_cells(code, new_notebook(cells=[new_code_cell(given, id="given")]))


def test_a_given_cell_may_call_what_is_given_to_give_names_values():
    assert given_after("def f(x):\n    return x")


@pytest.mark.parametrize(
    "answer", ["def make(n):\n    return [n]", "print = f", "from numpy import *", "def make(: pass"]
)
def test_a_given_cell_that_may_call_a_students_function_is_none_of_them(answer):
    assert not given_after(answer)


@pytest.mark.parametrize("given", ["order.sort()", "order = make(3)\norder[0] = 1", "train(net)", "x += 1"])
def test_a_given_cell_that_says_that_it_changes_something_is_none_of_them(given):
    assert not given_after("def f(x):\n    return x", given)


@pytest.mark.parametrize("order", [("helper", "caller"), ("caller", "helper")])
def test_a_given_cell_is_none_of_them_where_given_functions_lead_to_a_students(order):
    given = {
        "helper": "def helper(x):\n    return answer(x)",
        "caller": "def caller(x):\n    return helper(x)",
        "given": "y = caller(1)",
    }
    cells = [new_code_cell(given[name], id=name) for name in (*order, "given")]
    code = [new_code_cell("def answer(x):\n    return x", id="answer"), *cells]
    assert binding_cells(code, new_notebook(cells=cells)) == {"answer", "helper", "caller"}
