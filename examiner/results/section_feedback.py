"""Reads what students said of a tutorial's sections, from files beside their notebooks.

`neurocourse.widgets.ask_feedback` writes these files, and anybody may write anything into them. So only
small, regular files are read. Of these only answers of the form's own kind count, on sections that the
tutorial has.
"""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from examiner.apart import Failures
from examiner.course import submissions
from examiner.course.facts import Assignment, Course
from examiner.notebook.cells import Cell, read_notebook

FILE = "section_feedback.json"
WHOLE = "The tutorial as a whole"
MARKS = {"happy": 3, "medium": 2, "sad": 1}  # the form's three answers

_HEADING = re.compile(r"^## (\d+\. .+?)(?: \([^)]*\bmin\))?$", re.MULTILINE)
_LARGEST = 100_000  # bytes
_LONGEST = 1000  # characters of a comment


@dataclass(frozen=True)
class Opinion:
    """What one student said of one section."""

    section: str
    answer: str
    comment: str


def sections(cells: Iterable[Cell]) -> list[str]:
    """Return the titles of a tutorial's numbered sections, without their times."""
    texts = (cell["source"] for cell in cells if cell["cell_type"] == "markdown")
    return [title for text in texts for title in _HEADING.findall(text)]


def by_number(section: str) -> tuple[int, str]:
    """Return the key by which sections are in the notebook's order; the whole tutorial comes first."""
    number, dot, _ = section.partition(".")
    return (int(number), section) if dot and number.isdecimal() else (0, section)


def read_opinions(course: Course, assignment: Assignment) -> tuple[list[Opinion], int]:
    """Return what students said of an assignment's sections, and how many of their files cannot be read."""
    source = read_notebook(course.path("source", assignment) / assignment.filename)
    ids = {f"{assignment.name}: {title}": title for title in [*sections(source.cells), WHOLE]}
    opinions: list[Opinion] = []
    unreadable = Failures()  # anybody may write anything into such a file: whatever it is, it is counted
    for student, folder in submissions.folders(course, submissions.HANDED_IN, assignment).items():
        with unreadable.apart(student):
            if os.path.lexists(folder / FILE):
                said = _opinions(_read(folder / FILE), ids)
                opinions += {opinion.section: opinion for opinion in said}.values()
    return opinions, len(unreadable)


def _read(path: Path) -> list[Any]:
    """Return the list in a student's file; any exception says that there is none."""
    status = path.lstat()
    if not stat.S_ISREG(status.st_mode) or status.st_size > _LARGEST:
        raise ValueError("no small, regular file")
    found = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(found, list):
        raise TypeError("no list")
    return found


def _opinions(records: list[Any], ids: dict[str, str]) -> Iterable[Opinion]:
    for record in records:
        fields = record if isinstance(record, dict) else {}
        section_id, answer = fields.get("section_id"), fields.get("button_name")
        comment = fields.get("feedback", "")
        texts = (section_id, answer, comment)
        if all(isinstance(text, str) for text in texts) and section_id in ids and answer in MARKS:
            yield Opinion(ids[section_id], str(answer), str(comment)[:_LONGEST])
