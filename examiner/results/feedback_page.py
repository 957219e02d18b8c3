"""Builds a student's page: where they stand, then each part of each exercise, what did not pass first.

    lesson (source) ┐
    verdict, score  ┼─▶ a view of each part ─feedback.html─▶ one file
    graded notebook ┘

The file holds no script and asks nothing of a network. `feedback` reads what comes in, and writes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import jinja2
from markupsafe import Markup
from pygments import highlight
from pygments.lexers import PythonLexer

from examiner.course.facts import Assignment, Course
from examiner.course.launch import published_path, section_link
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
from examiner.verdict import TestResult, Verdict
from examiner.wording import breakable, number, with_code
from neurocourse.look import SIGNS, colour
from neurocourse.plots import expected_figures

_MAX_CODE = 20_000
_GROUPS = {
    "Look at these first": [s for s in PartState if s.is_to_look_at],
    "Graded by a person": [PartState.CHANGED, PartState.GRADED],
    "Waits for a person": [PartState.WAITING],
    "Passed": [PartState.PASSED],
}


@dataclass(frozen=True)
class Lesson:
    """What the pages of an assignment have in common: its questions, and where each exercise is taught."""

    assignment: Assignment
    questions: dict[str, Question]
    teaching: dict[str, Teaching]
    links: dict[str, str]


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


def lesson(course: Course, assignment: Assignment) -> Lesson:
    """Read what the pages of an assignment have in common from its source."""
    source = cells.read_notebook(course.path("source", assignment) / assignment.filename)
    teaching = teaching_of(source)
    path = published_path(assignment)
    links = {name: section_link(course, path, taught.cell) for name, taught in teaching.items()}
    return Lesson(assignment, questions_of(source), teaching, links)


def page_of_ungraded(taught: Lesson, verdict: Verdict) -> str:
    """Return the page of a submission that could not be graded, with the reason."""
    return _rendered("feedback_ungraded.html", taught, verdict)


def page_of_graded(taught: Lesson, verdict: Verdict, score: Score, notebook: Any) -> str:
    """Return the page of a graded submission."""
    names = dict.fromkeys(cells.exercise_name(cell) for cell in cells.graded(notebook.cells))
    views = [view for name in names for view in _views(name, taught, verdict, score, notebook)]
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
        question=Markup(safe_html(question.without_heading, headings=False)),
        answer=Markup(safe_html(answer, cell.get("attachments"), fit=small, headings=False)),
        outputs=ShownOutputs("", ()),
        figures=(),
    )


def _comments(score: Score, answers: list[Any]) -> tuple[Markup, ...]:
    told = [score.comments[key] for key in map(cells.grade_id, answers) if key in score.comments]
    return tuple(Markup(safe_html(comment, headings=False)) for comment in told)


def _code(cell: Any) -> Markup:
    if len(cell.source) > _MAX_CODE:
        return text_block(cell.source, _MAX_CODE)
    return Markup(highlight(cut_lines(cell.source), PythonLexer(), LIGHT))


def _figures(teaching: Teaching, notebook: Any) -> tuple[tuple[tuple[Markup, ...], tuple[Markup, ...]], ...]:
    """Return one's own figures beside the expected ones, for each cell that drew one's own."""
    drawn = {cell.id: own_figures(cell.get("outputs", [])) for cell in notebook.cells}
    return tuple(
        (drawn[cell], tuple(course_figure(figure.png, figure.alt) for figure in expected_figures(name)))
        for cell, name in teaching.comparisons
        if drawn.get(cell)
    )


def _rendered(template: str, taught: Lesson, verdict: Verdict, **facts: Any) -> str:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("examiner.results", "."),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["breakable"] = lambda name: Markup(breakable(name))
    environment.filters["with_code"] = lambda text: Markup(with_code(text))
    # macros of another file see nothing else
    environment.globals |= {"number": number, "signs": SIGNS, "colour": colour}
    return environment.get_template(template).render(
        title=taught.assignment.title, verdict=verdict, style=page_style("feedback.css", "pre"), **facts
    )
