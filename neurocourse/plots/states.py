"""Figures of tutorial 4: rasters over hidden states, beliefs about states, and the climb of EM."""

from __future__ import annotations

import typing

import numpy as np

from neurocourse.plots.canvas import GREY, get_axes, line_of

if typing.TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import ArrayLike

__all__ = [
    "plot_beliefs",
    "plot_beliefs_by_epoch",
    "plot_bounds",
    "plot_dwell_times",
    "plot_likelihood_by_epoch",
    "plot_likelihood_by_n_states",
    "plot_rate_match",
    "plot_state_raster",
    "plot_state_sequences",
    "plot_transition_rates",
]

_MARKERS = "os^Dv"


def plot_state_raster(spikes: ArrayLike, states: ArrayLike, dt: float, *, ax: Axes | None = None) -> Axes:
    """Draw the spikes of several trials, cell by cell, over the states that all of the trials go through.

    Parameters
    ----------
    spikes : array-like of int, shape (R, T, C)
        Spike counts of R trials. Each cell gets a band of R rows.
    states : array-like of int, shape (T,)
        State in each bin; bin t reaches from t dt to (t + 1) dt.
    dt : float
        Width of a bin, in seconds.
    """
    spikes, states = np.asarray(spikes), np.asarray(states)
    n_trials, n_bins, n_cells = spikes.shape
    ax = get_axes(ax, figsize=(8, 1.2 + 0.75 * n_cells))
    _shade_states(ax, states, dt)
    for cell in range(n_cells):
        trial, when = np.nonzero(spikes[:, :, cell])
        ax.plot((when + 0.5) * dt, cell + (trial + 0.5) / n_trials, "|", color="black", markersize=2.5)
    ax.hlines(range(1, n_cells), 0, n_bins * dt, color="white", linewidth=2)
    ax.set(xlabel="time (s)", ylabel="cell", xlim=(0, n_bins * dt), ylim=(n_cells, 0))
    ax.set_yticks(np.arange(n_cells) + 0.5, [str(cell) for cell in range(n_cells)])
    _legend_of_states(ax, int(states.max()) + 1)
    return ax


def plot_state_sequences(sequences: Mapping[str, np.ndarray], dt: float) -> Figure:
    """Draw the states of several trials as coloured strips, one panel for each set of trials.

    Parameters
    ----------
    sequences : dict of str to array-like of int, shape (N, T)
        Titles, and the states of N trials.
    dt : float
        Width of a bin, in seconds.

    Returns
    -------
    matplotlib.figure.Figure
    """
    import matplotlib.pyplot as plt
    from matplotlib.colors import BoundaryNorm, ListedColormap

    sequences = {title: np.asarray(states) for title, states in sequences.items()}
    n_states = max(int(states.max()) for states in sequences.values()) + 1
    colors = ListedColormap([_color(state) for state in range(n_states)])
    norm = BoundaryNorm(np.arange(n_states + 1) - 0.5, n_states)
    figure, axes = plt.subplots(1, len(sequences), figsize=(8, 3.2), sharey=True, squeeze=False)
    for ax, (title, states) in zip(axes[0], sequences.items(), strict=True):
        n_trials, n_bins = states.shape
        box = (0, n_bins * dt, n_trials - 0.5, -0.5)
        ax.imshow(states, cmap=colors, norm=norm, aspect="auto", extent=box, interpolation="nearest")
        ax.set_title(title, loc="left")
        ax.set(xlabel="time (s)")
    axes[0, 0].set(ylabel="trial")
    _legend_of_states(axes[0, -1], n_states)
    return figure


def plot_dwell_times(states: ArrayLike, A: ArrayLike, dt: float, *, ax: Axes | None = None) -> Axes:
    """Draw how many visits to each state outlast a given time, and how many should.

    Parameters
    ----------
    states : array-like of int, shape (N, T)
    A : array-like, shape (K, K)
        Transition probabilities: a visit to state i outlasts n bins with probability A[i, i]**n.
    dt : float
        Width of a bin, in seconds.

    Notes
    -----
    Visits that a trial's end cuts off count as long as they were seen (Kaplan and Meier 1958).
    """
    ax = get_axes(ax, figsize=(8, 3.8))
    for state, stay in enumerate(np.diag(A)):
        lengths, ended = _visits(np.asarray(states), state)
        longest = int(lengths.max(initial=1))
        n_bins = np.arange(longest + 1)
        ax.plot(n_bins * dt, stay**n_bins, color="0.8", linewidth=7)
        survival = _survival(lengths, ended, longest)
        line = {**line_of(state), "color": _color(state)}
        ax.step(n_bins * dt, survival, where="post", **line, label=f"state {state}")
    ax.plot([], [], color="0.8", linewidth=7, label="expected")
    ax.set(xlabel="time in the state (s)", ylabel="visits that last longer", ylim=(0, 1.02), xlim=(0, None))
    ax.legend()
    return ax


def plot_beliefs(beliefs: Mapping[str, ArrayLike], states: ArrayLike, dt: float) -> Figure:
    """Draw probabilities of the states over time above one another, over the states that were true.

    Parameters
    ----------
    beliefs : dict of str to array-like, shape (T, K)
        Titles, and the probability of each state in each bin.
    states : array-like of int, shape (T,)
        True states, shown as the background.
    dt : float
        Width of a bin, in seconds.

    Returns
    -------
    matplotlib.figure.Figure
    """
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(
        len(beliefs), 1, figsize=(8, 1.2 + 1.8 * len(beliefs)), sharex=True, squeeze=False
    )
    for ax, (title, belief) in zip(axes[:, 0], beliefs.items(), strict=True):
        _draw_belief(ax, np.asarray(belief), np.asarray(states), dt)
        ax.set_title(title, loc="left")
        ax.set(ylabel="probability")
    axes[-1, 0].set(xlabel="time (s)")
    _legend_of_states(axes[0, 0], np.shape(belief)[1], title="background: true state")
    return figure


def plot_likelihood_by_epoch(lls: np.ndarray, *, truth: float | None = None, ax: Axes | None = None) -> Axes:
    """Draw the log likelihood per second after each epoch of EM, from epoch 0, the start.

    Parameters
    ----------
    lls : array-like, shape (epochs + 1,)
    truth : float, optional
        Log likelihood at the true parameters, drawn as a line.
    """
    ax = get_axes(ax, figsize=(8, 3.6))
    ax.plot(range(len(lls)), lls, "o-", color="C0", label="EM")
    if truth is not None:
        ax.axhline(truth, color=GREY, linestyle="--", linewidth=1.2, label="true parameters")
    ax.set(xlabel="epoch", ylabel="log likelihood\n(nats per second)", xticks=range(len(lls)))
    ax.legend(loc="lower right")
    return ax


def plot_rate_match(panels: Mapping[str, ArrayLike], true_rates: ArrayLike) -> Figure:
    """Draw learnt against true firing rates, one panel for each way to number the learnt states.

    Parameters
    ----------
    panels : dict of str to array-like, shape (C, K)
        Titles and learnt rates, in Hz.
    true_rates : array-like, shape (C, K)
        In Hz.

    Returns
    -------
    matplotlib.figure.Figure
    """
    import matplotlib.pyplot as plt

    true_rates = np.asarray(true_rates)
    top = 1.08 * max(true_rates.max(), *(np.asarray(rates).max() for rates in panels.values()))
    figure, axes = plt.subplots(1, len(panels), figsize=(9, 4.2), sharey=True, squeeze=False)
    for ax, (title, rates) in zip(axes[0], panels.items(), strict=True):
        ax.plot([0, top], [0, top], color="0.8", linewidth=1.5)
        for state in range(true_rates.shape[1]):
            marker = _MARKERS[state % len(_MARKERS)]
            ax.plot(true_rates[:, state], np.asarray(rates)[:, state], marker, color=_color(state))
        ax.set_title(title, loc="left")
        ax.set(xlabel="true rate (Hz)", xlim=(0, top), ylim=(0, top), aspect="equal")
    axes[0, 0].set(ylabel="learnt rate (Hz)")
    _legend_of_states(axes[0, -1], true_rates.shape[1], markers=_MARKERS)
    return figure


def plot_transition_rates(
    learnt_A: ArrayLike, true_A: ArrayLike, dt: float, *, ax: Axes | None = None
) -> Axes:
    """Draw how often each state goes to each other one, learnt beside true, in a row with its own label.

    Parameters
    ----------
    learnt_A, true_A : array-like, shape (K, K)
        Transition probabilities per bin; A[i, j] leads from i to j.
    dt : float
        Width of a bin, in seconds; a probability over it is a rate in Hz.
    """
    learnt, true = np.asarray(learnt_A) / dt, np.asarray(true_A) / dt
    pairs = np.argwhere(~np.eye(len(true), dtype=bool))
    rows = np.arange(len(pairs))
    learnt, true = learnt[tuple(pairs.T)], true[tuple(pairs.T)]
    ax = get_axes(ax, figsize=(8, 1.4 + 0.4 * len(pairs)))
    ax.hlines(rows, true, learnt, color="0.8", linewidth=2)
    ax.plot(true, rows, "o", color=GREY, markerfacecolor="white", markersize=11, label="true")
    ax.plot(learnt, rows, "o", color="C0", markersize=6, label="learnt")
    ax.set_yticks(rows, [f"from {i} to {j}" for i, j in pairs])
    ax.set(xlabel="changes per second in the first state (Hz)", xlim=(0, None), ylim=(len(rows) - 0.5, -0.5))
    ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
    return ax


def plot_bounds(positions: np.ndarray, likelihoods: np.ndarray, bounds: np.ndarray) -> Figure:
    """Draw the log likelihood and its bound on the line from the parameters of each epoch to the next.

    Parameters
    ----------
    positions : array-like, shape (P,)
        0 is the old parameters of an epoch, 1 the new ones.
    likelihoods, bounds : array-like, shape (E, P)
        One row and panel for each epoch, four panels side by side.

    Returns
    -------
    matplotlib.figure.Figure
    """
    import matplotlib.pyplot as plt

    positions = np.asarray(positions)
    old, new = (int(np.argmin(np.abs(positions - place))) for place in (0, 1))
    n_columns = min(len(bounds), 4)
    n_rows = -(-len(bounds) // n_columns)
    figure, axes = plt.subplots(n_rows, n_columns, figsize=(10, 0.6 + 2.9 * n_rows), squeeze=False)
    for ax in axes.flat[len(bounds) :]:
        ax.remove()
    for epoch, (ax, likelihood, bound) in enumerate(zip(axes.flat, likelihoods, bounds, strict=False)):
        ax.plot(positions, likelihood, color="C0", label="log likelihood")
        ax.plot(positions, bound, color="C1", linestyle="--", label="ECLL + constant")
        ax.plot(positions[old], likelihood[old], "ko", label="old")
        ax.plot(positions[new], likelihood[new], "k^", label="new")
        ax.set_title(f"epoch {epoch} to {epoch + 1}", loc="left", fontsize=12)
        ax.set(xlabel="place on the line" if ax.get_subplotspec().is_last_row() else "", xticks=[0, 1])
        ax.ticklabel_format(useOffset=False)
    for ax in axes[:, 0]:
        ax.set(ylabel="nats per second")
    axes[0, 0].legend(loc="lower right", fontsize=8, handlelength=1.4)
    return figure


def plot_likelihood_by_n_states(
    n_states: Sequence[int], train: ArrayLike, held_out: ArrayLike, *, ax: Axes | None = None
) -> Axes:
    """Draw the log likelihood per second of models with different numbers of states.

    Parameters
    ----------
    n_states : sequence of int
    train, held_out : array-like, shape (len(n_states),)
    """
    ax = get_axes(ax, figsize=(8, 3.6))
    ax.plot(n_states, train, "o--", color=GREY, label="trials it was fitted to")
    ax.plot(n_states, held_out, "s-", color="C0", label="held-out trials")
    ax.set(xlabel="number of states in the model", ylabel="log likelihood\n(nats per second)")
    ax.set_xticks(list(n_states))
    ax.legend(loc="lower right")
    return ax


def plot_beliefs_by_epoch(
    spikes: np.ndarray,
    states: np.ndarray,
    beliefs: Sequence[np.ndarray],
    dt: float,
    lls: np.ndarray,
    epochs: Sequence[int],
) -> Figure:
    """Draw one trial's spikes, and beneath them the probabilities of its states after some epochs of EM.

    Parameters
    ----------
    spikes : array-like of int, shape (T, C)
    states : array-like of int, shape (T,)
        True states, shown as the background.
    beliefs : sequence of array-like, shape (T, K)
        Probability of each state in each bin, for every epoch.
    dt : float
        Width of a bin, in seconds.
    lls : array-like, shape (len(beliefs),)
        Log likelihood per second of every epoch.
    epochs : sequence of int
        Which epochs to draw.

    Returns
    -------
    matplotlib.figure.Figure
    """
    import matplotlib.pyplot as plt

    n_panels = 1 + len(epochs)
    figure, axes = plt.subplots(
        n_panels,
        1,
        figsize=(8, 2.2 + 1.5 * len(epochs)),
        sharex=True,
        height_ratios=[1.6] + [1] * len(epochs),
    )
    spikes, states = np.asarray(spikes), np.asarray(states)
    _shade_states(axes[0], states, dt)
    when, cell = np.nonzero(spikes)
    axes[0].plot((when + 0.5) * dt, cell, "|", color="black", markersize=12)
    axes[0].set(ylabel="cell", ylim=(spikes.shape[1] - 0.4, -0.6), yticks=range(spikes.shape[1]))
    for ax, epoch in zip(axes[1:], epochs, strict=True):
        _draw_belief(ax, np.asarray(beliefs[epoch]), states, dt)
        ax.set(ylabel="probability")
        ax.set_title(f"epoch {epoch}: {lls[epoch]:.1f} nats per second", loc="left", fontsize=12)
    axes[-1].set(xlabel="time (s)")
    _legend_of_states(axes[0], np.shape(beliefs[0])[1], title="background: true state")
    return figure


def _color(state: int) -> str:
    return f"C{state % 6}"


def _shade_states(ax: Axes, states: np.ndarray, dt: float) -> None:
    """Fill the background with the colour of the state, from the first edge of a visit to its last."""
    edges = np.flatnonzero(np.diff(states)) + 1
    for first, last in zip([0, *edges], [*edges, len(states)], strict=True):
        ax.axvspan(first * dt, last * dt, facecolor=_color(int(states[first])), alpha=0.25, linewidth=0)


def _legend_of_states(
    ax: Axes, n_states: int, *, title: str | None = None, markers: Any | None = None
) -> None:
    """Put a legend to the right of `ax`: patches of colour, or markers where these stand for states."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    handles = [
        Line2D([], [], color=_color(k), marker=markers[k % len(markers)], linestyle="", label=f"state {k}")
        if markers
        else Patch(facecolor=_color(k), alpha=0.7, label=f"state {k}")
        for k in range(n_states)
    ]
    ax.legend(handles=handles, title=title, loc="upper left", bbox_to_anchor=(1.0, 1.0))


def _draw_belief(ax: Axes, belief: np.ndarray, states: np.ndarray, dt: float) -> None:
    _shade_states(ax, states, dt)
    for state in range(belief.shape[1]):
        ax.plot((np.arange(len(belief)) + 0.5) * dt, belief[:, state], color=_color(state), linewidth=1.6)
    ax.set(ylim=(-0.03, 1.03), xlim=(0, len(belief) * dt), yticks=[0, 0.5, 1])


def _visits(states: np.ndarray, state: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the lengths of all visits to a state in bins, and whether each ended within its trial."""
    lengths, ended = [], []
    for trial in states:
        edges = np.concatenate([[0], np.flatnonzero(np.diff(trial)) + 1, [len(trial)]])
        for first, last in zip(edges[:-1], edges[1:], strict=True):
            if trial[first] == state:
                lengths.append(last - first)
                ended.append(last < len(trial))
    return np.array(lengths, dtype=int), np.array(ended, dtype=bool)


def _survival(lengths: np.ndarray, ended: np.ndarray, longest: int) -> np.ndarray:
    """Return the share of visits that last longer than 0, 1, 2, … bins (Kaplan and Meier 1958)."""
    at_risk = np.array([np.sum(lengths >= n) for n in range(1, longest + 1)])
    endings = np.bincount(lengths[ended], minlength=longest + 1)[1 : longest + 1]
    return np.concatenate([[1.0], np.cumprod(1 - endings / at_risk)])
