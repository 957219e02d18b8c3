"""Figures of answers take them in each form in which tests accept them."""

import matplotlib
import numpy as np
import pytest

matplotlib.use("agg")
import matplotlib.pyplot as plt

from neurocourse import plots

T, K = 40, 3
RNG = np.random.default_rng(0)
ONE, OTHER = RNG.random(T), RNG.random(T)
COUNTS, STATES = RNG.poisson(1.0, T), RNG.integers(K, size=T)
SQUARE, FILTER = RNG.random((K, K)), RNG.random(9)
ANGLES = np.arange(0, 360, 360 / T)

PLOTS = {
    "mean counts": lambda form: plots.plot_mean_counts({"a": (form(ONE), form(OTHER))}, np.exp),
    "spatial filters": lambda form: plots.plot_spatial_filters(
        {"a": form(FILTER)}, true_filter=SQUARE, stretched=["a"]
    ),
    "scaled filter": lambda form: plots.plot_loss_of_scaled_filter(ANGLES, form(ONE)),
    "descent": lambda form: plots.plot_descent({"a": form(ONE)}),
    "diverging descent": lambda form: plots.plot_diverging_descent(form(ONE), form(OTHER)),
    "descents": lambda form: plots.plot_descents({"a": (form(FILTER), form(ONE))}, SQUARE),
    "descent and filter": lambda form: plots.plot_descent_and_filter("a", form(FILTER), form(ONE), SQUARE),
    "matrices": lambda form: plots.plot_matrices({"a": form(SQUARE)}),
    "design": lambda form: plots.plot_design_and_counts(form(np.outer(ONE, OTHER)), COUNTS),
    "predictions": lambda form: plots.plot_predictions(COUNTS, {"a": form(ONE)}, 0.01),
    "prediction histogram": lambda form: plots.plot_prediction_histogram(form(ONE - 0.5)),
    "filters": lambda form: plots.plot_filters({"a": form(FILTER)}, 0.01, expected=FILTER, unit_length=True),
    "autocorrelation": lambda form: plots.plot_autocorrelation(form(ONE), 0.01),
    "loss along a line": lambda form: plots.plot_loss_along_line(ANGLES, form(ONE), reference=1.0),
    "nonlinearity": lambda form: plots.plot_nonlinearity(form(ONE), COUNTS, {"a": np.exp}),
    "curves": lambda form: plots.plot_curves(ANGLES, {"a": form(ONE)}, xlabel="x", ylabel="y"),
    "choice probabilities": lambda form: plots.plot_choice_probabilities({"a": form(ONE)}, {"a": COUNTS > 0}),
    "accuracies": lambda form: plots.plot_accuracy_histograms({"a": form(ONE)}, {"b": 0.5}),
    "clusters": lambda form: plots.plot_clusters(
        np.stack([ONE, OTHER], axis=1), form(STATES), form(SQUARE[:, :2])
    ),
    "state sequences": lambda form: plots.plot_state_sequences({"a": form(STATES[None])}, 0.01),
    "dwell times": lambda form: plots.plot_dwell_times(form(STATES[None]), np.full((K, K), 1 / K), 0.01),
    "beliefs": lambda form: plots.plot_beliefs({"a": form(RNG.random((T, K)))}, STATES, 0.01),
    "likelihood": lambda form: plots.plot_likelihood_by_epoch(form(ONE), truth=1.0),
    "rates": lambda form: plots.plot_rate_match({"a": form(SQUARE)}, SQUARE),
    "transition rates": lambda form: plots.plot_transition_rates(form(SQUARE), SQUARE, 0.01),
    "population": lambda form: plots.plot_population(np.outer(ANGLES, ONE), ANGLES, form(OTHER)),
    "decoded angles": lambda form: plots.plot_decoded_angles(ANGLES, {"a": form(ANGLES)}),
    "errors": lambda form: plots.plot_error_by_angle(ANGLES, {"a": form(ONE)}),
    "encoding scores": lambda form: plots.plot_encoding_scores({"a": form(ONE)}),
}


def as_tensor(array):
    return pytest.importorskip("torch").as_tensor(array)


def as_pandas(array):
    pandas = pytest.importorskip("pandas")
    index = range(100, 100 + len(array))  # what asks for element 0 by its label does not find it
    if array.ndim == 2 and len(array) > 1:
        return pandas.DataFrame(array, index=index)
    return pandas.Series(array, index=index) if array.ndim == 1 else array


FORMS = {"list": np.ndarray.tolist, "tensor": as_tensor, "pandas": as_pandas}


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("plot", PLOTS.values(), ids=PLOTS)
def test_a_figure_takes_an_answer_in_each_form(plot, form):
    plot(form)
