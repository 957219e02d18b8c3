"""Retinal ganglion cells under full-field flicker, of tutorial 2."""

from __future__ import annotations

import typing
from dataclasses import dataclass

import numpy as np

from neurocourse import recordings, simulate
from neurocourse.datasets.arguments import integer_in_range

if typing.TYPE_CHECKING:
    from pathlib import Path

__all__ = ["FlickerResponse", "load_rgc"]

_RGC_SEED = 6


@dataclass(frozen=True, eq=False)
class FlickerResponse:
    """A cell's response to full-field flicker; read its fields by name.

    Attributes
    ----------
    stim : numpy.ndarray
        Contrast in each time bin (T,), float: 0.48 (light) or -0.48 (dark).
    spikes : numpy.ndarray
        Spike count in each time bin (T,), int.
    dt : float
        Width of a time bin, in seconds.
    source : {"recorded", "simulated"}
        Where the data come from. Pass it to further calls to stay with the same source.
    true_filter : numpy.ndarray or None
        The filter (25,) that a simulated cell has, last lag now; None for a recording, whose true
        filter nobody knows.
    """

    stim: np.ndarray
    spikes: np.ndarray
    dt: float
    source: str
    true_filter: np.ndarray | None = None


def load_rgc(cell: int = 2, n_bins: int = 20_000, source: str | None = None) -> FlickerResponse:
    """Load the response of a retinal ganglion cell to full-field binary flicker.

    Parameters
    ----------
    cell : int
        0 and 1 are OFF cells, 2 and 3 ON cells.
    n_bins : int
        Number of time bins from the beginning, T; 144051 at most.
    source : {"auto", "recorded", "simulated"}, optional
        ``recorded``: the macaque cells of Uzzell and Chichilnisky (2004), or an error. ``simulated``: their
        twin, `simulate.simulate_rgc`, the same at every call. ``auto``: the recording if it can be had, else
        the twin and a one-line notice. By default what ``NEUROCOURSE_DATA`` says.

    Returns
    -------
    FlickerResponse
        With fields ``stim`` (T,), ``spikes`` (T,), ``dt`` in seconds, ``source`` and ``true_filter``.

    Examples
    --------
    >>> data = load_rgc(cell=2, n_bins=1000, source="simulated")
    >>> data.stim.shape, data.spikes.shape, data.dt, data.source
    ((1000,), (1000,), 0.0083406, 'simulated')
    """
    cell = integer_in_range("cell", cell, 0, len(simulate.RGC_CELLS) - 1)
    n_bins = integer_in_range("n_bins", n_bins, 1, simulate.RGC_N_BINS)
    path = recordings.obtain("RGCdata.mat", source)
    if path is not None:
        return _read_rgc(path, cell, n_bins)
    stim, spikes = simulate.simulate_rgc(np.random.default_rng(_RGC_SEED), cell, n_bins)
    true_filter = simulate.RGC_CELLS[cell].filter
    return FlickerResponse(stim, spikes, simulate.RGC_DT, "simulated", true_filter)


def _read_rgc(path: Path, cell: int, n_bins: int) -> FlickerResponse:
    from scipy.io import loadmat

    variables = loadmat(path, variable_names=["Stim", "SpCounts", "dtStim"])
    stim = variables["Stim"].ravel()[:n_bins].astype(float)
    spikes = variables["SpCounts"][:n_bins, cell].astype(int)
    return FlickerResponse(stim, spikes, variables["dtStim"].item(), "recorded")
