"""What every widget shares: it is shown with a still version of itself, and its pictures are HTML."""

import base64
import html

from neurocourse import plots, settings

__all__ = ["as_html", "close", "show_with_still"]


def show_with_still(make_widget, data, metadata):
    """Display a still version and, unless in quick mode or without ipywidgets, a live widget with it.

    Parameters
    ----------
    make_widget : callable
        Takes the module ipywidgets and returns the widget.
    data, metadata : dict
        The still version as Jupyter display data, by MIME type.
    """
    from IPython.display import display

    ipywidgets = None if settings.is_quick() else _import_ipywidgets()
    if ipywidgets:
        view = {"version_major": 2, "version_minor": 0, "model_id": make_widget(ipywidgets).model_id}
        data = {**data, "application/vnd.jupyter.widget-view+json": view}
    display(data, raw=True, metadata=metadata)


def _import_ipywidgets():
    try:
        import ipywidgets
    except ImportError:
        return None
    return ipywidgets


def as_html(figure, alt):
    """Return an image tag that holds the figure; an HTML widget, unlike an image widget, can carry `alt`."""
    image = base64.b64encode(plots.as_png(close(figure))).decode()
    return f'<img src="data:image/png;base64,{image}" alt="{html.escape(alt)}" style="max-width: 100%">'


def close(figure):
    """Close a figure, so that nothing else shows it, and return it."""
    import matplotlib.pyplot as plt

    plt.close(figure)
    return figure
