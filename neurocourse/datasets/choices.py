"""Firing rates of many neurons while mice chose left or right, of tutorial 3."""

from __future__ import annotations

import typing
from dataclasses import dataclass

import numpy as np

from neurocourse import recordings, simulate

if typing.TYPE_CHECKING:
    from pathlib import Path

__all__ = ["ChoiceTrials", "load_choices"]

_CHOICE_SEED = 2019


@dataclass(frozen=True, eq=False)
class ChoiceTrials:
    """What neurons did and what the mouse chose, trial by trial; read its fields by name.

    Attributes
    ----------
    spikes : numpy.ndarray
        Normalised firing rate of each neuron on each trial (276, 691), float.
    choices : numpy.ndarray
        Which way the mouse turned the wheel (276,), int: 0 or 1.
    source : {"recorded", "simulated"}
        Where the data come from. Pass it to further calls to stay with the same source.
    true_tuning : numpy.ndarray or None
        How much each simulated neuron prefers choice 1 (691,); None for a recording.
    """

    spikes: np.ndarray
    choices: np.ndarray
    source: str
    true_tuning: np.ndarray | None = None


def load_choices(source: str | None = None) -> ChoiceTrials:
    """Load a session in which a mouse chose, trial by trial, while many of its neurons were recorded.

    Parameters
    ----------
    source : {"auto", "recorded", "simulated"}, optional
        ``recorded``: a session of Steinmetz et al. (2019), or an error. ``simulated``: its twin,
        `simulate.simulate_choices`, the same at every call. ``auto``: the recording if it can be had, else
        the twin and a one-line notice. By default what ``NEUROCOURSE_DATA`` says.

    Returns
    -------
    ChoiceTrials
        With fields ``spikes`` (276, 691), ``choices`` (276,), ``source`` and ``true_tuning``.

    Examples
    --------
    >>> data = load_choices(source="simulated")
    >>> data.spikes.shape, data.choices.shape, data.source
    ((276, 691), (276,), 'simulated')
    """
    path = recordings.obtain("W1D4_steinmetz_data.npz", source)
    if path is not None:
        return _read_choices(path)
    spikes, choices, tuning = simulate.simulate_choices(np.random.default_rng(_CHOICE_SEED))
    return ChoiceTrials(spikes, choices, "simulated", tuning)


def _read_choices(path: Path) -> ChoiceTrials:
    with np.load(path) as arrays:
        spikes, choices = arrays["spikes"], arrays["choices"]
    return ChoiceTrials(spikes.astype(float), choices.ravel().astype(int), "recorded")
