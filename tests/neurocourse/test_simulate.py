"""The twin of the retinal ganglion cells has the recording's statistics and shows the tutorial's lesson."""

import time
from dataclasses import dataclass

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view
from scipy.optimize import minimize

from neurocourse.simulate import RGC_CELLS, RGC_DT, RGC_N_BINS, RGC_N_LAGS, simulate_rgc

SEEDS = range(5)
N_BINS = 20_000
N_TRAIN = 16_000


@dataclass(frozen=True)
class Fits:
    """Both models of tutorial 02, fitted to the first bins, and what they predict for all of them."""

    spikes: np.ndarray
    sta: np.ndarray
    lg_weights: np.ndarray
    lg_rate: np.ndarray
    lnp_weights: np.ndarray
    lnp_rate: np.ndarray

    def held_out_bits_per_spike(self, rate):
        """Log likelihood of the last bins, above a constant rate's."""
        counts = self.spikes[N_TRAIN:]
        constant = self.spikes[:N_TRAIN].mean()
        gain = counts @ np.log(rate[N_TRAIN:] / constant) - np.sum(rate[N_TRAIN:] - constant)
        return gain / np.log(2) / counts.sum()


def fit(stim, spikes):
    padded = np.concatenate([np.zeros(RGC_N_LAGS - 1), stim])
    lagged = sliding_window_view(padded, RGC_N_LAGS)
    design = np.column_stack([np.ones(len(stim)), lagged])
    seen, counts = design[:N_TRAIN], spikes[:N_TRAIN].astype(float)
    lg = np.linalg.lstsq(seen, counts, rcond=None)[0]

    def loss(theta):
        rate = np.exp(seen @ theta)
        return rate.sum() - counts @ (seen @ theta), seen.T @ (rate - counts)

    optimum = minimize(loss, np.zeros(design.shape[1]), jac=True, method="L-BFGS-B")
    assert optimum.success
    sta = lagged[:N_TRAIN].T @ counts / counts.sum()
    return Fits(spikes, sta, lg[1:], design @ lg, optimum.x[1:], np.exp(design @ optimum.x))


def correlation(a, b):
    return np.corrcoef(a, b)[0, 1]


@pytest.fixture(scope="module", params=[(cell, seed) for cell in range(4) for seed in SEEDS], ids=str)
def cell_and_fits(request):
    cell, seed = request.param
    return cell, fit(*simulate_rgc(np.random.default_rng(seed), cell, N_BINS))


def test_the_linear_model_predicts_negative_counts_in_10_to_35_percent_of_bins(cell_and_fits):
    _, fits = cell_and_fits
    assert 0.10 < np.mean(fits.lg_rate < 0) < 0.35
    assert np.all(fits.lnp_rate > 0)


def test_the_poisson_model_beats_the_linear_one_and_a_constant_rate_on_held_out_bins(cell_and_fits):
    _, fits = cell_and_fits
    lnp = fits.held_out_bits_per_spike(fits.lnp_rate)
    lg = fits.held_out_bits_per_spike(np.maximum(fits.lg_rate, 1e-3))
    assert lnp > lg + 0.1
    assert lg > 0.5
    counts = fits.spikes[N_TRAIN:]
    lnp_error = np.mean((counts - fits.lnp_rate[N_TRAIN:]) ** 2)
    lg_error = np.mean((counts - fits.lg_rate[N_TRAIN:]) ** 2)
    assert lnp_error < 0.95 * lg_error < 0.95 * counts.var()


def test_both_fitted_filters_resemble_the_true_one(cell_and_fits):
    cell, fits = cell_and_fits
    assert correlation(fits.lg_weights, RGC_CELLS[cell].filter) > 0.95
    assert correlation(fits.lnp_weights, RGC_CELLS[cell].filter) > 0.99


def test_the_poisson_model_recovers_the_gain_of_the_filter_too(cell_and_fits):
    cell, fits = cell_and_fits
    np.testing.assert_allclose(fits.lnp_weights, RGC_CELLS[cell].filter, atol=0.25)


def test_linear_weights_equal_the_spike_triggered_average_up_to_scale(cell_and_fits):
    _, fits = cell_and_fits
    assert correlation(fits.lg_weights, fits.sta) > 0.99
    assert not np.allclose(fits.lg_weights, fits.sta, rtol=0.2)


@pytest.mark.parametrize("seed", SEEDS)
def test_cell_2_peaks_and_dips_at_the_lags_of_the_recording(seed):
    fits = fit(*simulate_rgc(np.random.default_rng(seed), cell=2, n_bins=N_BINS))
    assert np.argmax(fits.lg_weights) == np.argmax(fits.lnp_weights) == 20
    assert np.argmin(fits.lg_weights) in (16, 17)
    assert np.argmin(RGC_CELLS[2].filter) == 17
    assert 0.9 < fits.held_out_bits_per_spike(fits.lnp_rate) < 1.2


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("cell", "rate"), [(0, 25.3), (1, 18.1), (2, 42.5), (3, 38.4)])
def test_each_cell_fires_at_about_the_rate_of_its_recording(cell, rate, seed):
    _, spikes = simulate_rgc(np.random.default_rng(seed), cell)
    assert spikes.mean() / RGC_DT == pytest.approx(rate, rel=0.04)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_flicker_is_white_and_has_the_contrast_of_the_recording(seed):
    stim, _ = simulate_rgc(np.random.default_rng(seed))
    np.testing.assert_array_equal(np.unique(stim), [-0.48, 0.48])
    assert abs(stim.mean()) < 0.006
    for lag in (1, 2, 5, 10):
        assert abs(correlation(stim[:-lag], stim[lag:])) < 0.012


def test_two_cells_are_off_and_two_are_on_and_all_are_biphasic():
    filters = np.array([cell.filter for cell in RGC_CELLS])
    assert filters.shape == (4, 25)
    strongest = filters[np.arange(4), np.abs(filters).argmax(axis=1)]
    np.testing.assert_array_equal(np.sign(strongest), [-1, -1, 1, 1])
    opposite = -np.sign(strongest) * np.max(-np.sign(strongest)[:, None] * filters, axis=1)
    assert np.all(np.abs(opposite) > 0.1 * np.abs(strongest))
    np.testing.assert_allclose(filters[:, -1], 0)  # the retina cannot answer at once


def rate_of(cell, stim):
    """Expected counts by the equation of the model, lag by lag."""
    padded = np.concatenate([np.zeros(24), stim])
    model = RGC_CELLS[cell]
    return np.exp(model.bias + sum(model.filter[j] * padded[j : j + len(stim)] for j in range(25)))


@pytest.mark.parametrize("cell", range(4))
def test_counts_are_poisson_around_the_rate_of_the_models_equation(cell):
    stim, spikes = simulate_rgc(np.random.default_rng(7), cell)
    rate = rate_of(cell, stim)
    residuals = spikes - rate
    assert residuals.sum() == pytest.approx(0, abs=4 * np.sqrt(rate.sum()))
    assert np.sum(residuals**2) / rate.sum() == pytest.approx(1, abs=0.03)
    assert correlation(residuals, rate) == pytest.approx(0, abs=0.015)
    assert correlation(residuals[:-1], residuals[1:]) == pytest.approx(0, abs=0.015)


def test_cells_share_the_flicker_and_not_the_noise():
    first_counts = np.empty((1000, 2))  # of bins in which the rate does not depend on the flicker
    for seed in range(1000):
        cells = [simulate_rgc(np.random.default_rng(seed), cell, n_bins=1) for cell in (2, 3)]
        assert cells[0][0] == cells[1][0]
        first_counts[seed] = [spikes[0] for _, spikes in cells]
    np.testing.assert_allclose(first_counts.mean(axis=0), [np.exp(-1.91), np.exp(-3.0)], atol=0.04)
    assert abs(correlation(*first_counts.T)) < 0.15


def test_the_twin_is_as_long_as_the_recording():
    stim, spikes = simulate_rgc(np.random.default_rng(0))
    assert stim.shape == spikes.shape == (RGC_N_BINS,) == (144_051,)


def test_the_same_seed_gives_the_same_cell_and_fewer_bins_its_beginning():
    stim, spikes = simulate_rgc(np.random.default_rng(3), cell=1, n_bins=2000)
    beginning = simulate_rgc(np.random.default_rng(3), cell=1, n_bins=500)
    np.testing.assert_array_equal(beginning[0], stim[:500])
    np.testing.assert_array_equal(beginning[1], spikes[:500])


def test_other_seeds_and_further_calls_give_other_flicker():
    rng = np.random.default_rng(3)
    first, second = simulate_rgc(rng, n_bins=200)[0], simulate_rgc(rng, n_bins=200)[0]
    other = simulate_rgc(np.random.default_rng(4), n_bins=200)[0]
    assert not np.array_equal(first, second)
    assert not np.array_equal(first, other)


def test_the_whole_twin_takes_less_than_a_second():
    started = time.process_time()
    simulate_rgc(np.random.default_rng(0))
    assert time.process_time() - started < 1
