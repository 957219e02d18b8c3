"""Figures of tutorial 3: rates and choices, the sigmoid and its loss, accuracies against chance, clusters."""

from __future__ import annotations

import typing

import numpy as np

from neurocourse.plots.canvas import GREY, get_axes, say_source, say_source_of_figure

if typing.TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import ArrayLike

    from neurocourse.decoding import RegularisedFit

__all__ = [
    "plot_accuracy_histograms",
    "plot_choice_probabilities",
    "plot_clusters",
    "plot_curves",
    "plot_rates_and_choices",
    "plot_regularisation",
]


def plot_rates_and_choices(
    spikes: ArrayLike, choices: ArrayLike, *, n_neurons: int = 100, source: str | None = None
) -> Figure:
    """Draw the rates of some neurons on all trials, beside the choice on each.

    Parameters
    ----------
    spikes : array-like, shape (n_trials, p)
        Normalised rates.
    choices : array-like, shape (n_trials,)
        0 or 1.
    n_neurons : int
        How many neurons to draw, the first ones.

    Returns
    -------
    matplotlib.figure.Figure
    """
    import matplotlib.pyplot as plt

    spikes, choices = np.asarray(spikes)[:, :n_neurons], np.asarray(choices)
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 4.2), width_ratios=(1, 14), sharey=True)
    left.imshow(choices[:, None], cmap="cividis", aspect="auto", interpolation="nearest")
    left.set(xticks=[], xlabel="choice", ylabel="trial")
    image = right.imshow(spikes, cmap="magma", aspect="auto", interpolation="nearest")
    right.set(xlabel=f"neuron (the first {spikes.shape[1]})")
    figure.colorbar(image, ax=right, label="normalised rate")
    left.set_title("blue: choice 0, yellow: choice 1", loc="left", fontsize=12)
    return say_source_of_figure(figure, source)


def plot_curves(
    x: ArrayLike,
    curves: Mapping[str, ArrayLike],
    *,
    xlabel: str,
    ylabel: str,
    expected: ArrayLike | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw curves over `x`, an expected one as a broad grey line behind them.

    Parameters
    ----------
    x : array-like, shape (n,)
    curves : dict of str to array-like, shape (n,)
    expected : array-like, shape (n,), optional
    """
    ax = get_axes(ax, figsize=(8, 3.4))
    if expected is not None:
        ax.plot(x, expected, color="0.82", linewidth=8, label="expected shape")
    for number, (label, values) in enumerate(curves.items()):
        ax.plot(x, np.asarray(values), color=f"C{number}", linestyle=("-", "--")[number % 2], label=label)
    ax.set(xlabel=xlabel, ylabel=ylabel)
    ax.legend()
    return ax


def plot_choice_probabilities(
    probabilities: Mapping[str, ArrayLike], choices: Mapping[str, ArrayLike], *, source: str | None = None
) -> Figure:
    """Draw predicted probabilities of choice 1, trials sorted by them, coloured by the true choice.

    Parameters
    ----------
    probabilities : dict of str to array-like, shape (n,)
        Titles and predictions, one panel each.
    choices : dict of str to array-like, shape (n,)
        The true choices for the same titles.

    Returns
    -------
    matplotlib.figure.Figure
    """
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(1, len(probabilities), figsize=(9, 3.6), sharey=True, squeeze=False)
    for ax, (title, predicted) in zip(axes[0], probabilities.items(), strict=True):
        predicted, truth = np.asarray(predicted), np.asarray(choices[title])
        order = np.argsort(predicted)
        predicted, truth = predicted[order], truth[order]
        for side, marker in ((0, "o"), (1, "^")):
            chosen = np.flatnonzero(truth == side)
            label = f"the mouse chose {side}"
            ax.plot(chosen, predicted[chosen], marker, color=f"C{side}", markersize=5, label=label)
        ax.axhline(0.5, color=GREY, linewidth=1, linestyle="--")
        ax.set(xlabel="trial, in order of h")
        ax.set_title(f"{title}: {np.mean((predicted >= 0.5) == truth):.0%} correct", loc="left")
    axes[0, 0].set(ylabel="probability h of choice 1", ylim=(-0.05, 1.05))
    axes[0, 0].legend(loc="center left", fontsize=11)
    return say_source_of_figure(figure, source)


def plot_accuracy_histograms(
    accuracies: Mapping[str, ArrayLike],
    marks: Mapping[str, float],
    *,
    bin_width: float = 0.01,
    ax: Axes | None = None,
    source: str | None = None,
) -> Axes:
    """Draw how often which accuracy came out, and mark single accuracies by lines.

    Parameters
    ----------
    accuracies : dict of str to array-like, shape (n,)
        Names and samples.
    marks : dict of str to float
        Names and values.
    bin_width : float
        Width of a bar; bars stand around its multiples.
    """
    ax = get_axes(ax, figsize=(8, 3.6))
    values = np.concatenate([np.ravel(sample) for sample in [*accuracies.values(), list(marks.values())]])
    first, last = np.floor(values.min() / bin_width), np.ceil(values.max() / bin_width)
    edges = list(bin_width * (np.arange(first, last + 2) - 0.5))
    for number, (label, sample) in enumerate(accuracies.items()):
        ax.hist(sample, bins=edges, color=f"C{number}", alpha=0.75, label=label)
    for number, (label, value) in enumerate(marks.items()):
        style = ("-", "--", ":")[number % 3]
        ax.axvline(value, color="black", linestyle=style, label=f"{label}: {value:.3f}")
    ax.set(xlabel="accuracy (fraction of trials correct)", ylabel="number of shuffles")
    lowest, highest = ax.get_xlim()
    ax.set_xlim(min(lowest, 0.38), max(highest, 1.02))
    ax.legend(loc="upper right" if values.max() < 0.75 else "upper center")
    return say_source(ax, source)


def plot_regularisation(
    path: Sequence[RegularisedFit], chosen: Sequence[RegularisedFit], *, source: str | None = None
) -> Figure:
    """Draw accuracies for many strengths of the penalty, and the sorted weights for chosen ones.

    Parameters
    ----------
    path, chosen : sequence of decoding.RegularisedFit

    Returns
    -------
    matplotlib.figure.Figure
    """
    import matplotlib.pyplot as plt

    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 3.8))
    strengths = [fit.C for fit in path]
    left.semilogx(strengths, [fit.train_accuracy for fit in path], "o-", label="training trials")
    left.semilogx(strengths, [fit.test_accuracy for fit in path], "s-", label="held-out trials")
    left.axhline(0.5, color=GREY, linestyle="--", linewidth=1)
    left.set(xlabel="C (small: strong penalty)", ylabel="accuracy", ylim=(0.35, 1.03))
    left.legend(loc="lower right")
    for number, fit in enumerate(chosen):
        colour, style = f"C{number + 2}", ("-", "--", ":")[number % 3]
        left.axvline(fit.C, color=colour, linestyle=style, linewidth=1.2)
        right.plot(np.sort(fit.weights), color=colour, linestyle=style, label=f"C = {fit.C:.3g}")
    if len(chosen) == 1:
        title = f"training {chosen[0].train_accuracy:.2f}, held out {chosen[0].test_accuracy:.2f}"
        left.set_title(title, loc="left")
    largest = max(np.abs(fit.weights).max() for fit in [*path, *chosen])
    right.axhline(0, color="black", linewidth=0.8)
    right.set(xlabel="neuron, in order of its weight", ylabel="weight")
    right.set_yscale("symlog", linthresh=0.01)  # so that weights for small C can be seen
    right.set_ylim(-1.5 * largest, 1.5 * largest)
    right.legend(loc="upper left", fontsize=11)
    return say_source_of_figure(figure, source)


def plot_clusters(
    points: ArrayLike,
    labels: ArrayLike,
    centres: ArrayLike,
    *,
    ax: Axes | None = None,
    source: str | None = None,
) -> Axes:
    """Draw points in the plane, coloured by cluster, and the clusters' centres.

    Parameters
    ----------
    points : array-like, shape (n, 2)
    labels : array-like of int, shape (n,)
    centres : array-like, shape (k, 2)
    """
    ax = get_axes(ax, figsize=(5, 4.2))
    points, labels, centres = np.asarray(points), np.asarray(labels), np.asarray(centres)
    for cluster, centre in enumerate(centres):
        members = points[labels == cluster]
        colour, marker = f"C{cluster}", "o^sDv"[cluster % 5]
        ax.plot(members[:, 0], members[:, 1], marker, color=colour, alpha=0.6, markersize=5)
        ax.plot(*centre, "X", color=colour, markeredgecolor="black", markersize=15)
    ax.set(xlabel="first principal component", ylabel="second principal component")
    return say_source(ax, source)
