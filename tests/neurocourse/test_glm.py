"""The ready-made model, against closed forms, an established library and a simulated truth."""

import numpy as np
import pytest

from neurocourse import glm, simulate


def test_with_one_feature_of_two_values_the_fit_is_the_mean_of_each():
    features = np.column_stack([np.ones(4), [1.0, 1.0, -1.0, -1.0]])
    weights = glm.fit_poisson(features, np.array([7.0, 9.0, 1.0, 3.0]))
    np.testing.assert_allclose(np.exp(features @ weights), [8, 8, 2, 2], rtol=1e-6)


def test_the_fit_agrees_with_an_established_library():
    from sklearn.linear_model import PoissonRegressor

    rng = np.random.default_rng(1)
    features = rng.normal(size=(500, 3))
    counts = rng.poisson(np.exp(0.2 + features @ [0.5, -0.3, 0.1]))
    expected = PoissonRegressor(alpha=0, tol=1e-8).fit(features, counts)
    bias, *weights = glm.fit_poisson(np.insert(features, 0, 1, axis=1), counts.astype(float))
    assert bias == pytest.approx(expected.intercept_, abs=1e-4)
    np.testing.assert_allclose(weights, expected.coef_, atol=1e-4)


def test_the_gradient_vanishes_at_the_fit_even_far_from_the_start():
    rng = np.random.default_rng(2)
    features = np.insert(3 * rng.normal(size=(2000, 2)), 0, 1, axis=1)
    counts = rng.poisson(np.exp(np.clip(features @ [1.0, 0.8, -0.6], -20, 7))).astype(float)
    weights = glm.fit_poisson(features, counts)
    assert np.abs(features.T @ (np.exp(features @ weights) - counts)).max() < 1e-2


def test_counts_that_no_finite_weights_fit_best_are_an_error():
    with pytest.raises(RuntimeError, match="did not converge in 3 Newton steps: are some rates zero?"):
        glm.fit_poisson(np.eye(2), np.array([0.0, 1e6]), max_steps=3)


@pytest.mark.parametrize("cell", range(4))
def test_the_filter_of_a_simulated_cell_is_recovered(cell):
    stim, spikes = simulate.simulate_rgc(np.random.default_rng(3), cell, 20_000)
    fit = glm.fit_lags(stim, spikes, 25)
    assert np.corrcoef(fit.filter, simulate.RGC_CELLS[cell].filter)[0, 1] > 0.98
    assert fit.score > 0.8


def test_the_number_of_lags_decides_the_length_and_the_present_comes_last():
    stim, spikes = simulate.simulate_rgc(np.random.default_rng(4), 2, 6000)
    short, long = glm.fit_lags(stim, spikes, 8), glm.fit_lags(stim, spikes, 30)
    assert (len(short.filter), len(long.filter)) == (8, 30)
    np.testing.assert_allclose(short.filter[-6:], long.filter[-6:], atol=0.25)


def test_the_score_looks_at_held_out_bins_alone():
    stim, spikes = simulate.simulate_rgc(np.random.default_rng(5), 2, 3000)
    fit = glm.fit_lags(stim, spikes, 10, train_fraction=0.5)
    assert len(fit.observed) == len(fit.predicted) == 1500
    np.testing.assert_array_equal(fit.observed, spikes[1500:])
    spikes[1500:] = 0
    silent = glm.fit_lags(stim, spikes, 10, train_fraction=0.5)
    np.testing.assert_array_equal(silent.filter, fit.filter)
    assert np.isnan(silent.score)


def test_a_stimulus_that_says_nothing_scores_about_zero():
    rng = np.random.default_rng(6)
    fit = glm.fit_lags(rng.choice([-0.5, 0.5], 9000), rng.poisson(0.4, 9000), 5)
    assert abs(fit.score) < 0.02


@pytest.mark.parametrize("form", [np.asarray, np.ndarray.tolist, np.longdouble], ids=["", "list", "long"])
def test_linear_weights_are_read_back_off_predictions(form):
    rng = np.random.default_rng(7)
    design_matrix = rng.normal(size=(50, 3))
    predictions = 2 + design_matrix @ [1.0, -1.0, 0.5]
    bias, weights = glm.linear_weights(form(design_matrix), form(predictions))
    assert bias == pytest.approx(2)
    np.testing.assert_allclose(weights, [1, -1, 0.5])
