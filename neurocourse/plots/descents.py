"""Figures of gradient descent, of tutorial 1: how the loss falls, and the filter in which a descent ends."""

from __future__ import annotations

import typing

import numpy as np

from neurocourse.plots.canvas import GREY, get_axes
from neurocourse.plots.spatial import as_square, bare, correlation, say_model, say_model_of_figure

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import ArrayLike

__all__ = [
    "plot_descent",
    "plot_descent_and_filter",
    "plot_descents",
    "plot_diverging_descent",
    "plot_steps_on_curve",
]


def plot_descent(losses: Mapping[str, np.ndarray], *, ax: Axes | None = None) -> Axes:
    """Draw how the loss falls from step to step, for one or several descents.

    Parameters
    ----------
    losses : dict of str to array-like, shape (n_steps,)
        Names, and the loss after each step.
    """
    ax = get_axes(ax, figsize=(8, 3.4))
    for number, (name, loss) in enumerate(losses.items()):
        ax.plot(np.arange(1, len(loss) + 1), loss, color=f"C{number}", label=name)
    ax.set(xlabel="step", ylabel="negative log likelihood")
    if len(losses) > 1:
        ax.legend(loc="upper right")
    return say_model(ax)


def plot_diverging_descent(small: np.ndarray, large: np.ndarray, *, n_shown: int = 8) -> Figure:
    """Draw a descent with small steps beside the first steps of one that ends beyond all numbers.

    Parameters
    ----------
    small, large : array-like, shape (n_steps,)
        The loss after each step.
    n_shown : int
        How many steps of the second to draw; the axis is compressed, since each is far above the last.

    Returns
    -------
    matplotlib.figure.Figure
    """
    import matplotlib.pyplot as plt

    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 3.6))
    plot_descent({"small": small}, ax=left)
    left.set_title("", loc="right")
    left.set_title("small steps", loc="left")
    shown = np.asarray(large, dtype=float)[:n_shown]
    finite = np.flatnonzero(np.isfinite(shown))
    lost = np.flatnonzero(~np.isfinite(shown))
    right.plot(finite + 1, shown[finite], "o-", color="C1")
    _compress(right)
    top = right.get_ylim()[1]
    right.plot(lost + 1, np.full(len(lost), top), "x", color="C1", markersize=9, label="no finite number")
    if len(lost):
        right.legend(loc="lower right")
    right.set_title("large steps", loc="left")
    right.set(xlabel="step", xlim=(0.5, n_shown + 0.5))
    return say_model_of_figure(figure)


def plot_steps_on_curve(paths: Mapping[Any, Any], function: Callable[..., Any], grid: ArrayLike) -> Figure:
    """Draw descents on a function of one variable, one panel for each.

    Parameters
    ----------
    paths : dict of str to sequence of float
        Titles, and the positions from the start on.
    function : callable
        Vectorised loss.
    grid : array-like
        Where to draw the function; steps may lead beyond.

    Returns
    -------
    matplotlib.figure.Figure
    """
    import matplotlib.pyplot as plt

    grid = np.asarray(grid, dtype=float)
    figure, axes = plt.subplots(1, len(paths), figsize=(3.4 * len(paths), 3.2), sharey=True, squeeze=False)
    values = function(grid)
    room = 0.1 * np.ptp(values)
    for number, (ax, (title, path)) in enumerate(zip(axes[0], paths.items(), strict=True)):
        path = np.asarray(path, dtype=float)
        ax.plot(grid, values, color=GREY)
        ax.plot(path, function(path), "o-", color=f"C{number}", markersize=6, linewidth=1.2)
        ax.set(xlim=(grid[0], grid[-1]), ylim=(values.min() - room, values.max() + room))
        ax.set_title(title, loc="left", fontsize=13)
        ax.set_xlabel("parameter")
    axes[0, 0].set_ylabel("loss")
    return figure


def plot_descents(descents: Mapping[Any, Any], true_filter: np.ndarray) -> Figure:
    """Draw the loss curve of each of several descents above the filter in which it ends, two in a row.

    Parameters
    ----------
    descents : dict of str to (array-like (p,), array-like (n_steps,))
        Titles, and for each the filter and the loss after each step.
    true_filter : array-like, shape (width, width)

    Returns
    -------
    matplotlib.figure.Figure
    """
    import matplotlib.pyplot as plt

    n_columns, n_rows = min(len(descents), 2), -(-len(descents) // 2)
    size = (0.8 + 2.8 * n_columns, 4.8 * n_rows)
    figure, axes = plt.subplots(2 * n_rows, n_columns, figsize=size, squeeze=False)
    pairs = [pair for row in range(n_rows) for pair in axes[2 * row : 2 * row + 2].T]
    for (top, bottom), (title, (weights, loss)) in zip(pairs, descents.items(), strict=False):
        _draw_loss(top, title, loss)
        _draw_end(bottom, as_square(weights), as_square(true_filter))
    for unused in pairs[len(descents) :]:
        figure.delaxes(unused[0])
        figure.delaxes(unused[1])
    for top in axes[::2, 0]:
        top.set_ylabel("negative log\nlikelihood", fontsize=12)
    return say_model_of_figure(figure)


def plot_descent_and_filter(
    title: str, weights: ArrayLike, loss: ArrayLike, true_filter: ArrayLike
) -> Figure:
    """Draw the loss of one descent beside the true filter and the estimate, both in one scale of colours.

    Parameters
    ----------
    title : str
    weights : array-like, shape (p,)
        The filter in which it ends; infinite or missing weights leave its place empty.
    loss : array-like, shape (n_steps,)
        After each step; the axis of steps is logarithmic, so that the first ones can be told apart.
    true_filter : array-like, shape (width, width)

    Returns
    -------
    matplotlib.figure.Figure
    """
    import matplotlib.pyplot as plt

    estimate, truth = as_square(np.asarray(weights)), np.asarray(true_filter, dtype=float)
    size, ratios = (10, 3.2), [1.5, 1, 1]
    figure, (left, middle, right) = plt.subplots(1, 3, figsize=size, width_ratios=ratios)
    _draw_loss(left, title, loss)
    if np.isfinite(np.asarray(loss, dtype=float)).all():
        left.set_xscale("log")
    left.set_ylabel("negative log\nlikelihood", fontsize=12)
    is_there = bool(np.isfinite(estimate).all())
    largest = max(np.abs(truth).max(), np.abs(estimate).max() if is_there else 0) or 1
    drawn = middle.imshow(truth, cmap="RdBu_r", vmin=-largest, vmax=largest)
    middle.set_title("true filter", loc="left", fontsize=12)
    if is_there:
        right.imshow(estimate, cmap="RdBu_r", vmin=-largest, vmax=largest)
    ending = f"estimate, r = {correlation(estimate, truth):.2f}" if is_there else "no estimate"
    right.set_title(ending, loc="left", fontsize=12)
    for ax in (middle, right):
        bare(ax)
    figure.colorbar(drawn, ax=[middle, right], label="weight", shrink=0.8)
    return say_model_of_figure(figure)


def _draw_loss(ax: Axes, title: str, loss: ArrayLike) -> None:
    loss = np.asarray(loss, dtype=float)
    steps = np.arange(1, len(loss) + 1)
    ax.plot(steps, loss, "o-" if np.isfinite(loss).sum() < 30 else "-", color="C0", markersize=4)
    diverged = not np.isfinite(loss).all()
    if diverged or loss.max(initial=0) > 1e6:
        _compress(ax)
    if diverged:
        lost = int(np.argmin(np.isfinite(loss))) + 1
        ax.set_xlim(0.5, lost + 1.5)
        ax.axvline(lost, color="C1", linestyle="--")
        ax.text(
            lost + 0.1,
            0.5,
            "no finite number",
            rotation=90,
            va="center",
            fontsize=10,
            transform=ax.get_xaxis_transform(),
        )
    ax.tick_params(labelsize=9)
    ax.set_title(title, loc="left", fontsize=12)
    ax.set_xlabel("step", fontsize=11)


def _compress(ax: Axes) -> None:
    """Use a logarithmic axis beyond 10,000, which takes negative losses too, with few ticks."""
    ax.set_yscale("symlog", linthresh=1e4)
    locator: Any = ax.yaxis.get_major_locator()
    locator.set_params(numticks=6)


def _draw_end(ax: Axes, weights: np.ndarray, true_filter: np.ndarray) -> None:
    finite = np.isfinite(weights).all()
    largest = np.abs(weights).max() if finite else 1
    ax.imshow(weights, cmap="RdBu_r", vmin=-largest or -1, vmax=largest or 1)
    bare(ax)
    ax.set_title(
        f"r = {correlation(weights, true_filter):.2f}" if finite else "no filter", loc="left", fontsize=12
    )
