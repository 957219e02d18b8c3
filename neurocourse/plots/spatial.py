"""What figures of tutorial 1 share: weights as square images, and that the neuron is a model."""

from __future__ import annotations

import typing

import numpy as np

from neurocourse.plots.canvas import GREY

if typing.TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["as_square", "bare", "correlation", "say_model", "say_model_of_figure"]

_MODEL = "model neuron"


def as_square(weights: np.ndarray) -> np.ndarray:
    """Return weights as a square image; they may be a vector or one already."""
    weights = np.asarray(weights, dtype=float)
    width = int(round(weights.size**0.5))
    if width * width != weights.size:
        raise ValueError(f"weights must be those of a square image, got {weights.shape}")
    return weights.reshape(width, width)


def correlation(one: np.ndarray, other: np.ndarray) -> float:
    """Return the correlation of two maps, or NaN where one of them has none."""
    if not np.isfinite(one).all() or np.ptp(one) == 0:
        return np.nan
    return float(np.corrcoef(one.ravel(), other.ravel())[0, 1])


def bare(ax: Axes) -> None:
    """Take frame and ticks away, which say nothing beside an image."""
    ax.set(xticks=[], yticks=[])
    for side in ax.spines.values():
        side.set_visible(False)


def say_model(ax: Axes) -> Axes:
    """Say in a panel that its neuron is a model."""
    ax.set_title(_MODEL, loc="right", fontsize=11, style="italic", color=GREY)
    return ax


def say_model_of_figure(figure: Figure) -> Figure:
    """Say in a figure of several panels that its neuron is a model."""
    figure.suptitle(_MODEL, x=1, ha="right", fontsize=11, style="italic", color=GREY)
    return figure
