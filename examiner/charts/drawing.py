"""Draws the charts of the page: bars, stacks of bars, points with their ranges, bubbles. Knows no course.

Every chart is narrow enough for a phone, needs no colour to be read (order, hatches and labels say the same),
and takes its colours from `svg`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from examiner.charts.measures import Correlation
from examiner.charts.svg import BLUE, INK, LINE, ORANGE, PAPER, SOFT, STYLE

WIDTH = 5.2  # inches of 72 units
_ROW = 0.29
_FRAME = 0.85
_LONGEST_NAME = 26


@dataclass(frozen=True)
class Layer:
    """One kind in a stack of bars: its name, its numbers, how it looks."""

    name: str
    values: Sequence[float]
    colour: str
    hatch: str = ""


@contextmanager
def _chart(height: float) -> Iterator[tuple[Figure, Axes]]:
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(WIDTH, height), layout="constrained")
        figure.patch.set_alpha(0)
        axes = figure.add_subplot()
        axes.patch.set_alpha(0)
        yield figure, axes


def histogram(edges: Sequence[float], layers: Sequence[Layer], middle: float) -> Figure:
    """Return bars over ranges of a score in percent, one layer on the other, with the middle of the class."""
    with _chart(3.1) as (figure, axes):
        bottom = [0.0] * (len(edges) - 1)
        for layer in layers:
            _stacked_columns(axes, edges, layer, bottom)
            bottom = [low + value for low, value in zip(bottom, layer.values, strict=True)]
        axes.axvline(middle, color=INK, linewidth=1.4, linestyle=(0, (4, 3)))
        axes.annotate(
            f"middle: {middle:.0f} %", (middle, 1.0), xycoords=("data", "axes fraction"), va="bottom",
            ha="right" if middle > 60 else "left", xytext=(0, 3), textcoords="offset points",
        )  # fmt: skip
        axes.set(xlabel="score, in percent of all points", ylabel="students", xlim=(edges[0], edges[-1]))
        axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
        axes.set_xticks(edges[::2])
        _legend(figure, axes, layers)
    return figure


def _stacked_columns(axes: Axes, edges: Sequence[float], layer: Layer, bottom: Sequence[float]) -> None:
    widths = [high - low for low, high in zip(edges, edges[1:], strict=False)]
    axes.bar(
        edges[:-1], layer.values, widths, bottom=bottom, align="edge", label=layer.name,
        **_filled(layer),
    )  # fmt: skip


def stacks(names: Sequence[str], layers: Sequence[Layer], label: str, *, percent: bool = False) -> Figure:
    """Return a bar for each name, put together of layers; empty layers are left out."""
    layers = [layer for layer in layers if any(layer.values)]
    n_legend_rows = -(-len(layers) // _columns(layers)) if len(layers) > 1 else 0
    with _chart(_FRAME + _ROW * len(names) + 0.22 * n_legend_rows) as (figure, axes):
        left = [0.0] * len(names)
        for layer in layers:
            axes.barh(range(len(names)), layer.values, 0.72, left=left, label=layer.name, **_filled(layer))
            left = [low + value for low, value in zip(left, layer.values, strict=True)]
        _rows(axes, names)
        axes.set(xlabel=label, xlim=(0, 100 if percent else max(left)))
        axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
        _legend(figure, axes, layers)
    return figure


def _filled(layer: Layer) -> dict[str, Any]:
    look = {"facecolor": layer.colour, "edgecolor": PAPER, "linewidth": 0.8}
    return look | ({"hatch": layer.hatch} if layer.hatch else {})


def bars(names: Sequence[str], values: Sequence[float], label: str) -> Figure:
    """Return a bar for each name, in percent, with its value at its end."""
    with _chart(_FRAME + _ROW * len(names)) as (figure, axes):
        axes.barh(range(len(names)), values, 0.72, color=BLUE)
        for row, value in enumerate(values):
            axes.annotate(
                f"{value:.0f}", (value, row), xytext=(3, 0), textcoords="offset points", va="center"
            )
        _rows(axes, names)
        axes.set(xlabel=label, xlim=(0, 108))
        axes.set_xticks(range(0, 101, 25))
    return figure


def ranges(names: Sequence[str], found: Sequence[Correlation | None], least: float, label: str) -> Figure:
    """Return a point with its range for each name, filled where it is above the least wanted value."""
    with _chart(_FRAME + _ROW * len(names)) as (figure, axes):
        axes.axvline(0, color=SOFT, linewidth=0.8)
        axes.axvline(least, color=SOFT, linewidth=1.0, linestyle=(0, (4, 3)))
        for row, each in enumerate(found):
            if each is None:
                axes.annotate("no difference", (0, row), xytext=(4, 0), textcoords="offset points",
                              va="center", color=SOFT, fontsize=9)  # fmt: skip
                continue
            colour = ORANGE if each.is_below else BLUE
            axes.plot([each.low, each.high], [row, row], color=colour, linewidth=1.6, solid_capstyle="butt")
            axes.plot([each.value], [row], "D" if each.is_below else "o", color=colour, markersize=7,
                      markerfacecolor=PAPER if each.is_below else colour, markeredgewidth=1.8)  # fmt: skip
        _rows(axes, names)
        axes.set(xlabel=label, xlim=(-1.03, 1.03))
        axes.set_xticks([-1, -0.5, 0, least, 0.5, 1], ["-1", "-0.5", "0", f"{least:g}", "0.5", "1"])
    return figure


def bubbles(
    points: Sequence[tuple[float, float, int]], due: float | None, label: str, bounds: tuple[float, float]
) -> Figure:
    """Return a circle for each group of submissions: when, which score, how many (its area)."""
    with _chart(3.3) as (figure, axes):
        for size, group in _by_size(points).items():
            axes.plot([when for when, _ in group], [score for _, score in group], "o", color=BLUE, alpha=0.75,
                      markersize=size, markeredgecolor=PAPER, markeredgewidth=0.8)  # fmt: skip
        if due is not None:
            axes.axvline(due, color=INK, linewidth=1.4, linestyle=(0, (4, 3)))
            axes.annotate("due", (due, 1.0), xycoords=("data", "axes fraction"), xytext=(0, 3),
                          textcoords="offset points", ha="center", va="bottom")  # fmt: skip
        axes.set(xlabel=label, ylabel="points of tests, in percent", xlim=bounds, ylim=(-6, 106))
        axes.grid(axis="y", color=LINE, linewidth=0.6)
        axes.set_axisbelow(True)
    return figure


def _by_size(points: Sequence[tuple[float, float, int]]) -> dict[float, list[tuple[float, float]]]:
    """Return the points of each size, in whole steps: one shape for each makes a small file."""
    most = max(number for *_, number in points)
    groups: dict[float, list[tuple[float, float]]] = {}
    for when, score, number in points:
        size = max(4, round(17 * (number / most) ** 0.5)) if most > 1 else 6.5
        groups.setdefault(size, []).append((when, score))
    return groups


def _rows(axes: Axes, names: Sequence[str]) -> None:
    """Write names beside rows, the first one at the top."""
    axes.set_yticks(range(len(names)), [_short(name) for name in names])
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.grid(axis="x", color=LINE, linewidth=0.6)
    axes.set_axisbelow(True)


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


def _legend(figure: Figure, axes: Axes, layers: Sequence[Layer]) -> None:
    """Put the names of layers below a chart, in two columns where they are short."""
    if len(layers) > 1:
        handles, labels = axes.get_legend_handles_labels()
        n_columns = _columns(layers)
        figure.legend(
            handles, labels, loc="outside lower left", ncols=n_columns, handlelength=1.4, columnspacing=1.2
        )


def _columns(layers: Sequence[Layer]) -> int:
    return 2 if max(len(layer.name) for layer in layers) <= _LONGEST_NAME else 1
