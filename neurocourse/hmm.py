"""Ready-made parts of a hidden Markov model with Poisson spike counts.

This module computes how likely each state makes a cell's count, a start for EM, and the bound that EM climbs.
The recursions over time and the steps of EM are exercises of tutorial 4, so they are not here.

In all functions N trials, T bins, C cells, K states; A[i, j] = P(next state is j | this state is i).
"""

from __future__ import annotations

import typing

import numpy as np

if typing.TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike

__all__ = ["expected_complete_log_likelihood", "interpolate", "log_observations", "random_start"]


def log_observations(Y: ArrayLike, L: ArrayLike, dt: float) -> np.ndarray:
    """Compute the log probability of each bin's spike counts in each state.

    Parameters
    ----------
    Y : array-like of int, shape (N, T, C)
        Spike counts.
    L : array-like, shape (C, K)
        Firing rate of each cell in each state, in Hz.
    dt : float
        Width of a bin, in seconds.

    Returns
    -------
    numpy.ndarray, shape (N, T, K)
        Sum over cells of log Poisson(y; L dt) = y log(L dt) - L dt - log y!. A cell that never fires in a
        state (rate 0) makes a bin with its spikes impossible there: -inf.

    Examples
    --------
    >>> log_observations([[[0], [2]]], [[10.0, 0.0]], dt=0.1).round(4)
    array([[[-1.    ,  0.    ],
            [-1.6931,    -inf]]])
    """
    from scipy.special import gammaln

    Y, expected = np.asarray(Y, dtype=float), np.asarray(L, dtype=float) * dt
    never = expected == 0
    log_expected = np.log(np.where(never, 1, expected))
    log_probability = Y @ log_expected - expected.sum(axis=0) - gammaln(Y + 1).sum(axis=-1, keepdims=True)
    return np.where(Y @ never.astype(float) > 0, -np.inf, log_probability)


def random_start(
    rng: np.random.Generator, Y: np.ndarray, n_states: int, dt: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Draw parameters from which EM can begin; they use only the cells' mean rates.

    Parameters
    ----------
    rng : numpy.random.Generator
    Y : array-like of int, shape (N, T, C)
        Spike counts.
    n_states : int
        K.
    dt : float
        Width of a bin, in seconds.

    Returns
    -------
    psi : numpy.ndarray, shape (K,)
    A : numpy.ndarray, shape (K, K)
        Rows sum to 1; the probability of leaving a state is below 1 % in each bin.
    L : numpy.ndarray, shape (C, K)
        In Hz, between 0.2 and 1.8 times the mean rate of each cell.
    """
    mean_rates = np.mean(Y, axis=(0, 1)) / dt
    psi = rng.uniform(0.5, 1, n_states)
    A = rng.uniform(0, 0.01 / n_states, (n_states, n_states))
    np.fill_diagonal(A, 0)
    np.fill_diagonal(A, 1 - A.sum(axis=1))
    L = mean_rates[:, None] * rng.uniform(0.2, 1.8, (len(mean_rates), n_states))
    return psi / psi.sum(), A, L


def expected_complete_log_likelihood(
    Y: ArrayLike, gamma: ArrayLike, xi: ArrayLike, psi: ArrayLike, A: ArrayLike, L: ArrayLike, dt: float
) -> float:
    """Compute the log likelihood of spikes and states together, averaged over a belief about the states.

    Parameters
    ----------
    Y : array-like of int, shape (N, T, C)
        Spike counts.
    gamma : array-like, shape (N, T, K)
        Probability of each state in each bin.
    xi : array-like, shape (N, T-1, K, K)
        Probability of each pair of states in neighbouring bins.
    psi, A, L : array-like, shapes (K,), (K, K), (C, K)
        Parameters; rates in Hz.
    dt : float
        Width of a bin, in seconds.

    Returns
    -------
    float
        Per second, averaged over trials (Dempster, Laird and Rubin 1977, equation 2.17).
    """
    from scipy.special import xlogy

    gamma, xi, psi, A = (np.asarray(part, dtype=float) for part in (gamma, xi, psi, A))
    n_trials, n_bins, _ = gamma.shape
    first = xlogy(gamma[:, 0].sum(axis=0), psi).sum()
    changes = xlogy(xi.sum(axis=(0, 1)), A).sum()
    log_obs = log_observations(Y, L, dt)
    observed = np.sum(gamma * np.where(gamma > 0, log_obs, 0))
    return float((first + changes + observed) / (n_trials * n_bins * dt))


def interpolate(
    first: Sequence[ArrayLike], second: Sequence[ArrayLike], position: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return parameters on the line through the logarithms of two sets of them.

    Parameters
    ----------
    first, second : tuple of array-like, shapes (K,), (K, K), (C, K)
        psi, A and L, as at the beginning and at the end of an epoch of EM.
    position : float
        0 gives `first`, 1 gives `second`, and the line goes on beyond them: thanks to the logarithms
        nothing turns negative. Probabilities are made to sum to 1 again.

    Returns
    -------
    psi, A, L : numpy.ndarray

    Examples
    --------
    >>> even, odd = ([0.5, 0.5], np.eye(2), [[4.0, 1.0]]), ([0.5, 0.5], np.eye(2), [[1.0, 1.0]])
    >>> interpolate(even, odd, 0.5)[2]
    array([[2., 1.]])
    """
    logs = [
        [np.log(np.maximum(np.asarray(part, dtype=float), 1e-300)) for part in parameters]
        for parameters in (first, second)
    ]
    psi, A, L = (np.exp((1 - position) * a + position * b) for a, b in zip(*logs, strict=True))
    return psi / psi.sum(), A / A.sum(axis=1, keepdims=True), L
