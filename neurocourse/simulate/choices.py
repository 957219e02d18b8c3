"""The simulated twin of the choice recording: much shared activity, and a little about the choice."""

from __future__ import annotations

import numpy as np

__all__ = ["CHOICE_N_NEURONS", "CHOICE_N_TRIALS", "simulate_choices"]

CHOICE_N_TRIALS = 276
CHOICE_N_NEURONS = 691
_N_FACTORS = 4
_TUNED_FRACTION = 0.12
_TUNING_SD = 0.13
_SHARED_SD = 0.18
_MEAN_COUNT = 4.0
_PERSISTENCE = 0.95


def simulate_choices(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Simulate a population of neurons while a mouse makes choices.

    On trial i the mouse turns the wheel one way (c = 0) or the other (c = 1), with equal probability. Four
    factors f, such as arousal, act on all neurons at once and drift slowly over the session; a minority of
    neurons prefers a choice. The spike count of neuron j is

        n[i, j] ~ Poisson(b[j] exp(sum_m a[j, m] f[i, m] + d[j] (c[i] - 1/2))),

    with baselines b (log-normal around 4 spikes), loadings a ~ N(0, 0.18^2), and tuning d ~ N(0, 0.13^2) for
    12 % of the neurons and d = 0 for the others. Each factor is f[i] = 0.95 f[i-1] + noise, with variance 1.
    The rates are the counts divided by each neuron's largest count.

    Parameters
    ----------
    rng : numpy.random.Generator
        The same state gives the same session; calling again with the same generator gives another.

    Returns
    -------
    spikes : numpy.ndarray
        Normalised rates (276, 691), float from 0 to 1.
    choices : numpy.ndarray
        0 or 1, one for each direction (276,), int.
    tuning : numpy.ndarray
        The neurons' true tuning d (691,): 0 for those that know nothing of the choice.

    Notes
    -----
    Its shapes are those of the recording (a session of Steinmetz et al., 2019), and a decoder meets the same
    difficulty: more neurons than trials. It departs from the recording in that neurons differ in nothing but
    these numbers (no brain areas, no cell types), that choices depend neither on a stimulus nor on earlier
    choices, and that the mouse's movements leave no trace apart from d.

    Examples
    --------
    >>> spikes, choices, tuning = simulate_choices(np.random.default_rng(0))
    >>> spikes.shape, choices.shape, tuning.shape
    ((276, 691), (276,), (691,))
    """
    choice_rng, factor_rng, neuron_rng, count_rng = rng.spawn(4)
    choices = choice_rng.integers(0, 2, CHOICE_N_TRIALS)
    loadings = neuron_rng.normal(0, _SHARED_SD, (_N_FACTORS, CHOICE_N_NEURONS))
    baselines = _MEAN_COUNT * np.exp(neuron_rng.normal(0, 0.7, CHOICE_N_NEURONS))
    is_tuned = neuron_rng.random(CHOICE_N_NEURONS) < _TUNED_FRACTION
    tuning = np.where(is_tuned, neuron_rng.normal(0, _TUNING_SD, CHOICE_N_NEURONS), 0.0)
    drive = _slow_factors(factor_rng) @ loadings + np.outer(choices - 0.5, tuning)
    counts = count_rng.poisson(baselines * np.exp(drive))
    return counts / np.maximum(counts.max(axis=0), 1), choices, tuning


def _slow_factors(rng: np.random.Generator) -> np.ndarray:
    """Return the factors (n_trials, n_factors), each a stationary autoregressive process of variance 1."""
    factors = rng.normal(size=(CHOICE_N_TRIALS, _N_FACTORS))
    for trial in range(1, CHOICE_N_TRIALS):
        factors[trial] *= np.sqrt(1 - _PERSISTENCE**2)
        factors[trial] += _PERSISTENCE * factors[trial - 1]
    return factors
