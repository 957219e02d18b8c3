"""Reading code: whatever a cell holds, something is said of it, soon, and nothing is raised."""

import ast
import subprocess
import sys
import time

import pytest

from examiner.notebook.syntax import (
    attributes_used,
    bound_names,
    imported,
    is_python,
    needed_names,
    parsed,
    plain,
    stood_in,
)
from tests.examiner.odd_code import DEEP, ODD_CODE, REFUSED_BY_SYMBOL_TABLES


@pytest.mark.parametrize("name", ODD_CODE)
def test_any_text_is_read_in_a_moment_and_nothing_is_raised(name):
    source, begun = ODD_CODE[name], time.process_time()
    read = [bound_names(source), stood_in(source), imported(source), attributes_used(source)]
    assert all(isinstance(found, frozenset) for found in read)
    assert is_python(source) or (needed_names(source), *read[1:]) == (None, *[frozenset()] * 3)
    assert time.process_time() - begun < 2


@pytest.mark.parametrize("name", REFUSED_BY_SYMBOL_TABLES)
def test_of_code_that_python_parses_and_refuses_nobody_can_tell_which_names_it_needs(name):
    source = REFUSED_BY_SYMBOL_TABLES[name]
    assert (is_python(source), needed_names(source)) == (True, None)


def test_what_parses_is_read_as_far_as_it_goes():
    source = "import numpy as np\ndef f(a, a):\n    return np.sum(a)"
    assert (bound_names(source), needed_names(source)) == ({"np", "f"}, None)
    assert (imported(source), attributes_used(source)) == ({"numpy"}, {("np", "sum")})


def test_a_sum_of_600_terms_is_read_like_any_other_code():
    source = DEEP["a sum of 600 terms"]
    assert (bound_names(source), needed_names(source)) == ({"x"}, set())
    assert needed_names(DEEP["a chain of 900 attributes"]) == {"a"}


def test_no_text_ends_python():
    script = (
        "import threading\nfrom examiner.notebook.syntax import needed_names\n"
        "from tests.examiner.odd_code import ODD_CODE\n"
        "threading.stack_size(2_000_000)\n"
        "thread = threading.Thread(target=lambda: [needed_names(text) for text in ODD_CODE.values()])\n"
        "thread.start()\nthread.join()\nprint('read')"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "read\n"), done.stderr


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("def add(a):\n    inner = 1", {"add"}),
        ("add = lambda a: a", {"add"}),
        ("from operator import add, mul as double", {"add", "double"}),
        ("if True:\n    def add(a): ...\nelse:\n    add = None", {"add"}),
        ("try:\n    add = 1\nexcept ValueError:\n    double = 2", {"add", "double"}),
        ("a, (b, *c) = x\nd[0] = e.f = 3", {"a", "b", "c"}),
        ("%matplotlib inline\n!ls\nclass Net: ...", {"Net"}),
        ("%%time\ndef add(a): ...", {"add"}),
        ("\n\n%%timeit -n 3\ndef add(a): ...", {"add"}),
        ("%%bash\ndef add(a): ...", set()),
        (">>> def add(a):\n...     return a", {"add"}),
        ("In [3]: def add(a):\n   ...:     return a", {"add"}),
        ("    def add(a):\n        return a\n    b = 1", {"add", "b"}),
        ("files = !ls\nout, err = %ls", {"files", "out", "err"}),
        ("!pip install \\\n  one \\\n  two\nadd = 1", {"add"}),
        ("add?\nnp.sum??\nb = 1", {"b"}),
        ("x = (1\n  % 2)", {"x"}),
        ("x = '''\n%ls\n'''", {"x"}),
        ("def add(a):\n    return (\n\ndef double(a)", {"add", "double"}),
        ("add(1, 2)", set()),
    ],
)
def test_the_names_that_a_cell_binds_are_those_at_its_top(source, names):
    assert bound_names(source) == names


@pytest.mark.parametrize(
    ("source", "needed"),
    [
        ("x = y", {"y"}),
        ("x = 1\nprint(x)", {"print"}),
        ("def f(a):\n    b = a + c\n    return [d for d in b if e]", {"c", "e"}),
        ("import numpy as np\nnp.ones(n)", {"n"}),
        ("for i in range(3):\n    total = i\n    k = total", {"range"}),
        ("with open(p) as file:\n    text = file.read()", {"open", "p"}),
        ("class A(B):\n    c = D", {"B", "D"}),
        ("f = lambda x: x + z", {"z"}),
        ("try:\n    v = 1\nexcept E:\n    v = 2", {"E"}),
        ("this is no code", None),
    ],
)
def test_names_that_code_takes_from_before(source, needed):
    assert needed_names(source) == needed


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("checks.stand_in(x=1, y=None)\nprint(x)", {"x", "y"}),
        ("print(x)\nchecks.stand_in(x=1)", set()),
        ("checks.stand_in(x=x)", set()),
        ("def f(x):\n    return x\nchecks.stand_in(x=1)", {"x"}),
        ("if late:\n    checks.stand_in(x=1)", set()),
        ("other.stand_in(x=1)", set()),
    ],
)
def test_names_to_which_a_test_gives_values_of_its_own_before_it_loads_them(source, names):
    assert stood_in(source) == names


@pytest.mark.parametrize("source", ["%ls\nx = 1\n\ny = %ls\nz?", "!a \\\n b\nx = 1", "\n\n%%time\nx = 1"])
def test_code_without_commands_has_as_many_lines(source):
    assert len(plain(source).splitlines()) == len(source.splitlines())


def test_very_long_cells_are_not_parsed_and_looked_at_in_a_moment():
    start = time.process_time()
    assert bound_names("!ls\n" * 100_000 + "def add(a): ...") == {"add"}
    assert parsed("x = 1\n" * 100_000) is None
    assert time.process_time() - start < 2


def test_ipython_and_this_agree_on_what_a_cell_with_commands_binds():
    from IPython.core.inputtransformer2 import TransformerManager

    from examiner.notebook.names import bound_by

    for source in ("%matplotlib inline\na = 1", "b = !ls\n!ls -a\nc = 2", "x.y?\nd = 3", "  e = 1\n  %ls"):
        theirs = bound_by(ast.parse(TransformerManager().transform_cell(source)).body)
        assert bound_names(source) == theirs
