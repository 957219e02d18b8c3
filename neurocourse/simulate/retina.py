"""The simulated twin of the retinal ganglion cells: linear, nonlinear, Poisson."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

__all__ = ["RGC_CELLS", "RGC_DT", "RGC_N_BINS", "RGC_N_LAGS", "RetinalGanglionCell", "simulate_rgc"]

RGC_DT = 0.0083406
RGC_N_BINS = 144_051
RGC_N_LAGS = 25
_RGC_CONTRAST = 0.48


@dataclass(frozen=True)
class RetinalGanglionCell:
    """Parameters of a model retinal ganglion cell, which `simulate_rgc` puts to work.

    Attributes
    ----------
    polarity : {1, -1}
        1 for an ON cell, excited by light; -1 for an OFF cell.
    bias : float
        Logarithm of the expected count in a bin when the stimulus is grey (0).
    peak, trough : tuple of three floats
        Height, delay (in bins) and sharpness of the two lobes of the filter.
    """

    polarity: int
    bias: float
    peak: tuple[float, float, float]
    trough: tuple[float, float, float]

    @property
    def filter(self) -> np.ndarray:
        """Temporal filter (25,), log expected count per unit of contrast; the last lag is now."""
        delay = np.arange(RGC_N_LAGS - 1, -1, -1.0)
        difference: np.ndarray = _lobe(delay, *self.peak) - _lobe(delay, *self.trough)
        return self.polarity * difference


RGC_CELLS = (
    RetinalGanglionCell(-1, bias=-2.84, peak=(3.2, 2.7, 15), trough=(0.46, 9.0, 8)),
    RetinalGanglionCell(-1, bias=-3.14, peak=(3.6, 2.75, 18), trough=(0.4, 6.5, 3)),
    RetinalGanglionCell(1, bias=-1.91, peak=(2.7, 3.75, 16), trough=(0.63, 5.9, 3)),
    RetinalGanglionCell(1, bias=-3.0, peak=(3.8, 3.9, 18), trough=(1.0, 6.6, 10)),
)


def simulate_rgc(
    rng: np.random.Generator, cell: int = 2, n_bins: int = RGC_N_BINS
) -> tuple[np.ndarray, np.ndarray]:
    """Simulate a retinal ganglion cell under full-field binary flicker.

    A linear-nonlinear-Poisson model. In bin t of `RGC_DT` seconds the stimulus s(t) is +0.48 or -0.48 with
    equal probability, independently of other bins, and the spike count is

        y(t) ~ Poisson(exp(b + sum_j k[j] s(t - 24 + j))),    j = 0, ..., 24,    s(t) = 0 before onset,

    with the cell's bias b and biphasic filter k = p (h1 - h2) of polarity p. Its lobes have the form
    h(u) = a (u / m)^n exp(n (1 - u / m)): height a at a delay of u = m bins, the sharper the larger n.

    Parameters
    ----------
    rng : numpy.random.Generator
        The same state gives the same flicker for every cell and other spikes for each; fewer bins give the
        beginning of more bins. Calling again with the same generator gives other flicker.
    cell : int
        0 and 1 are OFF cells, 2 and 3 ON cells: ``RGC_CELLS[cell]`` has the parameters.
    n_bins : int
        Number of bins, T.

    Returns
    -------
    stim : numpy.ndarray
        Contrast (T,), float.
    spikes : numpy.ndarray
        Spike counts (T,), int.

    Notes
    -----
    Filters and rates resemble fits to the recording (Uzzell and Chichilnisky, 2004). It departs from the
    recording in that spikes are independent: real cells pause after a spike, so that their counts vary less
    than Poisson counts and stay at 4 or below, whereas here a strong stimulus may give 10 or more. Rates are
    steady, and the cells share nothing but the stimulus.

    Examples
    --------
    >>> stim, spikes = simulate_rgc(np.random.default_rng(0), cell=2, n_bins=5)
    >>> stim
    array([ 0.48, -0.48,  0.48, -0.48, -0.48])
    """
    stim_rng, *spike_rngs = rng.spawn(1 + len(RGC_CELLS))
    model = RGC_CELLS[cell]
    stim = np.where(stim_rng.random(n_bins) < 0.5, -_RGC_CONTRAST, _RGC_CONTRAST)
    drive = np.convolve(stim, model.filter[::-1])[:n_bins]
    return stim, spike_rngs[cell].poisson(np.exp(model.bias + drive))


def _lobe(delay: np.ndarray, height: float, delay_of_peak: float, sharpness: float) -> np.ndarray:
    ratio = delay / delay_of_peak
    return height * ratio**sharpness * np.exp(sharpness * (1 - ratio))
