"""Tutorial 1: its lesson on images and spikes of several seeds, its reference numbers, old mistakes."""

import numpy as np
import pytest
from scipy.optimize import check_grad

from neurocourse.datasets import lnp
from tests.notebooks.solved import run_with

TUTORIAL = "01_lnp_encoding/lnp_encoding.ipynb"
SEEDS = (0, 1, 2, 3, 4)


@pytest.fixture(scope="module")
def tutorial():
    with pytest.MonkeyPatch.context() as patch:
        return run_with(patch, TUTORIAL)


@pytest.fixture(scope="module", params=SEEDS, ids="seed {}".format)
def other_seed(request):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lnp, "_WHITE_NOISE_SEED", 100 + request.param)
        patch.setattr(lnp, "_SCENES_SEED", 200 + request.param)
        return run_with(patch, TUTORIAL, NEUROCOURSE_DATA="simulated")


@pytest.fixture(scope="module")
def quick():
    with pytest.MonkeyPatch.context() as patch:
        return run_with(patch, TUTORIAL, NEUROCOURSE_DATA="simulated", NEUROCOURSE_QUICK="1")


def correlation(tutorial, weights):
    return np.corrcoef(weights, tutorial["true_filter"].ravel())[0, 1]


def assert_the_lesson(tutorial):
    assert correlation(tutorial, tutorial["WN_STA"]) > 0.95
    assert correlation(tutorial, tutorial["NS_STA"]) < 0.7
    assert correlation(tutorial, tutorial["k"]) > correlation(tutorial, tutorial["NS_STA"]) + 0.15
    assert np.all(np.diff(tutorial["NLL"]) < 0)
    assert len(tutorial["NLL"]) == len(tutorial["NLL_large"]) == tutorial["n_steps"]
    assert tutorial["large_diverges"]
    assert not np.isfinite(tutorial["NLL_large"][-1])


def test_the_lesson_holds_for_other_seeds(other_seed):
    assert_the_lesson(other_seed)
    assert correlation(other_seed, other_seed["k_white"]) > 0.99


def test_the_lesson_holds_in_quick_mode_too(quick):
    assert quick["n_steps"] < 500
    assert_the_lesson(quick)


def test_the_reference_numbers_are_met(tutorial):
    assert_the_lesson(tutorial)
    assert len(tutorial["NS_counts"]) == len(tutorial["WN_counts"]) == 10_000
    assert tutorial["n_steps"] == 500
    assert correlation(tutorial, tutorial["WN_STA"]) == pytest.approx(0.98, abs=0.005)
    assert correlation(tutorial, tutorial["NS_STA"]) == pytest.approx(0.40, abs=0.005)
    assert correlation(tutorial, tutorial["k"]) == pytest.approx(0.73, abs=0.005)
    assert correlation(tutorial, tutorial["k_white"]) == pytest.approx(0.999, abs=0.0005)


def test_what_the_text_says_of_step_sizes_is_so(tutorial):
    images, counts = tutorial["NS_images"], tutorial["NS_counts"]

    def losses(alpha):
        with np.errstate(over="ignore", invalid="ignore"):
            return tutorial["gradient_descent"](images, counts, np.zeros(100), 60, alpha)[1]

    assert np.all(np.diff(losses(3.5e-6)) < 0)
    assert not np.all(np.diff(losses(4e-6)) < 0)
    rate = np.exp(images @ tutorial["lowest"].x)
    steepest = np.linalg.eigvalsh(images.T @ (rate[:, np.newaxis] * images))[-1]
    assert 2 / steepest == pytest.approx(4e-6, rel=0.05)


def test_the_text_is_right_about_bias_and_variance(tutorial):
    """Descent stops at a weak and smooth filter, the lowest loss has a strong and noisy one."""
    early, late = tutorial["k"], tutorial["lowest"].x
    assert tutorial["lowest"].success
    assert tutorial["lowest"].fun < tutorial["NLL"][-1]
    assert early.max() < 0.3 * tutorial["true_filter"].max() < 0.9 * late.max()
    outside = tutorial["true_filter"].ravel() < 0.01
    assert np.std(late[outside]) > 2 * np.std(early[outside])
    assert abs(correlation(tutorial, early) - correlation(tutorial, late)) < 0.15


def test_both_ways_of_calling_the_optimiser_end_in_one_place(tutorial):
    with_gradient, without = tutorial["with_gradient"], tutorial["without"]
    assert with_gradient.success
    assert without.success
    assert with_gradient.fun == pytest.approx(without.fun, abs=0.01)
    assert without.nfev > 50 * with_gradient.nfev


def test_the_gradient_agrees_with_small_steps_on_the_loss(quick):
    rng = np.random.default_rng(7)
    x, y, k = rng.normal(size=(50, 6)), rng.poisson(1.5, 50), rng.normal(size=6) / 2
    assert check_grad(quick["compute_NLL"], quick["compute_dNLL"], k, x, y) < 1e-4


def test_the_loss_is_scipys_poisson_likelihood_but_for_a_constant(quick):
    from scipy.stats import poisson

    rng = np.random.default_rng(8)
    x, y = rng.normal(size=(50, 4)), rng.poisson(1.5, 50)
    differences = [
        quick["compute_NLL"](k, x, y) + poisson.logpmf(y, np.exp(x @ k)).sum()
        for k in rng.normal(size=(3, 4)) / 2
    ]
    np.testing.assert_allclose(differences, differences[0])


def test_the_loss_is_finite_where_an_exponential_rounds_to_zero(quick):
    assert quick["compute_NLL"](np.array([-800.0]), np.array([[1.0]]), np.array([2])) == 1600


def test_descent_reaches_the_optimum_of_another_library(quick):
    from sklearn.linear_model import PoissonRegressor

    rng = np.random.default_rng(9)
    x = rng.normal(size=(400, 5))
    y = rng.poisson(np.exp(x @ rng.normal(size=5) / 2))
    peer = PoissonRegressor(alpha=0, fit_intercept=False, tol=1e-10, max_iter=1000).fit(x, y)
    ours, _ = quick["gradient_descent"](x, y, np.zeros(5), n_steps=2000, alpha=3e-4)
    np.testing.assert_allclose(ours, peer.coef_, atol=1e-4)


def test_descent_leaves_its_start_alone_and_records_the_loss_after_each_step(quick):
    rng = np.random.default_rng(10)
    x, y, start = rng.normal(size=(30, 3)), rng.poisson(1.0, 30), np.array([1, 0, -1])
    k, losses = quick["gradient_descent"](x, y, start, n_steps=4, alpha=1e-3)
    np.testing.assert_array_equal(start, [1, 0, -1])
    first, first_loss = quick["gradient_descent"](x, y, start, n_steps=1, alpha=1e-3)
    assert losses[0] == first_loss[0] == quick["compute_NLL"](first, x, y)
    assert losses[-1] == quick["compute_NLL"](k, x, y)


@pytest.mark.parametrize(
    ("nonlinearity", "slope"),
    [
        pytest.param(np.exp, np.exp, id="exponential"),
        pytest.param(lambda z: np.maximum(z, 0), lambda z: z > 0, id="rectifier"),
        pytest.param(lambda z: z**2, lambda z: 2 * z, id="even"),
    ],
)
def test_the_average_of_a_gaussian_stimulus_is_covariance_times_filter_up_to_size(nonlinearity, slope):
    """What the text says: the STA is C k E[f'] / E[f], so C k for the exponential and zero if f is even."""
    rng = np.random.default_rng(11)
    covariance = 0.8 ** np.abs(np.subtract.outer(np.arange(5), np.arange(5)))
    images = rng.multivariate_normal(np.zeros(5), covariance, 400_000)
    k = np.array([0, 0, 0.5, 0, 0])
    counts = rng.poisson(nonlinearity(images @ k))
    size = np.mean(slope(images @ k)) / np.mean(nonlinearity(images @ k))
    np.testing.assert_allclose(counts @ images / counts.sum(), size * covariance @ k, atol=0.02)
    expected_size = {np.exp: 1}.get(nonlinearity, size)
    assert size == pytest.approx(expected_size)


def test_the_nonlinearity_of_the_neuron_is_the_exponential_for_both_stimuli(tutorial):
    for centres, mean_counts in tutorial["estimates"].values():
        assert len(centres) == len(mean_counts) == 20
        np.testing.assert_allclose(mean_counts, np.exp(centres), rtol=0.45)


def test_large_steps_in_one_dimension_land_higher_on_each_side_and_where_the_loss_bends_more(quick):
    creeping, settling, growing = (np.array(path) for path in quick["paths"].values())
    bottom = np.log((3 + np.sqrt(13)) / 2)
    assert creeping[-1] < bottom - 0.5
    assert settling[-1] == pytest.approx(bottom, abs=0.01)
    curvature = np.exp(growing) + np.exp(-growing)
    assert growing[0] > growing[2] > growing[4]
    assert bottom < growing[1] < growing[3] < growing[5]
    assert np.all(2 / curvature[1:] < 0.6)
    assert np.all(2 / (np.exp(settling) + np.exp(-settling)) > 0.3)
    slope = np.exp(growing) - np.exp(-growing) - 3
    assert np.abs(slope[:2]) == pytest.approx([5.4, 6.0], abs=0.06)
    assert curvature[1] == pytest.approx(3 * curvature[0], rel=0.02)


def test_the_filter_is_the_bump_that_the_text_describes(quick):
    column, row = np.meshgrid(np.arange(10) - 4.5, np.arange(10) - 4.5)
    turned = np.exp(-1j * np.deg2rad(15)) * (column + 1j * row)
    bump = np.exp(-((turned.real / 1.4) ** 2 + (turned.imag / 0.5) ** 2) / 2)
    np.testing.assert_allclose(quick["true_filter"], bump)
