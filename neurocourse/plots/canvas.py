"""Shared parts of every figure: axes, a note on the source of its data, a way into the page."""

from __future__ import annotations

import base64
import html
import io
import typing

import numpy as np

from neurocourse import settings

if typing.TYPE_CHECKING:
    from typing import Any

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from PIL.Image import Image

__all__ = [
    "GREY",
    "as_html",
    "as_png",
    "figure_of",
    "get_axes",
    "line_of",
    "say_source",
    "say_source_of_figure",
    "show",
    "with_few_colours",
    "with_source",
]

GREY = "0.45"
_LINES = ("-", (0, (5, 1)), (0, (1, 1)), "-.")
_TWIN = "simulated twin, not a recording"


def show(figure_or_axes: Figure | Axes, alt: str) -> None:
    """Display a figure in the notebook with a description for people who cannot see it, and close it.

    JupyterLab and exported pages drop the description of a picture, but not that of an HTML image, which they
    prefer. In quick mode there is the picture alone.

    Parameters
    ----------
    figure_or_axes : matplotlib Figure or Axes
    alt : str
        What the figure shows, specifically. It becomes the image's alternative text.
    """
    import matplotlib.pyplot as plt
    from IPython.display import display

    figure = figure_of(figure_or_axes)
    width = int(figure.get_figwidth() * 90)
    png = as_png(figure) if settings.draws_figures() else b""
    plt.close(figure)
    data: dict[str, str | bytes] = {"text/plain": f"Figure: {alt}"}
    if png:
        data["image/png"] = png
    if png and not settings.is_quick():
        data["text/html"] = as_html(png, alt, width)
    display(data, raw=True, metadata={"image/png": {"alt": alt, "width": width}})


def as_html(png: bytes, alt: str, width: int | None = None) -> str:
    """Return a PNG as an HTML image with a description, as wide as the page at most."""
    data = base64.b64encode(png).decode()
    size = f' width="{width}"' if width else ""
    return (
        f'<img src="data:image/png;base64,{data}" alt="{html.escape(alt)}"{size} '
        'style="max-width: 100%; height: auto">'
    )


def as_png(figure_or_axes: Figure | Axes) -> bytes:
    """Return a figure as the bytes of a PNG, sharp enough for a phone's screen; coarser in quick mode."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    figure, buffer = figure_of(figure_or_axes), io.BytesIO()
    figure.set_dpi(settings.size(full=150, quick=90))
    canvas = FigureCanvasAgg(figure)
    if settings.is_quick():
        canvas.print_png(buffer)  # savefig gives the same bytes, but draws everything twice
    else:
        canvas.draw()
        with_few_colours(canvas.buffer_rgba()).save(buffer, "PNG")
    return buffer.getvalue()


def with_few_colours(pixels: Any) -> Image:
    """Return pixels (height, width, 3 or 4) as an image with a palette, which takes a quarter of the room."""
    from PIL import Image

    image = Image.fromarray(np.asarray(pixels)[..., :3])
    # Other methods follow the areas of colours, and those of a small legend turn into others.
    return image.quantize(method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)


def get_axes(ax: Axes | None, figsize: tuple[float, float]) -> Axes:
    """Return `ax`, or new axes of this size in inches where it is None."""
    import matplotlib.pyplot as plt

    return plt.subplots(figsize=figsize)[1] if ax is None else ax


def line_of(number: int) -> dict[str, Any]:
    """Return the colour and dashes of a figure's line with this number, so that neither tells it alone."""
    return {"color": f"C{number}", "linestyle": _LINES[number % len(_LINES)]}


def figure_of(figure_or_axes: Figure | Axes) -> Figure:
    """Return the figure that is meant."""
    # A figure names itself, axes the figure that they are in.
    figure: Any = getattr(figure_or_axes, "figure", None) or figure_or_axes
    return typing.cast("Figure", figure)


def say_source(ax: Axes, source: str | None) -> Axes:
    """Write beside the title of `ax` that its data are simulated, if they are, and return `ax`."""
    if source == "simulated":
        ax.set_title(_TWIN, loc="right", fontsize=11, style="italic", color=GREY)
    return ax


def say_source_of_figure(figure: Figure, source: str | None) -> Figure:
    """Write above a figure of several panels that its data are simulated, if they are; return it."""
    if source == "simulated":
        figure.suptitle(_TWIN, x=1, ha="right", fontsize=11, style="italic", color=GREY)
    return figure


def with_source(title: str, source: str | None) -> str:
    """Return a title that says that its data are simulated, if they are."""
    return f"{title} ({_TWIN})" if source == "simulated" else title
