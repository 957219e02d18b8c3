"""Neurons of the mouse's primary visual cortex (V1) under gratings, of tutorial 5."""

from __future__ import annotations

import typing
from dataclasses import dataclass

import numpy as np

from neurocourse import recordings, simulate
from neurocourse.datasets.arguments import integer_in_range

if typing.TYPE_CHECKING:
    from pathlib import Path

__all__ = ["V1Responses", "V1SplitResponses", "load_v1", "load_v1_split"]

_V1_SEED = 8
_V1_MOST_NEURONS = 23_589
_V1_SPLIT_BIN = 6
_ONE_FILE = "W3D4_stringer_oribinned1.npz"
_SPLIT_FILE = "W3D4_stringer_oribinned6_split.npz"


@dataclass(frozen=True, eq=False)
class V1Responses:
    """Responses of V1 neurons to gratings at all angles; read the fields by name.

    Attributes
    ----------
    resp : numpy.ndarray
        Responses (n_angles, n_neurons), float32, averaged over trials; each neuron has mean 0 and standard
        deviation 1 over the angles that were recorded.
    stimuli : numpy.ndarray
        Angle of the grating (n_angles, 1), float32, in degrees from 0 to 360.
    source : {"recorded", "simulated"}
        Where the data come from. Pass it to further calls to stay with the same source.
    preferred : numpy.ndarray or None
        The angle (n_neurons,) that a simulated neuron prefers; None for a recording, where nobody knows.
    """

    resp: np.ndarray
    stimuli: np.ndarray
    source: str
    preferred: np.ndarray | None = None


@dataclass(frozen=True, eq=False)
class V1SplitResponses:
    """Responses of the same neurons, twice: averages over two halves of the trials, in bins of 6 degrees.

    Attributes
    ----------
    resp_train, resp_test : numpy.ndarray
        Responses (60, n_neurons), float32.
    stimuli : numpy.ndarray
        Angle of the grating (60,), float32, in degrees.
    source : {"recorded", "simulated"}
    preferred : numpy.ndarray or None
        As in `V1Responses`.
    """

    resp_train: np.ndarray
    resp_test: np.ndarray
    stimuli: np.ndarray
    source: str
    preferred: np.ndarray | None = None


def load_v1(source: str | None = None, n_neurons: int | None = None, bin_width: int = 1) -> V1Responses:
    """Load the responses of V1 neurons to gratings, one row for each degree.

    Parameters
    ----------
    source : {"auto", "recorded", "simulated"}, optional
        ``recorded``: the mouse of Stringer et al. (2021), or an error. ``simulated``: its twin,
        `simulate.simulate_v1`, the same at every call. ``auto``: the recording if it can be had, else the
        twin and a one-line notice. By default what ``NEUROCOURSE_DATA`` says.
    n_neurons : int, optional
        How many neurons, 23589 at most. By default all of the recording, and 2000 of the twin.
    bin_width : int
        Average the rows, and their angles, within bins of so many degrees.

    Returns
    -------
    V1Responses
        With fields ``resp`` (360 / bin_width, n_neurons), ``stimuli`` (360 / bin_width, 1) in degrees,
        ``source`` and ``preferred``.

    Examples
    --------
    >>> data = load_v1(source="simulated", n_neurons=50)
    >>> data.resp.shape, data.stimuli.shape, data.source
    ((360, 50), (360, 1), 'simulated')
    """
    n_neurons = _number_of_neurons(n_neurons)
    bin_width = integer_in_range("bin_width", bin_width, 1, 180)
    path = recordings.obtain(_ONE_FILE, source)
    if path is not None:
        resp, stimuli = _read(path, "resp", "stimuli")
        source, preferred = "recorded", None
        resp = resp[:, :n_neurons]
    else:
        resp, stimuli, preferred = _simulate_one(n_neurons)
        source = "simulated"
    resp, stimuli = _binned(resp, np.ravel(stimuli), bin_width)
    return V1Responses(resp.astype(np.float32), stimuli[:, None].astype(np.float32), source, preferred)


def load_v1_split(source: str | None = None, n_neurons: int | None = None) -> V1SplitResponses:
    """Load the responses of the same V1 neurons in two halves of the trials, one row for each 6 degrees.

    Parameters
    ----------
    source : {"auto", "recorded", "simulated"}, optional
        As in `load_v1`. The twin's neurons are those of `load_v1`.
    n_neurons : int, optional
        How many neurons, 23589 at most. By default all of the recording, and 2000 of the twin.

    Returns
    -------
    V1SplitResponses
        With fields ``resp_train`` and ``resp_test`` (60, n_neurons), ``stimuli`` (60,) in degrees,
        ``source`` and ``preferred``.

    Examples
    --------
    >>> data = load_v1_split(source="simulated", n_neurons=50)
    >>> data.resp_train.shape, data.resp_test.shape, data.stimuli.shape
    ((60, 50), (60, 50), (60,))
    """
    n_neurons = _number_of_neurons(n_neurons)
    path = recordings.obtain(_SPLIT_FILE, source)
    if path is None:
        return _simulate_split(n_neurons)
    resp_train, resp_test, stimuli = _read(path, "resp_train", "resp_test", "stimuli")
    train, test = (resp[:, :n_neurons].astype(np.float32) for resp in (resp_train, resp_test))
    return V1SplitResponses(train, test, np.ravel(stimuli).astype(np.float32), "recorded")


def _number_of_neurons(n_neurons: int | None) -> int | None:
    return None if n_neurons is None else integer_in_range("n_neurons", n_neurons, 1, _V1_MOST_NEURONS)


def _generators(
    n_neurons: int | None,
) -> tuple[simulate.V1Population, np.random.Generator, np.random.Generator]:
    """Return the twin's population, and one generator for each of its two files."""
    population_rng, one_rng, split_rng = np.random.default_rng(_V1_SEED).spawn(3)
    n_neurons = simulate.V1_N_NEURONS if n_neurons is None else n_neurons
    return simulate.draw_v1_population(population_rng, n_neurons), one_rng, split_rng


def _simulate_one(n_neurons: int | None) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    population, rng, _ = _generators(n_neurons)
    angles = np.arange(360.0)
    resp = simulate.simulate_v1(rng, population, angles, n_trials=simulate.V1_N_TRIALS / len(angles))
    return resp, angles, population.preferred


def _simulate_split(n_neurons: int | None) -> V1SplitResponses:
    population, _, rng = _generators(n_neurons)
    angles = np.arange(0, 360, _V1_SPLIT_BIN) + (_V1_SPLIT_BIN - 1) / 2
    n_trials = simulate.V1_N_TRIALS / 2 / len(angles)
    train, test = (simulate.simulate_v1(rng, population, angles, n_trials=n_trials) for _ in range(2))
    return V1SplitResponses(train, test, angles.astype(np.float32), "simulated", population.preferred)


def _read(path: Path, *names: str) -> list[np.ndarray]:
    """Return the named arrays of a file, or say which ones it has."""
    with np.load(path) as file:
        missing = [name for name in names if name not in file]
        if missing:
            raise ValueError(
                f"{path} should hold {', '.join(names)}, but has no {', '.join(missing)}: "
                f"its arrays are {', '.join(sorted(file))}"
            )
        return [file[name] for name in names]


def _binned(resp: np.ndarray, stimuli: np.ndarray, bin_width: int) -> tuple[np.ndarray, np.ndarray]:
    if bin_width == 1:
        return resp, stimuli
    bins = np.floor(stimuli / bin_width).astype(int)
    groups = [np.flatnonzero(bins == number) for number in np.unique(bins)]
    return (
        np.array([resp[group].mean(axis=0) for group in groups]),
        np.array([stimuli[group].mean() for group in groups]),
    )
