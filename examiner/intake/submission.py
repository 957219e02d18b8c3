"""Reads what a student handed in, from a folder of files to a notebook in memory.

    files ─▶ the notebook among them ─▶ text ─▶ JSON ─▶ clean cells

If a notebook is damaged but whole, it is mended, with a sentence for each repair. Anything else is
`Unreadable`, with a sentence that tells the student what to do.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import nbformat
from rapidfuzz import fuzz

from examiner.course.facts import Assignment
from examiner.errors import Unreadable
from examiner.intake.attachments import kept_attachments
from examiner.intake.files import File, Files, unpack_files

MAX_CELLS = 5_000
MAX_CODE = 10_000_000  # characters in all code cells together
MAX_OUTPUT, MAX_OUTPUT_DEPTH = 1_000_000, 20

_MOST_DIGITS = 4_000  # of a number; Python reads a few more

_CONFLICT = re.compile(r"^(<{7} |={7}$|>{7} )", re.MULTILINE)
_CELL_MARK = re.compile(r"^# (?:In\[[\d ]*\]:|%%(?:[^\S\n](.*))?)[^\S\n]*$", re.MULTILINE)
_NAME_IN_MARK = re.compile(r'"grade_id": "([\w-]+)"')
_KINDS = ("code", "markdown", "raw")
_HAND_IN = "Download it again with File ▸ Download (.ipynb) and hand that file in."


@dataclass(frozen=True)
class HandedIn:
    """A submission's notebook in clean cells, and a sentence for each thing mended.

    Outputs are kept as they came, unchecked, where a cell has few.
    """

    notebook: Any
    repairs: tuple[str, ...] = ()


def read_submission(found: Files, assignment: Assignment) -> HandedIn:
    """Read the notebook among the files handed in; `Unreadable` says what to do if there is none."""
    found = unpack_files(found)
    if found.fault:
        raise Unreadable(found.fault)
    files = list(found.files)
    file = _choose(files, assignment, list(found.refused))
    repairs = []
    if file.name != assignment.filename:
        repairs.append(f"The file `{file.shown}` was graded as `{assignment.filename}`.")
    others = [other.shown for other in files if other.suffix == ".ipynb" and other.content != file.content]
    if others:
        repairs.append(f"Only one notebook is graded, so these files were ignored: {_listed(others)}.")
    read = _read_script if file.suffix == ".py" else _read_notebook
    notebook, mended = read(file)
    return HandedIn(notebook, (*repairs, *mended))


def _listed(names: list[str]) -> str:
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")


def _choose(files: list[File], assignment: Assignment, refused: list[str]) -> File:
    """Return the file that is the assignment's notebook by its name, or by being the only one."""
    exact = [file for file in files if PurePosixPath(file.name).name == assignment.filename]
    notebooks = [file for file in files if file.suffix == ".ipynb"]
    scripts = [file for file in files if file.suffix == ".py"]
    found = exact or notebooks or scripts
    if not found:
        because = f" ({_listed(refused)})" if refused else ""
        raise Unreadable(f"expected {assignment.filename}, found no notebook{because}. {_HAND_IN}")
    best = min(_rank(file, assignment) for file in found)
    ties = [file for file in found if _rank(file, assignment) == best]
    if len({file.content for file in ties}) > 1:
        names = _listed([file.shown for file in ties])
        raise Unreadable(f"expected one notebook, {assignment.filename}, found {names}: hand in one of them.")
    return ties[0]


def _rank(file: File, assignment: Assignment) -> tuple[float, int]:
    return (-_likeness(file, assignment), file.name.count("/"))


def _likeness(file: File, assignment: Assignment) -> float:
    """Return how much of the notebook's name a file's name holds: `Copy of p (1).ipynb` holds all of p."""
    stem = PurePosixPath(file.name).stem.lower().replace(" ", "_")
    wanted = assignment.notebook.lower()
    return round((fuzz.partial_ratio if len(stem) >= len(wanted) else fuzz.ratio)(wanted, stem), 0)


def _read_notebook(file: File) -> tuple[Any, list[str]]:
    text, repairs = _decoded(file)
    if not text:
        raise Unreadable(f"{file.shown} is empty. {_HAND_IN}")
    try:
        data, end = json.JSONDecoder(parse_int=_whole_number).raw_decode(text)
    except (ValueError, RecursionError):
        data, end = None, 0
    rest = text[end:].strip()
    if rest and _CONFLICT.search(rest):
        raise Unreadable(
            f"{file.shown} holds the conflict marks of a version control system (<<<<<<<): open both "
            "versions, keep one, and hand that in."
        )
    if not end:
        raise Unreadable(
            f"{file.shown} is not a notebook: it is not valid JSON, or it was cut short. {_HAND_IN}"
        )
    if rest:
        repairs.append("Extra text after the end of the notebook was ignored.")
    return _notebook(_clean_cells(data, file)), repairs


def _notebook(cells: Iterable[dict[str, Any]]) -> Any:
    return nbformat.from_dict({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(cells)})


def _cell(kind: str, source: str, name: str = "", metadata: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"cell_type": kind, "source": source, "id": name, "metadata": metadata or {}}


def _decoded(file: File) -> tuple[str, list[str]]:
    """Return a file's text, and a sentence if some of it was no text; `Unreadable` if most of it was none."""
    encoding = json.detect_encoding(file.content)  # UTF-16 and UTF-32, too, with a mark or without one
    try:
        text = file.content.decode(encoding).removeprefix("\ufeff").strip()
    except UnicodeDecodeError:
        text = file.content.decode(encoding, errors="replace").removeprefix("\ufeff").strip()
    else:
        is_marked = not encoding.endswith(("-le", "-be"))
        return text, [] if is_marked else [f"The file was text in {encoding[:6].upper()}, not in UTF-8."]
    broken = text.count("\N{REPLACEMENT CHARACTER}")
    if broken > len(text) / 10:
        raise Unreadable(f"{file.shown} is not text in UTF-8, as notebooks are. {_HAND_IN}")
    return text, [f"Characters of the file that are not valid UTF-8 were replaced: {broken}."]


def _whole_number(digits: str) -> int:
    """Return a number in a notebook's file; what it counts has no use for one that Python refuses to read."""
    return int(digits) if len(digits) < _MOST_DIGITS else 0


def _clean_cells(data: Any, file: File) -> Iterator[dict[str, Any]]:
    """Yield the cells of a notebook of any version as code, Markdown or raw cells with ids and metadata."""
    if not isinstance(data, dict):
        raise Unreadable(f"{file.shown} is not a notebook: expected an object with cells. {_HAND_IN}")
    cells = data.get("cells")
    if cells is None and isinstance(data.get("worksheets"), list):  # nbformat 3
        cells = [
            cell
            for sheet in data["worksheets"]
            if isinstance(sheet, dict) and isinstance(sheet.get("cells"), list)
            for cell in sheet["cells"]
        ]
    if not isinstance(cells, list):
        raise Unreadable(f"{file.shown} is not a notebook: it has no list of cells. {_HAND_IN}")
    if len(cells) > MAX_CELLS:
        raise Unreadable(f"{file.shown} has {len(cells)} cells; the grader reads at most {MAX_CELLS}.")
    left = MAX_CODE
    for cell in filter(lambda cell: isinstance(cell, dict), cells):
        clean = _clean_cell(cell)
        left -= len(clean["source"]) if clean["cell_type"] == "code" else 0
        if left < 0:
            raise Unreadable(
                f"The code in {file.shown} has more than {MAX_CODE:,} characters: load data from a file "
                "instead of writing them into a cell."
            )
        yield clean


def _clean_cell(cell: dict[str, Any]) -> dict[str, Any]:
    kind = cell.get("cell_type")
    kind = "markdown" if kind == "heading" else kind if kind in _KINDS else "raw"
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    text = _clean_text(source) if isinstance(source, str) else ""
    metadata = cell["metadata"] if isinstance(cell.get("metadata"), dict) else {}
    name = cell.get("id", metadata.get("id"))  # Colab keeps it in the metadata
    clean = _cell(kind, text, name if isinstance(name, str) else "", _plain(metadata))
    if kind == "markdown" and (pictures := kept_attachments(cell.get("attachments"))):
        clean["attachments"] = pictures
    if kind == "code" and _is_small(cell.get("outputs")):
        clean["outputs"] = cell["outputs"]
    return clean


def _is_small(outputs: Any) -> bool:
    """Return whether this is a list of outputs with little in it, without looking at more than that."""
    left, waiting = MAX_OUTPUT, [(outputs, 0)] if isinstance(outputs, list) else []
    while waiting and left > 0:
        value, depth = waiting.pop()
        left -= len(value) if isinstance(value, str) else 1
        if isinstance(value, list | dict):
            inner = [*value, *value.values()] if isinstance(value, dict) else value
            waiting += [(item, depth + 1) for item in inner]
        if depth > MAX_OUTPUT_DEPTH:
            return False
    return isinstance(outputs, list) and left > 0


def _clean_text(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return text.encode("utf-8", "replace").decode("utf-8")


def _plain(metadata: dict[str, Any]) -> dict[str, Any]:
    """Return what the grader looks at in a cell's metadata; the rest is dropped unread."""
    settings = metadata.get("nbgrader")
    if isinstance(settings, dict) and isinstance(settings.get("grade_id"), str):
        return {"nbgrader": {"grade_id": settings["grade_id"]}}
    return {}


def _read_script(file: File) -> tuple[Any, list[str]]:
    """Read a notebook that was exported as a Python script, by its marks between cells where it has any."""
    text, repairs = _decoded(file)
    text = _clean_text(text)
    marks = list(_CELL_MARK.finditer(text))
    ends = [*[mark.start() for mark in marks[1:]], len(text)][: len(marks)]
    found = _script_cells(text[: marks[0].start()] if marks else text)
    for mark, end in zip(marks, ends, strict=True):
        body, title = text[mark.end() : end].strip("\n"), mark[1] or ""
        if "markdown" in title:
            found.append(_cell("markdown", _uncommented(body)))
        else:
            found += _script_cells(body)
        name = _NAME_IN_MARK.search(title)
        if name:
            found[-1]["metadata"] = {"nbgrader": {"grade_id": name[1]}}
    return _notebook(found), [*repairs, "A Python script was handed in; each part was read as a cell."]


def _script_cells(body: str) -> list[dict[str, Any]]:
    """Return a code cell, and the text that an export without marks for it puts behind as comments."""
    lines = body.strip("\n").splitlines()
    end = len(lines)
    while end and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    while end and end < len(lines) and lines[end].strip():  # a comment right below code belongs to it
        end += 1
    code, text = "\n".join(lines[:end]).rstrip(), _uncommented("\n".join(lines[end:]))
    return [_cell("code", code), *([_cell("markdown", text)] if text else [])]


def _uncommented(text: str) -> str:
    return re.sub(r"^# ?", "", text, flags=re.MULTILINE).strip()
