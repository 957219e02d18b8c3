"""Fills in what a notebook says of the course and of itself, in the places that its source keeps."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from examiner.course.facts import Course
from examiner.course.launch import launch_links
from examiner.notebook import cells
from examiner.results import section_feedback


def stamp(nb: Any, course: Course, path: str) -> None:
    """Fill a notebook's placeholders in place; `path` is its place in the student repository."""
    facts = {
        "{{ launch_links }}": launch_links(course, path),
        "{{ pip_install }}": f"git+https://github.com/{course.repository}@{course.branch}",
        "{{ exercises }}": " | ".join(cells.visible_checks(nb.cells)),
        "{{ tutorial }}": PurePosixPath(path).parent.name,
        "{{ sections }}": " | ".join(section_feedback.sections(nb.cells)),
        "{{ feedback_endpoint }}": course.feedback.address,
        "{{ feedback_key }}": course.feedback.user_key,
    }
    for cell in nb.cells:
        for placeholder, fact in facts.items():
            cell.source = cell.source.replace(placeholder, fact)
