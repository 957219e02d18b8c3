"""Show what a figure should look like: pictures of the solution, which travel with the package.

`make figures` draws them, on simulated data. A cell of a tutorial that draws the result of an exercise begins
with `show_expected`. So the picture is there even if the exercise is not filled in yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from neurocourse import settings
from neurocourse.plots.canvas import as_html

__all__ = ["ExpectedFigure", "expected_figures", "show_expected"]

_FOLDER = Path(__file__).parents[1] / "expected"
_HEADING = "What it should look like (open to compare)"
_YOURS = "With your answers:"
_ORIGIN = "Made with the solution, on simulated data. With a recording, details differ."


@dataclass(frozen=True)
class ExpectedFigure:
    """A picture and its description for people who cannot see it.

    Attributes
    ----------
    png : bytes
        The picture; its description is in the file as well.
    alt : str
        What it shows.
    width : int
        Of the picture, in pixels.
    """

    png: bytes
    alt: str
    width: int


def show_expected(name: str) -> None:
    """Show what the figures of a cell should look like, folded: a click or the Enter key opens them.

    In quick mode nothing is shown and nothing is read.

    Parameters
    ----------
    name : str
        The assignment and the id of the cell, such as ``"02_poisson_glm/show-fit"``.
    """
    if settings.is_quick():
        return
    from IPython.display import display

    figures = expected_figures(name)
    if not figures:
        print(
            "The expected figure is missing in this version of neurocourse. Reinstall neurocourse to see it."
        )
        return
    images = "<br>".join(as_html(figure.png, figure.alt, figure.width) for figure in figures)
    page = (
        f"<details><summary>{_HEADING}</summary>"
        f'<figure style="margin: 0.5em 0">{images}<figcaption>{_ORIGIN}</figcaption></figure></details>'
        f"<div><strong>{_YOURS}</strong></div>"
    )
    plain = "\n".join([*(f"{_HEADING}: {figure.alt}" for figure in figures), _YOURS])
    display({"text/html": page, "text/plain": plain}, raw=True)


def expected_figures(name: str) -> list[ExpectedFigure]:
    """Return the expected figures of a cell in their order, as a list of `ExpectedFigure`.

    Parameters
    ----------
    name : str
        As for `show_expected`.

    Examples
    --------
    >>> expected_figures("02_poisson_glm/no-such-cell")
    []
    """
    from PIL import Image

    figures = []
    for path in sorted(_FOLDER.glob(f"{name}.*.png")):
        with Image.open(path) as image:
            alt, width = image.info["Description"], image.width
        figures.append(ExpectedFigure(path.read_bytes(), alt, width))
    return figures
