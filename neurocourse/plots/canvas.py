"""What every figure of the course shares: axes, a word on the source of its data, a way into the page."""

import io

from neurocourse import settings

__all__ = [
    "GREY",
    "as_png",
    "figure_of",
    "get_axes",
    "say_source",
    "say_source_of_figure",
    "show",
    "with_source",
]

GREY = "0.45"
_TWIN = "simulated twin, not a recording"


def show(figure_or_axes, alt):
    """Display a figure in the notebook with a description for those who cannot see it, and close it.

    Parameters
    ----------
    figure_or_axes : matplotlib Figure or Axes
    alt : str
        What the figure shows, specifically. It becomes the image's alternative text.
    """
    import matplotlib.pyplot as plt
    from IPython.display import display

    figure = figure_of(figure_or_axes)
    data = {"text/plain": f"Figure: {alt}"}
    if settings.draws_figures():
        data["image/png"] = as_png(figure)
    width = int(figure.get_figwidth() * 90)
    plt.close(figure)
    display(data, raw=True, metadata={"image/png": {"alt": alt, "width": width}})


def as_png(figure_or_axes):
    """Return a figure as the bytes of a PNG, sharp enough for a phone's screen; coarser in quick mode."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    figure, buffer = figure_of(figure_or_axes), io.BytesIO()
    figure.set_dpi(settings.size(full=150, quick=90))
    FigureCanvasAgg(figure).print_png(buffer)  # savefig gives the same bytes, but draws everything twice
    return buffer.getvalue()


def get_axes(ax, figsize):
    """Return `ax`, or new axes of this size in inches where it is None."""
    import matplotlib.pyplot as plt

    return plt.subplots(figsize=figsize)[1] if ax is None else ax


def figure_of(figure_or_axes):
    """Return the figure that is meant."""
    return getattr(figure_or_axes, "figure", None) or figure_or_axes


def say_source(ax, source):
    """Write beside the title of `ax` that its data are simulated, if they are, and return `ax`."""
    if source == "simulated":
        ax.set_title(_TWIN, loc="right", fontsize=11, style="italic", color=GREY)
    return ax


def say_source_of_figure(figure, source):
    """Write above a figure of several panels that its data are simulated, if they are; return it."""
    if source == "simulated":
        figure.suptitle(_TWIN, x=1, ha="right", fontsize=11, style="italic", color=GREY)
    return figure


def with_source(title, source):
    """Return a title that says that its data are simulated, if they are."""
    return f"{title} ({_TWIN})" if source == "simulated" else title
