"""Ready-made decoding code around tutorial 3's exercises: the gradient, a faster basis, fits for the widget.

The notebook and its widget use `rotate` and `fit_regularised`. `loss_gradient` gives a gradient that students
have already derived in tutorial 1.
"""

from __future__ import annotations

import typing
from dataclasses import dataclass

import numpy as np

if typing.TYPE_CHECKING:
    from numpy.typing import ArrayLike

__all__ = ["RegularisedFit", "choice_probabilities", "fit_regularised", "loss_gradient", "rotate"]


@dataclass(frozen=True)
class RegularisedFit:
    """A logistic regression with an L2 penalty, and how often it is right.

    Attributes
    ----------
    C : float
        Inverse strength of the penalty.
    weights : numpy.ndarray, shape (p,)
        One for each neuron.
    train_accuracy, test_accuracy : float
        Fraction of trials decoded correctly, of those it was fitted to and of others.
    """

    C: float
    weights: np.ndarray
    train_accuracy: float
    test_accuracy: float


def choice_probabilities(theta: ArrayLike, X: ArrayLike) -> np.ndarray:
    """Return the probability of choice 1 on each trial, 1 / (1 + exp(-X theta)), for figures.

    Parameters
    ----------
    theta : array-like, shape (p,)
    X : array-like, shape (n, p)

    Returns
    -------
    numpy.ndarray, shape (n,)

    Examples
    --------
    >>> choice_probabilities([0, 0], [[1, 2]])
    array([0.5])
    """
    from scipy.special import expit

    h: np.ndarray = expit(np.asarray(X, dtype=float) @ np.asarray(theta, dtype=float))
    return h


def loss_gradient(theta: ArrayLike, X: ArrayLike, y: ArrayLike) -> np.ndarray:
    """Return the gradient of the summed logistic loss, X^T (h - y).

    Parameters
    ----------
    theta : array-like, shape (p,)
    X : array-like, shape (n, p)
    y : array-like, shape (n,)
        0 or 1.

    Returns
    -------
    numpy.ndarray, shape (p,)
        One slope for each weight.

    Examples
    --------
    >>> loss_gradient([0, 0], [[1, 2], [3, 4]], [1, 0])
    array([1., 1.])
    """
    inputs = np.asarray(X, dtype=float)
    slopes: np.ndarray = inputs.T @ (choice_probabilities(theta, inputs) - np.asarray(y, dtype=float))
    return slopes


def rotate(X: np.ndarray) -> np.ndarray:
    """Return the rows of `X` in coordinates of their own: fewer columns, the same geometry.

    The columns are centred and the rows turned on to their principal axes, none of which is left out.
    Distances between rows stay what they were, and so does every prediction of a model whose penalty is the
    length of the weights and whose intercept is free; only the number of columns falls to n where p > n.

    Parameters
    ----------
    X : array-like, shape (n, p)

    Returns
    -------
    numpy.ndarray, shape (n, min(n, p))
        Principal components, the largest first.

    Examples
    --------
    >>> abs(rotate([[3, 4, 0], [0, 0, 0]])[:, 0])
    array([2.5, 2.5])
    """
    centred = np.asarray(X, dtype=float) - np.mean(X, axis=0)
    left, sizes, _ = np.linalg.svd(centred, full_matrices=False)
    rotated: np.ndarray = left * sizes
    return rotated


def fit_regularised(
    X_train: np.ndarray, y_train: np.ndarray, X_test: np.ndarray, y_test: np.ndarray, C: float
) -> RegularisedFit:
    """Fit a logistic regression with an L2 penalty of strength 1 / C.

    Parameters
    ----------
    X_train, X_test : array-like, shape (n, p) and (m, p)
    y_train, y_test : array-like, shape (n,) and (m,)
        0 or 1.
    C : float
        Inverse strength of the penalty, as in scikit-learn: small values keep weights small.

    Returns
    -------
    RegularisedFit
    """
    from sklearn.linear_model import LogisticRegression

    middle = np.mean(X_train, axis=0)  # centred columns converge in fewer steps, to the same weights
    X_train, X_test = np.asarray(X_train) - middle, np.asarray(X_test) - middle
    model = LogisticRegression(C=C, max_iter=2000).fit(X_train, y_train)
    accuracies = float(model.score(X_train, y_train)), float(model.score(X_test, y_test))
    return RegularisedFit(C, model.coef_[0], *accuracies)
