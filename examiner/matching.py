"""Which of a student's cells belongs to which cell of the release.

    copies of tests and given cells ─▶ ids that agree with the content ─▶ the function that a cell defines
                                    ─▶ ids alone ─▶ likeness of the text ─▶ its place

Content outweighs an id: ids are copied when a cell is split or duplicated, lost by other editors, and can be
typed by hand; a function is what the tests will call.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from rapidfuzz import fuzz

from examiner import cells
from examiner.letters import mended_letters
from examiner.syntax import DEFINITION, bound_names, is_python

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
    return their.text == place.text.strip() or _begins_alike(their.text, place)


def match(theirs: list[Theirs], places: list[Place]) -> Matches:
    """Match a student's cells to the cells of the release."""
    matches = Matches()
    answers = [place for place in places if cells.is_solution(place.cell)]
    tests = [place for place in places if cells.is_test(place.cell)]
    given = [place for place in places if place not in answers and place not in tests]
    exercised = frozenset().union(*(place.defines for place in answers))
    _match_copies(matches, theirs, given)
    _match_tests(matches, theirs, tests, exercised)
    _match_by_id(matches, theirs, answers, exercised)
    _match_by_definition(matches, theirs, answers, exercised)
    found = frozenset().union(*(their.defines for their in theirs))
    answers = [p for p in answers if not p.defines & found or p.index in matches.claims]
    _match_by_id_alone(matches, theirs, _unclaimed(matches, answers), exercised)
    _match_by_text(matches, theirs, _unclaimed(matches, answers))
    _match_given(matches, theirs, _unclaimed(matches, given), exercised)
    _match_by_place(matches, theirs, _unanswered(matches, answers), exercised)
    _match_by_id_alone(matches, theirs, _unclaimed(matches, answers), exercised, anything=True)
    return matches


def _unclaimed(matches: Matches, places: list[Place]) -> list[Place]:
    return [place for place in places if place.index not in matches.claims]


def _unanswered(matches: Matches, answers: list[Place]) -> list[Place]:
    """Return the answers that are missing, or of which only the stub is there."""
    return [
        place
        for place in answers
        if all(place.is_stub(their.text) for their in matches.claims.get(place.index, []))
    ]


def _match_copies(matches: Matches, theirs: list[Theirs], given: list[Place]) -> None:
    """Give untouched copies of given cells to their places, whatever they are named now."""
    for place in given:
        copies = [their for their in theirs if matches.is_free(their) and their.text == place.text.strip()]
        if copies:
            matches.add(place, min(copies, key=lambda their: place.name not in their.ids))


def _match_tests(
    matches: Matches, theirs: list[Theirs], tests: list[Place], exercised: frozenset[str]
) -> None:
    """Give copies of test cells to their places, where they only mark where other cells stood."""
    for their in filter(matches.is_free, theirs):
        if their.kind == "markdown" or their.defines & exercised:
            continue
        alike = {place.index: likeness(their.text, place.text, NEARLY_EQUAL) for place in tests}
        named = [place for place in tests if place.name in their.ids]
        best = max(tests, key=lambda place: alike[place.index], default=None)
        if best and alike[best.index]:
            matches.add(best, their)
        elif named and their.is_python:
            matches.add(named[0], their)


def _match_by_id(
    matches: Matches, theirs: list[Theirs], answers: list[Place], exercised: frozenset[str]
) -> None:
    """Give cells to the place that they are named after, where their content does not speak against it.

    Of a cell that was split, each piece may have the name: the one with the function is the answer.
    """
    for place in answers:
        named = [
            their
            for their in filter(matches.is_free, theirs)
            if place.name in their.ids
            and not their.defines & exercised - place.defines
            and not _answers_another(their, place, answers)
            and (their.kind == place.cell.cell_type or their.defines & place.defines)
        ]
        defining = [their for their in named if their.defines & place.defines]
        if not defining and any(their.defines & place.defines for their in theirs):
            continue  # the function is in a cell with another name
        for their in _code_first(defining) or named:
            matches.add(place, their)


def _answers_another(their: Theirs, place: Place, answers: list[Place]) -> bool:
    """Return whether a cell asks the question of another written answer."""
    others = (other for other in answers if other is not place and other.question != place.question)
    return not _begins_alike(their.text, place) and any(_begins_alike(their.text, other) for other in others)


def _code_first(theirs: list[Theirs]) -> list[Theirs]:
    """Return the code cells of these, if any: an answer that was made text or raw was put aside."""
    return [their for their in theirs if their.kind == "code"] or theirs


def _match_by_definition(
    matches: Matches, theirs: list[Theirs], answers: list[Place], exercised: frozenset[str]
) -> None:
    """Give a cell that defines an exercise's function to it, unless cells with its id define it already.

    Cells with one exercise's function come first: one with two may repeat an earlier answer.
    """
    for alone in (True, False):
        for place in answers:
            claimed = matches.claims.get(place.index, [])
            if any(their.defines & place.defines and not place.is_stub(their.text) for their in claimed):
                continue
            defining = [
                their
                for their in filter(matches.is_free, theirs)
                if their.defines & place.defines and (len(their.defines & exercised) == 1) == alone
            ]
            for their in _code_first(defining):
                matches.add(place, their)
    for place in answers:
        for their in filter(matches.is_free, theirs):
            if place.defines and place.is_stub(their.text):  # else it would run, and undo the answer
                matches.add(place, their)


def _match_by_id_alone(
    matches: Matches,
    theirs: list[Theirs],
    answers: list[Place],
    exercised: frozenset[str],
    *,
    anything: bool = False,
) -> None:
    """Give a cell that became one of another kind to the place that it is named after."""
    for place in answers:
        for their in filter(matches.is_free, theirs):
            named = place.name in their.ids and not their.defines & exercised
            if named and (anything or place.cell.cell_type == "code" or _may_answer(their, place)):
                matches.add(place, their)


def _match_by_text(matches: Matches, theirs: list[Theirs], answers: list[Place]) -> None:
    """Give cells without a telling id or definition to the places whose released text they resemble most."""
    pairs = [
        (_resemblance(their, place), -place.index, -their.index, place, their)
        for place in answers
        for their in theirs
        if matches.is_free(their) and _may_answer(their, place)
    ]
    for alike, *_, place, their in sorted(pairs, key=lambda pair: pair[:3], reverse=True):
        if alike >= MIN_LIKENESS and place.index not in matches.claims and matches.is_free(their):
            matches.add(place, their)


def _may_answer(their: Theirs, place: Place) -> bool:
    """Return whether a cell is of a kind to hold an answer; prose in a code cell is an answer still."""
    if place.cell.cell_type == "code":
        return their.kind != "markdown"
    return their.kind != "code" or not their.is_python


def _resemblance(their: Theirs, place: Place) -> float:
    return 100.0 if _begins_alike(their.text, place) else likeness(their.text, place.text, MIN_LIKENESS)


def _begins_alike(text: str, place: Place) -> bool:
    """Return whether a text begins as the question that was released, before the place for the answer."""
    question = place.question
    return bool(question) and bool(likeness(text[: len(question)], question, NEARLY_EQUAL))


def _match_given(
    matches: Matches, theirs: list[Theirs], given: list[Place], exercised: frozenset[str]
) -> None:
    """Give changed copies of given cells to their places."""
    for place in given:
        free = [their for their in theirs if matches.is_free(their) and not their.defines & exercised]
        named = [their for their in free if place.name in their.ids and their.kind == place.cell.cell_type]
        alike = [
            (likeness(their.text, place.text, MIN_LIKENESS), -their.index, their)
            for their in free
            if their.kind == place.cell.cell_type
        ]
        likest = [pair[-1] for pair in sorted(alike, key=lambda pair: pair[:2], reverse=True) if pair[0]]
        for their in (named + likest)[:1]:
            matches.add(place, their)


def _match_by_place(
    matches: Matches, theirs: list[Theirs], answers: list[Place], exercised: frozenset[str]
) -> None:
    """Give an answer that is still missing, or is a stub still, the free cells that stand where it stood.

    If the cell of a written answer is gone, all text that is not the release's has a claim.
    """
    anchors = sorted((place, index) for index, place in matches.taken.items())
    for place in answers:
        before = max((index for at, index in anchors if at < place.index), default=-1)
        after = min((index for at, index in anchors if at > place.index), default=len(theirs) + 10**6)
        is_text = place.cell.cell_type != "code"
        free = [
            their
            for their in filter(matches.is_free, theirs)
            if _may_answer(their, place)
            and not their.defines & exercised
            and (not place.defines or any(name in their.text for name in place.defines))
        ]
        between = [their for their in free if before < their.index < after]
        if is_text:
            free = [their for their in free if their.kind != "code"]
        asked = [their for their in free if _begins_alike(their.text, place)]
        for their in asked or between or (free if is_text and place.index not in matches.claims else []):
            matches.add(place, their)
