"""Tutorial 4: its lesson over several seeds, its answers against enumeration and hmmlearn, old mistakes."""

import itertools
import warnings

import numpy as np
import pytest

from neurocourse import hmm
from neurocourse.datasets import states as loader
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


def test_the_run_is_like_the_reference_run():
    """Model, then states, then counts from one legacy seed; the counts of the reference are not its own.

    The reference (seed 101): -455.868 at the true parameters; EM -481.507, -461.861, -456.566, -455.913,
    -455.858, -455.848 and so on to -455.842 after 9 epochs; rates within 1 Hz. The order of random draws is
    not known, so that the numbers differ by the network and the trials, and agree in kind.
    """
    with pytest.MonkeyPatch.context() as patch:
        functions = run_with(patch, TUTORIAL, NEUROCOURSE_QUICK="1")
    rng = np.random.RandomState(101)
    A = rng.rand(3, 3) * 3 * 0.002
    np.fill_diagonal(A, 0)
    np.fill_diagonal(A, 1 - A.sum(axis=1))
    psi, L, dt = np.array([1, 2, 3]) / 6, functions["L_true"], 0.002
    uniform = rng.rand(300, 1000)
    states = np.zeros((300, 1000), dtype=int)
    states[:, 0] = np.sum(uniform[:, :1] > np.cumsum(psi)[:-1], axis=1)
    for t in range(1, 1000):
        states[:, t] = np.sum(uniform[:, t, None] > np.cumsum(A, axis=1)[states[:, t - 1], :-1], axis=1)
    Y = rng.poisson(L.T[states] * dt)
    truth, *_ = functions["e_step"](Y, psi, A, L, dt)
    start = hmm.random_start(np.random.default_rng(5), Y, 3, dt)
    lls, parameters = functions["run_em"](Y, *start, dt, 9)
    assert truth == pytest.approx(-455.868, rel=0.02)
    assert lls[0] == pytest.approx(-481.507, rel=0.03)
    assert lls[1] - lls[0] > 5
    assert np.all(np.diff(lls) > 0)
    assert lls[-1] - truth == pytest.approx(-455.842 + 455.868, abs=0.02)
    *_, rates = functions["match_states"](*parameters[-1], L)
    assert np.abs(rates - L).max() < 1


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
