"""Figures of tutorial 5 on encoding: gratings, filters of images, predicted tuning curves, their scores."""

from __future__ import annotations

import typing

import numpy as np

from neurocourse.plots.canvas import get_axes, line_of, say_source, say_source_of_figure
from neurocourse.plots.v1 import plot_tuning

if typing.TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import ArrayLike

__all__ = ["plot_encoding_scores", "plot_gratings", "plot_image_filters", "plot_predicted_tuning"]


def plot_gratings(images: Sequence[np.ndarray], titles: Sequence[str]) -> Figure:
    """Draw grey images side by side.

    Parameters
    ----------
    images : sequence of array-like, shape (height, width)
    titles : sequence of str

    Returns
    -------
    matplotlib.figure.Figure
    """
    return _images(images, titles, cmap="gray", largest=0.5)


def plot_image_filters(filters: ArrayLike) -> Figure:
    """Draw the filters of a convolutional layer, from black over white to colour.

    Parameters
    ----------
    filters : array-like, shape (n_filters, 1, height, width)

    Returns
    -------
    matplotlib.figure.Figure
    """
    filters = np.asarray(filters)[:, 0]
    titles = [f"filter {number}" for number in range(len(filters))]
    return _images(filters, titles, cmap="PuOr", largest=np.abs(filters).max())


def _images(
    images: np.ndarray | Sequence[np.ndarray], titles: Sequence[str], *, cmap: str, largest: float
) -> Figure:
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(1, len(images), figsize=(2 * len(images), 2), squeeze=False)
    for ax, image, title in zip(axes[0], images, titles, strict=True):
        ax.imshow(image, cmap=cmap, vmin=-largest, vmax=largest)
        ax.set_title(title, fontsize=12)
        ax.set(xticks=[], yticks=[])
        ax.grid(False)
    return figure


def plot_predicted_tuning(
    stimuli: ArrayLike,
    resp: ArrayLike,
    predicted: ArrayLike,
    neurons: Sequence[int],
    *,
    source: str | None = None,
) -> Figure:
    """Draw held-out responses of a few neurons and what an encoding model predicts for them.

    Parameters
    ----------
    stimuli : array-like, shape (n_stim,)
        Degrees.
    resp, predicted : array-like, shape (n_stim, n_neurons)
    neurons : sequence of int

    Returns
    -------
    matplotlib.figure.Figure
    """
    figure = plot_tuning(resp, stimuli, neurons)
    for ax, neuron in zip(figure.axes, neurons, strict=True):
        ax.plot(np.ravel(stimuli), np.asarray(predicted)[:, neuron], color="C1", linewidth=2)
    figure.legend(figure.axes[0].lines, ["held out", "predicted"], loc="outside upper left", ncols=2)
    return say_source_of_figure(figure, source)


def plot_encoding_scores(
    scores: Mapping[str, np.ndarray], *, ax: Axes | None = None, source: str | None = None
) -> Axes:
    """Draw how many neurons have which score, for one model or several, with the medians.

    Parameters
    ----------
    scores : dict of str to array-like, shape (n_neurons,)
        Correlations of predicted and held-out responses.
    """
    ax = get_axes(ax, figsize=(8, 3.6))
    for number, (label, values) in enumerate(scores.items()):
        label = f"{label}: median {np.median(values):.2f}"
        line = line_of(number)
        edges = list(np.linspace(-1, 1, 41))
        ax.hist(values, edges, histtype="step", color=line["color"], linewidth=2, label=label)
        # Not in the call: matplotlib 3.10.0 takes the numbers of one style for several styles.
        ax.patches[-1].set_linestyle(line["linestyle"])
        ax.axvline(np.median(values), color=f"C{number}", linestyle=":")
    ax.set(xlabel="correlation with the held-out responses", ylabel="neurons", xlim=(-1, 1))
    ax.legend(loc="upper left")
    return say_source(ax, source)
