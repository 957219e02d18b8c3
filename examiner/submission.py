"""What a student handed in, from a folder of files to a notebook in memory.

    folder ─▶ files, no links or devices ┃ ─▶ the notebook among them ─▶ text ─▶ JSON ─▶ clean cells

What is left of the line needs the disk; what is right of it may run on another machine.

Files are read, never unpacked to disk. A notebook that is damaged but whole is mended, and each mending is a
sentence; anything else is `Unreadable`, with a sentence that its student can act on.
"""

from __future__ import annotations

import io
import json
import re
import stat
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import nbformat
from rapidfuzz import fuzz

from examiner.course import Assignment
from examiner.errors import Unreadable

MAX_BYTES = 300_000_000
MAX_FILES = 1_000
MAX_CELLS = 5_000
MAX_OUTPUT, MAX_OUTPUT_DEPTH = 1_000_000, 20

_RENAMED = re.compile(r"\.ipynb\.(txt|json)$")  # what some browsers make of a download
_IGNORED = re.compile(r"(^|/)(\.[^/]*|__MACOSX|__pycache__|timestamp\.txt)(/|$)")
_SPECIAL = re.compile(r"[<>&\"'`\\]")
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


@dataclass(frozen=True)
class File:
    """A file that was handed in, perhaps within a zip file."""

    name: str
    content: bytes

    @property
    def suffix(self) -> str:
        """What kind of file this is by its name: `.ipynb`, `.zip`, `.py`, or another suffix in lower case."""
        name = self.name.lower()
        return ".ipynb" if _RENAMED.search(name) else PurePosixPath(name).suffix

    @property
    def shown(self) -> str:
        """The name as it may stand in a sentence."""
        return shown_name(self.name)


@dataclass(frozen=True)
class Files:
    """What was handed in that may hold a notebook, and what to say of the rest; a `fault` is all there is."""

    files: tuple[File, ...] = ()
    refused: tuple[str, ...] = ()
    fault: str = ""


def shown_name(name: str) -> str:
    """Return a file's name without what would act on a terminal, a web page or a table: one short line."""
    safe = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in name)
    safe = _SPECIAL.sub("\N{REPLACEMENT CHARACTER}", safe)
    return safe if len(safe) <= 100 else f"{safe[:48]}…{safe[-48:]}"


def read_files(folder: Path) -> Files:
    """Read what may hold a notebook in a submission's folder."""
    refused: list[str] = []
    try:
        return Files(tuple(_together(_files(folder, refused))), tuple(refused))
    except Unreadable as error:
        return Files(fault=str(error))


def read_submission(found: Files, assignment: Assignment) -> HandedIn:
    """Read the notebook among what was handed in; `Unreadable` says what to do where there is none."""
    if found.fault:
        raise Unreadable(found.fault)
    files = list(found.files)
    file = _choose(files, assignment, list(found.refused))
    repairs = []
    if file.name != assignment.filename:
        repairs.append(f"The file `{file.shown}` was taken for `{assignment.filename}`.")
    others = [other.shown for other in files if other.suffix == ".ipynb" and other.content != file.content]
    if others:
        repairs.append(f"Not looked at, as one notebook is graded: {_listed(others)}.")
    read = _read_script if file.suffix == ".py" else _read_notebook
    notebook, mended = read(file)
    return HandedIn(notebook, (*repairs, *mended))


def _together(files: Iterable[File]) -> list[File]:
    """Return the files; all that is in memory at once has a limit, whatever a zip file holds."""
    kept: list[File] = []
    left = MAX_BYTES
    for file in files:
        left -= len(file.content)
        if left < 0:
            raise Unreadable(
                f"The files hold more than {MAX_BYTES // 1_000_000} MB together: clear the notebook's "
                "outputs, and hand in that notebook alone."
            )
        kept.append(file)
    return kept


def _listed(names: list[str]) -> str:
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")


def _files(folder: Path, refused: list[str]) -> Iterator[File]:
    """Yield the files that may hold a notebook; what is none or is not opened is named in `refused`."""
    try:
        paths = sorted(folder.rglob("*")) if folder.is_dir() and not folder.is_symlink() else []
    except OSError as error:
        raise Unreadable(f"The folder that was handed in cannot be read: {error.strerror}.") from None
    for path in paths[:MAX_FILES]:
        name = path.relative_to(folder).as_posix()
        if _IGNORED.search(name):
            continue
        try:
            yield from _opened(_read_file(path, name), refused)
        except OSError as error:
            refused.append(f"{shown_name(name)} cannot be read ({error.strerror})")
        except _Refused as reason:
            refused.append(f"{shown_name(name)} {reason}")


class _Refused(Exception):
    """A file is not opened; the message completes the sentence that its name begins."""


def _read_file(path: Path, name: str) -> File:
    file = File(name, b"")
    state = path.lstat()
    if stat.S_ISDIR(state.st_mode):
        if file.suffix == ".ipynb":
            raise _Refused("is a folder")
        return file
    if not stat.S_ISREG(state.st_mode):
        raise _Refused("is a link or a device, which is not followed")
    if file.suffix not in (".ipynb", ".zip", ".py"):
        raise _Refused("is no notebook")
    if state.st_size > MAX_BYTES:
        raise _Refused(f"is larger than {MAX_BYTES // 1_000_000} MB: clear its outputs")
    return File(name, path.read_bytes())


def _opened(file: File, refused: list[str]) -> Iterator[File]:
    """Yield a file that may hold a notebook, or those within a zip file."""
    if file.suffix == ".zip":
        try:
            yield from list(_unpacked(file))  # all of it or nothing
        except Exception as error:  # zipfile and its decompressors raise many types for damaged files
            reason = str(error) if isinstance(error, _Refused) else "it is damaged, or has a password"
            refused.append(f"{file.shown} cannot be unpacked ({reason})")
    elif file.suffix in (".ipynb", ".py") and (file.content or file.suffix == ".ipynb"):
        yield file


def _unpacked(file: File) -> Iterator[File]:
    left = MAX_BYTES
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        for member in archive.infolist()[:MAX_FILES]:
            parts = member.filename.replace("\\", "/").split("/")
            inner = File("/".join(part for part in parts if part not in ("", ".", "..")), b"")
            if member.is_dir() or _IGNORED.search(inner.name) or inner.suffix not in (".ipynb", ".py"):
                continue
            with archive.open(member) as content:
                data = content.read(left + 1)  # what it says of its size may be a lie
            left -= len(data)
            if left < 0:
                raise _Refused(f"it holds more than {MAX_BYTES // 1_000_000} MB")
            yield File(f"{file.name}/{inner.name}", data)


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
        data, end = json.JSONDecoder().raw_decode(text)
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
        repairs.append("What stood behind the end of the notebook in its file was left out.")
    return _notebook(_clean_cells(data, file)), repairs


def _notebook(cells: Iterable[dict[str, Any]]) -> Any:
    return nbformat.from_dict({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(cells)})


def _cell(kind: str, source: str, name: str = "", metadata: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"cell_type": kind, "source": source, "id": name, "metadata": metadata or {}}


def _decoded(file: File) -> tuple[str, list[str]]:
    """Return a file's text, and a sentence if some of it was no text; `Unreadable` if most of it was none."""
    encoding = "utf-16" if file.content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return file.content.decode(encoding).strip(), []
    except UnicodeDecodeError:
        text = file.content.decode(encoding, errors="replace").strip()
    broken = text.count("\N{REPLACEMENT CHARACTER}")
    if broken > len(text) / 10:
        raise Unreadable(f"{file.shown} is not text in UTF-8, as notebooks are. {_HAND_IN}")
    return text, [f"Characters of its file that are no text in UTF-8 were replaced: {broken}."]


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
        raise Unreadable(f"{file.shown} has {len(cells)} cells; more than {MAX_CELLS} are not read.")
    for cell in cells:
        if isinstance(cell, dict):
            yield _clean_cell(cell)


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
    return _notebook(found), [*repairs, "A Python script was handed in; its parts were taken for cells."]


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
