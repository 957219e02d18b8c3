"""Tells the question of a written exercise from a student's answer, and the model answer from both.

A cell of a written answer holds its question, and the student writes below it, or over it. The question and
what a person marks by come from the source; the rest of the student's cell is the answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from examiner.notebook import cells

_HERE = "YOUR ANSWER HERE"
_HEADING = re.compile(r"^#{1,6} [^\n]*\n+")
_SOLUTION = re.compile(r"^[^\n]*BEGIN SOLUTION[^\n]*\n(.*?)^[^\n]*END SOLUTION", re.DOTALL | re.MULTILINE)
_SCHEME = re.compile(
    r"^=== BEGIN MARK SCHEME[^\n]*\n(.*?)^=== END MARK SCHEME[^\n]*\n?", re.DOTALL | re.MULTILINE
)


@dataclass(frozen=True)
class Question:
    """What a written exercise asks, and for those who mark it the model answer and the mark scheme."""

    text: str
    model_answer: str = ""
    mark_scheme: str = ""

    @property
    def without_heading(self) -> str:
        """The question without the heading above it, for a page that has one of its own."""
        return _HEADING.sub("", self.text)

    def answer_in(self, source: str) -> str:
        """Return what a student's cell holds beside the question, whole or in part."""
        asked = {" ".join(line.split()) for line in self.text.splitlines()} | {_HERE}
        lines = source.splitlines()
        kept = [line for line in lines if not line.strip() or " ".join(line.split()) not in asked]
        return "\n".join(kept).strip()


def question_of(cell: Any) -> Question:
    """Return the question of a written exercise from its cell in the source."""
    solution = "\n".join(_SOLUTION.findall(cell.source))
    return Question(
        text=cells.without_solution(cell.source).strip(),
        model_answer=_SCHEME.sub("", solution).strip(),
        mark_scheme="\n".join(_SCHEME.findall(solution)).strip(),
    )


def questions_of(source: Any) -> dict[str, Question]:
    """Return the questions of a source notebook by the ids of their cells."""
    return {cells.grade_id(cell): question_of(cell) for cell in source.cells if cells.is_written(cell)}
