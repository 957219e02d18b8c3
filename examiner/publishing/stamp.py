"""Fills in what a notebook says of the course and of itself, in the places that its source keeps."""

from __future__ import annotations

import textwrap
from pathlib import PurePosixPath
from typing import Any

from examiner.course.facts import Course
from examiner.course.launch import launch_links, raw_address
from examiner.notebook import cells
from examiner.publishing.wheel import NEWEST_WHEEL
from examiner.results import section_feedback

_TIE = "\0"  # a space at which no line ends
_WIDTH = 68  # of what stands on a line, so that a notebook shows it without scrolling


def stamp(nb: Any, course: Course, path: str) -> None:
    """Fill a notebook's placeholders in place; `path` is its place in the student repository."""
    facts = {
        "{{ launch_links }}": launch_links(course, path),
        "{{ wheel }}": raw_address(course, NEWEST_WHEEL),
        "{{ repository }}": f"git+https://github.com/{course.repository}@{course.branch}",
        "{{ exercises }}": _in_lines(cells.parts(nb.cells)),
        "{{ tutorial }}": PurePosixPath(path).parent.name,
        "{{ sections }}": _in_lines(section_feedback.sections(nb.cells)),
        "{{ feedback_endpoint }}": course.feedback.address,
        "{{ feedback_key }}": course.feedback.user_key,
    }
    for cell in nb.cells:
        for placeholder, fact in facts.items():
            cell.source = cell.source.replace(placeholder, fact)


def _in_lines(entries: list[str]) -> str:
    """Return entries with bars between them, as the inside of a string on as many lines as it takes."""
    whole = " | ".join(entry.replace(" ", _TIE) for entry in entries).replace(" | ", f"{_TIE}| ")
    lines = textwrap.wrap(whole, _WIDTH, break_long_words=False, break_on_hyphens=False)
    return ' "\n    "'.join(lines).replace(_TIE, " ")
