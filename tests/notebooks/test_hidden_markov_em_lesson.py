"""Tutorial 4: its lesson over several seeds, its answers against enumeration and hmmlearn, old mistakes."""

import itertools
import warnings

import numpy as np
import pytest

from neurocourse import hmm
from neurocourse.datasets import states as loader
from neurocourse.simulate import draw_poisson_hmm
from tests.notebooks.solved import run_with

TUTORIAL = "04_hidden_markov_em/hidden_markov_em.ipynb"
SEEDS = (42, 1, 2, 3, 4)
SIZES = {"n_trials": 300, "n_bins": 1000, "n_cells": 5, "n_states": 3}
LEFT_TO_RIGHT = np.array([[0.5, 0.5, 0.0], [0.0, 0.5, 0.5], [0.0, 0.0, 1.0]])


@pytest.fixture(scope="module", params=SEEDS, ids="seed {}".format)
def tutorial(request):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loader, "_TRIALS_SEED", request.param)
        patch.setattr(loader, "_NETWORK_SEED", request.param + 100)
        return run_with(patch, TUTORIAL)


@pytest.fixture(scope="module")
def quick():
    with pytest.MonkeyPatch.context() as patch:
        return run_with(patch, TUTORIAL, NEUROCOURSE_DATA="simulated", NEUROCOURSE_QUICK="1")


def test_the_problem_has_the_size_that_the_text_says(tutorial):
    assert {name: tutorial[name] for name in SIZES} == SIZES
    assert tutorial["dt"] == 0.002
    assert tutorial["data"].source == "simulated"


def test_the_likelihood_never_falls(tutorial):
    assert len(tutorial["lls"]) == 11
    assert np.all(np.diff(tutorial["lls"]) >= 0)
    for likelihood in tutorial["likelihoods"]:
        old, new = (int(np.argmin(np.abs(tutorial["positions"] - place))) for place in (0, 1))
        assert likelihood[new] > likelihood[old]


def test_em_ends_a_little_above_the_true_parameters_after_a_start_far_below(tutorial):
    lls, truth = tutorial["lls"], tutorial["ll_true"]
    assert lls[0] < truth - 10
    assert truth < lls[-1] < truth + 0.1
    assert lls[-1] - lls[-2] < 0.05


def test_learnt_and_true_parameters_agree_after_matching(tutorial):
    assert tutorial["r_matched"] > 0.99
    assert np.abs(tutorial["L_matched"] - tutorial["L_true"]).max() < 1.5
    assert np.abs(tutorial["A_matched"] - tutorial["A_true"]).max() < 0.002
    assert np.abs(tutorial["psi_matched"] - tutorial["psi_true"]).max() < 0.1


def test_the_first_states_are_learnt_less_exactly_than_rates_as_the_text_explains(tutorial):
    psi, n_trials = tutorial["psi_true"], tutorial["n_trials"]
    uncertainty = np.sqrt(psi * (1 - psi) / n_trials)
    assert np.all((uncertainty > 0.02) & (uncertainty < 0.03))
    assert np.all(np.abs(tutorial["psi_matched"] - psi) < 4 * uncertainty)


def test_learnt_transition_rates_are_within_some_tenths_of_a_hz(tutorial):
    difference = np.abs(tutorial["A_matched"] - tutorial["A_true"]) / tutorial["dt"]
    assert difference[~np.eye(3, dtype=bool)].max() < 0.6


def test_unmatched_they_do_not(tutorial):
    assert tutorial["r_unmatched"] < 0.5


def test_later_spikes_improve_beliefs_about_states(tutorial):
    right = {title: np.mean(guess == tutorial["data"].states) for title, guess in tutorial["guesses"].items()}
    assert right["all spikes"] > right["spikes so far"] + 0.03
    assert right["all spikes"] > 0.9


def test_believed_changes_are_as_many_as_true_ones(tutorial):
    assert tutorial["expected_changes"].mean() == pytest.approx(tutorial["true_changes"].mean(), rel=0.05)


def test_the_bound_touches_at_the_old_parameters_and_is_highest_at_the_new(tutorial):
    positions = tutorial["positions"]
    assert len(tutorial["bounds"]) == 8
    old, new = (int(np.argmin(np.abs(positions - place))) for place in (0, 1))
    for likelihood, bound in zip(tutorial["likelihoods"], tutorial["bounds"], strict=True):
        gap = np.array(likelihood) - bound
        assert gap.argmin() == old
        assert gap.min() == pytest.approx(0, abs=1e-9)
        assert np.argmax(bound) == new
        assert np.argmax(likelihood) > new  # so that EM's steps are short


def test_more_states_than_three_gain_nothing_on_held_out_trials(tutorial):
    seen, unseen = tutorial["score_seen"], tutorial["score_unseen"]
    assert np.all(np.diff(unseen)[:2] > 2)
    assert unseen[3:].max() < unseen[2] + 0.1
    assert seen[3:].min() > seen[2] - 0.05


def legacy_network(dt, n_trials, n_bins):
    """Return parameters, spikes and the start of EM as the course's earlier edition drew them.

    It used NumPy's legacy generator with the seed 101, set anew for the network, for states and spikes, and
    for the start of EM.
    """
    rng = np.random.RandomState(101)
    A = rng.rand(3, 3) * 3 * dt
    np.fill_diagonal(A, 0)
    np.fill_diagonal(A, 1 - A.sum(axis=1))
    psi, L = np.array([1, 2, 3]) / 6, draw_poisson_hmm(np.random.default_rng(0)).L
    rng = np.random.RandomState(101)
    states = np.zeros((n_trials, n_bins), dtype=int)
    states[:, 0] = np.argmax(np.cumsum(psi) > rng.rand(n_trials)[:, None], axis=1)
    for t in range(1, n_bins):
        rows = np.cumsum(A, axis=1)[states[:, t - 1]]
        states[:, t] = np.argmax(rows > rng.rand(n_trials)[:, None], axis=1)
    Y = rng.poisson(L.T[states] * dt)
    rng = np.random.RandomState(101)
    start = (psi, np.full((3, 3), 0.003) + 0.991 * np.eye(3), rng.rand(5, 3) * 50)
    return Y, (psi, A, L), start


LEGACY_TRUTH, LEGACY_SPIKES = -455.8684143, 70_120
LEGACY_SERIES = (
    -481.5065735, -461.8610533, -456.5662173, -455.9130202, -455.8576709,
    -455.8475180, -455.8443866, -455.8431170, -455.8425100, -455.8421872,
)  # fmt: skip


def test_em_reproduces_the_series_of_the_earlier_edition(quick):
    dt = 0.002
    Y, truth, start = legacy_network(dt, n_trials=300, n_bins=1000)
    assert Y.sum() == LEGACY_SPIKES
    assert quick["e_step"](Y, *truth, dt)[0] == pytest.approx(LEGACY_TRUTH, abs=1e-6)
    lls, parameters = quick["run_em"](Y, *start, dt, len(LEGACY_SERIES) - 1)
    np.testing.assert_allclose(lls, LEGACY_SERIES, rtol=0, atol=1e-6)
    *_, rates = quick["match_states"](*parameters[-1], truth[2])
    assert np.abs(rates - truth[2]).max() == pytest.approx(0.805, abs=5e-4)


def small_model(seed, n_trials=3, n_bins=6, n_cells=2, n_states=3):
    rng = np.random.default_rng(seed)
    psi, A = rng.dirichlet(np.ones(n_states)), rng.dirichlet(np.ones(n_states), n_states)
    return rng.poisson(1.2, (n_trials, n_bins, n_cells)), psi, A, rng.uniform(2, 30, (n_cells, n_states)), 0.1


def enumerate_states(Y, psi, A, L, dt):
    """Return log likelihoods and beliefs as sums over all sequences of states."""
    log_obs, n_states = hmm.log_observations(Y, L, dt), len(psi)
    paths = np.array(list(itertools.product(range(n_states), repeat=Y.shape[1])))
    prior = psi[paths[:, 0]] * A[paths[:, :-1], paths[:, 1:]].prod(axis=1)
    spoken = np.array([[np.exp(obs[range(len(path)), path].sum()) for path in paths] for obs in log_obs])
    joint, one_hot = prior * spoken, np.eye(n_states)[paths]
    weights = joint / joint.sum(axis=1, keepdims=True)
    gamma = np.einsum("np,ptk->ntk", weights, one_hot)
    xi = np.einsum("np,pti,ptj->ntij", weights, one_hot[:, :-1], one_hot[:, 1:])
    return np.log(joint.sum(axis=1)), gamma, xi


@pytest.mark.parametrize("n_states", [1, 2, 3, 4])
@pytest.mark.parametrize("n_bins", [2, 6])
def test_the_e_step_agrees_with_enumeration(quick, n_states, n_bins):
    model = small_model(7, n_bins=n_bins, n_states=n_states)
    log_lik, gamma, xi = enumerate_states(*model)
    ll, found_gamma, found_xi = quick["e_step"](*model)
    assert ll == pytest.approx(log_lik.mean() / (n_bins * 0.1))
    np.testing.assert_allclose(found_gamma, gamma, atol=1e-12)
    np.testing.assert_allclose(found_xi, xi, atol=1e-12)


def test_forward_and_backward_agree_on_the_likelihood_in_every_bin(quick):
    Y, psi, A, L, dt = small_model(8, n_bins=50)
    log_obs = hmm.log_observations(Y, L, dt)
    log_alpha, log_lik = quick["forward_pass"](log_obs, psi, A)
    in_every_bin = np.logaddexp.reduce(log_alpha + quick["backward_pass"](log_obs, A), axis=2)
    np.testing.assert_allclose(in_every_bin, np.repeat(log_lik[:, None], 50, axis=1))


def peer(Y, psi, A, L, dt, epochs=0):
    """Return hmmlearn's Poisson HMM with these parameters, after some epochs of its EM."""
    from hmmlearn.hmm import PoissonHMM

    model = PoissonHMM(len(psi), init_params="", n_iter=epochs, tol=-np.inf)
    model.startprob_, model.transmat_, model.lambdas_ = psi, A, L.T * dt
    model.n_features = Y.shape[2]
    return model


def test_the_likelihood_and_the_beliefs_are_those_of_hmmlearn(quick):
    Y, psi, A, L, dt = small_model(9, n_trials=4, n_bins=60, n_cells=3)
    flat, lengths = Y.reshape(-1, 3), [60] * 4
    log_lik, beliefs = peer(Y, psi, A, L, dt).score_samples(flat, lengths)
    ll, gamma, _ = quick["e_step"](Y, psi, A, L, dt)
    assert ll == pytest.approx(log_lik / 4 / (60 * dt))
    np.testing.assert_allclose(gamma.reshape(-1, 3), beliefs, atol=1e-9)


@pytest.mark.parametrize("epochs", [1, 5])
def test_em_takes_the_steps_of_hmmlearn(quick, epochs):
    Y, psi, A, L, dt = small_model(10, n_trials=20, n_bins=80, n_cells=3)
    model = peer(Y, psi, A, L, dt, epochs)
    model.fit(Y.reshape(-1, 3), [80] * 20)
    _, parameters = quick["run_em"](Y, psi, A, L, dt, epochs)
    found_psi, found_A, found_L = parameters[-1]
    np.testing.assert_allclose(found_psi, model.startprob_, atol=1e-6)
    np.testing.assert_allclose(found_A, model.transmat_, atol=1e-6)
    np.testing.assert_allclose(found_L, model.lambdas_.T / dt, rtol=1e-5)


def test_a_left_to_right_chain_gives_no_nan_and_no_warning(quick):
    Y, _, _, L, dt = small_model(11, n_trials=5, n_bins=40)
    start = np.array([1, 0, 0])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        lls, parameters = quick["run_em"](Y, start, LEFT_TO_RIGHT, L, dt, 3)
        _, gamma, xi = quick["e_step"](Y, start, LEFT_TO_RIGHT, L, dt)
    assert np.isfinite(lls).all()
    assert np.isfinite(gamma).all()
    assert np.isfinite(xi).all()
    np.testing.assert_allclose(xi[..., LEFT_TO_RIGHT == 0], 0)
    for psi, A, rates in parameters:
        np.testing.assert_allclose(psi, start)
        assert np.all(A[LEFT_TO_RIGHT == 0] == 0)
        assert np.isfinite(rates).all()


def test_the_left_to_right_chain_agrees_with_enumeration(quick):
    Y, _, _, L, dt = small_model(12, n_bins=5)
    model = (Y, np.array([1, 0, 0]), LEFT_TO_RIGHT, L, dt)
    _, gamma, xi = enumerate_states(*model)
    _, found_gamma, found_xi = quick["e_step"](*model)
    np.testing.assert_allclose(found_gamma, gamma, atol=1e-12)
    np.testing.assert_allclose(found_xi, xi, atol=1e-12)


def test_a_cell_that_never_fires_does_not_break_em(quick):
    Y, psi, A, L, dt = small_model(13)
    Y[..., 1] = 0
    lls, parameters = quick["run_em"](Y, psi, A, L, dt, 3)
    assert np.isfinite(lls).all()
    np.testing.assert_array_equal(parameters[-1][2][1], 0)


@pytest.mark.parametrize(("n_cells", "n_states"), [(1, 4), (6, 2)])
def test_cells_and_states_may_differ_in_number(quick, n_cells, n_states):
    Y, psi, A, L, dt = small_model(14, n_cells=n_cells, n_states=n_states)
    lls, parameters = quick["run_em"](Y, psi, A, L, dt, 2)
    assert (len(lls), len(parameters)) == (3, 3)
    assert parameters[-1][2].shape == (n_cells, n_states)
    np.testing.assert_allclose(parameters[-1][1].sum(axis=1), 1)


def test_a_transition_leads_from_the_first_index_to_the_second_everywhere(quick):
    cycle = np.array([[0, 1, 0], [0, 0, 1], [1, 0, 0]])
    states = quick["simulate_states"](np.array([1, 0, 0]), cycle, 2, 7, 1)
    np.testing.assert_array_equal(states[0], [0, 1, 2, 0, 1, 2, 0])
    seen = np.eye(3)[states]
    _, A, _ = quick["m_step"](np.ones((2, 7, 1)), seen, seen[:, :-1, :, None] * seen[:, 1:, None, :], 0.1)
    np.testing.assert_array_equal(A, cycle)
    for name in ("A_true", "A_em", "A_matched"):
        np.testing.assert_allclose(quick[name].sum(axis=1), 1)


def test_matching_undoes_any_renumbering(quick):
    psi, A, L = quick["psi_true"], quick["A_true"], quick["L_true"]
    for order in itertools.permutations(range(3)):
        order = list(order)
        renumbered = psi[order], A[order][:, order], L[:, order]
        for part, expected in zip(quick["match_states"](*renumbered, L), (psi, A, L), strict=True):
            np.testing.assert_array_equal(part, expected)


def test_model_data_and_start_have_seeds_of_their_own():
    seeds = {loader._NETWORK_SEED, loader._TRIALS_SEED, loader._FROZEN_SEED}
    assert len(seeds) == 3
    assert not seeds & {1, 3, 7}  # the seeds of the notebook


def test_em_does_not_begin_at_the_truth(quick):
    for part, true_part in zip(quick["start"], ("psi_true", "A_true", "L_true"), strict=True):
        assert not np.allclose(part, quick[true_part], rtol=0.02)


def test_quick_mode_makes_the_problem_smaller(quick):
    assert quick["Y"].size < 0.1 * 300 * 1000 * 5
    assert len(quick["lls"]) < 11
