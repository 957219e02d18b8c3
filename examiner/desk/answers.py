"""Reads what a class wrote, from its graded notebooks, and keeps it while the files are the same.

A class is a thousand notebooks with figures. Reading them takes seconds, once; the answers alone are kept in
`.examiner/desk/`, each with the time and size of its notebook, and a page asks only whether these changed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from examiner.course import submissions
from examiner.course.facts import Assignment, Course
from examiner.errors import NotebookError
from examiner.notebook import cells

_VERSION = 1


@dataclass(frozen=True)
class Written:
    """A student's cell of a written answer: its text, with the question, and its pictures."""

    source: str
    attachments: dict[str, Any] = field(default_factory=dict)

    @property
    def pictures(self) -> str:
        """What tells its pictures from others; empty where there are none."""
        if not self.attachments:
            return ""
        return hashlib.sha256(json.dumps(self.attachments, sort_keys=True).encode()).hexdigest()[:16]


Stamp = tuple[int, int]


@dataclass
class ClassAnswers:
    """The written answers of a class to one assignment, by student and exercise."""

    course: Course
    assignment: Assignment
    _kept: dict[str, tuple[Stamp, dict[str, Written]]] | None = None

    def read(self) -> dict[str, dict[str, Written]]:
        """Return the answers as the graded notebooks hold them now; one that cannot be read has none."""
        kept = self._load() if self._kept is None else self._kept
        found = {}
        for student, folder in submissions.folders(self.course, submissions.GRADED, self.assignment).items():
            path = folder / self.assignment.filename
            stamp = _stamp(path)
            if stamp is not None:
                held = kept.get(student)
                found[student] = held if held and held[0] == stamp else (stamp, _read(path))
        if found != kept:
            self._save(found)
        self._kept = found
        return {student: written for student, (_, written) in found.items()}

    @property
    def _path(self) -> Path:
        return self.course.root / ".examiner" / "desk" / f"{self.assignment.name}.json"

    def _load(self) -> dict[str, tuple[Stamp, dict[str, Written]]]:
        try:
            told = json.loads(self._path.read_text(encoding="utf-8"))
            if told["version"] != _VERSION:
                return {}
            return {student: _held(*kept) for student, kept in told["students"].items()}
        except (OSError, ValueError, KeyError, TypeError):
            return {}  # not there, or of another version: everything is read again

    def _save(self, found: Mapping[str, tuple[Stamp, dict[str, Written]]]) -> None:
        students = {
            student: [stamp, {name: asdict(each) for name, each in written.items()}]
            for student, (stamp, written) in found.items()
        }
        self._path.parent.mkdir(parents=True, exist_ok=True)
        partial = self._path.with_suffix(".partial")
        partial.write_text(json.dumps({"version": _VERSION, "students": students}), encoding="utf-8")
        partial.replace(self._path)


def _held(stamp: list[int], written: Mapping[str, Mapping[str, Any]]) -> tuple[Stamp, dict[str, Written]]:
    time, size = stamp
    return (time, size), {name: Written(**each) for name, each in written.items()}


def _stamp(path: Path) -> Stamp | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def _read(path: Path) -> dict[str, Written]:
    try:
        notebook = cells.read_notebook(path)
    except NotebookError:
        return {}
    return {
        cells.grade_id(cell): Written(str(cell.source), json.loads(json.dumps(cell.get("attachments", {}))))
        for cell in notebook.cells
        if cells.is_written(cell)
    }
