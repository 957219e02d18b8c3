"""Shared parts of every widget: a still version of it is shown, too, and its pictures are HTML."""

from __future__ import annotations

import sys
import typing

from neurocourse import plots, settings

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import ModuleType
    from typing import Any

    from matplotlib.figure import Figure

__all__ = ["as_html", "close", "show_still_figure", "show_with_still"]

# JupyterLab 4 and Notebook 7 show an error in place of widgets of an earlier ipywidgets. Colab has version 7
# and a way of its own to show them.
_FIRST_VERSION = 8


def show_still_figure(make_widget: Callable[..., Any], figure: Figure, alt: str) -> None:
    """Display a figure and, where it can run, a live widget with it; close the figure.

    Parameters
    ----------
    make_widget : callable
        As for `show_with_still`.
    figure : matplotlib Figure
    alt : str
        What the figure shows.
    """
    png = plots.as_png(close(figure))
    data = {"image/png": png, "text/plain": f"Figure: {alt}"}
    if not settings.is_quick():
        data["text/html"] = plots.as_html(png, alt)
    show_with_still(make_widget, data, {"image/png": {"alt": alt}})


def show_with_still(
    make_widget: Callable[..., Any], data: Mapping[str, Any], metadata: Mapping[str, Any]
) -> None:
    """Display a still version and, where it can run and unless in quick mode, a live widget with it.

    Parameters
    ----------
    make_widget : callable
        Takes the module ipywidgets and returns the widget.
    data, metadata : dict
        The still version as Jupyter display data, by MIME type.
    """
    from IPython.display import display

    in_colab = "google.colab" in sys.modules
    ipywidgets = None if settings.is_quick() else _import_ipywidgets()
    if ipywidgets and (in_colab or int(ipywidgets.__version__.partition(".")[0]) >= _FIRST_VERSION):
        view = {"version_major": 2, "version_minor": 0, "model_id": make_widget(ipywidgets).model_id}
        if in_colab:  # always live, and nobody says which of several forms it takes
            data, metadata = {"text/plain": data["text/plain"]}, {}
        data = {**data, "application/vnd.jupyter.widget-view+json": view}
    display(data, raw=True, metadata=metadata)


def _import_ipywidgets() -> ModuleType | None:
    try:
        import ipywidgets
    except ImportError:
        return None
    module: ModuleType = ipywidgets
    return module


def as_html(figure: Figure, alt: str) -> str:
    """Return an image tag that holds the figure; an HTML widget, unlike an image widget, can carry `alt`."""
    return plots.as_html(plots.as_png(close(figure)), alt, int(figure.get_figwidth() * 90))


def close(figure: Figure) -> Figure:
    """Close a figure, so that nothing else shows it, and return it."""
    import matplotlib.pyplot as plt

    plt.close(figure)
    return figure
