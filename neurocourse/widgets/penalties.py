"""The widget of tutorial 5: what penalties do to a classifier's weights and to its accuracy."""

from __future__ import annotations

import typing

import numpy as np

from neurocourse import networks, plots, settings
from neurocourse.widgets.frame import as_html, show_still_figure

if typing.TYPE_CHECKING:
    from types import ModuleType
    from typing import Any

    from matplotlib.figure import Figure

__all__ = ["draw_penalties", "draw_penalty_grid", "explore_penalties"]

_L1_PENALTIES = (0, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1)
_L2_PENALTIES = (0, 1e-2, 3e-2, 1e-1, 3e-1, 1)
_STILL_L1, _STILL_L2 = (0, 1e-3, 3e-2), (0, 3e-1)
_GRID_ALT = (
    "Grid of first-layer weights, one row for each L2 and one column for each L1 penalty, with the part of "
    "weights that are zero and the validation accuracy above each. L1 leaves few weights, L2 makes all "
    "of them small; strong penalties of either kind cost accuracy."
)


def explore_penalties(
    train_data: tuple[np.ndarray, np.ndarray],
    validation_data: tuple[np.ndarray, np.ndarray],
    preferred: np.ndarray,
    *,
    source: str | None = None,
) -> None:
    """Show what L1 and L2 penalties do to a classifier's first weights and to its accuracy.

    Parameters
    ----------
    train_data, validation_data : pairs of arrays
        Responses (n, n_neurons) and labels (n,), integers from 0.
    preferred : array-like, shape (n_neurons,)
        Orders the neurons in the picture.
    source : str, optional
    """
    pair = (train_data, validation_data)
    still = draw_penalty_grid(pair, preferred, source=source)
    show_still_figure(lambda ipywidgets: _controls(ipywidgets, pair, preferred, source), still, _GRID_ALT)


def draw_penalties(
    pair: Any, preferred: np.ndarray, L2_penalty: float, L1_penalty: float, *, source: str | None = None
) -> Figure:
    """Return a figure of the classifier with these penalties."""
    fit = networks.fit_penalised(*pair, L2_penalty=L2_penalty, L1_penalty=L1_penalty)
    return plots.plot_penalised_fit(fit, preferred, source=source)


def draw_penalty_grid(pair: Any, preferred: np.ndarray, *, source: str | None = None) -> Figure:
    """Return a figure of the classifiers with several penalties of both kinds."""
    n_iterations, n_strengths = settings.size(full=(200, 3), quick=(20, 2))
    fits = {
        (L2, L1): networks.fit_penalised(*pair, L2_penalty=L2, L1_penalty=L1, n_iterations=n_iterations)
        for L2 in _STILL_L2[:n_strengths]
        for L1 in _STILL_L1[:n_strengths]
    }
    return plots.plot_penalised_fits(fits, np.ravel(preferred), source=source)


def _controls(ipywidgets: ModuleType, pair: Any, preferred: np.ndarray, source: str | None) -> Any:
    sliders = [
        ipywidgets.SelectionSlider(
            options=[(f"{value:g}", value) for value in values],
            value=0,
            description=f"{name} penalty",
            continuous_update=False,
        )
        for name, values in (("L2", _L2_PENALTIES), ("L1", _L1_PENALTIES))
    ]
    picture = ipywidgets.HTML()

    def draw(*_: object) -> None:
        L2, L1 = (slider.value for slider in sliders)
        penalties = f"an L2 penalty of {L2:g} and an L1 penalty of {L1:g}"
        alt = f"First weights and accuracies of a classifier with {penalties}."
        picture.value = as_html(draw_penalties(pair, preferred, L2, L1, source=source), alt)

    for slider in sliders:
        slider.observe(draw, names="value")
    draw()
    return ipywidgets.VBox([ipywidgets.HBox(sliders), picture])
