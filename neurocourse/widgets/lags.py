"""The widget of tutorial 2: what the number of lags does to a filter, a prediction and its score."""

from __future__ import annotations

import typing

from neurocourse import glm, plots
from neurocourse.widgets.frame import as_html, show_still_figure

if typing.TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType
    from typing import Any

    from matplotlib.figure import Figure

    from neurocourse.datasets import FlickerResponse

__all__ = ["draw_lag_grid", "draw_lags", "explore_lags"]

_STILL_LENGTHS = (5, 20, 50)
_LONGEST = 60
_GRID_ALT = (
    "Grid of fitted filters, one row for each cell and one column for each number of lags, with the held-out "
    "score above each. Few lags cut the filter short; beyond about 20 lags the added weights stay near zero."
)


def explore_lags(cells: Sequence[FlickerResponse], *, n_lags: int = 25) -> None:
    """Show what the number of lags does to a cell's filter, its prediction and its held-out score.

    Parameters
    ----------
    cells : sequence of datasets.FlickerResponse
        One for each cell that can be chosen.
    n_lags : int
        Where the slider starts.
    """
    still = draw_lag_grid(cells)
    show_still_figure(lambda ipywidgets: _lag_controls(ipywidgets, cells, n_lags), still, _GRID_ALT)


def draw_lags(cells: Sequence[FlickerResponse], cell: int, n_lags: int) -> Figure:
    """Return a figure of one cell's fit with `n_lags` lags."""
    chosen = cells[cell]
    fit = glm.fit_lags(chosen.stim, chosen.spikes, n_lags)
    return plots.plot_lag_fit(fit, chosen.dt, source=chosen.source)


def draw_lag_grid(cells: Sequence[FlickerResponse], lengths: Sequence[int] = _STILL_LENGTHS) -> Figure:
    """Return a figure of the filters of all cells, fitted with several numbers of lags."""
    fits = {
        (number, n_lags): glm.fit_lags(cell.stim, cell.spikes, n_lags)
        for number, cell in enumerate(cells)
        for n_lags in lengths
    }
    return plots.plot_lag_fits(fits, cells[0].dt, source=cells[0].source)


def _lag_controls(ipywidgets: ModuleType, cells: Sequence[FlickerResponse], n_lags: int) -> Any:
    wide = {"description_width": "initial"}
    cell_choice = ipywidgets.Dropdown(
        options=range(len(cells)), value=len(cells) // 2, description="cell", style=wide
    )
    lag_choice = ipywidgets.IntSlider(
        value=n_lags, min=1, max=_LONGEST, description="number of lags d", continuous_update=False, style=wide
    )
    picture = ipywidgets.HTML()

    def draw(*_: object) -> None:
        cell, n_lags = cell_choice.value, lag_choice.value
        alt = f"Filter of cell {cell} with {n_lags} lags, and its prediction of held-out spike counts."
        picture.value = as_html(draw_lags(cells, cell, n_lags), alt)

    for choice in (cell_choice, lag_choice):
        choice.observe(draw, names="value")
    draw()
    return ipywidgets.VBox([ipywidgets.HBox([cell_choice, lag_choice]), picture])
