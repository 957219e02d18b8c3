"""Ready-made encoding model for the widgets: how a cell's response depends on the recent stimulus.

A Poisson regression of spike counts on the last few stimulus values, fitted to the first part of a
recording by Newton's method and scored on the rest. `widgets.explore_lags` fits it again whenever a slider
moves, so it is built for speed and needs nothing from a notebook.
"""

from __future__ import annotations

import typing
from dataclasses import dataclass

import numpy as np

if typing.TYPE_CHECKING:
    from numpy.typing import ArrayLike

__all__ = ["LagFit", "fit_lags", "fit_poisson", "linear_weights"]


@dataclass(frozen=True)
class LagFit:
    """A Poisson model of a cell, and its score on bins that it was not fitted to.

    Attributes
    ----------
    filter : numpy.ndarray, shape (n_lags,)
        Weight of each lag; the last one belongs to the predicted bin itself.
    observed, predicted : numpy.ndarray, shape (n_test,)
        Spike counts per bin of the held-out part, and their expectation.
    score : float
        Held-out log likelihood in bits per spike above a constant rate; NaN where no spike is held out.
    """

    filter: np.ndarray
    observed: np.ndarray
    predicted: np.ndarray
    score: float


def fit_lags(stim: np.ndarray, spikes: np.ndarray, n_lags: int, *, train_fraction: float = 2 / 3) -> LagFit:
    """Fit a Poisson model with `n_lags` stimulus lags to the first part of a recording.

    Parameters
    ----------
    stim : array-like, shape (T,)
    spikes : array-like of int, shape (T,)
    n_lags : int
        Length of the filter in bins, the predicted bin included.
    train_fraction : float
        Part of the recording that the model is fitted to.

    Returns
    -------
    LagFit
    """
    past = np.concatenate([np.zeros(n_lags - 1), np.asarray(stim, dtype=float)])
    features = np.column_stack([np.ones(len(stim)), np.lib.stride_tricks.sliding_window_view(past, n_lags)])
    counts = np.asarray(spikes, dtype=float)
    n_train = int(round(train_fraction * len(counts)))
    weights = fit_poisson(features[:n_train], counts[:n_train])
    predicted = np.exp(features[n_train:] @ weights)
    score = _bits_per_spike(counts[n_train:], predicted, counts[:n_train].mean())
    return LagFit(weights[1:], counts[n_train:], predicted, score)


def linear_weights(design_matrix: ArrayLike, prediction: ArrayLike) -> tuple[float, np.ndarray]:
    """Find the bias and the weights of a linear model from its predictions.

    Parameters
    ----------
    design_matrix : array-like, shape (T, d)
        Without a column of ones.
    prediction : array-like, shape (T,)
        A bias plus a weighted sum of the columns.

    Returns
    -------
    bias : float
    weights : numpy.ndarray, shape (d,)

    Examples
    --------
    >>> bias, weights = linear_weights(np.array([[1.0], [2.0], [4.0]]), np.array([5.0, 7.0, 11.0]))
    >>> round(float(bias), 6), weights.round(6)
    (3.0, array([2.]))
    """
    columns, target = np.asarray(design_matrix, dtype=float), np.asarray(prediction, dtype=float)
    bias, *weights = np.linalg.lstsq(np.insert(columns, 0, 1, axis=1), target, rcond=None)[0]
    return bias, np.array(weights)


def fit_poisson(features: np.ndarray, counts: np.ndarray, *, max_steps: int = 100) -> np.ndarray:
    """Return the weights that make `counts` most likely under rates exp(features @ weights).

    Newton's method with step halving (McCullagh & Nelder 1989, chapter 2.5): the problem is convex, so the
    minimum that it reaches is the only one.

    Parameters
    ----------
    features : numpy.ndarray, shape (n, p)
    counts : numpy.ndarray, shape (n,)
    max_steps : int

    Returns
    -------
    numpy.ndarray, shape (p,)

    Raises
    ------
    RuntimeError
        If `max_steps` do not suffice.

    Examples
    --------
    >>> fit_poisson(np.ones((4, 1)), np.array([1.0, 2.0, 3.0, 2.0])).round(4)  # the log of the mean
    array([0.6931])
    """
    weights = np.zeros(features.shape[1])
    loss = _loss(weights, features, counts)
    for _ in range(max_steps):
        rates = np.exp(features @ weights)
        gradient = features.T @ (rates - counts)
        hessian = features.T @ (rates[:, None] * features)
        hessian += 1e-12 * np.trace(hessian) * np.eye(len(weights))  # solvable even if a feature is always 0
        step = np.linalg.solve(hessian, gradient)
        if gradient @ step < 1e-10:  # twice the loss still to be gained, as a parabola sees it
            return weights
        weights, loss = _descend(weights, step, loss, features, counts)
    raise RuntimeError(f"the Poisson fit did not converge in {max_steps} Newton steps: are some rates zero?")


def _descend(
    weights: np.ndarray, step: np.ndarray, loss: float, features: np.ndarray, counts: np.ndarray
) -> tuple[np.ndarray, float]:
    """Halve `step` until it lowers the loss; from far away a full Newton step may overshoot."""
    for _ in range(60):
        trial_loss = _loss(weights - step, features, counts)
        if trial_loss <= loss:
            break
        step = step / 2
    return weights - step, trial_loss


def _loss(weights: np.ndarray, features: np.ndarray, counts: np.ndarray) -> float:
    drive = features @ weights
    with np.errstate(over="ignore"):  # infinitely bad is a fair answer to a step that is far too long
        return float(np.exp(drive).sum() - counts @ drive)


def _bits_per_spike(counts: np.ndarray, rates: np.ndarray, constant: float) -> float:
    if not counts.sum() or not constant:
        return np.nan
    gain = counts @ np.log2(rates / constant) - (rates - constant).sum() / np.log(2)
    return float(gain / counts.sum())
