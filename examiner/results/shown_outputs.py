"""Turns what a student's cell showed into HTML: text without colours, pictures that are small.

outputs of a cell ─▶ the cell's own error · text · pictures, each of at most 150 kB
"""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Any

from markupsafe import Markup
from PIL import Image

from examiner.intake.attachments import picture_in
from examiner.wording import without_colours

LARGEST_PICTURE = 150_000  # bytes of a picture as a page holds it
_MAX_OUTPUT, _MAX_OUTPUTS, _MAX_FIGURES = 4_000, 20, 4
_MAX_ERROR = 300
_LONG_LINE = re.compile(r"^([^\n]{500})[^\n]{20,}$", re.MULTILINE)
# The name that a cell has as a file tells nobody anything.
_CELL_FILE = re.compile(r" \([^()]*\.py, line \d+\)|(?<=\()<[^<>]*>, ")
_LARGEST_READ = 3_000_000  # letters of a picture that is made smaller; a larger one is not shown
_MOST_PIXELS = 12_000_000
_WIDTHS, _N_COLOURS = (1000, 700, 450), 64
_NOT_SHOWN = "(a figure that is too large for this page, or of another kind than PNG, JPEG and GIF)"


@dataclass(frozen=True)
class ShownOutputs:
    """What a cell showed: its own error, if it ended in one, and the rest in order."""

    error: str
    rest: tuple[Markup, ...]


def shown_outputs(outputs: Iterable[Any]) -> ShownOutputs:
    """Return the outputs of a student's own cell as safe HTML; what is left out is said in one line."""
    error, rest, n_figures, n_cut = "", list[Markup](), 0, 0
    for output in outputs:
        if output.output_type == "error":
            error = error or _error(output)
            continue
        is_figure = has_picture(output)
        if len(rest) >= _MAX_OUTPUTS or (is_figure and n_figures >= _MAX_FIGURES):
            n_cut += 1
            continue
        n_figures += is_figure
        rest.append(_figure(output, "Figure drawn by your code") if is_figure else _words(output))
    if n_cut:
        rest.append(text_block(f"… and {n_cut} more outputs (cut)"))
    return ShownOutputs(error, tuple(filter(None, rest)))


def own_figures(outputs: Iterable[Any]) -> tuple[Markup, ...]:
    """Return the first pictures among outputs."""
    found = [output for output in outputs if has_picture(output)][:_MAX_FIGURES]
    return tuple(_figure(output, _alt(output)) for output in found)


def has_picture(output: Any) -> bool:
    """Return whether an output shows a picture of any kind."""
    return any(kind.startswith("image/") for kind in output.get("data", {}))


def course_figure(png: bytes, alt: str) -> Markup:
    """Return a picture of the course's own."""
    return Markup(f'<img alt="{escape(alt)}" src="{_address(png, "png")}">')


def text_block(text: Any, longest: int = _MAX_OUTPUT) -> Markup:
    """Return text that a program wrote: without colours, and cut when it is long."""
    whole = str(text)
    text = cut_lines(without_colours(whole[:longest])).strip()
    if len(whole) > longest:
        text += " … (cut)"
    return Markup(f"<pre>{escape(text)}</pre>") if text else Markup("")


def cut_lines(text: str) -> str:
    """Return a text whose very long lines are cut."""
    return _LONG_LINE.sub(r"\1 … (cut)", text)


def small(address: str) -> str:
    """Return a picture's address, of a smaller one where it is too large, or nothing where none is small."""
    letters = address.partition(",")[2]
    return address if len(letters) <= LARGEST_PICTURE else _made_small(base64.b64decode(letters))


def _words(output: Any) -> Markup:
    text = output.get("text") if output.output_type == "stream" else output.get("data", {}).get("text/plain")
    return text_block(text or "")


def _error(output: Any) -> str:
    said = without_colours(f"{output.get('ename')}: {output.get('evalue')}"[:_MAX_ERROR])
    return " ".join(_CELL_FILE.sub("", str(said)).split())


def _alt(output: Any) -> str:
    said = output.get("metadata", {}).get("image/png", {})
    return str(said.get("alt") or "")[:500] if isinstance(said, dict) else ""


def _figure(output: Any, alt: str) -> Markup:
    address = small(picture_in(output.get("data", {}), _LARGEST_READ))
    if not address:
        return text_block(_NOT_SHOWN)
    return Markup(f'<img alt="{escape(alt or "Your figure")}" src="{address}">')


def _made_small(content: bytes) -> str:
    """Return a picture as the address of a smaller one, or an empty string where none is small enough."""
    try:
        with Image.open(io.BytesIO(content)) as image:
            if image.width * image.height > _MOST_PIXELS:
                return ""
            picture = _on_white(image)
    except Exception:  # a damaged picture raises errors of many types
        return ""
    for width in _WIDTHS:
        picture.thumbnail((width, 2 * width))
        forms = (_saved(picture.quantize(_N_COLOURS), "png"), _saved(picture, "jpeg"))
        for address in forms:
            if len(address) <= LARGEST_PICTURE:
                return address
    return ""


def _on_white(image: Image.Image) -> Image.Image:
    whole = image.convert("RGBA")
    flat = Image.new("RGB", image.size, "white")
    flat.paste(whole, mask=whole.getchannel("A"))
    return flat


def _saved(image: Image.Image, form: str) -> str:
    file = io.BytesIO()
    image.save(file, form, optimize=True)
    return _address(file.getvalue(), form)


def _address(content: bytes, form: str) -> str:
    return f"data:image/{form};base64,{base64.b64encode(content).decode()}"
