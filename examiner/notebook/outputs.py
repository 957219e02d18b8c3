"""Makes the outputs of cells, in nbformat's form.

nbformat checks each output that it makes by a slow validator, and again when it is asked to. Here outputs of
our own are not checked, and what others made is checked once, by the validator for whole notebooks, which is
compiled.
"""

from __future__ import annotations

import contextlib
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.validator import get_validator

_MINOR = 5
_DEFAULTS: dict[str, dict[str, Any]] = {
    "stream": {},
    "display_data": {"metadata": {}, "data": {}},
    "execute_result": {"metadata": {}, "data": {}, "execution_count": None},
    "error": {},
}


def text_output(name: str, text: str) -> NotebookNode:
    """Return what a cell printed to the stream of this name."""
    return NotebookNode(output_type="stream", name=name, text=text)


def error_output(name: str, message: str) -> NotebookNode:
    """Return how a cell ended that an error of this name stopped."""
    return NotebookNode(output_type="error", ename=name, evalue=message, traceback=[message])


def kept_outputs(outputs: Any) -> list[NotebookNode]:
    """Return a student process's outputs in nbformat's form, and leave out everything else."""
    kept = []
    for output in outputs if type(outputs) is list else []:
        with contextlib.suppress(Exception):  # whatever is wrong with it, it is not shown
            shown = _DEFAULTS[output["output_type"]] | output
            if output["output_type"] == "stream":
                shown["text"] = "".join(map(str, output["text"]))
            get_validator(4, _MINOR).validate(_notebook_of(shown))
            kept.append(nbformat.from_dict(shown))
    return kept


def _notebook_of(output: dict[str, Any]) -> dict[str, Any]:
    """Return a notebook that shows this output and nothing else."""
    cell: dict[str, Any] = {"cell_type": "code", "id": "shown", "metadata": {}, "source": ""}
    cell |= {"execution_count": None, "outputs": [output]}
    return {"nbformat": 4, "nbformat_minor": _MINOR, "metadata": {}, "cells": [cell]}
