"""Figures of tutorial 5 on data and decoding: tuning, populations, decoded angles, weights, penalties."""

from __future__ import annotations

import typing

import numpy as np

from neurocourse.plots.canvas import GREY, get_axes, line_of, say_source, say_source_of_figure, with_source

if typing.TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import ArrayLike

__all__ = [
    "plot_accuracies",
    "plot_decoded_angles",
    "plot_error_by_angle",
    "plot_hidden_tuning",
    "plot_hidden_weights",
    "plot_penalised_fit",
    "plot_penalised_fits",
    "plot_population",
    "plot_tuning",
    "plot_training_loss",
    "plot_weight_sizes",
]

_TURN = range(0, 361, 90)
_ANGLE = "angle of the grating (degrees)"


def plot_tuning(
    resp: ArrayLike, stimuli: ArrayLike, neurons: Sequence[int], *, source: str | None = None
) -> Figure:
    """Draw the responses of a few neurons at every angle, one panel for each.

    Parameters
    ----------
    resp : array-like, shape (n_stim, n_neurons)
    stimuli : array-like, shape (n_stim,) or (n_stim, 1)
        Degrees.
    neurons : sequence of int

    Returns
    -------
    matplotlib.figure.Figure
    """
    import matplotlib.pyplot as plt

    size = (2.7 * len(neurons), 2.8)
    figure, axes = plt.subplots(1, len(neurons), figsize=size, sharey=True, squeeze=False)
    for ax, neuron in zip(axes[0], neurons, strict=True):
        ax.plot(np.ravel(stimuli), np.asarray(resp)[:, neuron], ".", color="C0", markersize=4)
        ax.set_title(f"neuron {neuron}", loc="left", fontsize=12)
        ax.set_xticks(_TURN)
    axes[0, 0].set_ylabel("response\n(standardised)")
    figure.supxlabel(_ANGLE)
    return say_source_of_figure(figure, source)


def plot_population(
    resp: np.ndarray,
    stimuli: np.ndarray,
    preferred: np.ndarray,
    *,
    ax: Axes | None = None,
    source: str | None = None,
) -> Axes:
    """Draw the responses of all neurons as an image, the neurons ordered by what they prefer.

    Parameters
    ----------
    resp : array-like, shape (n_stim, n_neurons)
    stimuli : array-like, shape (n_stim,) or (n_stim, 1)
        Degrees, evenly spaced.
    preferred : array-like, shape (n_neurons,)
        Only their order counts.
    """
    ax = get_axes(ax, figsize=(8, 4))
    ordered = np.asarray(resp)[:, np.argsort(np.ravel(preferred), kind="stable")].T
    image = ax.imshow(
        ordered, cmap="PuOr", vmin=-2.5, vmax=2.5, aspect="auto", extent=_extent(stimuli, len(ordered))
    )
    ax.figure.colorbar(image, ax=ax, label="response (standardised)", extend="both")
    ax.set(xlabel=_ANGLE, ylabel="neuron, by preferred angle", xticks=_TURN)
    return say_source(ax, source)


def _extent(stimuli: np.ndarray, n_rows: int) -> tuple[float, float, float, float]:
    """Return the edges of an image whose columns stand at `stimuli`, first row on top."""
    angles = np.ravel(stimuli)
    half = (angles[1] - angles[0]) / 2
    return angles[0] - half, angles[-1] + half, n_rows, 0


def plot_training_loss(
    losses: Mapping[str, np.ndarray], *, ylabel: str = "loss", ax: Axes | None = None
) -> Axes:
    """Draw how a loss falls with the iterations, on a logarithmic scale.

    Parameters
    ----------
    losses : dict of str to array-like
    """
    ax = get_axes(ax, figsize=(8, 3.4))
    for number, (label, values) in enumerate(losses.items()):
        ax.plot(np.arange(1, len(values) + 1), values, color=f"C{number}", label=label)
    ax.set(xlabel="iteration", ylabel=ylabel, yscale="log")
    if len(losses) > 1:
        ax.legend()
    return ax


def plot_decoded_angles(
    true: ArrayLike, decoded: Mapping[str, ArrayLike], *, ax: Axes | None = None, source: str | None = None
) -> Axes:
    """Draw decoded against true angles, for one decoder or several.

    Parameters
    ----------
    true : array-like, shape (n,)
        Degrees.
    decoded : dict of str to array-like, shape (n,)
        Names of decoders and the angles they give, in degrees.
    """
    ax = get_axes(ax, figsize=(6, 5))
    ax.plot([0, 360], [0, 360], color=GREY, linewidth=1, label="no error")
    for number, (label, angles) in enumerate(decoded.items()):
        ax.plot(true, angles, "os"[number % 2], color=f"C{number}", markersize=5, alpha=0.7, label=label)
    ax.set(xlabel=f"true {_ANGLE}", ylabel="decoded angle (degrees)", xticks=_TURN, yticks=_TURN)
    ax.legend(loc="upper left")
    return say_source(ax, source)


def plot_error_by_angle(
    true: ArrayLike,
    errors: Mapping[str, ArrayLike],
    *,
    n_bins: int = 12,
    ax: Axes | None = None,
    source: str | None = None,
) -> Axes:
    """Draw the mean size of an error within bins of the true angle.

    Parameters
    ----------
    true : array-like, shape (n,)
        Degrees.
    errors : dict of str to array-like, shape (n,)
        Names of decoders and their signed errors, in degrees.
    n_bins : int
    """
    ax = get_axes(ax, figsize=(8, 3.6))
    bins = np.floor(np.ravel(true) / 360 * n_bins).astype(int) % n_bins
    numbers = np.unique(bins)
    centres = (numbers + 0.5) * 360 / n_bins
    for number, (label, values) in enumerate(errors.items()):
        means = [np.abs(np.ravel(values)[bins == b]).mean() for b in numbers]
        ax.plot(centres, means, f"{'os^D'[number % 4]}-", color=f"C{number}", label=label)
    ax.set(xlabel=f"true {_ANGLE}", ylabel="mean size of the\nerror (degrees)", xticks=_TURN, xlim=(0, 360))
    ax.set_ylim(bottom=0)
    ax.legend(loc="upper center")
    return say_source(ax, source)


def plot_hidden_weights(
    W_in: ArrayLike, W_out: ArrayLike, preferred: ArrayLike, *, n_bins: int = 36, source: str | None = None
) -> Figure:
    """Draw what each hidden unit reads from the neurons, and how it moves the output.

    Parameters
    ----------
    W_in : array-like, shape (n_hidden, n_neurons)
        Drawn as means over neurons whose preferred angles fall into the same bin.
    W_out : array-like, shape (1, n_hidden)
    preferred : array-like, shape (n_neurons,)
        Degrees.
    n_bins : int
        How many bins of preferred angles.

    Returns
    -------
    matplotlib.figure.Figure
    """
    import matplotlib.pyplot as plt

    W_in, W_out = np.asarray(W_in), np.ravel(W_out)
    bins = np.floor(np.ravel(preferred) / 360 * n_bins).astype(int) % n_bins
    means = np.full((len(W_in), n_bins), np.nan)
    for number in np.unique(bins):
        means[:, number] = W_in[:, bins == number].mean(axis=1)
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 3.8), width_ratios=(2.2, 1), sharey=True)
    largest = np.nanmax(np.abs(means))
    extent = (0, 360, len(W_in) - 0.5, -0.5)
    image = left.imshow(means, cmap="PuOr", vmin=-largest, vmax=largest, aspect="auto", extent=extent)
    figure.colorbar(image, ax=left, label="mean weight")
    left.set(xlabel="preferred angle of the neurons (degrees)", ylabel="hidden unit", xticks=_TURN)
    left.set(yticks=range(len(W_in)), title="from the neurons: $W^{in}$")
    right.barh(range(len(W_out)), W_out, color=np.where(W_out < 0, "C0", "C1"))
    right.axvline(0, color="black", linewidth=0.8)
    right.set(xlabel="weight", title="to the output: $W^{out}$")
    return say_source_of_figure(figure, source)


def plot_hidden_tuning(
    stimuli: ArrayLike,
    activity: ArrayLike,
    W_out: ArrayLike,
    *,
    ax: Axes | None = None,
    source: str | None = None,
) -> Axes:
    """Draw by how much each hidden unit moves the output at every angle: its activity times its weight.

    Parameters
    ----------
    stimuli : array-like, shape (n_stim,)
        Degrees.
    activity : array-like, shape (n_stim, n_hidden)
    W_out : array-like, shape (1, n_hidden)
    """
    ax = get_axes(ax, figsize=(8, 3.8))
    moved = np.asarray(activity) * np.ravel(W_out)
    for number in np.argsort(-np.abs(moved).max(axis=0), kind="stable"):
        ax.plot(np.ravel(stimuli), moved[:, number], **line_of(number), label=f"unit {number}")
    ax.set(xlabel=_ANGLE, ylabel="activity times output\nweight (degrees)", xticks=_TURN)
    ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1), fontsize=9)
    return say_source(ax, source)


def plot_weight_sizes(
    weights: Mapping[str, ArrayLike], *, ax: Axes | None = None, source: str | None = None
) -> Axes:
    """Draw which part of a network's weights is smaller than what, relative to the largest one.

    Parameters
    ----------
    weights : dict of str to array-like
    """
    ax = get_axes(ax, figsize=(8, 3.6))
    for number, (label, values) in enumerate(weights.items()):
        sizes = np.sort(np.abs(np.ravel(values)))
        part = np.arange(1, len(sizes) + 1) / len(sizes)
        ax.plot(np.maximum(sizes / sizes[-1], 1e-6), part, **line_of(number), label=label)
    ax.set(xlabel="size of a weight (largest = 1)", ylabel="part of the weights\nthat are smaller")
    ax.set(xscale="log", xlim=(1e-4, 1.2), ylim=(0, 1.02))
    ax.legend(loc="upper left")
    return say_source(ax, source)


def plot_accuracies(
    penalties: np.ndarray,
    accuracies: Mapping[str, np.ndarray],
    *,
    xlabel: str,
    ax: Axes | None = None,
    source: str | None = None,
) -> Axes:
    """Draw accuracies against the strength of a penalty.

    Parameters
    ----------
    penalties : array-like
        Zero among them stands apart on the left, since it has no logarithm.
    accuracies : dict of str to array-like
        From 0 to 1.
    xlabel : str
    """
    ax = get_axes(ax, figsize=(8, 3.6))
    for number, (label, values) in enumerate(accuracies.items()):
        ax.plot(range(len(penalties)), values, f"{'os^'[number % 3]}-", color=f"C{number}", label=label)
    ax.set(xlabel=xlabel, ylabel="part of the angles\nclassified rightly", ylim=(-0.02, 1.05))
    ax.set_xticks(range(len(penalties)), [f"{penalty:g}" for penalty in penalties])
    ax.legend(loc="lower left")
    return say_source(ax, source)


def plot_penalised_fit(fit: Any, preferred: np.ndarray, *, source: str | None = None) -> Figure:
    """Draw a `networks.PenalisedFit`: its first weights, by preferred angle, and its accuracies.

    Returns
    -------
    matplotlib.figure.Figure
    """
    import matplotlib.pyplot as plt

    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 3.6), width_ratios=(2, 1))
    _draw_weights(left, fit, preferred)
    left.set(xlabel="neuron, by preferred angle", ylabel="hidden unit")
    bars = right.barh(["training", "validation"], [fit.train_accuracy, fit.validation_accuracy], height=0.5)
    right.bar_label(bars, fmt="%.2f", padding=4)
    right.set(xlabel="part classified rightly", xlim=(0, 1.25), xticks=(0, 0.5, 1))
    right.invert_yaxis()
    return say_source_of_figure(figure, source)


def plot_penalised_fits(
    fits: Mapping[Any, Any], preferred: np.ndarray, *, source: str | None = None
) -> Figure:
    """Draw the first weights of several `networks.PenalisedFit` on a grid.

    Parameters
    ----------
    fits : dict of (L2_penalty, L1_penalty) to networks.PenalisedFit
        One row for each L2 penalty, one column for each L1 penalty.
    preferred : array-like, shape (n_neurons,)

    Returns
    -------
    matplotlib.figure.Figure
    """
    import matplotlib.pyplot as plt

    rows, columns = (sorted(set(values)) for values in zip(*fits, strict=True))
    size = (0.6 + 3.6 * len(columns), 0.9 + 2.2 * len(rows))
    figure, axes = plt.subplots(len(rows), len(columns), figsize=size, squeeze=False)
    for (L2_penalty, L1_penalty), fit in fits.items():
        ax = axes[rows.index(L2_penalty), columns.index(L1_penalty)]
        _draw_weights(ax, fit, preferred)
        shares = f"{fit.fraction_zero:.0%} zero, {fit.validation_accuracy:.0%} right"
        ax.set_title(f"L2 {L2_penalty:g}, L1 {L1_penalty:g}: {shares}", loc="left", fontsize=11)
    figure.supxlabel("neuron, by preferred angle")
    figure.supylabel("hidden unit")
    figure.suptitle(with_source("First weights, and how often the classifier is right", source), fontsize=13)
    return figure


def _draw_weights(ax: Axes, fit: Any, preferred: np.ndarray) -> None:
    weights = fit.weights[:, np.argsort(np.ravel(preferred), kind="stable")]
    largest = max(np.abs(weights).max(), 1e-6) / 2
    ax.imshow(weights, cmap="PuOr", vmin=-largest, vmax=largest, aspect="auto", interpolation="antialiased")
    ax.grid(False)
    ax.set(yticks=(0, len(weights) - 1))
    ax.set_title(f"{fit.fraction_zero:.0%} of the weights are zero", loc="left")
