"""Keeps what a page needs of answers and does not change with a decision: likeness, labels, rendered texts.

Everything here is made from texts alone, so it stays true for as long as the texts are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from functools import lru_cache
from threading import Lock
from typing import Any

from examiner.desk.answers import Written
from examiner.desk.exercises import Exercise
from examiner.desk.formulas import label, result_of
from examiner.desk.grouping import Answer, Likeness
from examiner.desk.guessing import Guesser
from examiner.results.markup import safe_html
from examiner.results.questions import Question
from examiner.results.shown_outputs import small
from examiner.wording import harmless

_MOST_KEPT = 50_000
_EXCERPT, _EXCERPT_READ = 90, 5_000
_SHORT = 8  # words of a model answer that is a word or two itself


class Library:
    """Likeness, labels and HTML of answers, each made once."""

    def __init__(self) -> None:
        self._likeness: dict[str, tuple[Hashable, Likeness]] = {}
        self._groups: dict[tuple[str, float], tuple[Hashable, dict[str, str]]] = {}
        self._guessers: dict[str, tuple[Hashable, Guesser]] = {}
        self._lock = Lock()
        self._label: Callable[[str, str], str] = lru_cache(_MOST_KEPT)(label)
        self._html: dict[Hashable, str] = {}

    def groups(
        self, key: str, exercise: Exercise, written: Mapping[str, Written], distance: float
    ) -> dict[str, str]:
        """Return the name of each answer's group by likeness; `key` tells the question."""
        with self._lock:  # two pages that open at once: the second waits, and finds all done
            likeness, state = self._alike(key, exercise, written)
            held = self._groups.get((key, distance))
            if held is None or held[0] != state:
                held = (state, likeness.groups(distance))
                self._groups[key, distance] = held
            return held[1]

    def guesser(self, key: str, exercise: Exercise, written: Mapping[str, Written]) -> Guesser:
        """Return what guesses the answers to a question; `key` tells the question."""
        with self._lock:
            likeness, state = self._alike(key, exercise, written)
            held = self._guessers.get(key)
            if held is None or held[0] != state:
                held = (state, Guesser(likeness))
                self._guessers[key] = held
            return held[1]

    def _alike(
        self, key: str, exercise: Exercise, written: Mapping[str, Written]
    ) -> tuple[Likeness, Hashable]:
        answers = tuple(
            Answer(grade, exercise.question.answer_in(each.source), each.pictures)
            for grade, each in sorted(written.items())
        )
        state = hash(answers)
        held = self._likeness.get(key)
        if held is None or held[0] != state:
            is_short = len(exercise.question.model_answer.split()) < _SHORT
            held = (state, Likeness(answers, short_is_fine=is_short))
            self._likeness[key] = held
            self._groups = {kept: groups for kept, groups in self._groups.items() if kept[0] != key}
        return held[1], state

    def label(self, exercise: Exercise, written: Written) -> str:
        """Return what a page says of an answer's formulas."""
        return self._label(exercise.question.answer_in(written.source), _result(exercise.question))

    def excerpt(self, exercise: Exercise, written: Written) -> str:
        """Return the first words of an answer, for a list."""
        words = " ".join(exercise.question.answer_in(written.source[:_EXCERPT_READ]).split())
        return harmless(words[:_EXCERPT] + "…" * (len(words) > _EXCERPT))

    def html(self, exercise: Exercise, written: Written) -> str:
        """Return an answer as safe HTML, as the student's page shows it."""
        key = (exercise.name, written.source, written.pictures)
        if key not in self._html:
            if len(self._html) > _MOST_KEPT:
                self._html.clear()
            answer = exercise.question.answer_in(written.source)
            self._html[key] = safe_html(answer, written.attachments, fit=small, headings=False)
        return self._html[key]


@lru_cache(256)
def _result(question: Question) -> str:
    return result_of(question)


def guide(exercise: Exercise) -> dict[str, Any]:
    """Return a question with what it is marked by, as safe HTML."""
    question = exercise.question
    return {
        "question": safe_html(question.without_heading, headings=False),
        "model": safe_html(question.model_answer, headings=False),
        "scheme": safe_html(question.mark_scheme, headings=False),
    }
