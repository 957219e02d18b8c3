"""The model neuron of tutorial 1 answers images as its equation says."""

import numpy as np
import pytest

from neurocourse.simulate import LNP_N_IMAGES, LNP_WIDTH, lnp_filter, simulate_lnp, simulate_white_noise


def test_the_filter_is_a_gaussian_of_amplitude_one_with_the_stated_widths():
    weights = lnp_filter()
    assert weights.shape == (LNP_WIDTH, LNP_WIDTH) == (10, 10)
    assert 0.6 < weights.max() <= 1  # its peak lies between pixels
    assert weights.sum() == pytest.approx(2 * np.pi * 1.4 * 0.5, rel=0.02)
    offset = np.arange(10) - 4.5
    column, row = (grid.ravel() for grid in np.meshgrid(offset, offset))
    share = weights.ravel() / weights.sum()
    assert (share @ column, share @ row) == pytest.approx((0, 0), abs=1e-9)
    covariance = np.cov(np.stack([column, row]), aweights=share, ddof=0)
    variances, axes = np.linalg.eigh(covariance)
    np.testing.assert_allclose(np.sqrt(variances), [0.5, 1.4], rtol=0.03)
    assert np.degrees(np.arctan(axes[1, 1] / axes[0, 1])) == pytest.approx(15, abs=1)


def test_white_noise_is_standard_normal_and_its_pixels_are_independent():
    images = simulate_white_noise(np.random.default_rng(123))
    assert images.shape == (LNP_N_IMAGES, 100)
    assert images.mean() == pytest.approx(0, abs=0.005)
    np.testing.assert_allclose(np.cov(images, rowvar=False), np.eye(100), atol=0.08)
    np.testing.assert_array_equal(images, np.random.default_rng(123).standard_normal((10_000, 100)))


@pytest.mark.parametrize("seed", range(5))
def test_counts_are_poisson_around_the_exponential_of_the_drive(seed):
    rng = np.random.default_rng(seed)
    images = 0.5 * simulate_white_noise(rng)
    rate = np.exp(images @ lnp_filter().ravel())
    residuals = simulate_lnp(rng, images) - rate
    assert residuals.sum() == pytest.approx(0, abs=4 * np.sqrt(rate.sum()))
    assert np.sum(residuals**2) / rate.sum() == pytest.approx(1, abs=0.1)


def test_the_same_seed_gives_the_same_counts_and_leaves_the_images_alone():
    images = simulate_white_noise(np.random.default_rng(1), 50)
    before = images.copy()
    first, second, other = (simulate_lnp(np.random.default_rng(seed), images) for seed in (2, 2, 3))
    np.testing.assert_array_equal(first, second)
    np.testing.assert_array_equal(images, before)
    assert not np.array_equal(first, other)


def test_lists_of_integers_are_images_too():
    assert simulate_lnp(np.random.default_rng(0), [[0] * 100, [1] * 100]).shape == (2,)
