"""The widget of tutorial 4: what EM believes about the hidden states of a trial, epoch by epoch."""

from __future__ import annotations

import typing

import numpy as np

from neurocourse import plots
from neurocourse.widgets.frame import as_html, show_still_figure

if typing.TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType
    from typing import Any

    from matplotlib.figure import Figure

__all__ = ["draw_epochs", "explore_epochs"]

_STILL_ALT = (
    "One trial: spikes of all cells over the true states, and beneath them the probabilities of the states "
    "at the first epochs of EM and at the last. At the start they miss most changes of the true state; at "
    "the end one line is near 1 almost everywhere, and another takes over where the true state changes."
)


def explore_epochs(
    spikes: np.ndarray, states: np.ndarray, beliefs: Sequence[np.ndarray], dt: float, lls: np.ndarray
) -> None:
    """Show what EM believes about the states of a trial, for each trial and epoch.

    Parameters
    ----------
    spikes : array-like of int, shape (N, T, C)
        Spike counts of the trials that can be chosen.
    states : array-like of int, shape (N, T)
        Their true states.
    beliefs : sequence of array-like, shape (N, T, K)
        Probability of each state in each bin, for every epoch.
    dt : float
        Width of a bin, in seconds.
    lls : array-like, shape (len(beliefs),)
        Log likelihood per second of every epoch.
    """
    material = (spikes, states, beliefs, dt, lls)
    last = len(beliefs) - 1
    still = draw_epochs(*material, trial=0, epochs=sorted({0, min(1, last), min(3, last), last}))
    show_still_figure(lambda ipywidgets: _controls(ipywidgets, material), still, _STILL_ALT)


def draw_epochs(
    spikes: np.ndarray,
    states: np.ndarray,
    beliefs: Sequence[np.ndarray],
    dt: float,
    lls: np.ndarray,
    *,
    trial: int,
    epochs: Sequence[int],
) -> Figure:
    """Return a figure of one trial's spikes and of the beliefs about its states at some epochs."""
    of_trial = [np.asarray(belief)[trial] for belief in beliefs]
    return plots.plot_beliefs_by_epoch(spikes[trial], states[trial], of_trial, dt, lls, epochs)


def _controls(ipywidgets: ModuleType, material: Any) -> Any:
    wide = {"description_width": "initial"}
    n_trials, last = len(material[0]), len(material[2]) - 1
    trial_choice = ipywidgets.Dropdown(options=range(n_trials), description="trial", style=wide)
    epoch_choice = ipywidgets.IntSlider(
        value=0, min=0, max=last, description="epoch", continuous_update=False, style=wide
    )
    picture = ipywidgets.HTML()

    def draw(*_: object) -> None:
        trial, epoch = trial_choice.value, epoch_choice.value
        alt = f"Spikes of trial {trial} over its true states, and beliefs about the states at epoch {epoch}."
        picture.value = as_html(draw_epochs(*material, trial=trial, epochs=[epoch]), alt)

    for choice in (trial_choice, epoch_choice):
        choice.observe(draw, names="value")
    draw()
    return ipywidgets.VBox([ipywidgets.HBox([trial_choice, epoch_choice]), picture])
