"""The widget of tutorial 1: what step size and number of steps do to a descent and to its filter."""

from __future__ import annotations

import functools
import typing

import numpy as np

from neurocourse import plots
from neurocourse.widgets.frame import as_html, show_still_figure

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import ModuleType
    from typing import Any

    from matplotlib.figure import Figure

__all__ = ["draw_descent", "draw_descent_grid", "explore_descent"]

_STILL_SIZES = (1e-7, 1e-6, 3e-6, 1e-5)
_GRID_ALT = (
    "Four descents with growing steps: the loss after each step, and beneath it the filter at the end. With "
    "the smallest steps the loss is still falling at the end; with the largest it leaves all numbers behind."
)


def explore_descent(descend: Callable[..., Any], true_filter: np.ndarray, *, n_steps: int = 500) -> None:
    """Show what step size and number of steps do to gradient descent.

    Parameters
    ----------
    descend : callable
        Takes a step size and a number of steps; returns the filter (p,) and the loss after each step.
    true_filter : array-like, shape (width, width)
    n_steps : int
        Largest number of steps, and where its slider starts.
    """
    still = draw_descent_grid(descend, true_filter, n_steps)
    choices = (descend, true_filter, n_steps)
    show_still_figure(lambda ipywidgets: _controls(ipywidgets, *choices), still, _GRID_ALT)


def draw_descent(descend: Callable[..., Any], true_filter: np.ndarray, alpha: float, n_steps: int) -> Figure:
    """Return a figure of one descent: its loss, the true filter, and the filter at its end."""
    title = f"step size {alpha:.1e}, {n_steps} steps"
    return plots.plot_descent_and_filter(title, *_run(descend, alpha, n_steps), true_filter)


def draw_descent_grid(
    descend: Callable[..., Any], true_filter: np.ndarray, n_steps: int, sizes: Sequence[float] = _STILL_SIZES
) -> Figure:
    """Return a figure of descents with several step sizes."""
    descents = {f"step size {alpha:.0e}": _run(descend, alpha, n_steps) for alpha in sizes}
    return plots.plot_descents(descents, true_filter)


def _run(descend: Callable[..., Any], alpha: float, n_steps: int) -> tuple[np.ndarray, np.ndarray]:
    with np.errstate(over="ignore", invalid="ignore"):  # large steps lead beyond all numbers, as they shall
        weights, losses = descend(alpha, n_steps)
        return weights, losses


def _controls(
    ipywidgets: ModuleType, descend: Callable[..., Any], true_filter: np.ndarray, n_steps: int
) -> Any:
    wide = {"description_width": "initial"}
    size_choice = ipywidgets.FloatLogSlider(
        value=1e-6,
        min=-7.5,
        max=-4.5,
        step=0.1,
        description="step size α",
        readout_format=".1e",
        continuous_update=False,
        style=wide,
    )
    step_choice = ipywidgets.IntSlider(
        value=n_steps, min=1, max=n_steps, description="steps", continuous_update=False, style=wide
    )
    picture = ipywidgets.HTML()

    @functools.cache
    def image(alpha: float, n_steps: int) -> str:
        alt = f"Loss, true filter and estimate of a descent with {n_steps} steps of size {alpha:.1e}."
        return as_html(draw_descent(descend, true_filter, alpha, n_steps), alt)

    def draw(*_: object) -> None:
        picture.value = image(size_choice.value, step_choice.value)

    for choice in (size_choice, step_choice):
        choice.observe(draw, names="value")
    draw()
    return ipywidgets.VBox([ipywidgets.HBox([size_choice, step_choice]), picture])
