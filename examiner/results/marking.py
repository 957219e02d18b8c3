"""Arranges a graded notebook for the person who marks it: what they read in view, all else folded.

    graded notebook ┐
    source          ┴─arrange─▶ its cells, each with how it is shown ─formgrader/─▶ a page

Written answers stand beside their mark scheme and model answer, apart from their question. Runs of given
cells are folded, and so is code whose tests passed. What the page says of a cell is in its metadata, as safe
HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from examiner.notebook import cells
from examiner.results.markup import safe_html
from examiner.results.questions import Question, questions_of
from examiner.wording import number, with_code

SHOWN = "marking"  # in a cell's metadata: how it is shown
_DETAILS = re.compile(r"(</summary>)\n(.*?)\n(</details>)", re.DOTALL)
_HEADING = re.compile(r"^#{1,3} (.+?)(?: \([^()]*\bmin\))?$", re.MULTILINE)
_PASSED = re.compile(r"\w+: passed\n")


def arrange(notebook: Any, source: Any) -> None:
    """Say in each cell of a graded notebook how it is shown to the person who marks it."""
    questions = questions_of(source)
    passed = {cells.exercise_name(c) for c in notebook.cells if cells.is_test(c)}
    passed -= {cells.exercise_name(c) for c in notebook.cells if cells.is_test(c) and not _has_passed(c)}
    for cell in notebook.cells:
        worth = number(cells.points(cell)) if cells.graded([cell]) else ""
        cell.metadata[SHOWN] = {"worth": worth, **_shown(cell, questions, passed)}
    for is_given, run in groupby(notebook.cells, key=lambda cell: cell.metadata[SHOWN]["role"] == "given"):
        if is_given:
            _fold(list(run))


def written_answers(notebook: Any) -> list[str]:
    """Return the ids of the written answers that an arranged notebook shows."""
    return [cells.grade_id(cell) for cell in notebook.cells if cells.is_written(cell)]


def _shown(cell: Any, questions: dict[str, Question], passed: set[str]) -> dict[str, Any]:
    name = cells.grade_id(cell)
    if cells.is_written(cell):
        return {"role": "written", **_written(cell, questions.get(name, Question("")))}
    if cells.is_test(cell):
        return {"role": "test", "passed": _has_passed(cell), "said": "".join(_said(cell))}
    if cells.is_solution(cell):
        return {"role": "code", "open": cells.exercise_name(cell) not in passed}
    if str(cell.get("id", "")).startswith(cells.ADDED):
        return {"role": "added"}
    if cell.cell_type == "markdown":
        cell.source = _DETAILS.sub(r"\1\n\n\2\n\n\3", cell.source)
    return {"role": "given"}


def _written(cell: Any, question: Question) -> dict[str, str]:
    answer = question.answer_in(cell.source)
    return {
        "question": safe_html(question.without_heading, headings=False),
        "answer": safe_html(answer, cell.get("attachments"), headings=False),
        "scheme": safe_html(question.mark_scheme, headings=False),
        "model": safe_html(question.model_answer, headings=False),
    }


def _has_passed(cell: Any) -> bool:
    outputs = cell.get("outputs", [])
    return len(outputs) == 1 and bool(_PASSED.fullmatch(str(outputs[0].get("text", ""))))


def _said(cell: Any) -> Iterator[str]:
    for output in cell.get("outputs", []):
        if output.get("output_type") == "error":
            yield f"<p>{with_code(str(output.get('evalue', '')))}</p>"


def _fold(run: list[Any]) -> None:
    """Fold a run of given cells under the headings in it."""
    headings = [
        title for cell in run if cell.cell_type == "markdown" for title in _HEADING.findall(cell.source)
    ]
    shown = " · ".join(headings[:2] + ["…"] * (len(headings) > 2))
    count = "1 cell" if len(run) == 1 else f"{len(run)} cells"
    run[0].metadata[SHOWN]["fold"] = f"Given{': ' if shown else ''}{with_code(shown)} ({count})"
    run[-1].metadata[SHOWN]["unfold"] = True
