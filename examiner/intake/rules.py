"""The rules by which a student's cells are given to the cells of the release, the surest first.

    copies ─▶ tests ─▶ ids and definitions ─▶ ids alone ─▶ likeness of the text ─▶ its place

Content counts more than an id. Splitting or duplicating a cell copies its id, other editors lose it, and
people can type it by hand. A function is what the tests will call. To add a rule, write a function that adds
to `search.matches`, put it into `RULES`, and put a notebook that needs it into its test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from examiner.intake.matching import (
    MIN_LIKENESS,
    NEARLY_EQUAL,
    Matches,
    Place,
    Theirs,
    begins_alike,
    likeness,
)
from examiner.notebook import cells


@dataclass
class Search:
    """What is matched: the student's cells, the places of the release by their kinds, what was found."""

    theirs: list[Theirs]
    places: list[Place]
    matches: Matches = field(default_factory=Matches)

    @cached_property
    def answers(self) -> list[Place]:
        """The places for answers."""
        return [place for place in self.places if cells.is_solution(place.cell)]

    @cached_property
    def tests(self) -> list[Place]:
        """The places of tests."""
        return [place for place in self.places if cells.is_test(place.cell)]

    @cached_property
    def given(self) -> list[Place]:
        """The places of cells that are given."""
        return [place for place in self.places if place not in self.answers and place not in self.tests]

    @cached_property
    def exercised(self) -> frozenset[str]:
        """The functions and classes that answers must define."""
        return frozenset().union(*(place.defines for place in self.answers))

    @property
    def free(self) -> Iterator[Theirs]:
        """The student's cells that belong nowhere yet."""
        return filter(self.matches.is_free, self.theirs)

    def unclaimed(self, places: list[Place]) -> list[Place]:
        """Return those of these places to which no cell belongs."""
        return [place for place in places if place.index not in self.matches.claims]

    @property
    def lost(self) -> list[Place]:
        """The answers to which no cell belongs, and whose function no cell of the student's defines."""
        found = frozenset().union(*(their.defines for their in self.theirs))
        return [place for place in self.unclaimed(self.answers) if not place.defines & found]

    @property
    def unanswered(self) -> list[Place]:
        """The answers that are lost, or of which only the stub is there."""
        claims = self.matches.claims
        claimed = [place for place in self.answers if place.index in claims]
        stubs = [
            place for place in claimed if all(place.is_stub(their.text) for their in claims[place.index])
        ]
        lost = self.lost
        return [place for place in self.answers if place in lost or place in stubs]


def untouched_copies(search: Search) -> None:
    """Give untouched copies of given cells to their places, whatever they are named now."""
    for place in search.given:
        copies = [their for their in search.free if their.text == place.text.strip()]
        if copies:
            search.matches.add(place, min(copies, key=lambda their: place.name not in their.ids))


def copies_of_tests(search: Search) -> None:
    """Give copies of test cells to their places, where they only mark where other cells stood."""
    for their in search.free:
        if their.kind == "markdown" or their.defines & search.exercised:
            continue
        alike = {place.index: likeness(their.text, place.text, NEARLY_EQUAL) for place in search.tests}
        named = [place for place in search.tests if place.name in their.ids]
        best = max(search.tests, key=lambda place: alike[place.index], default=None)
        if best and alike[best.index]:
            search.matches.add(best, their)
        elif named and their.is_python:
            search.matches.add(named[0], their)


def ids_that_agree(search: Search) -> None:
    """Give cells to the place that they are named after, where their content does not speak against it.

    Of a cell that was split, each piece may have the name: the one with the function is the answer.
    """
    for place in search.answers:
        named = [
            their
            for their in search.free
            if place.name in their.ids
            and not their.defines & search.exercised - place.defines
            and not _answers_another(their, place, search.answers)
            and (their.kind == place.cell.cell_type or their.defines & place.defines)
        ]
        defining = [their for their in named if their.defines & place.defines]
        if not defining and any(their.defines & place.defines for their in search.theirs):
            continue  # the function is in a cell with another name
        for their in _code_first(defining) or named:
            search.matches.add(place, their)


def _answers_another(their: Theirs, place: Place, answers: list[Place]) -> bool:
    """Return whether a cell asks the question of another written answer."""
    others = (other for other in answers if other is not place and other.question != place.question)
    return not begins_alike(their.text, place) and any(begins_alike(their.text, other) for other in others)


def _code_first(theirs: list[Theirs]) -> list[Theirs]:
    """Return the code cells of these, if any: an answer that was made text or raw was put aside."""
    return [their for their in theirs if their.kind == "code"] or theirs


def definitions(search: Search) -> None:
    """Give a cell that defines an exercise's function to it, unless cells with its id define it already.

    Cells with one exercise's function come first: one with two may repeat an earlier answer.
    """
    for alone in (True, False):
        for place in search.answers:
            claimed = search.matches.claims.get(place.index, [])
            if any(their.defines & place.defines and not place.is_stub(their.text) for their in claimed):
                continue
            defining = [
                their
                for their in search.free
                if their.defines & place.defines and (len(their.defines & search.exercised) == 1) == alone
            ]
            for their in _code_first(defining):
                search.matches.add(place, their)


def stubs(search: Search) -> None:
    """Give an answer's untouched stub to it: elsewhere it would run, and undo the answer."""
    for place in search.answers:
        for their in search.free:
            if place.defines and place.is_stub(their.text):
                search.matches.add(place, their)


def ids_alone(search: Search) -> None:
    """Give a cell that lost its function, or became another kind, to the place that it is named after."""
    for place in search.lost:
        for their in search.free:
            may = place.cell.cell_type == "code" or _may_answer(their, place)
            if _is_named(their, place, search) and may:
                search.matches.add(place, their)


def _is_named(their: Theirs, place: Place, search: Search) -> bool:
    return place.name in their.ids and not their.defines & search.exercised


def likest_texts(search: Search) -> None:
    """Give cells without a telling id or definition to the places whose released text they resemble most."""
    pairs = [
        (_resemblance(their, place), -place.index, -their.index, place, their)
        for place in search.lost
        for their in search.free
        if _may_answer(their, place)
    ]
    for alike, *_, place, their in sorted(pairs, key=lambda pair: pair[:3], reverse=True):
        if alike >= MIN_LIKENESS and search.unclaimed([place]) and search.matches.is_free(their):
            search.matches.add(place, their)


def _may_answer(their: Theirs, place: Place) -> bool:
    """Return whether a cell is of a kind to hold an answer; prose in a code cell is an answer still."""
    if place.cell.cell_type == "code":
        return their.kind != "markdown"
    return their.kind != "code" or not their.is_python


def _resemblance(their: Theirs, place: Place) -> float:
    return 100.0 if begins_alike(their.text, place) else likeness(their.text, place.text, MIN_LIKENESS)


def changed_copies(search: Search) -> None:
    """Give changed copies of given cells to their places."""
    for place in search.unclaimed(search.given):
        free = [
            their
            for their in search.free
            if their.kind == place.cell.cell_type and not their.defines & search.exercised
        ]
        named = [their for their in free if place.name in their.ids]
        alike = [(likeness(their.text, place.text, MIN_LIKENESS), -their.index, their) for their in free]
        likest = [pair[-1] for pair in sorted(alike, key=lambda pair: pair[:2], reverse=True) if pair[0]]
        for their in (named + likest)[:1]:
            search.matches.add(place, their)


def places_between_neighbours(search: Search) -> None:
    """Give an answer that is still missing, or is a stub still, the free cells that stand where it stood.

    If the cell of a written answer is gone, all text that is not the release's has a claim.
    """
    anchors = sorted((place, index) for index, place in search.matches.taken.items())
    for place in search.unanswered:
        before = max((index for at, index in anchors if at < place.index), default=-1)
        after = min((index for at, index in anchors if at > place.index), default=len(search.theirs) + 10**6)
        is_text = place.cell.cell_type != "code"
        free = [
            their
            for their in search.free
            if _may_answer(their, place)
            and not their.defines & search.exercised
            and (not place.defines or any(name in their.text for name in place.defines))
        ]
        between = [their for their in free if before < their.index < after]
        if is_text:
            free = [their for their in free if their.kind != "code"]
        asked = [their for their in free if begins_alike(their.text, place)]
        gone = is_text and bool(search.unclaimed([place]))
        for their in asked or between or (free if gone else []):
            search.matches.add(place, their)


def ids_of_anything(search: Search) -> None:
    """Give whatever is named after an answer that is missing to its place."""
    for place in search.lost:
        for their in search.free:
            if _is_named(their, place, search):
                search.matches.add(place, their)


# In the order in which they are tried.
RULES: tuple[Callable[[Search], None], ...] = (
    untouched_copies,
    copies_of_tests,
    ids_that_agree,
    definitions,
    stubs,
    ids_alone,
    likest_texts,
    changed_copies,
    places_between_neighbours,
    ids_of_anything,
)


def match(theirs: list[Theirs], places: list[Place]) -> Matches:
    """Match a student's cells to the cells of the release."""
    search = Search(theirs, places)
    for rule in RULES:
        rule(search)
    return search.matches
