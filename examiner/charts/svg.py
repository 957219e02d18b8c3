"""Turns a figure of Matplotlib's into a drawing for a page, in the page's colours: light, dark and printed.

    figure ─▶ Matplotlib's SVG ─▶ ids of its own, no sizes, colours by name, a text alternative ─▶ page

A figure is drawn in stand-in colours. Each becomes a variable of the page's style, so that one drawing is
right on white, on black and on paper.
"""

from __future__ import annotations

import io
import re
from typing import Any
from xml.etree import ElementTree

import matplotlib as mpl
from markupsafe import Markup
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

INK, SOFT, LINE, PAPER = "#000001", "#000002", "#000003", "#000004"
BLUE, ORANGE, GREEN, PINK, YELLOW, SKY, GREY = (f"#0000{n}0" for n in range(1, 8))
_VARIABLES = {
    INK: "--look-ink",
    SOFT: "--look-soft",
    LINE: "--look-line",
    PAPER: "--look-paper",
    BLUE: "--look-chart-blue",
    ORANGE: "--look-chart-orange",
    GREEN: "--look-chart-green",
    PINK: "--look-chart-pink",
    YELLOW: "--look-chart-yellow",
    SKY: "--look-chart-sky",
    GREY: "--look-chart-grey",
}
_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_DROPPED = ("metadata", "style")
STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",  # text stays text: small, and read by those who search the page
    "font.family": ["DejaVu Sans"],
    "font.size": 10,
    "text.color": INK,
    "text.parse_math": False,  # the name of an exercise is no formula
    "axes.edgecolor": SOFT,
    "axes.labelcolor": INK,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": SOFT,
    "xtick.labelcolor": INK,
    "ytick.color": SOFT,
    "ytick.labelcolor": INK,
    "hatch.linewidth": 1.0,
    "legend.frameon": False,
    "legend.fontsize": 9.5,
    "path.simplify": True,
}


def drawing(figure: Figure, name: str, alternative: str) -> Markup:
    """Return a figure as the SVG of a page; `name` is the figure's own on the page."""
    text = io.BytesIO()
    with mpl.rc_context({**STYLE, "svg.hashsalt": name}):
        FigureCanvasSVG(figure).print_svg(text, metadata={"Date": None})
    root = ElementTree.fromstring(text.getvalue())
    _keep_needed(root, name)
    _describe(root, alternative)
    ElementTree.register_namespace("", _SVG)
    ElementTree.register_namespace("xlink", _XLINK)
    return Markup(_coloured(ElementTree.tostring(root, encoding="unicode")))


def _keep_needed(root: ElementTree.Element, name: str) -> None:
    """Drop what a page does not need, and give what is referred to a name that no other drawing has."""
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag.rpartition("}")[2] in _DROPPED:
                parent.remove(child)
    used = {value for each in root.iter() for value in _references(each)}
    for each in root.iter():
        if each.get("id") in used:
            each.set("id", f"{name}-{each.get('id')}")
        else:
            each.attrib.pop("id", None)
        for key, value in each.attrib.items():
            each.set(key, _REFERENCE.sub(rf"url(#{name}-\1)", value))
        link = each.get(f"{{{_XLINK}}}href", "")
        if link.startswith("#"):
            each.set(f"{{{_XLINK}}}href", f"#{name}-{link[1:]}")


def _references(element: ElementTree.Element) -> list[str]:
    links = [element.get(f"{{{_XLINK}}}href", "").removeprefix("#")]
    return [found for value in element.attrib.values() for found in _REFERENCE.findall(value)] + links


def _describe(root: ElementTree.Element, alternative: str) -> None:
    """Let the drawing be one picture to a screen reader, as wide as the page lets it be."""
    width = float(root.attrib.pop("width").removesuffix("pt"))
    root.attrib.pop("height")
    root.set("style", f"max-width:{1.15 * width:.0f}px")
    root.set("class", "chart")
    root.set("role", "img")
    root.set("aria-label", alternative)


def _coloured(text: str) -> str:
    for colour, variable in _VARIABLES.items():
        text = text.replace(colour, f"var({variable})")
    return text
