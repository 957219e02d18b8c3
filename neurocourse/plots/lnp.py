"""Figures of tutorial 1: small images, spatial filters, a nonlinearity, descents.

The neuron is always a model, and every figure of its responses says so.
"""

from __future__ import annotations

import typing

import numpy as np

from neurocourse.plots.canvas import GREY, figure_of, get_axes

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import ArrayLike

__all__ = [
    "plot_descent",
    "plot_descent_and_filter",
    "plot_descents",
    "plot_diverging_descent",
    "plot_first_counts",
    "plot_image_samples",
    "plot_loss_of_scaled_filter",
    "plot_mean_counts",
    "plot_spatial_filters",
    "plot_steps_on_curve",
]

_MODEL = "model neuron"


def plot_image_samples(samples: Mapping[str, ArrayLike], *, n_images: int = 8) -> Figure:
    """Draw the first images of several stimuli, one row for each stimulus.

    Parameters
    ----------
    samples : dict of str to array-like, shape (n, p)
        Names of stimuli and their square images, each with its pixels in a row.
    n_images : int
        How many to draw of each. Each row has a grey scale of its own.

    Returns
    -------
    matplotlib.figure.Figure
    """
    import matplotlib.pyplot as plt

    size = (8, 0.9 * len(samples))
    figure, axes = plt.subplots(len(samples), n_images, figsize=size, squeeze=False)
    for row, (name, images) in zip(axes, samples.items(), strict=True):
        images = np.asarray(images, dtype=float)[:n_images]
        largest = np.abs(images).max()
        for ax, image in zip(row, images, strict=True):
            ax.imshow(_as_square(image), cmap="gray", vmin=-largest, vmax=largest)
            _bare(ax)
        row[0].set_ylabel(name.replace(" ", "\n"), rotation=0, ha="right", va="center", fontsize=12)
    return figure


def plot_first_counts(counts: Mapping[str, ArrayLike], *, n_images: int = 100) -> Figure:
    """Draw how many spikes each of the first images evoked, one row for each stimulus.

    Parameters
    ----------
    counts : dict of str to array-like, shape (n,)
        Names of stimuli, and the spike count for each image.
    n_images : int
        How many to draw of each. All rows have the same scale.

    Returns
    -------
    matplotlib.figure.Figure
    """
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(len(counts), 1, figsize=(8, 1.7 * len(counts)), sharex=True, sharey=True)
    for number, (ax, (name, values)) in enumerate(zip(np.atleast_1d(axes), counts.items(), strict=True)):
        shown = np.asarray(values)[:n_images]
        ax.bar(np.arange(len(shown)), shown, color=f"C{number}", width=0.8)
        ax.set_title(name, loc="left", fontsize=12)
        ax.set(ylabel="spikes", xlim=(-1, n_images))
    ax.set_xlabel("image")
    return _say_model_of_figure(figure)


def plot_spatial_filters(
    filters: Mapping[str, np.ndarray],
    *,
    true_filter: np.ndarray | None = None,
    stretched: Sequence[str] = (),
    model: bool = True,
) -> Figure:
    """Draw filters, or other maps over the pixels, side by side, each on a scale of its own.

    The scale runs equally far to both sides of zero. A map that is nearly the same everywhere shows one
    colour there; so it can be drawn once more, stretched from its smallest to its largest value.

    Parameters
    ----------
    filters : dict of str to array-like, shape (p,) or (width, width)
        Titles and weights.
    true_filter : array-like, shape (width, width), optional
        Drawn first; the others then have their correlation r with it in their titles.
    stretched : sequence of str
        Titles of those to draw once more, stretched.
    model : bool
        Whether the filters belong to the model neuron, and the figure shall say so.

    Returns
    -------
    matplotlib.figure.Figure
    """
    import matplotlib.pyplot as plt

    maps = {title: _as_square(weights) for title, weights in filters.items()}
    panels = [(title, weights, False) for title, weights in maps.items()]
    if true_filter is not None:
        truth = _as_square(true_filter)
        panels = [(f"{title}\nr = {_correlation(w, truth):.2f}", w, False) for title, w, _ in panels]
        panels.insert(0, ("true filter", truth, False))
    panels += [(f"{title}\nstretched", maps[title], True) for title in stretched]
    figure, axes = plt.subplots(1, len(panels), figsize=(0.6 + 2.3 * len(panels), 2.7), squeeze=False)
    for ax, (title, weights, is_stretched) in zip(axes[0], panels, strict=True):
        _draw_map(ax, weights, is_stretched=is_stretched)
        ax.set_title(title, loc="left", fontsize=12)
    return _say_model_of_figure(figure) if model else figure


def _draw_map(ax: Axes, weights: np.ndarray, *, is_stretched: bool) -> None:
    """Draw a map over the pixels with its colour bar, from -largest to largest or stretched."""
    finite = np.isfinite(weights)
    largest = np.abs(weights[finite]).max(initial=0) or 1
    low, high = (weights.min(), weights.max()) if is_stretched and finite.all() else (-largest, largest)
    colours = "viridis" if is_stretched else "RdBu_r"
    drawn = ax.imshow(weights, cmap=colours, vmin=low, vmax=high)
    ticks = np.linspace(low, high, 3)
    bar = figure_of(ax).colorbar(drawn, ax=ax, ticks=ticks, fraction=0.046, format="{x:.2g}")
    bar.ax.tick_params(labelsize=9)
    _bare(ax)
    if not finite.all():
        ax.text(0.5, 0.5, "not finite", transform=ax.transAxes, ha="center", va="center")


def plot_mean_counts(
    estimates: Mapping[Any, Any], curve: Callable[..., Any], *, ax: Axes | None = None
) -> Axes:
    """Draw mean spike counts against the drive, for several stimuli, and the curve that they should meet.

    Parameters
    ----------
    estimates : dict of str to (array-like, array-like)
        Names, and for each the centres of the bins of drive and the mean counts in them.
    curve : callable
        Vectorised function from drive to expected count.
    """
    ax = get_axes(ax, figsize=(8, 3.8))
    lowest = min(np.min(centres) for centres, _ in estimates.values())
    highest = max(np.max(centres) for centres, _ in estimates.values())
    grid = np.linspace(lowest, highest, 200)
    ax.plot(grid, curve(grid), color=GREY, label="exponential")
    for number, (name, (centres, means)) in enumerate(estimates.items()):
        ax.plot(centres, means, "os"[number % 2], color=f"C{number}", label=name)
    ax.set_yscale("log")
    ax.set(xlabel="drive: the filtered image (no unit)", ylabel="mean spikes per image")
    ax.legend(loc="upper left")
    return _say_model(ax)


def plot_loss_of_scaled_filter(scales: np.ndarray, losses: np.ndarray, *, ax: Axes | None = None) -> Axes:
    """Draw the loss of a filter at several scales; at scale 0 there is no filter."""
    ax = get_axes(ax, figsize=(8, 3.4))
    best = int(np.argmin(losses))
    ax.plot(scales, losses, color="C0")
    ax.plot(scales[best], losses[best], "o", color="C1", markersize=9, label="lowest on this line")
    ax.axvline(0, color=GREY, linestyle="--", linewidth=1.2, label="no filter")
    ax.set(xlabel="scale of the true filter", ylabel="negative log likelihood")
    ax.legend(loc="upper center")
    return _say_model(ax)


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
    return _say_model(ax)


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
    return _say_model_of_figure(figure)


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
        _draw_end(bottom, _as_square(weights), _as_square(true_filter))
    for unused in pairs[len(descents) :]:
        figure.delaxes(unused[0])
        figure.delaxes(unused[1])
    for top in axes[::2, 0]:
        top.set_ylabel("negative log\nlikelihood", fontsize=12)
    return _say_model_of_figure(figure)


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

    estimate, truth = _as_square(np.asarray(weights)), np.asarray(true_filter, dtype=float)
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
    ending = f"estimate, r = {_correlation(estimate, truth):.2f}" if is_there else "no estimate"
    right.set_title(ending, loc="left", fontsize=12)
    for ax in (middle, right):
        _bare(ax)
    figure.colorbar(drawn, ax=[middle, right], label="weight", shrink=0.8)
    return _say_model_of_figure(figure)


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
    _bare(ax)
    ax.set_title(
        f"r = {_correlation(weights, true_filter):.2f}" if finite else "no filter", loc="left", fontsize=12
    )


def _as_square(weights: np.ndarray) -> np.ndarray:
    weights = np.asarray(weights, dtype=float)
    width = int(round(weights.size**0.5))
    if width * width != weights.size:
        raise ValueError(f"weights must be those of a square image, got {weights.shape}")
    return weights.reshape(width, width)


def _correlation(one: np.ndarray, other: np.ndarray) -> float:
    if not np.isfinite(one).all() or np.ptp(one) == 0:
        return np.nan
    return float(np.corrcoef(one.ravel(), other.ravel())[0, 1])


def _bare(ax: Axes) -> None:
    ax.set(xticks=[], yticks=[])
    for side in ax.spines.values():
        side.set_visible(False)


def _say_model(ax: Axes) -> Axes:
    ax.set_title(_MODEL, loc="right", fontsize=11, style="italic", color=GREY)
    return ax


def _say_model_of_figure(figure: Figure) -> Figure:
    figure.suptitle(_MODEL, x=1, ha="right", fontsize=11, style="italic", color=GREY)
    return figure
