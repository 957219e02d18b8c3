"""The widget of tutorial 3: what a penalty on the weights does to a decoder."""

from __future__ import annotations

import typing

import numpy as np

from neurocourse import decoding, plots, settings
from neurocourse.widgets.frame import as_html, show_still_figure

if typing.TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType
    from typing import Any

    from matplotlib.figure import Figure

    from neurocourse.decoding import RegularisedFit

    _Data = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]  # X_train, y_train, X_test, y_test

__all__ = ["draw_regularisation", "explore_regularisation"]

_LOWEST, _HIGHEST = -3.0, 2.0  # of log10 C: from a decoder at chance to one that no longer changes
_CHOSEN = 0.0
_STILL_CHOSEN = (0.001, 0.01, 1.0)


def explore_regularisation(
    X_train: np.ndarray,
    y_train: np.ndarray,
    X_test: np.ndarray,
    y_test: np.ndarray,
    *,
    source: str | None = None,
) -> None:
    """Show what the penalty does to training accuracy, held-out accuracy and weights.

    Parameters
    ----------
    X_train, X_test : array, shape (n, p) and (m, p)
    y_train, y_test : array, shape (n,) and (m,)
        0 or 1.
    source : str, optional
        Of the data.
    """
    data = (X_train, y_train, X_test, y_test)
    path = _path(data)
    chosen = [decoding.fit_regularised(*data, C) for C in _STILL_CHOSEN]
    still = plots.plot_regularisation(path, chosen, source=source)
    alt = f"{_alt_of_path(path)} Right: the weights for C = 0.001, 0.01 and 1, small for small C."
    show_still_figure(lambda ipywidgets: _controls(ipywidgets, data, path, source), still, alt)


def draw_regularisation(
    data: _Data, path: Sequence[RegularisedFit], log10_C: float, *, source: str | None = None
) -> Figure:
    """Return a figure of accuracies along the path, and of the weights for one C."""
    fit = decoding.fit_regularised(*data, 10.0**log10_C)
    return plots.plot_regularisation(path, [fit], source=source)


def _path(data: _Data) -> list[RegularisedFit]:
    n_points = settings.size(full=21, quick=6)
    return [decoding.fit_regularised(*data, C) for C in np.logspace(_LOWEST, _HIGHEST, n_points)]


def _alt_of_path(path: Sequence[RegularisedFit]) -> str:
    first, last = path[0], path[-1]
    return (
        f"Left: as C grows from {first.C:g} to {last.C:g}, training accuracy rises from "
        f"{first.train_accuracy:.2f} to {last.train_accuracy:.2f}, and held-out accuracy from "
        f"{first.test_accuracy:.2f} to {last.test_accuracy:.2f}."
    )


def _controls(ipywidgets: ModuleType, data: _Data, path: Sequence[RegularisedFit], source: str | None) -> Any:
    slider = ipywidgets.FloatSlider(
        value=_CHOSEN, min=_LOWEST, max=_HIGHEST, step=0.25, description="log10 of C",
        continuous_update=False, style={"description_width": "initial"},
    )  # fmt: skip
    picture = ipywidgets.HTML()

    def draw(*_: object) -> None:
        alt = f"{_alt_of_path(path)} Right: the weights for C = {10.0**slider.value:.3g}."
        picture.value = as_html(draw_regularisation(data, path, slider.value, source=source), alt)

    slider.observe(draw, names="value")
    draw()
    return ipywidgets.VBox([slider, picture])
