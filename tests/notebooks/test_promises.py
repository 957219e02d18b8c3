"""What is read off the docstring of an exercise."""

import pytest

from tests.notebooks.promises import Value, promise_of

FUNCTION = '''def smooth(x, counts, d=25, rng=None):
    """Smooth.

    Parameters
    ----------
    x : array, shape (n, p)
        One image in each row.
    counts : array of int, shape (n,)
        Spike counts.
    d : int
        Number of lags.
    rng : int or numpy.random.Generator
        Seed.

    Returns
    -------
    psi, A : arrays, shapes (K,), (K, K)
        Probabilities.
    error : float
    """
    return work(x)
'''

NETWORK = '''class Net(nn.Module):
    """A network.

    Parameters
    ----------
    n_in, n_out : int
        Numbers of units.
    """

    def __init__(self, n_in, n_out=3):
        super().__init__()
'''


def test_arguments_have_kind_shape_range_and_default():
    assert promise_of(FUNCTION).arguments == (
        Value("x", "array", ("n", "p")),
        Value("counts", "array", ("n",), whole=True, range="counts"),
        Value("d", "int", whole=True, default="25"),
        Value("rng", "rng", default="None"),
    )


def test_results_that_share_a_line_have_a_shape_each():
    assert promise_of(FUNCTION).results == (
        Value("psi", "array", ("K",), range="probabilities"),
        Value("A", "array", ("K", "K"), range="probabilities"),
        Value("error", "float"),
    )


def test_a_result_may_have_no_name():
    source = 'def f(x):\n    """Do.\n\n    Returns\n    -------\n    array, shape (n,)\n    """'
    assert promise_of(source).results == (Value("", "array", ("n",)),)


def test_a_class_promises_a_network_made_of_its_arguments():
    promise = promise_of(NETWORK)
    assert promise.is_class
    assert promise.has_gradients
    assert [(value.name, value.default) for value in promise.arguments] == [("n_in", ""), ("n_out", "3")]
    assert promise.argument("r").kind == "tensor"


def test_a_cell_that_defines_nothing_promises_nothing():
    assert promise_of("n_units = 6 * 12 * 16") is None


@pytest.mark.parametrize(
    ("described", "expected"),
    [
        ("Spike count in each bin.", "counts"), ("0 or 1", "labels"), ("Rate of each cell, in Hz.", "rates"),
        ("Probability of each state.", "probabilities"), ("Log probability of the spikes.", ""),
        ("Log-probabilities.", "log-probabilities"),
        ("One weight for each neuron.", ""),
    ],
)  # fmt: skip
def test_a_description_says_in_which_range_values_lie(described, expected):
    lines = ["Do.", "", "Parameters", "----------", "v : array, shape (n,)", f"    {described}", ""]
    source = 'def f(v):\n    """' + "\n    ".join(lines) + '"""'
    assert promise_of(source).argument("v").range == expected
