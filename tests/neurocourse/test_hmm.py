"""Ready-made parts of the hidden Markov model, against scipy's Poisson and sums over all states."""

import itertools

import numpy as np
import pytest
from scipy.stats import poisson

from neurocourse import hmm

PSI = np.array([0.3, 0.7])
A = np.array([[0.9, 0.1], [0.4, 0.6]])
L = np.array([[10.0, 30.0], [25.0, 5.0], [8.0, 12.0]])
DT = 0.1


def counts(seed, n_trials=2, n_bins=4):
    return np.random.default_rng(seed).poisson(1.5, (n_trials, n_bins, len(L)))


def test_log_observations_are_those_of_scipys_poisson_summed_over_cells():
    Y = counts(1)
    expected = poisson.logpmf(Y[..., None], L * DT).sum(axis=2)
    np.testing.assert_allclose(hmm.log_observations(Y, L, DT), expected, rtol=1e-10)


def test_a_cell_that_never_fires_in_a_state_rules_it_out_with_its_first_spike():
    log_obs = hmm.log_observations([[[0], [1]]], [[0, 10]], DT)
    np.testing.assert_allclose(log_obs, [[[0, -1], [-np.inf, -1]]])


def test_log_observations_take_lists_and_small_integers_without_wrapping_round():
    few = np.full((1, 2, 1), 200, dtype=np.uint8)
    np.testing.assert_allclose(
        hmm.log_observations(few, [[3000]], DT), hmm.log_observations(few.tolist(), [[3000.0]], DT)
    )


def enumerate_beliefs(Y):
    """Return the paths, their log probabilities together with spikes (N, P), and the beliefs that follow."""
    log_obs = hmm.log_observations(Y, L, DT)
    paths = np.array(list(itertools.product(range(2), repeat=Y.shape[1])))
    moves = np.log(PSI[paths[:, 0]]) + np.log(A[paths[:, :-1], paths[:, 1:]]).sum(axis=1)
    joint = moves + np.array([[obs[range(len(path)), path].sum() for path in paths] for obs in log_obs])
    weights = np.exp(joint - np.logaddexp.reduce(joint, axis=1, keepdims=True))
    one_hot = np.eye(2)[paths]
    gamma = np.einsum("np,ptk->ntk", weights, one_hot)
    xi = np.einsum("np,pti,ptj->ntij", weights, one_hot[:, :-1], one_hot[:, 1:])
    return joint, weights, gamma, xi


def test_the_expected_complete_log_likelihood_is_an_average_over_all_sequences_of_states():
    Y = counts(2)
    joint, weights, gamma, xi = enumerate_beliefs(Y)
    ecll = hmm.expected_complete_log_likelihood(Y, gamma, xi, PSI, A, L, DT)
    assert ecll == pytest.approx((weights * joint).sum(axis=1).mean() / (Y.shape[1] * DT))


def as_tensor(array):
    return pytest.importorskip("torch").as_tensor(array)


@pytest.mark.parametrize(
    "form", [np.ndarray.tolist, np.longdouble, as_tensor], ids=["list", "long", "tensor"]
)
def test_parameters_and_beliefs_come_in_each_form_that_tests_accept(form):
    Y = counts(6)
    _, _, gamma, xi = enumerate_beliefs(Y)
    given = (gamma, xi, PSI, A, L)
    ecll = hmm.expected_complete_log_likelihood(Y, *map(form, given), DT)
    assert ecll == pytest.approx(hmm.expected_complete_log_likelihood(Y, *given, DT))
    parameters = tuple(map(form, (PSI, A, L)))
    for part, wanted in zip(hmm.interpolate(parameters, parameters, 0.5), (PSI, A, L), strict=True):
        np.testing.assert_allclose(part, wanted)


def test_with_the_entropy_of_the_belief_it_is_the_log_likelihood():
    Y = counts(3)
    joint, weights, gamma, xi = enumerate_beliefs(Y)
    ecll = hmm.expected_complete_log_likelihood(Y, gamma, xi, PSI, A, L, DT)
    entropy = -(weights * np.log(weights)).sum(axis=1).mean() / (Y.shape[1] * DT)
    assert ecll + entropy == pytest.approx(np.logaddexp.reduce(joint, axis=1).mean() / (Y.shape[1] * DT))


def test_impossible_changes_that_nobody_believes_in_cost_nothing():
    gamma = np.array([[[1.0, 0.0], [1.0, 0.0]]])
    xi = np.array([[[[1.0, 0.0], [0.0, 0.0]]]])
    ecll = hmm.expected_complete_log_likelihood(
        np.zeros((1, 2, 1)), gamma, xi, [1, 0], np.eye(2), [[10, 0]], DT
    )
    assert ecll == pytest.approx(-10)


@pytest.mark.parametrize("n_states", [1, 2, 5])
def test_a_random_start_is_a_valid_set_of_parameters(n_states):
    psi, moves, rates = hmm.random_start(np.random.default_rng(4), counts(4), n_states, DT)
    assert (psi.shape, moves.shape, rates.shape) == ((n_states,), (n_states, n_states), (3, n_states))
    assert psi.sum() == pytest.approx(1)
    np.testing.assert_allclose(moves.sum(axis=1), 1)
    assert np.all(np.diag(moves) > 0.99)
    assert np.all(moves >= 0)
    assert np.all(rates > 0)


def test_a_random_start_depends_on_its_seed_and_not_on_the_states():
    Y = counts(5)
    first, other = (hmm.random_start(np.random.default_rng(seed), Y, 3, DT) for seed in (1, 2))
    again = hmm.random_start(np.random.default_rng(1), Y[:, ::-1], 3, DT)
    assert not np.allclose(first[2], other[2])
    np.testing.assert_allclose(first[2], again[2])


def test_the_line_between_parameters_meets_both_and_stays_valid_beyond_them():
    first = (np.array([0.2, 0.8]), np.array([[0.9, 0.1], [0.0, 1.0]]), L)
    second = (np.array([0.6, 0.4]), np.array([[0.99, 0.01], [0.0, 1.0]]), L[::-1])
    for position, expected in ((0, first), (1, second)):
        for part, wanted in zip(hmm.interpolate(first, second, position), expected, strict=True):
            np.testing.assert_allclose(part, wanted, atol=1e-12)
    for position in (-2, 0.5, 3):
        psi, moves, rates = hmm.interpolate(first, second, position)
        assert psi.sum() == pytest.approx(1)
        np.testing.assert_allclose(moves.sum(axis=1), 1)
        assert moves[1, 0] < 1e-100
        assert np.all(rates > 0)
