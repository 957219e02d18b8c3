"""Figures of tutorial 2: flicker, spike counts, filters, predictions and scores."""

from __future__ import annotations

import typing

import numpy as np

from neurocourse.plots.canvas import GREY, get_axes, line_of, say_source, say_source_of_figure, with_source

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import ArrayLike

__all__ = [
    "lag_times",
    "plot_autocorrelation",
    "plot_filters",
    "plot_lag_fit",
    "plot_lag_fits",
    "plot_loss_along_line",
    "plot_minima",
    "plot_nonlinearity",
    "plot_prediction_histogram",
    "plot_predictions",
    "plot_scores",
    "plot_stimulus_and_spikes",
]


def plot_stimulus_and_spikes(
    stim: ArrayLike,
    spikes: ArrayLike,
    dt: float,
    *,
    start: int = 0,
    n_bins: int = 120,
    source: str | None = None,
) -> Figure:
    """Draw an excerpt of a flickering stimulus above the spike counts it evoked.

    Parameters
    ----------
    stim, spikes : array-like, shape (T,)
    dt : float
        Width of a bin, in seconds.
    start, n_bins : int
        First bin of the excerpt and how many bins it has. Ticks show time in the recording.
    source : str, optional

    Returns
    -------
    matplotlib.figure.Figure
    """
    import matplotlib.pyplot as plt

    excerpt = slice(start, start + n_bins)
    stim, spikes = np.asarray(stim)[excerpt], np.asarray(spikes)[excerpt]
    time = (start + np.arange(len(stim))) * dt
    figure, (top, bottom) = plt.subplots(2, 1, figsize=(8, 4), sharex=True)
    top.step(time, stim, where="mid", color="black", linewidth=1.2)
    top.set(ylabel="light\n(contrast)", yticks=np.unique(stim)[[0, -1]])
    bottom.bar(time, spikes, width=dt, color="C0")
    bottom.set(ylabel="spikes\nper bin", xlabel="time (s)", yticks=range(int(spikes.max(initial=1)) + 1))
    bottom.set_xlim(time[0] - dt, time[-1] + dt)
    figure.align_ylabels()
    say_source(top, source)
    return figure


def plot_predictions(
    spikes: ArrayLike,
    predictions: Mapping[str, ArrayLike],
    dt: float,
    *,
    start: int = 0,
    n_bins: int = 120,
    ax: Axes | None = None,
    source: str | None = None,
) -> Axes:
    """Draw predicted spike counts over the counts that were recorded.

    Parameters
    ----------
    spikes : array-like, shape (T,)
    predictions : dict of str to array-like, shape (T,)
        Names of models and their predictions, in spikes per bin.
    dt : float
        Width of a bin, in seconds.
    start, n_bins : int
        First bin of the excerpt and how many bins it has. Ticks show time in the recording.
    """
    ax = get_axes(ax, figsize=(8, 3.6))
    excerpt = slice(start, start + n_bins)
    spikes = np.asarray(spikes)[excerpt]
    time = (start + np.arange(len(spikes))) * dt
    ax.bar(time, spikes, width=dt, color="0.75", label="spike counts")
    for number, (label, prediction) in enumerate(predictions.items()):
        ax.plot(time, np.asarray(prediction)[excerpt], **line_of(number), linewidth=1.8, label=label)
    ax.axhline(0, color="black", linewidth=0.8)
    ax.set(xlabel="time (s)", ylabel="spikes per bin", xlim=(time[0] - dt, time[-1] + dt))
    lowest, highest = ax.get_ylim()
    ax.set_ylim(lowest, highest + 0.2 * (highest - lowest))  # room for the legend
    ax.legend(loc="upper left", ncols=3)
    return say_source(ax, source)


def plot_prediction_histogram(
    predictions: ArrayLike, *, ax: Axes | None = None, source: str | None = None
) -> Axes:
    """Draw how often a model predicts which count, negative ones in another colour.

    Parameters
    ----------
    predictions : array-like, shape (T,)
        In spikes per bin.
    """
    ax = get_axes(ax, figsize=(8, 3.6))
    predictions = np.asarray(predictions, dtype=float)
    width = max(np.ptp(predictions) / 40, 1e-6)
    edges = width * np.arange(np.floor(predictions.min() / width), np.ceil(predictions.max() / width) + 1)
    for part, color in ((predictions >= 0, "C0"), (predictions < 0, "C1")):
        side = "zero or more" if color == "C0" else "below zero"
        ax.hist(predictions[part], bins=edges, color=color, label=f"{side}: {part.mean():.1%} of bins")
    ax.axvline(0, color="black", linewidth=0.8)
    ax.set(xlabel="predicted spikes per bin", ylabel="number of bins")
    ax.set_ylim(top=1.3 * ax.get_ylim()[1])  # room for the legend
    ax.legend(loc="upper right")
    return say_source(ax, source)


def plot_filters(
    filters: Mapping[str, np.ndarray],
    dt: float,
    *,
    expected: np.ndarray | None = None,
    unit_length: bool = False,
    ax: Axes | None = None,
    source: str | None = None,
) -> Axes:
    """Draw filters over time before the predicted bin.

    Parameters
    ----------
    filters : dict of str to array-like, shape (d,)
        Names and weights; the last weight belongs to the predicted bin itself. No constant among them.
    dt : float
        Width of a bin, in seconds.
    expected : array-like, shape (d,), optional
        Drawn as a broad grey line behind the filters.
    unit_length : bool
        Divide each filter by its length, so that only shapes are compared.
    """
    ax = get_axes(ax, figsize=(8, 3.8))
    if unit_length:
        filters = {label: weights / np.linalg.norm(weights) for label, weights in filters.items()}
    if expected is not None:
        scaled = expected / np.linalg.norm(expected) if unit_length else expected
        ax.plot(lag_times(len(expected), dt), scaled, color="0.82", linewidth=8, label="expected shape")
    for number, (label, weights) in enumerate(filters.items()):
        marker = "os^D"[number % 4]
        ax.plot(lag_times(len(weights), dt), weights, f"{marker}-", label=label, markersize=5, linewidth=1.5)
    ax.axhline(0, color="black", linewidth=0.8)
    scale = "scaled to unit length" if unit_length else "per unit of contrast"
    ax.set(xlabel="time before the predicted bin (ms)", ylabel=f"weight\n({scale})")
    if len(filters) > 1 or expected is not None:
        ax.legend(loc="upper left")
    return say_source(ax, source)


def lag_times(n_lags: int, dt: float) -> np.ndarray:
    """Return the time of each lag relative to the predicted bin, in milliseconds: negative, the last one 0.

    Examples
    --------
    >>> lag_times(3, 0.01).tolist()
    [-20.0, -10.0, 0.0]
    """
    return 1000 * dt * np.arange(1 - n_lags, 1)


def plot_autocorrelation(
    correlation: np.ndarray, dt: float, *, ax: Axes | None = None, source: str | None = None
) -> Axes:
    """Draw a correlation over lags 0, 1, 2, … bins of `dt` seconds."""
    ax = get_axes(ax, figsize=(8, 3.4))
    lags = 1000 * dt * np.arange(len(correlation))
    ax.stem(lags, correlation, basefmt="k-")
    ax.set(xlabel="lag (ms)", ylabel="autocorrelation\nof the stimulus", ylim=(-0.15, 1.1))
    return say_source(ax, source)


def plot_loss_along_line(
    positions: np.ndarray,
    losses: np.ndarray,
    *,
    reference: float,
    ax: Axes | None = None,
    source: str | None = None,
) -> Axes:
    """Draw a loss along a line through parameter space, and what a constant rate would lose."""
    ax = get_axes(ax, figsize=(8, 3.6))
    losses = np.asarray(losses)
    ax.axhline(reference, color=GREY, linestyle="--", linewidth=1.2, label="a constant rate")
    ax.plot(positions, losses, color="C0")
    best = int(np.argmin(losses))
    ax.plot(positions[best], losses[best], "o", color="C1", markersize=9, label="lowest on this line")
    ax.set(xlabel="scale of the filter (times the spike-triggered average)", ylabel="negative log likelihood")
    ax.legend(loc="upper center")
    return say_source(ax, source)


def plot_minima(panels: Mapping[Any, Any], grid: ArrayLike) -> Figure:
    """Draw functions of one variable, where minimisations of them began, and where they ended.

    Parameters
    ----------
    panels : dict of str to (callable, sequence of (start, end))
        Titles, vectorised functions and one pair for each minimisation.
    grid : array-like
        Where to draw the functions.

    Returns
    -------
    matplotlib.figure.Figure
    """
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(1, len(panels), figsize=(8, 3.6), squeeze=False)
    for ax, (title, (function, runs)) in zip(axes[0], panels.items(), strict=True):
        ax.plot(grid, function(np.asarray(grid)), color=GREY)
        for number, (start, end) in enumerate(runs):
            color = f"C{number}"
            ax.plot(start, function(start), "o", color=color, markersize=9, label=f"from {start:g}")
            ax.plot(
                end, function(end), "X", color=color, markersize=13 - 4 * number, label=f"ends at {end:.2f}"
            )
        ax.set_title(title, loc="left")
        ax.set(xlabel="parameter", ylabel="loss")
        ax.legend(loc="upper center", fontsize=10)
    return figure


def plot_nonlinearity(
    drive: np.ndarray,
    spikes: np.ndarray,
    curves: Mapping[str, Callable[..., Any]],
    *,
    n_groups: int = 20,
    ax: Axes | None = None,
    source: str | None = None,
) -> Axes:
    """Draw the mean spike count for groups of bins with similar drive, and curves that should meet it.

    Parameters
    ----------
    drive : array-like, shape (T,)
        The filtered stimulus.
    spikes : array-like, shape (T,)
    curves : dict of str to callable
        Names and vectorised functions from drive to expected count per bin.
    n_groups : int
        Number of groups, which hold equally many bins.
    """
    ax = get_axes(ax, figsize=(8, 4))
    groups = np.array_split(np.argsort(np.asarray(drive)), min(n_groups, len(drive)))
    centres = np.array([np.mean(np.asarray(drive)[group]) for group in groups])
    ax.plot(centres, [np.mean(np.asarray(spikes)[group]) for group in groups], "ko", label="observed mean")
    grid = np.linspace(centres[0], centres[-1], 100)
    for number, (label, curve) in enumerate(curves.items()):
        ax.plot(grid, curve(grid), "-" if number else "--", color=f"C{number}", label=label)
    ax.axhline(0, color="black", linewidth=0.8)
    ax.set(xlabel="drive: the filtered stimulus (no unit)", ylabel="mean spikes per bin")
    ax.legend(loc="upper left")
    return say_source(ax, source)


def plot_scores(scores: Mapping[str, float], *, ax: Axes | None = None, source: str | None = None) -> Axes:
    """Draw held-out scores of models, in bits per spike above a constant rate.

    Parameters
    ----------
    scores : dict of str to float
    """
    ax = get_axes(ax, figsize=(8, 2.6))
    values = [float(value) for value in scores.values()]
    bars = ax.barh(list(scores), values, color=[f"C{number}" for number in range(len(values))], height=0.6)
    ax.bar_label(bars, fmt="%.2f", padding=4, fontsize=12)
    ax.axvline(0, color="black", linewidth=0.8)
    ax.margins(x=0.12)
    ax.invert_yaxis()
    ax.set(xlabel="held-out score (bits per spike above a constant rate)")
    return say_source(ax, source)


def plot_lag_fit(fit: Any, dt: float, *, n_bins: int = 120, source: str | None = None) -> Figure:
    """Draw a `glm.LagFit`: its filter, and its prediction of held-out spikes.

    Returns
    -------
    matplotlib.figure.Figure
    """
    import matplotlib.pyplot as plt

    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 3.6), width_ratios=(1, 1.6))
    plot_filters({"filter": fit.filter}, dt, ax=left)
    left.set_title(f"{len(fit.filter)} lags", loc="left")
    plot_predictions(fit.observed, {"predicted": fit.predicted}, dt, n_bins=n_bins, ax=right)
    right.get_legend().remove()
    right.set_title(f"{_rounded(fit.score)} bits per spike, held out", loc="left")
    right.set_xlabel("held-out time (s)")
    return say_source_of_figure(figure, source)


def plot_lag_fits(fits: Mapping[Any, Any], dt: float, *, source: str | None = None) -> Figure:
    """Draw the filters of many `glm.LagFit` on a grid: one row for each cell, one column for each length.

    Parameters
    ----------
    fits : dict of (cell, n_lags) to glm.LagFit
    dt : float
        Width of a bin, in seconds.

    Returns
    -------
    matplotlib.figure.Figure
    """
    import matplotlib.pyplot as plt

    cells = sorted({cell for cell, _ in fits})
    lengths = sorted({n_lags for _, n_lags in fits})
    size = (0.6 + 2.8 * len(lengths), 0.8 + 1.7 * len(cells))
    figure, axes = plt.subplots(
        len(cells), len(lengths), figsize=size, sharex=True, sharey="row", squeeze=False
    )
    for (cell, n_lags), fit in fits.items():
        ax = axes[cells.index(cell), lengths.index(n_lags)]
        ax.plot(lag_times(n_lags, dt), fit.filter, "o-", markersize=3, color=f"C{cells.index(cell)}")
        ax.axhline(0, color="black", linewidth=0.8)
        ax.set_title(f"cell {cell}, {n_lags} lags: {_rounded(fit.score)}", fontsize=12, loc="left")
    figure.supxlabel("time before the predicted bin (ms)")
    figure.supylabel("weight")
    figure.suptitle(with_source("Filter, and held-out bits per spike", source), fontsize=14)
    return figure


def _rounded(score: float) -> str:
    return f"{round(score, 2) + 0:.2f}"  # + 0 turns -0.0 into 0.0
