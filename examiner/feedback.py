"""One page per submission for its student: what each exercise earned, and the hint for what did not pass.

The page is built from the verdict, the gradebook and the student's own answers. It takes nothing from test
cells, so it can hold neither hidden tests nor their values.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import bleach
import jinja2
from markupsafe import Markup
from nbconvert.filters import markdown2html, strip_ansi
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from examiner import cells
from examiner.course import Assignment, Course
from examiner.gradebook import Score, scores
from examiner.verdict import SubmissionState, Verdict, read_verdict

_MAX_OUTPUT = 4_000
_SAFE_TAGS = {
    *bleach.ALLOWED_TAGS, "p", "pre", "h1", "h2", "h3", "h4", "br", "hr", "sub", "sup",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_CODE_FORMAT = HtmlFormatter(style="default", nobackground=True)


@dataclass(frozen=True)
class ExerciseFeedback:
    """What the page says about one exercise."""

    name: str
    summary: str
    level: str
    points: str
    messages: tuple[str, ...]
    comments: tuple[str, ...]
    answer: Markup
    outputs: tuple[Markup, ...]


def write_feedback(course: Course, assignment: Assignment) -> list[Path]:
    """Write the page of every examined submission of an assignment, and return where."""
    book = scores(course, assignment)
    graded = sorted((course.root / "autograded").glob(f"*/{assignment.name}"))
    pages = []
    for folder in graded:
        verdict = read_verdict(folder)
        if verdict is None:
            continue
        page = course.path("feedback", assignment, verdict.student) / f"{assignment.notebook}.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(_page(course, assignment, verdict, book), encoding="utf-8")
        pages.append(page)
    return pages


def _page(course: Course, assignment: Assignment, verdict: Verdict, book: dict[str, Score]) -> str:
    exercises = []
    if verdict.state is SubmissionState.GRADED:
        folder = course.path("autograded", assignment, verdict.student)
        notebook = cells.read_notebook(folder / assignment.filename)
        names = dict.fromkeys(cells.exercise_name(cell) for cell in cells.graded(notebook.cells))
        exercises = [_about(name, verdict, book[verdict.student], notebook) for name in names]
    template = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
        Path(__file__).with_name("feedback.html").read_text(encoding="utf-8")
    )
    return template.render(
        title=assignment.title,
        verdict=verdict,
        score=book.get(verdict.student),
        exercises=exercises,
        number=number,
        code_style=_CODE_FORMAT.get_style_defs("pre"),
    )


def number(points: float) -> str:
    """Return points as people write them: 20, not 20.0; 7.5 as it is."""
    return f"{points:.2f}".rstrip("0").rstrip(".")


def _about(name: str, verdict: Verdict, score: Score, notebook: Any) -> ExerciseFeedback:
    answers = [c for c in notebook.cells if cells.exercise_name(c) == name and cells.is_solution(c)]
    written = [score.written[key] for key in map(cells.grade_id, answers) if key in score.written]
    tests = verdict.by_exercise().get(name, [])
    earned = sum(test.points + test.bonus for test in tests) + sum(answer.points for answer in written)
    possible = sum(test.max_points for test in tests) + sum(answer.max_points for answer in written)
    bonus = sum(test.max_bonus for test in tests)
    level, summary = _level(earned, possible + bonus, any(answer.waiting for answer in written))
    return ExerciseFeedback(
        name=name,
        summary=summary,
        level=level,
        points=f"{number(earned)} of {number(possible + bonus)}{'' if possible else ' extra'} points",
        messages=tuple(dict.fromkeys(test.message for test in tests if test.message)),
        comments=tuple(score.comments[key] for key in map(cells.grade_id, answers) if key in score.comments),
        answer=Markup("").join(_answer(cell) for cell in answers),
        outputs=tuple(o for cell in answers for output in cell.get("outputs", []) if (o := _output(output))),
    )


def _level(earned: float, possible: float, waiting: bool) -> tuple[str, str]:
    """Return a style and words for how an exercise went; colour never stands alone."""
    if waiting:
        return "part", "… a person grades this"
    if earned >= possible:
        return "full", "✓ passed"
    return ("part", "◐ partly passed") if earned else ("none", "✗ not yet")


def _answer(cell: Any) -> Markup:
    if cell.cell_type == "code":
        return Markup(highlight(cell.source, PythonLexer(), _CODE_FORMAT))
    return Markup(bleach.clean(markdown2html(cell.source), tags=_SAFE_TAGS, strip=True))


def _output(output: Any) -> Markup:
    """Return one output of the student's own cell, as safe HTML; empty where there is nothing to show."""
    if output.output_type == "stream":
        return _text(output.text)
    if output.output_type == "error":
        return _text(f"{output.ename}: {output.evalue}")
    image = output.get("data", {}).get("image/png")
    if image:
        return Markup(f'<img alt="Figure drawn by your code" src="data:image/png;base64,{escape(image)}">')
    return _text(output.get("data", {}).get("text/plain", ""))


def _text(text: str) -> Markup:
    text = strip_ansi(text).strip()
    if len(text) > _MAX_OUTPUT:
        text = text[:_MAX_OUTPUT] + " … (cut)"
    return Markup(f"<pre>{escape(text)}</pre>") if text else Markup("")
