"""Figures of tutorial 1: small images, spatial filters, a nonlinearity.

The neuron is always a model, and every figure of its responses says so.
"""

from __future__ import annotations

import typing

import numpy as np

from neurocourse.plots.canvas import GREY, figure_of, get_axes
from neurocourse.plots.spatial import as_square, bare, correlation, say_model, say_model_of_figure

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import ArrayLike

__all__ = [
    "plot_first_counts",
    "plot_image_samples",
    "plot_loss_of_scaled_filter",
    "plot_mean_counts",
    "plot_spatial_filters",
]


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
            ax.imshow(as_square(image), cmap="gray", vmin=-largest, vmax=largest)
            bare(ax)
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
    return say_model_of_figure(figure)


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

    maps = {title: as_square(weights) for title, weights in filters.items()}
    panels = [(title, weights, False) for title, weights in maps.items()]
    if true_filter is not None:
        truth = as_square(true_filter)
        panels = [(f"{title}\nr = {correlation(w, truth):.2f}", w, False) for title, w, _ in panels]
        panels.insert(0, ("true filter", truth, False))
    panels += [(f"{title}\nstretched", maps[title], True) for title in stretched]
    figure, axes = plt.subplots(1, len(panels), figsize=(0.6 + 2.3 * len(panels), 2.7), squeeze=False)
    for ax, (title, weights, is_stretched) in zip(axes[0], panels, strict=True):
        _draw_map(ax, weights, is_stretched=is_stretched)
        ax.set_title(title, loc="left", fontsize=12)
    return say_model_of_figure(figure) if model else figure


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
    bare(ax)
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
    points = {name: (np.asarray(centres), np.asarray(means)) for name, (centres, means) in estimates.items()}
    lowest = min(centres.min() for centres, _ in points.values())
    highest = max(centres.max() for centres, _ in points.values())
    grid = np.linspace(lowest, highest, 200)
    ax.plot(grid, curve(grid), color=GREY, label="exponential")
    for number, (name, (centres, means)) in enumerate(points.items()):
        ax.plot(centres, means, "os"[number % 2], color=f"C{number}", label=name)
    ax.set_yscale("log")
    ax.set(xlabel="drive: the filtered image (no unit)", ylabel="mean spikes per image")
    ax.legend(loc="upper left")
    return say_model(ax)


def plot_loss_of_scaled_filter(scales: np.ndarray, losses: np.ndarray, *, ax: Axes | None = None) -> Axes:
    """Draw the loss of a filter at several scales; at scale 0 there is no filter."""
    ax = get_axes(ax, figsize=(8, 3.4))
    losses = np.asarray(losses)
    best = int(np.argmin(losses))
    ax.plot(scales, losses, color="C0")
    ax.plot(scales[best], losses[best], "o", color="C1", markersize=9, label="lowest on this line")
    ax.axvline(0, color=GREY, linestyle="--", linewidth=1.2, label="no filter")
    ax.set(xlabel="scale of the true filter", ylabel="negative log likelihood")
    ax.legend(loc="upper center")
    return say_model(ax)
