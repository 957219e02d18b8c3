"""Challenge mode of tutorial 3: write logistic regression at once instead of in steps.

A student who writes `logistic_regression` need not fill in the steps. A test of a step first calls `skips`.
If the step was left as it was and the challenge is met, the test checks nothing more.
"""

from __future__ import annotations

import typing

import numpy as np

from neurocourse import checks
from neurocourse.decoding import choice_probabilities

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

__all__ = ["check_challenge", "skips"]

_NAME = "logistic_regression(X, y, X_new)"


def skips(
    step: Callable[..., Any],
    arguments: tuple[Any, ...],
    logistic_regression: Callable[..., Any],
    seed: int = 0,
) -> bool:
    """Return whether `step` was left unfilled by a student whose `logistic_regression` is right.

    Parameters
    ----------
    step : callable
        An exercise, called once with `arguments`; a stub raises NotImplementedError.
    arguments : tuple
    logistic_regression : callable
        ``(X, y, X_new) -> (theta_hat, h_new)``.
    seed : int
        Of the data that it is tried on.
    """
    try:
        step(*arguments)
    except NotImplementedError:
        return _is_met(logistic_regression, seed)
    except Exception:  # an answer that fails is an answer: its own tests say what is wrong
        return False
    return False


def check_challenge(logistic_regression: Callable[..., Any], seed: int) -> None:
    """Raise `checks.CheckFailed` unless `logistic_regression` is right on data of this seed."""
    rng = np.random.default_rng(seed)
    for n_neurons, scale in ((3, 1.0), (9, 1.0), (3, 0.2)):
        theta = rng.normal(size=n_neurons) / scale
        X, X_new = scale * rng.normal(size=(200, n_neurons)), scale * rng.normal(size=(17, n_neurons))
        y = (rng.random(200) < choice_probabilities(theta, X)).astype(int)
        with checks.inputs_unchanged(X=X, y=y, X_new=X_new):
            answer = logistic_regression(X, y, X_new)
        _check_close_to_best(answer, X, y, X_new)
    _check_separable(logistic_regression, rng)


def _is_met(logistic_regression: Callable[..., Any], seed: int) -> bool:
    try:
        check_challenge(logistic_regression, seed)
    except Exception:  # of any kind: then the steps count
        return False
    return True


def _check_close_to_best(answer: Any, X: np.ndarray, y: np.ndarray, X_new: np.ndarray) -> None:
    theta_hat, h_new = _pair(answer)
    best, shrunk, with_ones = _fitted(X, y), _fitted(X, y, C=1.0), _fitted(X, y, fit_intercept=True)
    checks.check_close(
        theta_hat, best, name=f"theta_hat of {_NAME}", rtol=0.01, atol=0.01 * np.max(np.abs(best)),
        hint="It should minimise the logistic loss on X and y: no penalty, no column of ones.",
        mistakes={
            "The sign is turned round: h should be the probability of y = 1.": -best,
            "Fit without a penalty: scikit-learn has one by default.": shrunk,
            "Leave out the column of ones (or the intercept): one weight for each column of X.": with_ones,
            "Leave out the intercept: one weight for each column of X, and nothing else.": with_ones[1:],
            "These are the weights of least squares.": np.linalg.lstsq(X, y, rcond=None)[0],
            "The minimiser never left its start.": np.zeros(len(best)),
        },
    )  # fmt: skip
    right = choice_probabilities(best, X_new)
    checks.check_close(
        h_new, right, name=f"h_new of {_NAME}", atol=0.01,
        hint="It should be the probability of y = 1 for each row of X_new.",
        mistakes={
            "Predict the rows of X_new, not those of X.": choice_probabilities(best, X),
            "These are probabilities of y = 0.": 1 - right,
            "Return probabilities, not decisions.": np.round(right),
            "Return probabilities: z still has to pass through the sigmoid.": X_new @ best,
        },
    )  # fmt: skip
    own = choice_probabilities(checks.as_numbers(theta_hat, "theta_hat"), X_new)
    checks.check_close(
        h_new, own, name=f"h_new of {_NAME}", atol=1e-3,
        hint="It is near the probability of y = 1 that theta_hat gives for each row of X_new, but not equal: "
        "do not round or limit it, nor theta_hat.",
    )  # fmt: skip


def _check_separable(logistic_regression: Callable[..., Any], rng: np.random.Generator) -> None:
    X = rng.normal(size=(10, 30))
    y = np.arange(10) % 2
    _, h_new = _pair(logistic_regression(X, y, np.vstack([X, 1000 * X])))
    name = "h_new for more neurons than trials, and for inputs a thousand times as large,"
    checks.check_shape(h_new, (20,), name=name)
    checks.check_finite(h_new, name=name, hint="Does an exponential overflow?")
    decided = checks.as_numbers(h_new, name) >= 0.5
    checks.check(
        np.array_equal(decided, np.tile(y, 2) == 1),
        "With more neurons than trials every training trial can be decoded; yours gets some wrong.",
    )


def _pair(answer: Any) -> Sequence[Any]:
    if not (isinstance(answer, tuple | list) and len(answer) == 2):
        raise checks.CheckFailed(f"{_NAME} should return two things: theta_hat, h_new.")
    return answer


def _fitted(X: np.ndarray, y: np.ndarray, *, C: float = np.inf, fit_intercept: bool = False) -> np.ndarray:
    """Return the weights, after the intercept if there is one; without a penalty unless C says so."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=C, fit_intercept=fit_intercept, tol=1e-8, max_iter=10_000).fit(X, y)
    return np.append(model.intercept_, model.coef_[0]) if fit_intercept else model.coef_[0]
