"""Simulated spiking network whose cells follow a hidden state: a Poisson hidden Markov model."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

__all__ = ["HMM_DT", "PoissonHMM", "draw_poisson_hmm", "simulate_poisson_hmm"]

HMM_DT = 0.002
_HIGHEST_RATE = 50.0
_HIGHEST_TRANSITION_RATE = 3.0
_RELATIVE_RATES = (
    (0.02, 0.80, 0.37),
    (1.00, 0.70, 0.10),
    (0.92, 0.07, 0.50),
    (0.25, 0.42, 0.75),
    (0.15, 0.20, 0.85),
)


@dataclass(frozen=True, eq=False)
class PoissonHMM:
    """Parameters of a network with K hidden states and C cells, which `simulate_poisson_hmm` puts to work.

    Attributes
    ----------
    psi : numpy.ndarray, shape (K,)
        Probability of each state in the first bin.
    A : numpy.ndarray, shape (K, K)
        Transition probabilities: A[i, j] = P(next state is j | this state is i); rows sum to 1.
    L : numpy.ndarray, shape (C, K)
        Firing rate of each cell in each state, in Hz.
    dt : float
        Width of a bin, in seconds.
    """

    psi: np.ndarray
    A: np.ndarray
    L: np.ndarray
    dt: float = HMM_DT


def draw_poisson_hmm(rng: np.random.Generator) -> PoissonHMM:
    """Draw the network of tutorial 4: 5 cells, 3 states, slow transitions.

    The rates and the first state's probabilities (1, 2, 3) / 6 are fixed. Each probability of changing from
    one given state to another is drawn uniformly between 0 and 3 Hz times the width of a bin.

    Parameters
    ----------
    rng : numpy.random.Generator

    Returns
    -------
    PoissonHMM

    Examples
    --------
    >>> network = draw_poisson_hmm(np.random.default_rng(0))
    >>> network.L[0], network.A.sum(axis=1)
    (array([ 1. , 40. , 18.5]), array([1., 1., 1.]))
    """
    rates = _HIGHEST_RATE * np.array(_RELATIVE_RATES)
    n_states = rates.shape[1]
    A = rng.uniform(0, _HIGHEST_TRANSITION_RATE * HMM_DT, size=(n_states, n_states))
    np.fill_diagonal(A, 0)
    np.fill_diagonal(A, 1 - A.sum(axis=1))
    psi = np.arange(1, n_states + 1) / np.sum(np.arange(1, n_states + 1))
    return PoissonHMM(psi, A, rates)


def simulate_poisson_hmm(
    rng: np.random.Generator, network: PoissonHMM, n_trials: int, n_bins: int
) -> tuple[np.ndarray, np.ndarray]:
    """Simulate hidden states and the spike counts that they give rise to.

    A hidden Markov model with Poisson observations. In bin t of trial n the network is in state x(n, t),

        P(x(n, 0) = k) = psi[k],    P(x(n, t+1) = j | x(n, t) = i) = A[i, j],
        y(n, t, c) ~ Poisson(L[c, x(n, t)] dt),

    independently over cells, bins and trials once the states are given. A visit to state i lasts a
    geometrically distributed number of bins with mean 1 / (1 - A[i, i]); visits are drawn, not bins.

    Parameters
    ----------
    rng : numpy.random.Generator
        The same state gives the same trials; fewer trials give the first of more trials.
    network : PoissonHMM
    n_trials, n_bins : int
        N and T.

    Returns
    -------
    states : numpy.ndarray
        Hidden states (N, T), int from 0 to K - 1.
    spikes : numpy.ndarray
        Spike counts (N, T, C), int.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> states, spikes = simulate_poisson_hmm(rng, draw_poisson_hmm(rng), n_trials=2, n_bins=4)
    >>> states.shape, spikes.shape
    ((2, 4), (2, 4, 5))
    """
    states_rng, spikes_rng = rng.spawn(2)
    states = np.array([_one_trial(states_rng, network, n_bins) for _ in range(n_trials)])
    return states, spikes_rng.poisson(network.L.T[states] * network.dt)


def _one_trial(rng: np.random.Generator, network: PoissonHMM, n_bins: int) -> np.ndarray:
    """Return the states of one trial (T,), drawn visit by visit."""
    n_states = len(network.psi)
    leaving = 1 - np.diag(network.A)
    state, visits, n_drawn = rng.choice(n_states, p=network.psi), [], 0
    while n_drawn < n_bins:
        stays = rng.geometric(leaving[state]) if leaving[state] > 0 else n_bins
        visits.append(np.full(min(stays, n_bins - n_drawn), state))
        n_drawn += stays
        if leaving[state] > 0:
            others = np.where(np.arange(n_states) == state, 0, network.A[state])
            state = rng.choice(n_states, p=others / others.sum())
    return np.concatenate(visits)
