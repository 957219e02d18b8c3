"""Tutorial 2: its lesson on twins of several seeds, its reference numbers on the recording, old mistakes."""

import os
from pathlib import Path

import numpy as np
import pytest

from neurocourse import datasets
from neurocourse.datasets import retina
from tests.notebooks.solved import run_with

TUTORIAL = "02_poisson_glm/poisson_glm.ipynb"
FOLDER = Path(os.environ.get("NEUROCOURSE_DATA_DIR") or Path(__file__).parents[3] / "shared" / "data")
needs_recording = pytest.mark.skipif(
    not (FOLDER / "RGCdata.mat").is_file(), reason="the recording RGCdata.mat is not at hand"
)
SEEDS = (2004, 1, 2, 3, 4)
SIZES = {"n_train": 20_000, "n_test": 10_000}


@pytest.fixture(scope="module", params=SEEDS, ids="seed {}".format)
def twin(request):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(retina, "_RGC_SEED", request.param)
        return run_with(patch, TUTORIAL, NEUROCOURSE_DATA="simulated")


@pytest.fixture(scope="module")
def recorded():
    with pytest.MonkeyPatch.context() as patch:
        return run_with(patch, TUTORIAL, NEUROCOURSE_DATA="recorded", NEUROCOURSE_DATA_DIR=str(FOLDER))


def assert_the_lesson(tutorial):
    assert {name: tutorial[name] for name in SIZES} == SIZES
    assert 0.10 < tutorial["fraction_negative"] < 0.35
    assert tutorial["yhat_lnp"].min() > 0
    assert tutorial["held_out"]["lnp"] > tutorial["held_out"]["lg"] + 0.1
    assert tutorial["held_out"]["lnp"] > 0.5  # a constant rate scores 0
    assert tutorial["lg_sta_correlation"] > 0.99


def test_the_lesson_holds_on_twins(twin):
    assert twin["source"] == "simulated"
    assert_the_lesson(twin)


def test_fitted_filters_match_the_true_filter_of_a_twin(twin):
    true_filter = twin["recording"].true_filter
    for name in ("filter_lg", "filter_lnp"):
        assert np.corrcoef(twin[name], true_filter)[0, 1] > 0.9


@needs_recording
def test_the_lesson_holds_on_the_recording(recorded):
    assert recorded["source"] == "recorded"
    assert_the_lesson(recorded)


@needs_recording
def test_the_linear_model_meets_its_reference_numbers(recorded):
    linear = recorded["filter_lg"]
    assert recorded["spikes"].mean() / recorded["dt"] == pytest.approx(42.5, abs=0.05)
    assert recorded["bias_lg"] == pytest.approx(0.3546, abs=5e-5)
    assert (linear.argmax(), linear.argmin()) == (20, 17)
    assert linear.max() == pytest.approx(0.5756, abs=5e-5)
    assert linear.min() == pytest.approx(-0.2125, abs=5e-5)
    assert recorded["fraction_negative"] == pytest.approx(0.222, abs=5e-4)
    assert recorded["mse_lg"] == pytest.approx(0.2652, abs=5e-5)


@needs_recording
def test_the_poisson_model_meets_its_reference_numbers(recorded):
    fitted, spikes, rates = recorded["filter_lnp"], recorded["spikes"], recorded["yhat_lnp"]
    assert recorded["nll_lnp"] == pytest.approx(8616.143, abs=1e-3)
    assert recorded["bias_lnp"] == pytest.approx(-2.0047, abs=5e-5)
    assert (fitted.argmax(), fitted.argmin()) == (20, 17)
    assert fitted.max() == pytest.approx(2.1267, abs=1e-4)
    assert fitted.min() == pytest.approx(-0.6032, abs=1e-4)
    assert recorded["mse_lnp"] == pytest.approx(0.2354, abs=5e-5)
    gain = spikes @ np.log2(rates / spikes.mean()) - (rates - spikes.mean()).sum() / np.log(2)
    assert gain / spikes.sum() == pytest.approx(1.19, abs=5e-3)
    assert recorded["held_out"]["lnp"] == pytest.approx(1.0, abs=0.05)


@needs_recording
@pytest.mark.parametrize(("cell", "minimum"), [(0, 6608.621), (1, 6066.464), (2, 8616.143), (3, 6271.004)])
def test_every_cell_reaches_the_minimum_of_its_likelihood(recorded, monkeypatch, cell, minimum):
    monkeypatch.setenv("NEUROCOURSE_DATA_DIR", str(FOLDER))
    data = datasets.load_rgc(cell=cell, n_bins=20_000, source="recorded")
    theta = recorded["fit_lnp"](data.stim, data.spikes)
    loss = recorded["neg_log_lik_lnp"](theta, recorded["with_ones"], data.spikes)
    assert loss == pytest.approx(minimum, abs=1e-3)


@needs_recording
def test_the_stimulus_of_the_recording_is_white(recorded):
    assert recorded["correlation"][1] == pytest.approx(-0.0059, abs=5e-5)
    assert np.all(np.abs(recorded["correlation"][[2, 5, 10]]) < 0.005)
    assert np.all(np.abs(recorded["correlation"][1:]) < 0.03)


@pytest.fixture(scope="module")
def quick():
    with pytest.MonkeyPatch.context() as patch:
        return run_with(patch, TUTORIAL, NEUROCOURSE_DATA="simulated", NEUROCOURSE_QUICK="1")


def test_quick_mode_makes_the_problem_smaller(quick):
    assert len(quick["stim"]) < SIZES["n_train"] / 2


@pytest.mark.parametrize("d", [1, 3, 30])
def test_the_number_of_lags_is_honoured_everywhere(quick, d):
    stim, spikes = quick["stim"][:1000], quick["spikes"][:1000]
    assert quick["make_design_matrix"](stim, d).shape == (1000, d)
    assert quick["fit_lnp"](stim, spikes, d).shape == (d + 1,)
    n_free = np.linalg.matrix_rank(quick["make_design_matrix"](stim, d))
    assert n_free == d
    full, short = (quick["predict_spike_counts_lg"](stim, spikes, lags) for lags in (d + 5, d))
    assert np.sum((spikes - full) ** 2) < np.sum((spikes - short) ** 2)


def test_a_row_of_the_design_matrix_knows_nothing_of_the_future(quick):
    stim = np.arange(1.0, 9.0)
    changed = stim.copy()
    changed[5:] = 99
    before, after = (quick["make_design_matrix"](values, 4) for values in (stim, changed))
    np.testing.assert_array_equal(before[:5], after[:5])
    np.testing.assert_array_equal(before[:, -1], stim)


def test_without_theta_the_poisson_model_is_fitted_to_the_stimulus(quick):
    stim, spikes = quick["stim"][:2000], quick["spikes"][:2000]
    theta = quick["fit_lnp"](stim, spikes, 10)
    fitted = quick["predict_spike_counts_lnp"](stim, spikes, d=10)
    np.testing.assert_allclose(fitted, quick["predict_spike_counts_lnp"](stim, spikes, theta, 10))


def test_the_likelihood_is_finite_where_an_exponential_rounds_to_zero(quick):
    X, y = np.array([[1.0, 1.0]]), np.array([2])
    assert quick["neg_log_lik_lnp"](np.array([0.0, -800.0]), X, y) == 1600


def test_a_fit_that_does_not_converge_is_an_error(quick):
    stim, spikes = quick["stim"][:200], quick["spikes"][:200].astype(float)
    spikes[0] = np.nan
    with np.errstate(all="ignore"), pytest.raises(RuntimeError, match="the fit did not converge"):
        quick["fit_lnp"](stim, spikes, 3)


def test_the_filter_that_is_drawn_has_no_bias_in_it(quick):
    assert len(quick["filter_lg"]) == len(quick["filter_lnp"]) == quick["d"]
    np.testing.assert_array_equal(quick["filter_lnp"], quick["theta_lnp"][1:])


def test_the_text_says_how_often_an_optimiser_asks_for_the_loss(twin):
    from scipy.optimize import minimize

    def slope(theta, X, y):
        return X.T @ (np.exp(X @ theta) - y)

    data, loss = (twin["with_ones"], twin["spikes"]), twin["neg_log_lik_lnp"]
    found = {
        method: minimize(loss, np.zeros(26), data, jac=slope, method=method) for method in (None, "L-BFGS-B")
    }
    assert found[None].nfev == pytest.approx(90, abs=15)
    assert found["L-BFGS-B"].nfev == pytest.approx(12, abs=3)


def test_the_widget_leaves_the_test_bins_in_the_drawer(quick):
    assert all(len(cell.stim) == quick["n_train"] for cell in quick["cells"])
    np.testing.assert_array_equal(quick["cells"][2].stim, quick["stim"])
