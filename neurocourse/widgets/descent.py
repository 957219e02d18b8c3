"""The widget of tutorial 1: what step size and number of steps do to a descent and to its filter."""

import functools

import numpy as np

from neurocourse import plots
from neurocourse.widgets.frame import as_html, show_still_figure

__all__ = ["draw_descent", "draw_descent_grid", "explore_descent"]

_STILL_SIZES = (1e-7, 1e-6, 3e-6, 1e-5)
_GRID_ALT = (
    "Four descents with growing steps: the loss after each step, and beneath it the filter at the end. With "
    "the smallest steps the loss is still falling at the end; with the largest it leaves all numbers behind."
)


def explore_descent(descend, true_filter, *, n_steps=500):
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


def draw_descent(descend, true_filter, alpha, n_steps):
    """Return a figure of one descent: its loss, and the filter at its end."""
    title = f"step size {alpha:.1e}, {n_steps} steps"
    return plots.plot_descents({title: _run(descend, alpha, n_steps)}, true_filter)


def draw_descent_grid(descend, true_filter, n_steps, sizes=_STILL_SIZES):
    """Return a figure of descents with several step sizes."""
    descents = {f"step size {alpha:.0e}": _run(descend, alpha, n_steps) for alpha in sizes}
    return plots.plot_descents(descents, true_filter)


def _run(descend, alpha, n_steps):
    with np.errstate(over="ignore", invalid="ignore"):  # large steps lead beyond all numbers, as they shall
        return descend(alpha, n_steps)


def _controls(ipywidgets, descend, true_filter, n_steps):
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
    def image(alpha, n_steps):
        alt = f"Loss and filter of a descent with {n_steps} steps of size {alpha:.1e}."
        return as_html(draw_descent(descend, true_filter, alpha, n_steps), alt)

    def draw(*_):
        picture.value = image(size_choice.value, step_choice.value)

    for choice in (size_choice, step_choice):
        choice.observe(draw, names="value")
    draw()
    return ipywidgets.VBox([ipywidgets.HBox([size_choice, step_choice]), picture])
