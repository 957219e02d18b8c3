import time

import pytest
from nbformat.v4 import new_code_cell

from examiner.matching import Place, Theirs, likeness
from examiner.syntax import bound_names


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
        ("def add(a):\n    return (\n\ndef double(a)", {"add", "double"}),
        ("add(1, 2)", set()),
        ("(" * 10_000, set()),
        ("x = " + "-" * 40_000 + "1", set()),
    ],
    ids=[
        "function", "lambda", "imports", "branches", "try", "targets", "magics", "broken", "call", "deep",
        "deeper",
    ],
)  # fmt: skip
def test_the_names_that_a_cell_binds_are_those_at_its_top(source, names):
    assert bound_names(source) == names


def test_text_that_shows_code_defines_nothing_and_code_made_text_still_does():
    shown = Theirs(0, "markdown", "Mine:\n```\ndef add(a):\n    pass\n```", frozenset())
    assert shown.defines == frozenset()
    assert Theirs(0, "markdown", "def add(a):\n    pass", frozenset()).defines == {"add"}


def test_a_stub_is_known_whatever_its_blank_lines_and_not_by_its_indentation():
    place = Place(0, new_code_cell("def add(a):\n    pass"))
    assert place.is_stub("\ndef add(a):  \n\n    pass\n")
    assert not place.is_stub("def add(a):\npass")


def test_very_long_cells_are_looked_at_in_a_moment():
    start = time.monotonic()
    assert bound_names("!ls\n" * 100_000 + "def add(a): ...") == {"add"}
    assert likeness("x" * 10**7, "y" * 10**7) == 0
    assert time.monotonic() - start < 5
