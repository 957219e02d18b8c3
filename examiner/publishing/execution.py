"""Runs a notebook of the course's own from top to bottom, in a Jupyter kernel."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from examiner.errors import CourseError
from examiner.exam import libraries

CELL_SECONDS = 600
# Whatever is drawn or shown to everybody shows the simulated recordings, in full size.
TWINS_IN_FULL = {"NEUROCOURSE_DATA": "simulated", "NEUROCOURSE_QUICK": "0"}


def run_notebook(
    notebook: Any,
    name: str,
    folder: Path,
    *,
    environment: dict[str, str] | None = None,
    goes_on: bool = False,
    tell: Callable[[], Any] = lambda: None,
) -> None:
    """Run the cells in `folder` and put what they show into the notebook.

    A cell of a solution that fails raises `CourseError`, which names the notebook; with `goes_on` it shows
    its error, and the next cell runs. `NotInstalled` names a library that is missing. `tell` is called after
    each cell.
    """
    libraries.check_exam(name, notebook)
    client = NotebookClient(
        notebook,
        allow_errors=goes_on,
        timeout=CELL_SECONDS,
        store_widget_state=False,  # pages show the still versions, which need nothing from the network
        extra_arguments=["--log-level=40"],
        resources={"metadata": {"path": str(folder)}},
        on_cell_executed=lambda **_: tell(),
    )
    try:
        client.execute(env=os.environ | (environment or {}))
    except CellExecutionError as error:
        raise CourseError(f"{name}: a cell of the solution fails: {error}") from None
