"""Tells what a cell of a course notebook is: its role, its exercise, its canonical form on disk.

The ``grade_id`` of a solution cell is the exercise's name; its tests are ``<name>-test``, ``<name>-test-2``
…; a written answer beside code is ``<name>-written``. Extra credit stands in the cell metadata ``bonus``.
A given cell whose id begins with ``show-`` or ``play-`` gives nothing that an answer or a test needs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import nbformat

from examiner.errors import NotebookError
from neurocourse.standing import check_label

Cell = dict[str, Any]
Notebook = dict[str, Any]

ADDED = "added-"  # how the ids of cells begin that a student has added
MENDED = "mended"  # in the metadata of a student's cell: its code as it runs

_ROLE_SUFFIX = re.compile(r"-(test(-\d+)?|written)$")
_SHOWING = re.compile(r"(show|play|train|compare)-|(videos|where-you-stand)$")
_HIDDEN_TEST = re.compile(r"^[^\n]*BEGIN HIDDEN TESTS.*?END HIDDEN TESTS[^\n]*\n?", re.DOTALL | re.MULTILINE)
_SOLUTION = re.compile(r"^[^\n]*BEGIN SOLUTION.*?END SOLUTION[^\n]*\n?", re.DOTALL | re.MULTILINE)
_SOLUTION_MARK = re.compile(r"^[^\n]*(BEGIN|END) SOLUTION[^\n]*\n?", re.MULTILINE)
_MARK_SCHEME = re.compile(r"^=== BEGIN MARK SCHEME.*?END MARK SCHEME[^\n]*\n?", re.DOTALL | re.MULTILINE)


def read_notebook(path: Path) -> Any:
    """Read a notebook as nbformat 4; `NotebookError` says in one line why a file is not a notebook."""
    try:
        return nbformat.read(path, as_version=4)
    except FileNotFoundError:
        raise NotebookError(f"{path}: no such notebook") from None
    except (nbformat.reader.NotJSONError, UnicodeDecodeError):
        raise NotebookError(f"{path}: not a notebook: it is not valid JSON, or it was cut short") from None
    except Exception as error:  # nbformat raises many types for notebooks that break its schema
        reason = str(error).splitlines()[0][:120]
        raise NotebookError(f"{path}: not a notebook that Jupyter can read ({reason})") from None


def canonical_text(notebook: Notebook) -> str:
    """Return the one text that stands for a notebook: sorted keys, sources by line, no outputs or counts."""
    notebook = json.loads(json.dumps(notebook))
    notebook["nbformat"], notebook["nbformat_minor"] = 4, 5
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"]).splitlines(keepends=True)
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
        if grade_id(cell):
            cell["id"] = grade_id(cell)
    return json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def grade_id(cell: Cell) -> str:
    """Return the nbgrader id of a cell, or an empty string."""
    return str(cell["metadata"].get("nbgrader", {}).get("grade_id", ""))


def is_test(cell: Cell) -> bool:
    """Return whether this is a cell of autograder tests."""
    settings = cell["metadata"].get("nbgrader", {})
    return bool(settings.get("grade")) and not settings.get("solution")


def is_solution(cell: Cell) -> bool:
    """Return whether this cell holds a student's answer, code or text."""
    return bool(cell["metadata"].get("nbgrader", {}).get("solution"))


def is_written(cell: Cell) -> bool:
    """Return whether this cell holds an answer that a person grades."""
    return is_solution(cell) and bool(cell["metadata"]["nbgrader"].get("grade"))


def only_shows(cell: Cell) -> bool:
    """Return whether a given cell, by its id, only shows something: `show-…`, `play-…`, `train-…`."""
    return bool(_SHOWING.match(str(cell.get("id", "")))) and not grade_id(cell)


def as_run(cell: Cell) -> str:
    """Return a cell's code as it runs: mended, if the student's own text would fail and means the same."""
    return str(cell["metadata"].get(MENDED, cell["source"]))


def exercise_name(cell: Cell) -> str:
    """Return the name of the exercise that a graded cell belongs to."""
    return _ROLE_SUFFIX.sub("", grade_id(cell))


def points(cell: Cell) -> float:
    """Return the points of a graded cell, without extra credit."""
    return float(cell["metadata"]["nbgrader"].get("points", 0))


def bonus(cell: Cell) -> float:
    """Return the extra credit of a graded cell."""
    return float(cell["metadata"].get("bonus", 0))


def parts(cells: Iterable[Cell]) -> list[str]:
    """Return what earns points, as `neurocourse.standing.read_parts` reads it: label (points, what it is)."""
    return [f"{_label(cell)} ({', '.join(_facts(cell))})" for cell in graded(cells) if _label(cell)]


def _label(cell: Cell) -> str:
    return check_label(cell["source"]) if is_test(cell) else grade_id(cell)


def _facts(cell: Cell) -> list[str]:
    points = cell["metadata"]["nbgrader"]["points"] or bonus(cell)
    return [f"{points:g}", *["bonus"] * bool(bonus(cell)), *["written"] * (not is_test(cell))]


def graded(cells: Iterable[Cell]) -> list[Cell]:
    """Return the cells that earn points: tests and written answers."""
    return [cell for cell in cells if cell["metadata"].get("nbgrader", {}).get("grade")]


def without_hidden_tests(source: str) -> str:
    """Return the source of a test cell as students see it."""
    return _HIDDEN_TEST.sub("", source)


def without_solution(source: str) -> str:
    """Return what is left of a solution cell's source for students, stubs aside."""
    return _SOLUTION.sub("", source)


def without_marks(source: str) -> str:
    """Return a solved cell without the marks and mark schemes that are for instructors."""
    return _MARK_SCHEME.sub("", _SOLUTION_MARK.sub("", source)).strip("\n")
