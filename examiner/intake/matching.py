"""What is matched: a student's cells, the places of the release, and how alike two texts are."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from rapidfuzz import fuzz

from examiner.intake.letters import mended_letters
from examiner.notebook import cells
from examiner.notebook.syntax import DEFINITION, bound_names, is_python

_ANSWER_HERE = "YOUR ANSWER HERE"
_MAX_COMPARED = 20_000
# Below this likeness of two texts, of 100, they are not taken for versions of one another.
MIN_LIKENESS = 60
# A copy of a test, or a stub as it was released, is at least this alike.
NEARLY_EQUAL = 92


@dataclass(frozen=True)
class Theirs:
    """A cell of the student's, by its place in the notebook."""

    index: int
    kind: str
    text: str
    ids: frozenset[str]
    outputs: Any = field(default=None, compare=False)
    attachments: Any = field(default=None, compare=False)

    @cached_property
    def defines(self) -> frozenset[str]:
        """The names that its code binds at the top, as `add` in `add = lambda a, b: a + b`.

        Text that happens to show code binds nothing; a code cell that was made a text cell is code still.
        """
        if self.kind == "markdown" and not DEFINITION.search(self.text):
            return frozenset()
        return bound_names(mended_letters(self.text)[0], if_broken=self.kind != "markdown")

    @cached_property
    def is_python(self) -> bool:
        """Whether its text can be parsed as code."""
        return is_python(self.text)


@dataclass(frozen=True)
class Place:
    """A cell of the release."""

    index: int
    cell: Any

    @property
    def name(self) -> str:
        """Its id, which is the grade id of a graded cell."""
        return str(self.cell.id)

    @property
    def text(self) -> str:
        """Its text as released."""
        return str(self.cell.source)

    @cached_property
    def defines(self) -> frozenset[str]:
        """The functions and classes that its code defines: of a stub, the exercise's own."""
        return frozenset(DEFINITION.findall(self.text)) if self.cell.cell_type == "code" else frozenset()

    @property
    def question(self) -> str:
        """What is asked in the cell of a written answer, if it is asked there."""
        question = self.text.partition(_ANSWER_HERE)[0].strip()
        return question if len(question) > 20 and self.cell.cell_type == "markdown" else ""

    def is_stub(self, text: str) -> bool:
        """Return whether a text is this cell as it was released, empty lines and blanks at ends aside."""
        return _lines(text) == _lines(self.text)


@dataclass
class Matches:
    """What belongs where: for each place of the release, the student's cells that have a claim to it."""

    claims: dict[int, list[Theirs]] = field(default_factory=dict)
    taken: dict[int, int] = field(default_factory=dict)

    def add(self, place: Place, their: Theirs) -> None:
        """Give a cell to a place."""
        self.claims.setdefault(place.index, []).append(their)
        self.taken[their.index] = place.index

    def is_free(self, their: Theirs) -> bool:
        """Return whether a cell belongs nowhere yet."""
        return their.index not in self.taken


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines() if line.strip()]


def students_cells(notebook: Any) -> list[Theirs]:
    """Return the cells of a submission that are not empty."""
    return [
        Theirs(
            index,
            cell.cell_type,
            cell.source.strip(),
            frozenset({cells.grade_id(cell), str(cell.get("id", ""))} - {""}),
            cell.get("outputs"),
            cell.get("attachments"),
        )
        for index, cell in enumerate(notebook.cells)
        if cell.source.strip()
    ]


def likeness(one: str, other: str, at_least: float = 0) -> float:
    """Return how alike two texts are, from 0 to 100; 0 where that is less than `at_least`."""
    return fuzz.ratio(one[:_MAX_COMPARED], other[:_MAX_COMPARED], score_cutoff=at_least)


def is_copy(their: Theirs, place: Place) -> bool:
    """Return whether a cell holds a place's text as released, or begins with its question."""
    return their.text == place.text.strip() or begins_alike(their.text, place)


def begins_alike(text: str, place: Place) -> bool:
    """Return whether a text begins as the question that was released, before the place for the answer."""
    question = place.question
    return bool(question) and bool(likeness(text[: len(question)], question, NEARLY_EQUAL))
