"""The simulated twin of neurons in primary visual cortex (V1): tuned, with shared and private noise."""

from __future__ import annotations

import typing
from dataclasses import dataclass

import numpy as np

if typing.TYPE_CHECKING:
    from numpy.typing import ArrayLike

__all__ = ["V1_N_NEURONS", "V1_N_TRIALS", "V1Population", "draw_v1_population", "simulate_v1"]

V1_N_NEURONS = 2000
V1_N_TRIALS = 4000  # over all angles, as many as the recording has
_N_SHARED = 10
_SHARED_SD = 0.4  # on a single trial, in units of the median gain
_PRIVATE_SD = 0.9


@dataclass(frozen=True, eq=False)
class V1Population:
    """Parameters of model neurons that prefer an orientation, and more or less one direction of it.

    Attributes
    ----------
    preferred : numpy.ndarray, shape (n_neurons,)
        Angle of the grating that excites a neuron most, in degrees from 0 to 360.
    gain : numpy.ndarray, shape (n_neurons,)
        Response to that grating; the median neuron has 1.
    concentration : numpy.ndarray, shape (n_neurons,)
        How sharply a neuron is tuned to orientation: 0.25 is broad, 6 is narrow.
    directedness : numpy.ndarray, shape (n_neurons,)
        From 0, where a grating turned by half a circle excites just as much, to 1, where it does not at all.
    loadings : numpy.ndarray, shape (10, n_neurons)
        How strongly each shared fluctuation moves a neuron.
    """

    preferred: np.ndarray
    gain: np.ndarray
    concentration: np.ndarray
    directedness: np.ndarray
    loadings: np.ndarray

    def tuning(self, angles: ArrayLike) -> np.ndarray:
        """Return mean responses (n_angles, n_neurons) to gratings at `angles`, in degrees."""
        away = np.deg2rad(np.asarray(angles, dtype=float)[:, None] - self.preferred)
        orientation = np.exp(self.concentration * (np.cos(2 * away) - 1))
        direction = (1 + self.directedness * np.cos(away)) / (1 + self.directedness)
        responses: np.ndarray = self.gain * orientation * direction
        return responses


def draw_v1_population(rng: np.random.Generator, n_neurons: int = V1_N_NEURONS) -> V1Population:
    """Draw the parameters of a population of neurons.

    Parameters
    ----------
    rng : numpy.random.Generator
    n_neurons : int

    Returns
    -------
    V1Population
        Preferred angles are uniform, gains log-normal (the logarithm has a standard deviation of 0.6),
        concentrations log-uniform from 0.25 to 6, directedness is Beta(1.2, 1.8), loadings are normal.
    """
    return V1Population(
        preferred=rng.uniform(0, 360, n_neurons),
        gain=np.exp(rng.normal(0, 0.6, n_neurons)),
        concentration=np.exp(rng.uniform(np.log(0.25), np.log(6), n_neurons)),
        directedness=rng.beta(1.2, 1.8, n_neurons),
        loadings=rng.normal(0, _SHARED_SD / np.sqrt(_N_SHARED), (_N_SHARED, n_neurons)),
    )


def simulate_v1(
    rng: np.random.Generator, population: V1Population, angles: np.ndarray, *, n_trials: float
) -> np.ndarray:
    """Simulate responses of V1 neurons to gratings, averaged over trials and standardised.

    On a single trial with a grating at the angle a, neuron i responds with

        r_i = g_i exp(c_i (cos 2(a - p_i) - 1)) (1 + d_i cos(a - p_i)) / (1 + d_i) + sum_m l_mi u_m + e_i,

    with its gain g, concentration c, preferred angle p and directedness d, ten fluctuations u_m ~ N(0, 1)
    that all neurons share through their loadings l, and private noise e_i ~ N(0, 0.9^2). The average over
    `n_trials` trials divides the variance of both kinds of noise by their number. Last, each neuron's
    responses are shifted and scaled to mean 0 and standard deviation 1 over the angles.

    Parameters
    ----------
    rng : numpy.random.Generator
    population : V1Population
    angles : array-like, shape (n_angles,)
        Angles of the gratings, in degrees.
    n_trials : float
        Trials per angle.

    Returns
    -------
    numpy.ndarray, shape (n_angles, n_neurons)
        Of dtype float32, without a unit.

    Notes
    -----
    Widths, gains and noise give decoders and encoders about the success that they have on the recording
    (Stringer et al., 2021). It departs from the recording in that tuning curves have one shape, noise is
    Gaussian and equally strong for all angles, every angle has equally many trials, and no neuron prefers
    horizontal or vertical more often than chance.

    Examples
    --------
    >>> population = draw_v1_population(np.random.default_rng(0), n_neurons=5)
    >>> simulate_v1(np.random.default_rng(1), population, np.arange(0, 360, 6), n_trials=30).shape
    (60, 5)
    """
    signal = population.tuning(angles)
    shared = rng.normal(size=(len(signal), _N_SHARED)) @ population.loadings
    private = rng.normal(0, _PRIVATE_SD, signal.shape)
    resp = signal + (shared + private) / np.sqrt(n_trials)
    standardised: np.ndarray = (resp - resp.mean(axis=0)) / resp.std(axis=0)
    return standardised.astype(np.float32)
