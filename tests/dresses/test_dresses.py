"""What each dress makes of an answer, and what it leaves as it is."""

import warnings

import numpy as np
import pytest

from tests.dresses.functions import FUNCTIONS
from tests.dresses.inputs import INPUTS
from tests.dresses.results import RESULTS
from tests.dresses.texts import TEXTS, calls_of_earlier_functions
from tests.notebooks.promises import promise_of

DOUBLE = '''def double(x, y=1.0):
    """Double.

    Parameters
    ----------
    x : array, shape (n, p)
    y : float

    Returns
    -------
    array, shape (n, p)
    """
    if np.ndim(x) > 5:
        return double(x[0])
    seen.append(x)
    return 2 * x
'''
PAIR = '''def pair(x):
    """Make two.

    Parameters
    ----------
    x : array, shape (n,)

    Returns
    -------
    labels : array of int, shape (n,)
    error : float
    """
    return np.arange(len(x)), 0.5
'''
X = np.array([[1.0, 2.0], [3.0, 4.5]])


def worn(dress, source, *args, **kwargs):
    """Return what a function gives in a dress, and what its body was given."""
    promise = promise_of(source)
    assert dress.fits(promise)
    names = {"np": np, "seen": []}
    for cell in dress.put_on(source, promise):
        exec(cell, names)
    return names[promise.name](*args, **kwargs), names["seen"]


def named(dresses):
    return {dress.name: dress for dress in dresses}


RESULT, INPUT, TEXT = named(RESULTS), named(INPUTS), named(TEXTS)


@pytest.mark.parametrize(
    ("name", "holds"),
    [
        ("list", lambda r: r == [[2.0, 4.0], [6.0, 9.0]]),
        ("tuple", lambda r: r == ((2.0, 4.0), (6.0, 9.0))),
        ("list of rows", lambda r: [type(row) for row in r] == [np.ndarray] * 2),
        ("float32", lambda r: r.dtype == np.float32),
        ("longdouble", lambda r: r.dtype == np.longdouble),
        ("tensor", lambda r: type(r).__name__ == "Tensor"),
        ("read-only", lambda r: not r.flags.writeable),
        ("Fortran order", lambda r: r.flags.f_contiguous and not r.flags.c_contiguous),
        ("every second place in memory", lambda r: not r.flags.c_contiguous and not r.flags.f_contiguous),
        ("backwards in memory", lambda r: r.strides[0] < 0),
    ],
)
def test_a_result_comes_in_another_form_with_the_same_values(name, holds):
    result, _ = worn(RESULT[name], DOUBLE, X)
    assert holds(result)
    np.testing.assert_allclose(np.asarray(result), 2 * X)


@pytest.mark.parametrize(
    "name", ["read-only", "Fortran order", "every second place in memory", "backwards in memory"]
)
def test_a_number_stays_a_number(name):
    result, _ = worn(RESULT[name], DOUBLE, np.array(1.5))
    assert (np.shape(result), result) == ((), 3.0)


def test_a_pandas_object_is_one():
    pandas = pytest.importorskip("pandas")
    result, _ = worn(RESULT["pandas"], DOUBLE, X)
    assert isinstance(result, pandas.DataFrame)


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("list of results", list), ("tuple of results", tuple), ("namedtuple of results", tuple),
        ("generator of results", type(x for x in ())),
    ],
)  # fmt: skip
def test_several_results_come_together_in_another_form(name, kinds):
    result, _ = worn(RESULT[name], PAIR, np.ones(3))
    assert isinstance(result, kinds)
    labels, error = result
    assert (list(labels), error) == ([0, 1, 2], 0.5)


@pytest.mark.parametrize(
    ("name", "label_type", "error_type"),
    [
        ("float64", np.float64, float), ("int32", np.int32, float), ("float32", np.int64, np.float32),
        ("0-d array", np.int64, np.ndarray), ("Python number", np.int64, float),
    ],
)  # fmt: skip
def test_each_result_is_dressed_where_its_kind_allows(name, label_type, error_type):
    (labels, error), _ = worn(RESULT[name], PAIR, np.ones(3))
    assert labels.dtype == label_type
    assert type(error) is error_type


def test_a_dress_without_anything_to_dress_does_not_fit():
    assert not RESULT["0-d array"].fits(promise_of(DOUBLE))
    assert not RESULT["list of results"].fits(promise_of(DOUBLE))
    assert not RESULT["list"].fits(promise_of("n = 3"))
    assert not RESULT["array of results"].fits(promise_of(PAIR))


@pytest.mark.parametrize("dress", FUNCTIONS, ids=lambda dress: dress.name)
def test_a_function_in_a_dress_gives_the_same(dress):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        result, seen = worn(dress, DOUBLE, X, y=3)
    np.testing.assert_array_equal(result, 2 * X)
    assert seen[0] is X


@pytest.mark.parametrize(
    ("name", "holds"),
    [
        ("read-only inputs", lambda x: not x.flags.writeable),
        ("Fortran-ordered inputs", lambda x: x.flags.f_contiguous),
        ("inputs at every second place in memory", lambda x: not x.flags.c_contiguous),
        ("inputs rebuilt from lists", lambda x: x.flags.owndata),
        ("float32 inputs", lambda x: x.dtype == np.float32),
    ],
)
@pytest.mark.parametrize("by_name", [False, True])
def test_the_body_gets_its_inputs_in_another_form(name, holds, by_name):
    _, seen = worn(INPUT[name], DOUBLE, x=X) if by_name else worn(INPUT[name], DOUBLE, X)
    assert holds(seen[0])
    assert seen[0] is not X
    np.testing.assert_array_equal(seen[0], X)


def test_whole_numbers_become_ints_and_others_stay():
    _, seen = worn(INPUT["whole inputs as ints"], DOUBLE, np.ones((2, 2)))
    assert seen[0].dtype == int
    _, seen = worn(INPUT["whole inputs as ints"], DOUBLE, X)
    assert seen[0].dtype == float


@pytest.mark.parametrize("name", TEXT)
def test_an_answer_in_other_words_does_the_same(name):
    result, _ = worn(TEXT[name], DOUBLE, X)
    np.testing.assert_array_equal(result, 2 * X)
    sources = TEXT[name].put_on(DOUBLE, promise_of(DOUBLE))
    assert len(sources) == (1 if name == "arguments renamed in the body" else 2)


def test_a_class_and_a_cell_of_numbers_come_in_two_cells():
    source = 'class Net(Base):\n    """A network."""\n\n    def __init__(self, n):\n        self.n = n\n'
    names = {"Base": object}
    for cell in TEXT["two cells"].put_on(source, promise_of(source)):
        exec(cell, names)
    assert names["Net"](3).n == 3
    assert TEXT["two cells"].put_on("a = 6\nb = 2 * a", None) == ("a = 6", "b = 2 * a")


def test_a_function_that_calls_itself_is_dressed_once_on_the_outside():
    source = DOUBLE.replace("np.ndim(x) > 5", "len(x) > 1").replace("double(x[0])", "double(x[:1]) + 0 * x")
    result, _ = worn(RESULT["list"], source, X)
    assert result == [[2.0, 4.0], [2.0, 4.0]]


def test_earlier_functions_are_called_by_keyword_by_place_and_with_lists():
    source = PAIR.replace("np.arange(len(x)), 0.5", "double(x, scale=3)")
    dresses = named(calls_of_earlier_functions({"double": ["x", "scale"]}))
    texts = [
        dress.put_on(source, promise_of(source))[0].splitlines()[-1].strip() for dress in dresses.values()
    ]
    assert texts == [
        "return double(x=x, scale=3)",
        "return double(x, 3)",
        "return double(_listed(x), scale=_listed(3))",
    ]


def test_an_answer_that_calls_no_earlier_function_stays_as_it_is():
    for dress in calls_of_earlier_functions({"other": ["x"]}):
        assert dress.put_on(DOUBLE, promise_of(DOUBLE)) == (DOUBLE,)
