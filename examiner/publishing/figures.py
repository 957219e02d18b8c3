"""Draws the expected figures of a tutorial: the figures of its solution, on simulated data.

A cell asks for its pictures by `plots.show_expected("<assignment>/<cell id>")`. The solved notebook runs
once. The pictures that such a cell displays are made small and written, with descriptions in the files, to
`neurocourse/expected/`. From there they travel with the package.
"""

from __future__ import annotations

import base64
import io
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from examiner.course.facts import Assignment, Course
from examiner.publishing.execution import TWINS_IN_FULL, run_notebook
from examiner.publishing.release import solution
from neurocourse.plots.canvas import with_few_colours

_ASKS = re.compile(r"^plots\.show_expected\(\"([^\"]*)\"\)$", re.MULTILINE)
_PLAYS = "widgets.explore_"  # takes long, and draws nothing that is expected
_SCALE = 0.6  # of the pixels that `plots.show` gives a figure


@dataclass(frozen=True)
class Picture:
    """An expected figure: the number of its cell's figures before it, its PNG, its description."""

    cell: str
    number: int
    png: bytes
    alt: str

    @property
    def filename(self) -> str:
        """The name of its file in the assignment's folder."""
        return f"{self.cell}.{self.number}.png"


def asked_for(source: str) -> str:
    """Return the name under which a cell asks for its expected figures, or an empty string."""
    found = _ASKS.search(source)
    return found.group(1) if found else ""


def folder_of(course: Course, assignment: Assignment) -> Path:
    """Return where the expected figures of an assignment are."""
    return course.root / "neurocourse" / "expected" / assignment.name


def write_figures(course: Course, assignment: Assignment) -> list[Path]:
    """Draw the expected figures of an assignment again, and replace all that were there."""
    pictures = draw(course, assignment)
    folder = folder_of(course, assignment)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for picture in pictures:
        (folder / picture.filename).write_bytes(picture.png)
    return [folder / picture.filename for picture in pictures]


def draw(course: Course, assignment: Assignment) -> list[Picture]:
    """Run the solved notebook and return the pictures of the cells that ask for expected figures."""
    notebook = solution(course, assignment)
    notebook.cells = [cell for cell in notebook.cells if _PLAYS not in cell.source]
    run_notebook(notebook, f"source/{assignment.name}", course.root, environment=TWINS_IN_FULL)
    return [picture for cell in notebook.cells if asked_for(cell.source) for picture in _pictures(cell)]


def _pictures(cell: Any) -> list[Picture]:
    shown = [output for output in cell.outputs if "image/png" in output.get("data", {})]
    pictures = []
    for number, output in enumerate(shown, start=1):
        alt = output.metadata["image/png"]["alt"]
        png = small(base64.b64decode(output.data["image/png"]), alt)
        pictures.append(Picture(cell.id, number, png, alt))
    return pictures


def small(png: bytes, alt: str) -> bytes:
    """Return a picture of a few kilobytes that carries its description."""
    with Image.open(io.BytesIO(png)) as image:
        size = [round(_SCALE * length) for length in image.size]
        reduced = image.convert("RGB").resize((size[0], size[1]), Image.Resampling.LANCZOS)
    buffer, info = io.BytesIO(), PngInfo()
    info.add_itxt("Description", alt)
    with_few_colours(reduced).save(buffer, "PNG", optimize=True, pnginfo=info)
    return buffer.getvalue()
