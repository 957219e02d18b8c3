"""Figures of a design matrix of tutorial 2: small ones with their numbers, a real one beside its spikes."""

from __future__ import annotations

import typing

import numpy as np

from neurocourse.plots.canvas import say_source_of_figure

if typing.TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.figure import Figure
    from numpy.typing import ArrayLike

__all__ = ["plot_design_and_counts", "plot_matrices"]


def plot_design_and_counts(
    design_matrix: ArrayLike,
    spikes: ArrayLike,
    *,
    start: int = 0,
    n_bins: int = 80,
    source: str | None = None,
) -> Figure:
    """Draw rows of a design matrix beside the spike counts that they should explain, time running downwards.

    Parameters
    ----------
    design_matrix : array-like, shape (T, d)
    spikes : array-like, shape (T,)
    start, n_bins : int
        Which rows to draw.
    source : {"recorded", "simulated"}, optional
        Where the data come from.

    Returns
    -------
    matplotlib.figure.Figure
    """
    import matplotlib.pyplot as plt

    rows = np.asarray(design_matrix, dtype=float)[start : start + n_bins]
    counts = np.asarray(spikes)[start : start + len(rows)]
    times = start + np.arange(len(rows))
    ratios = {"width_ratios": [3, 1]}
    figure, (left, right) = plt.subplots(1, 2, figsize=(8, 5.5), sharey=True, gridspec_kw=ratios)
    edges = (-0.5, rows.shape[1] - 0.5, times[-1] + 0.5, times[0] - 0.5)
    largest = np.abs(rows).max(initial=0) or 1
    left.imshow(rows, cmap="gray", vmin=-largest, vmax=largest, aspect="auto", extent=edges)
    left.set_title("X: black is dark, white is light", loc="left", fontsize=13)
    left.set(xlabel="column j (the last is now)", ylabel="row: bin t")
    right.barh(times, counts, height=1, color="C0")
    right.set_title("y", loc="left", fontsize=13)
    right.set(xlabel="spikes per bin", xticks=range(int(counts.max(initial=1)) + 1))
    return say_source_of_figure(figure, source)


def plot_matrices(
    matrices: Mapping[str, np.ndarray], *, row_label: str = "row", column_label: str = "column"
) -> Figure:
    """Draw small matrices side by side with their numbers, such as an answer and what is expected.

    Parameters
    ----------
    matrices : dict of str to array-like, shape (n, p)
        Titles and matrices. All share one colour scale.

    Returns
    -------
    matplotlib.figure.Figure
    """
    import matplotlib.pyplot as plt

    matrices = {title: np.atleast_2d(np.asarray(matrix, dtype=float)) for title, matrix in matrices.items()}
    largest = max(np.abs(matrix).max() for matrix in matrices.values())
    figure, axes = plt.subplots(1, len(matrices), figsize=(4 * len(matrices), 4), squeeze=False)
    for ax, (title, matrix) in zip(axes[0], matrices.items(), strict=True):
        ax.imshow(matrix, cmap="PuOr", vmin=-2 * largest, vmax=2 * largest, aspect="auto")
        for (row, column), value in np.ndenumerate(matrix):
            ax.text(column, row, f"{value:g}", ha="center", va="center", fontsize=14)
        ax.set_title(title, loc="left")
        ax.set(xlabel=column_label, ylabel=row_label)
        ax.set(xticks=range(matrix.shape[1]), yticks=range(matrix.shape[0]))
    return figure
