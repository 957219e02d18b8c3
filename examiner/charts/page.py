"""Puts the pictures of a class on one page, `report/index.html`, which needs no network and no script.

    each assignment ─▶ record ─▶ sections ─class_page.html─▶ one file

The page is for instructors. It names students only where somebody has to be asked: who handed in nothing,
whose work needs a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from markupsafe import Markup

from examiner.apart import Failures, kept_by
from examiner.charts.exercise_sections import difficulty_section, ending_section, hint_section
from examiner.charts.parts import Section
from examiner.charts.record import ClassRecord, read_record
from examiner.charts.standing_sections import attendance_section, marking_section, scores_section
from examiner.charts.timing_section import timing_section
from examiner.charts.written_sections import opinion_section, written_section
from examiner.course.facts import Assignment, Course
from examiner.intake import timestamps
from examiner.results.templates import templates_of
from examiner.wording import harmless, timestamp
from neurocourse.look import style_sheet

FOLDER = "report"
_SECTIONS = (
    attendance_section, marking_section, scores_section, difficulty_section, ending_section, hint_section,
    written_section, timing_section, opinion_section,
)  # fmt: skip


@dataclass(frozen=True)
class Chapter:
    """What the page says of one assignment."""

    name: str
    title: str
    glance: tuple[str, ...]
    sections: tuple[Section, ...]


def write_page(course: Course, assignments: Sequence[Assignment], failures: Failures | None = None) -> Path:
    """Write the page on these assignments, in one step, and return where it is.

    An assignment that cannot be drawn is kept apart in `failures`; without it, the first one ends the work.
    """
    chapters = []
    for each in assignments:
        with kept_by(failures, each.name):
            chapters.append(chapter(read_record(course, each)))
    page = course.root / FOLDER / "index.html"
    page.parent.mkdir(exist_ok=True)
    partial = page.with_suffix(".partial")
    partial.write_text(harmless(page_of(course, chapters)), encoding="utf-8", errors="replace")
    partial.replace(page)
    return page


def chapter(record: ClassRecord) -> Chapter:
    """Return what the page says of one assignment."""
    sections = tuple(make(record) for make in _SECTIONS)
    return Chapter(record.assignment.name, record.assignment.title, _glance(sections), sections)


def _glance(sections: Iterable[Section]) -> tuple[str, ...]:
    """Return what to know first: the headline of each section that has one."""
    return tuple(section.headline for section in sections if section.headline)


def page_of(course: Course, chapters: Iterable[Chapter]) -> str:
    """Return the page as HTML."""
    return (
        templates_of("examiner.charts")
        .get_template("class_page.html")
        .render(
            title=course.title,
            chapters=list(chapters),
            made=timestamp(timestamps.now()),
            style=_style(),
        )
    )


def _style() -> Markup:
    look = style_sheet()
    pages = resources.files("examiner.results").joinpath("feedback.css").read_text(encoding="utf-8")
    own = resources.files("examiner.charts").joinpath("class_page.css").read_text(encoding="utf-8")
    return Markup(look + pages + own)
