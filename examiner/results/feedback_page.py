"""Builds a student's page: where they stand, then each part of each exercise, what did not pass first.

    lesson (source) ┐
    verdict, score  ┼─▶ a view of each part ─feedback.html─▶ one file
    graded notebook ┘

The file holds no script and asks nothing of a network. `feedback` reads what comes in, and writes it.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from importlib import resources
from typing import Any

from markupsafe import Markup
from pygments import highlight
from pygments.lexers import PythonLexer

from examiner.course.facts import Assignment, Course
from examiner.course.launch import published_path, section_link
from examiner.exam.edition import edition
from examiner.gradebook.items import Item
from examiner.gradebook.scores import Score
from examiner.notebook import cells
from examiner.results.markup import safe_html
from examiner.results.page_style import LIGHT, page_style
from examiner.results.questions import Question, questions_of
from examiner.results.shown_outputs import (
    ShownOutputs,
    course_figure,
    cut_lines,
    own_figures,
    shown_outputs,
    small,
    text_block,
)
from examiner.results.standing import Part, PartState, code_part, standing, written_part
from examiner.results.teaching import Teaching, teaching_of
from examiner.results.templates import templates_of
from examiner.verdict import TestResult, Verdict
from examiner.wording import number
from neurocourse.plots import expected_figures

_MAX_CODE = 20_000
_LIBRARIES = ("bleach", "jinja2", "latex2mathml", "markupsafe", "mistune", "nbconvert", "pillow", "pygments")
_LOOKS = (".css", ".png")  # beside what `edition` knows
_REMEMBERED = 500  # texts that are the same on many pages
_GROUPS = {
    "Look at these first": [s for s in PartState if s.is_to_look_at],
    "Graded by a person": [PartState.CHANGED, PartState.GRADED],
    "Waits for a person": [PartState.WAITING],
    "Passed": [PartState.PASSED],
}


@dataclass(frozen=True)
class Lesson:
    """What the pages of an assignment have in common: its questions, and where each exercise is taught.

    `items` holds those of its mark schemes, by the names of the cells that were marked by them.
    """

    assignment: Assignment
    questions: dict[str, Question]
    teaching: dict[str, Teaching]
    links: dict[str, str]
    items: dict[str, tuple[Item, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class ItemView:
    """What the page says of an item of a mark scheme: whether an answer earned it, and its points."""

    text: Markup
    earned: bool
    points: str


@dataclass(frozen=True)
class PartView:
    """What the page says about one part of an exercise."""

    part: Part
    section: str
    link: str
    tests: tuple[TestResult, ...]
    comments: tuple[Markup, ...]
    question: Markup
    answer: Markup
    outputs: ShownOutputs
    figures: tuple[tuple[tuple[Markup, ...], tuple[Markup, ...]], ...]
    items: tuple[ItemView, ...] = ()

    @property
    def messages(self) -> tuple[str, ...]:
        """What the tests say, each once, beside the cell's own error."""
        told = dict.fromkeys(test.message for test in self.tests if test.message)
        return tuple(
            message for message in told if not self.outputs.error or self.outputs.error not in message
        )

    @property
    def is_open(self) -> bool:
        """Whether the work is in view: all that lacks points."""
        return self.part.earned < self.part.possible


def lesson(
    course: Course, assignment: Assignment, items: dict[str, tuple[Item, ...]] | None = None
) -> Lesson:
    """Read what the pages of an assignment have in common from its source."""
    source = cells.read_notebook(course.path("source", assignment) / assignment.filename)
    teaching = teaching_of(source)
    path = published_path(assignment)
    links = {name: section_link(course, path, taught.cell) for name, taught in teaching.items()}
    return Lesson(assignment, questions_of(source), teaching, links, items or {})


def page_edition(taught: Lesson) -> str:
    """Return a hash of all that pages are made with: lesson, code and libraries, looks, figures."""
    digest = hashlib.sha256(repr((edition(), taught)).encode(errors="replace"))
    for library in _LIBRARIES:
        digest.update(f"{library} {importlib.metadata.version(library)}\n".encode())
    for package in ("neurocourse", "examiner.results"):
        with resources.as_file(resources.files(package)) as folder:
            for path in sorted(path for path in folder.rglob("*") if path.suffix in _LOOKS):
                digest.update(f"{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def page_of_ungraded(taught: Lesson, verdict: Verdict) -> str:
    """Return the page of a submission that could not be graded, with the reason."""
    return _rendered("feedback_ungraded.html", taught, verdict)


Earned = Mapping[str, frozenset[str]]  # ids of items, by the names of written answers


def page_of_graded(
    taught: Lesson, verdict: Verdict, score: Score, notebook: Any, earned: Earned | None = None
) -> str:
    """Return the page of a graded submission; `earned` are the items by which its answers were marked."""
    names = dict.fromkeys(cells.exercise_name(cell) for cell in cells.graded(notebook.cells))
    views = [view for name in names for view in _views(name, taught, verdict, score, notebook)]
    views = [_with_items(view, taught, earned or {}) for view in views]
    groups = {
        title: [view for view in views if view.part.state in states] for title, states in _GROUPS.items()
    }
    return _rendered(
        "feedback.html",
        taught,
        verdict,
        standing=standing(score, [view.part for view in views]),
        views=views,
        groups={title: group for title, group in groups.items() if group},
        next_step=next_step([view.part for view in views]),
    )


def next_step(parts: Iterable[Part]) -> str:
    """Return in a sentence or two what a student can do now."""
    parts = list(parts)
    failed = list(dict.fromkeys(part.exercise for part in parts if part.state.is_to_look_at))
    waiting = sum(part.state in (PartState.WAITING, PartState.CHANGED) for part in parts)
    if failed:
        more = f" and {len(failed) - 1} more" if failed[1:] else ""
        return f"Look at `{failed[0]}`{more} below: each says what is missing, and where it is taught."
    if waiting:
        answers = "one of your answers" if waiting == 1 else f"{waiting} of your answers"
        return f"Nothing for you to do. A person reads {answers}, and this page is then written anew."
    return "Nothing for you to do: every part is graded, and every test passed."


def _views(name: str, taught: Lesson, verdict: Verdict, score: Score, notebook: Any) -> Iterable[PartView]:
    answers = [c for c in notebook.cells if cells.exercise_name(c) == name and cells.is_solution(c)]
    tests = verdict.by_exercise().get(name, [])
    code = [cell for cell in answers if not cells.is_written(cell)]
    if tests:
        yield _code_view(code_part(name, tests, score), taught, tests, score, code, notebook)
    answered = {answer.grade_id for answer in verdict.written if answer.answered}
    for cell in answers:
        key = cells.grade_id(cell)
        if cells.is_written(cell) and key in score.written:
            part = written_part(name, key, score, bonus=cells.bonus(cell), answered=key in answered)
            yield _written_view(part, taught, score, cell)


def _code_view(
    part: Part, taught: Lesson, tests: list[TestResult], score: Score, code: list[Any], notebook: Any
) -> PartView:
    outputs = [output for cell in code for output in cell.get("outputs", [])]
    teaching = taught.teaching.get(part.exercise, Teaching())
    passed = part.state is PartState.PASSED
    return PartView(
        part=part,
        section=teaching.section,
        link=taught.links.get(part.exercise, ""),
        tests=tuple(tests),
        comments=_comments(score, code),
        question=Markup(""),
        answer=Markup("").join(_code(cell) for cell in code),
        outputs=shown_outputs(outputs),
        figures=() if passed else _figures(teaching, notebook),
    )


def _written_view(part: Part, taught: Lesson, score: Score, cell: Any) -> PartView:
    teaching = taught.teaching.get(part.exercise, Teaching())
    question = taught.questions.get(cells.grade_id(cell), Question(""))
    answer = question.answer_in(cell.source) if part.state is not PartState.UNANSWERED else ""
    return PartView(
        part=part,
        section=teaching.section,
        link=taught.links.get(part.exercise, ""),
        tests=(),
        comments=_comments(score, [cell]),
        question=_formatted(question.without_heading),
        answer=_answer(answer, cell.get("attachments")),
        outputs=ShownOutputs("", ()),
        figures=(),
    )


def _with_items(view: PartView, taught: Lesson, earned: Earned) -> PartView:
    """Add what earned points and what was missing; of items that take points away, those that did."""
    cell = view.part.cell
    if cell not in earned:
        return view
    items = [item for item in taught.items.get(cell, ()) if item.points >= 0 or item.id in earned[cell]]
    shown = tuple(_item(item, earned=item.id in earned[cell]) for item in items)
    return replace(view, items=shown)


def _item(item: Item, *, earned: bool) -> ItemView:
    text = Markup(safe_html(item.text, headings=False))
    if item.points < 0:
        return ItemView(text, False, f"{number(-item.points)} less")
    return ItemView(text, earned, f"{number(item.points if earned else 0)} of {number(item.points)}")


def _comments(score: Score, answers: list[Any]) -> tuple[Markup, ...]:
    told = [score.comments[key] for key in map(cells.grade_id, answers) if key in score.comments]
    return tuple(map(_formatted, told))


def _answer(text: str, attachments: Any) -> Markup:
    if attachments or "data:" in text:
        return Markup(safe_html(text, attachments, fit=small, headings=False))
    return _formatted(text)


@functools.lru_cache(maxsize=_REMEMBERED)
def _formatted(text: str) -> Markup:
    """Return Markdown as HTML: the same question stands on every page, and many a comment on several."""
    return Markup(safe_html(text, headings=False))


def _code(cell: Any) -> Markup:
    if len(cell.source) > _MAX_CODE:
        return text_block(cell.source, _MAX_CODE)
    return _coloured(cell.source)


@functools.lru_cache(maxsize=_REMEMBERED)
def _coloured(source: str) -> Markup:
    return Markup(highlight(cut_lines(source), PythonLexer(), LIGHT))


def _figures(teaching: Teaching, notebook: Any) -> tuple[tuple[tuple[Markup, ...], tuple[Markup, ...]], ...]:
    """Return one's own figures beside the expected ones, for each cell that drew one's own."""
    drawn = {cell.id: own_figures(cell.get("outputs", [])) for cell in notebook.cells}
    return tuple(
        (drawn[cell], tuple(course_figure(figure.png, figure.alt) for figure in expected_figures(name)))
        for cell, name in teaching.comparisons
        if drawn.get(cell)
    )


def _rendered(template: str, taught: Lesson, verdict: Verdict, **facts: Any) -> str:
    page = templates_of("examiner.results").get_template(template)
    return page.render(title=taught.assignment.title, verdict=verdict, style=_style(), **facts)


@functools.cache
def _style() -> Markup:
    return page_style("feedback.css", "pre")
