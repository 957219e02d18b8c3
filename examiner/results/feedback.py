"""Writes a page for each submission: what each exercise earned, and hints for tests that did not pass.

The page is built from the verdict, the gradebook and the student's own answers. It takes nothing from test
cells, so it can hold neither hidden tests nor their values.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup
from nbconvert.filters import strip_ansi
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from examiner.apart import Failures, kept_by, sentence
from examiner.course import submissions
from examiner.course.facts import Assignment, Course
from examiner.errors import NotGraded
from examiner.gradebook.scores import Score, scores
from examiner.intake import receipts
from examiner.intake.attachments import picture_in
from examiner.notebook import cells
from examiner.results.markup import safe_html
from examiner.verdict import SubmissionState, Verdict, read_verdict
from examiner.wording import harmless, number, time_span, timestamp

_NOTE = "verdict.json.page"  # nbgrader copies nothing of this name
_MAX_OUTPUT, _MAX_OUTPUTS, _MAX_PICTURE = 4_000, 20, 3_000_000
_MAX_CODE = 20_000
_CODE_FORMAT = HtmlFormatter(style="default", nobackground=True)


@dataclass(frozen=True)
class ExerciseFeedback:
    """What the page says about one exercise."""

    name: str
    summary: str
    level: str
    points: str
    messages: tuple[str, ...]
    comments: tuple[Markup, ...]
    answer: Markup
    outputs: tuple[Markup, ...]


def write_feedback(course: Course, assignment: Assignment, failures: Failures | None = None) -> list[Path]:
    """Write the page of every examined submission of an assignment, and return where.

    A page that cannot be written is kept apart in `failures`, and `make review` lists it until it is there;
    without `failures`, the first one ends the work.
    """
    book = scores(course, assignment, failures)
    pages = []
    for student, folder in submissions.folders(course, submissions.GRADED, assignment).items():
        page = course.path("feedback", assignment, student) / f"{assignment.notebook}.html"
        with kept_by(failures, student), _noted(folder):
            page.unlink(missing_ok=True)  # it would tell an older grade
            if verdict := _verdict_in(folder):
                page.parent.mkdir(parents=True, exist_ok=True)
                text = harmless(_page(course, assignment, verdict, book))
                page.write_text(text, encoding="utf-8", errors="replace")
                receipts.copy_receipt(course.path("submitted", assignment, student), page.parent)
                pages.append(page)
    return pages


def _verdict_in(folder: Path) -> Verdict | None:
    verdict = read_verdict(folder)
    if verdict is None and (folder / "verdict.json").exists():
        raise NotGraded("its verdict cannot be read: run `make grade`")
    return verdict


def why_no_page(folder: Path) -> str:
    """Return why the page of a graded submission could not be written, or an empty string."""
    note = folder / _NOTE
    return note.read_text(encoding="utf-8", errors="replace") if note.is_file() else ""


@contextmanager
def _noted(folder: Path) -> Iterator[None]:
    """Leave a note beside the verdict where a page fails, and none where it does not."""
    (folder / _NOTE).unlink(missing_ok=True)
    try:
        yield
    except Exception as error:
        (folder / _NOTE).write_text(sentence(error), encoding="utf-8", errors="replace")
        raise


def _page(course: Course, assignment: Assignment, verdict: Verdict, book: dict[str, Score]) -> str:
    exercises = []
    if verdict.student not in book:
        raise NotGraded(
            f"{assignment.name} of {verdict.student} is not in the gradebook yet: run `make grade`"
        )
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
        score=book[verdict.student],
        exercises=exercises,
        number=number,
        lateness=time_span(86_400 * book[verdict.student].days_late),
        own_due=timestamp(book[verdict.student].own_due),
        code_style=_CODE_FORMAT.get_style_defs("pre"),
    )


def _about(name: str, verdict: Verdict, score: Score, notebook: Any) -> ExerciseFeedback:
    answers = [c for c in notebook.cells if cells.exercise_name(c) == name and cells.is_solution(c)]
    written = [score.written[key] for key in map(cells.grade_id, answers) if key in score.written]
    tests = verdict.by_exercise().get(name, [])
    earned = sum(score.earned.get(test.grade_id, 0.0) for test in tests)
    earned += sum(answer.points for answer in written)
    possible = sum(test.max_points for test in tests) + sum(answer.max_points for answer in written)
    bonus = sum(test.max_bonus for test in tests)
    level, summary = _level(earned, possible + bonus, any(answer.waiting for answer in written))
    return ExerciseFeedback(
        name=name,
        summary=summary,
        level=level,
        points=f"{number(earned)} of {number(possible + bonus)}{'' if possible else ' extra'} points",
        messages=tuple(dict.fromkeys(test.message for test in tests if test.message)),
        comments=tuple(
            Markup(safe_html(score.comments[key]))
            for key in map(cells.grade_id, answers)
            if key in score.comments
        ),
        answer=Markup("").join(_answer(cell) for cell in answers),
        outputs=_outputs([output for cell in answers for output in cell.get("outputs", [])]),
    )


def _level(earned: float, possible: float, waiting: bool) -> tuple[str, str]:
    """Return a style and words for how an exercise went; colour never stands alone."""
    if waiting:
        return "part", "… a person grades this"
    if earned >= possible:
        return "full", "✓ passed"
    return ("part", "◐ partly passed") if earned else ("none", "✗ not yet")


def _answer(cell: Any) -> Markup:
    if cell.cell_type != "code":
        return Markup(safe_html(cell.source, cell.get("attachments"), longest_picture=_MAX_PICTURE))
    if len(cell.source) > _MAX_CODE:
        return _text(cell.source, _MAX_CODE)
    return Markup(highlight(cell.source, PythonLexer(), _CODE_FORMAT))


def _outputs(outputs: list[Any]) -> tuple[Markup, ...]:
    shown = [_output(output) for output in outputs[:_MAX_OUTPUTS]]
    if len(outputs) > _MAX_OUTPUTS:
        shown.append(_text(f"… and {len(outputs) - _MAX_OUTPUTS} more outputs (cut)"))
    return tuple(filter(None, shown))


def _output(output: Any) -> Markup:
    """Return one output of the student's own cell, as safe HTML; empty where there is nothing to show."""
    if output.output_type == "stream":
        return _text(output.get("text", ""))
    if output.output_type == "error":
        return _text(f"{output.get('ename')}: {output.get('evalue')}")
    data = output.get("data", {})
    if not any(kind.startswith("image/") for kind in data):
        return _text(data.get("text/plain", ""))
    address = picture_in(data, _MAX_PICTURE)
    if not address:
        return _text("(a figure that is too large for this page, or of another kind than PNG, JPEG and GIF)")
    return Markup(f'<img alt="Figure drawn by your code" src="{address}">')


def _text(text: Any, longest: int = _MAX_OUTPUT) -> Markup:
    """Return text that a program wrote: without colours, and cut when it is long."""
    whole = str(text)
    text = strip_ansi(whole[:longest]).strip()
    if len(whole) > longest:
        text += " … (cut)"
    return Markup(f"<pre>{escape(text)}</pre>") if text else Markup("")
