"""Places in a tree, other code in them, and what makes two texts one."""

import ast

import pytest

from tests.mutants.trees import became, fingerprint, places, with_other
from tests.notebooks.bank import normal


def other(source, old, new):
    """Return a source with other code at the first place that reads `old`."""
    tree = normal(source)
    way = next(way for way, node in places(tree) if ast.unparse(node) == old)
    return with_other(tree, way, new)


@pytest.mark.parametrize(
    ("source", "old", "new", "expected"),
    [
        ("x = a + b", "a + b", "a - b", "x = a - b"),
        ("x = f(a + b) * c", "f(a + b)", "a + b", "x = (a + b) * c"),
        ("f(x)\ng(x)", "f(x)", "", "g(x)"),
        ("if a:\n    f(x)", "f(x)", "", "if a:\n    pass"),
        ("if a:\n    f(x)", "if a:\n    f(x)", "f(x)\nf(x)", "f(x)\nf(x)"),
        ("[x for x in xs if x]", " for x in xs if x", "for x in xs", "[x for x in xs]"),
    ],
    ids=["expression", "parentheses", "statement", "only statement", "block", "comprehension"],
)
def test_code_stands_in_the_place_of_a_node(source, old, new, expected):
    assert other(source, old, new) == expected


def test_what_cannot_stand_there_is_a_syntax_error():
    with pytest.raises(SyntaxError):
        other("x = 1", "x", "f(x) =")


def test_the_normal_form_has_no_comments_docstrings_and_looks():
    source = 'def f(x):\n    """Say it."""\n\n    # why\n    return (x)\n'
    assert ast.unparse(normal(source)) == "def f(x):\n    return x"


@pytest.mark.parametrize(
    ("one", "two", "is_one"),
    [
        ("x = (1 + 2)", "x = 1 + 2", True),
        ("n = 6 * 12", "n = 72", True),
        ("def f(x):\n    return x", "def f(x):\n\n    return  x", True),
        ("x = 1", "x = True", False),
        ("x = 1", "x = 1.0", False),
        ("def f(x):\n    return x", "def f(y):\n    return y", False),
    ],
)
def test_texts_are_one_when_they_do_the_same_step_by_step(one, two, is_one):
    assert (fingerprint(one) == fingerprint(two)) is is_one


def test_long_texts_are_told_where_they_differ():
    before = "np.log(np.sum(np.exp(log_alpha[:, t - 1, :, None] + log_A), axis=1)) + log_obs[:, t]"
    after = before.replace("axis=1", "axis=0")
    assert became(before, after) == "…og_A), axis=1)) + log_obs… -> …og_A), axis=0)) + log_obs…"
    assert became("x + y", "x - y") == "x + y -> x - y"
    assert became("f(x)", "") == "f(x) -> nothing"
