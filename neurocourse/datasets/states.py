"""A simulated network with hidden states, of tutorial 4."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from neurocourse import settings, simulate
from neurocourse.datasets.arguments import integer_in_range

__all__ = ["SpikingStates", "load_spiking_states"]

_NETWORK_SEED, _TRIALS_SEED, _FROZEN_SEED = 41, 42, 43
_N_FROZEN = 20
_MOST_TRIALS, _MOST_BINS = 10_000, 100_000


@dataclass(frozen=True, eq=False)
class SpikingStates:
    """Spike counts of a network that goes through hidden states, with the truth; read its fields by name.

    Attributes
    ----------
    spikes : numpy.ndarray
        Spike counts (N, T, C), int: trials, time bins, cells.
    states : numpy.ndarray
        Hidden state in each bin of each trial (N, T), int from 0 to K - 1.
    frozen_spikes : numpy.ndarray
        Spike counts (20, T, C) of further trials that all go through the same states.
    frozen_states : numpy.ndarray
        These states (T,).
    psi, A, L : numpy.ndarray
        The true parameters: first state (K,), transitions (K, K) with rows that sum to 1, rates (C, K) in Hz.
    dt : float
        Width of a time bin, in seconds.
    source : {"simulated"}
        There is no recording.
    """

    spikes: np.ndarray
    states: np.ndarray
    frozen_spikes: np.ndarray
    frozen_states: np.ndarray
    psi: np.ndarray
    A: np.ndarray
    L: np.ndarray
    dt: float
    source: str = "simulated"


def load_spiking_states(n_trials: int = 300, n_bins: int = 1000, source: str | None = None) -> SpikingStates:
    """Simulate a network of 5 cells with 3 hidden states, the same at every call.

    Parameters
    ----------
    n_trials : int
        Number of trials, N.
    n_bins : int
        Number of bins of 2 ms in each trial, T.
    source : {"auto", "simulated"}, optional
        Nobody records hidden states, so both mean the same; ``recorded`` is an error.

    Returns
    -------
    SpikingStates

    Examples
    --------
    >>> data = load_spiking_states(n_trials=3, n_bins=100)
    >>> data.spikes.shape, data.states.shape, data.frozen_spikes.shape, data.dt
    ((3, 100, 5), (3, 100), (20, 100, 5), 0.002)
    """
    if source == "recorded":
        raise ValueError("source must be 'auto' or 'simulated', got 'recorded': it is simulated")
    if source is not None and source not in settings.SOURCES:
        raise ValueError(f"source must be 'auto' or 'simulated', got {source!r}")
    n_trials = integer_in_range("n_trials", n_trials, 1, _MOST_TRIALS)
    n_bins = integer_in_range("n_bins", n_bins, 2, _MOST_BINS)
    network = simulate.draw_poisson_hmm(np.random.default_rng(_NETWORK_SEED))
    trials_rng, frozen_rng = np.random.default_rng(_TRIALS_SEED), np.random.default_rng(_FROZEN_SEED)
    states, spikes = simulate.simulate_poisson_hmm(trials_rng, network, n_trials, n_bins)
    frozen_states, _ = simulate.simulate_poisson_hmm(frozen_rng, network, 1, n_bins)
    rates = network.L.T[frozen_states[0]]
    frozen_spikes = frozen_rng.poisson(rates * network.dt, size=(_N_FROZEN, *rates.shape))
    return SpikingStates(
        spikes, states, frozen_spikes, frozen_states[0], network.psi, network.A, network.L, network.dt
    )
