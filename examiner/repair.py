"""The notebook to be examined, rebuilt from the release with a student's answers in their places.

    student's cells ─▶ matched ─▶ one answer for each exercise, or a doubt ─▶ the release's cells in its order
                                   cells that were added ─▶ kept before the cell that followed them

Test cells, points and the cells around the answers come from the release. Code that fails for no fault of its
meaning is mended. Each change is a sentence. Where two cells could be the answer, nobody guesses: that is a
doubt, and a person decides.
"""

from __future__ import annotations

import copy
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import nbformat

from examiner import cells
from examiner.matching import Matches, Place, Theirs, is_copy, match, students_cells
from examiner.mending import mended
from examiner.needless import around

# A notebook in which fewer of the release's answer and test cells are found is taken for another one.
MIN_FOUND = 0.25
# One with fewer of the cells around the answers, and many answers to choose from, for another course's.
MIN_GIVEN = 0.1
_SETUP = "setup"
_ANOTHER_COURSE = (
    "This looks like another course's notebook: functions in it have the same names, but this assignment's "
    "texts and tests are not there. Hand in the notebook of this assignment."
)
_ELSEWHERE = "# Answered together with `{}`, in the cell above."
# What is shown of a doubt is for a person to read.
_MOST_RIVALS, _MOST_SHOWN, _MOST_DOUBTS = 3, 200, 3


@dataclass(frozen=True)
class Repaired:
    """A notebook to examine; `doubts` say why a person must look at it first."""

    notebook: Any
    repairs: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass
class _Report:
    repairs: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    n_rivals: int = 0


def repair(handed_in: Any, released: Any) -> Repaired:
    """Return the release's notebook with the answers of the notebook that was handed in."""
    theirs = students_cells(handed_in)
    places = [Place(index, cell) for index, cell in enumerate(released.cells)]
    matches = match(theirs, places)
    another = _another_assignment(theirs, places)
    if another:
        return Repaired(copy.deepcopy(released), doubts=(another,))
    report = _Report()
    chosen = {place.index: _choose(place, matches, report) for place in places}
    if report.n_rivals > _MOST_RIVALS and not _has_what_is_given(theirs, places):
        return Repaired(copy.deepcopy(released), doubts=(_ANOTHER_COURSE,))
    _check_tests(matches, places, report)
    added = _added_cells(theirs, matches, chosen)
    notebook = copy.deepcopy(released)
    notebook.cells = _rebuilt(places, chosen, added, report)
    _mend_code(notebook, released, report)
    return Repaired(notebook, tuple(report.repairs), _few(report.doubts))


def _another_assignment(theirs: list[Theirs], places: list[Place]) -> str:
    """Return what to say of a notebook in which next to nothing of the assignment is found, or nothing."""
    names = frozenset().union(*(their.ids | their.defines for their in theirs))
    graded = [place for place in places if cells.is_solution(place.cell) or cells.is_test(place.cell)]
    found = sum(
        bool(names & (place.defines | {place.name})) or any(is_copy(their, place) for their in theirs)
        for place in graded
    )
    if found >= MIN_FOUND * len(graded):
        return ""
    return (
        f"Only {found} of the {len(graded)} cells with exercises and tests were found: is this another "
        "assignment's notebook, or an empty one? Hand in the notebook of this assignment."
    )


def _has_what_is_given(theirs: list[Theirs], places: list[Place]) -> bool:
    """Return whether a notebook holds some of the cells, beside the answers, that the release gives."""
    given = [place for place in places if not cells.is_solution(place.cell)]
    names = frozenset().union(*(their.ids for their in theirs))
    texts = {their.text for their in theirs}
    found = sum(place.name in names or place.text.strip() in texts for place in given)
    return found >= MIN_GIVEN * len(given)


def _check_tests(matches: Matches, places: list[Place], report: _Report) -> None:
    """Say which tests were changed or deleted; they are taken from the release in any case."""
    for place in places:
        if not cells.is_test(place.cell):
            continue
        copies = matches.claims.get(place.index, [])
        if not copies:
            report.repairs.append(f"The test cell `{place.name}` was missing and was put back.")
        elif not any(place.is_stub(their.text) for their in copies):
            report.repairs.append(f"The test cell `{place.name}` had been changed; the original was used.")


def _choose(place: Place, matches: Matches, report: _Report) -> list[Theirs]:
    """Return the student's cells that make the answer of a place, the answer proper first."""
    claims = sorted(matches.claims.get(place.index, []), key=lambda their: their.index)
    if not cells.is_solution(place.cell):
        return claims[:1]
    distinct = list({their.text: their for their in reversed(claims)}.values())[::-1]
    filled = [their for their in distinct if not place.is_stub(their.text)] or distinct[:1]
    rivals = _rivals(place, filled)
    if len(rivals) > 1:
        report.doubts.append(_both(place, rivals))
        report.n_rivals += len(rivals)
    first = {their.index for their in rivals}
    answer = rivals + [their for their in filled if their.index not in first]
    if not claims and not _answered_elsewhere(place, matches):
        report.repairs.append(f"The cell `{place.name}` was missing; it counts as not filled in.")
    elif answer and place.name not in answer[0].ids:
        report.repairs.append(
            f"The answer to `{place.name}` was found by its content; its cell had lost its name."
        )
    elif len(claims) > len(filled):
        report.repairs.append(
            f"The cell `{place.name}` was there more than once; the one filled in was used."
        )
    return answer


def _rivals(place: Place, filled: list[Theirs]) -> list[Theirs]:
    """Return the cells of which only one can be the answer: text, or code that binds the same names."""
    if place.cell.cell_type == "markdown":
        return filled
    if place.defines:
        return [their for their in filled if their.defines & place.defines]
    bound = Counter(name for their in filled for name in their.defines)
    return [their for their in filled if any(bound[name] > 1 for name in their.defines)]


def _answered_elsewhere(place: Place, matches: Matches) -> Theirs | None:
    """Return the cell that holds this exercise's function together with another one's."""
    for claims in matches.claims.values():
        for their in claims:
            if their.defines & place.defines:
                return their
    return None


def _both(place: Place, candidates: list[Theirs]) -> str:
    few = candidates[:_MOST_RIVALS]
    shown = " / ".join(f"cell {their.index + 1}: {_what_differs(their, few)}" for their in few)
    more = f" / and {len(candidates) - len(few)} more" if len(candidates) > len(few) else ""
    return f"There are {len(candidates)} different answers to `{place.name}`: which one counts? {shown}{more}"


def _what_differs(their: Theirs, candidates: list[Theirs]) -> str:
    """Return the lines that a cell does not share with all the others, on one line without markup."""
    lines = [[line.strip() for line in other.text.splitlines() if line.strip()] for other in candidates]
    shared = set(lines[0]).intersection(*lines[1:])
    own = lines[candidates.index(their)]
    text = " ⏎ ".join([line for line in own if line not in shared] or own)
    shown = text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"
    return repr(shown)


def _few(doubts: list[str]) -> tuple[str, ...]:
    """Return the first doubts, and how many more there are: a person sees them when these are settled."""
    more = len(doubts) - _MOST_DOUBTS
    rest = [f"Of {more} more exercises there is more than one answer."] if more > 0 else []
    return (*doubts[:_MOST_DOUBTS], *rest)


def _added_cells(
    theirs: list[Theirs], matches: Matches, chosen: dict[int, list[Theirs]]
) -> dict[int, list[Theirs]]:
    """Return the code cells that belong nowhere, by the place of the release that they stood before."""
    added: dict[int, list[Theirs]] = {}
    waiting: list[Theirs] = []
    spare = {their.index for place in chosen.values() for their in place[1:]}
    for their in theirs:
        place = matches.taken.get(their.index)
        if place is None or their.index in spare:
            if their.kind == "code":
                waiting.append(their)
        elif waiting:
            added.setdefault(place, []).extend(waiting)
            waiting = []
    if waiting:
        added.setdefault(-1, []).extend(waiting)
    return added


def _rebuilt(
    places: list[Place], chosen: dict[int, list[Theirs]], added: dict[int, list[Theirs]], report: _Report
) -> list[Any]:
    rebuilt = []
    defined_at: dict[str, str] = {}
    for place in places:
        rebuilt += [_added_cell(their) for their in added.get(place.index, [])]
        cell = copy.deepcopy(place.cell)
        answer = chosen[place.index]
        if cells.is_solution(cell):
            together = next((defined_at[name] for name in sorted(place.defines) if name in defined_at), "")
            if answer and not (together and place.is_stub(answer[0].text)):
                cell.source = _without_tests(answer[0].text, places)
                if answer[0].attachments and cell.cell_type == "markdown":
                    cell.attachments = cell.get("attachments", {}) | answer[0].attachments
                _say_retyped(place, answer[0], report)
                defined_at |= dict.fromkeys(answer[0].defines, place.name)
            elif together:
                cell.source = _ELSEWHERE.format(together)
                report.repairs.append(f"`{place.name}` was answered in the cell of `{together}`.")
        elif cell.cell_type == "code" and not cells.is_test(cell):
            _keep_changes(place, cell, answer, report)
        rebuilt.append(cell)
        if place.name == _SETUP and answer and not place.is_stub(answer[0].text):
            report.repairs.append(f"The cell `{_SETUP}` had been changed; it ran after the original.")
            rebuilt.append(_added_cell(answer[0]))
    return rebuilt + [_added_cell(their) for their in added.get(-1, [])]


def _mend_code(notebook: Any, released: Any, report: _Report) -> None:
    """Give each of the student's code cells that needs it the code that runs in its place."""
    given = {cell.id: cell.source for cell in released.cells if cell.cell_type == "code"}
    tests = {cell.id for cell in released.cells if cells.is_test(cell)}
    theirs = [c for c in notebook.cells if c.cell_type == "code" and given.get(c.id) != c.source]
    surroundings = around(
        [source for name, source in given.items() if name not in tests], [cell.source for cell in theirs]
    )
    for cell in theirs:
        code, clauses = mended(cell.source, surroundings)
        if clauses:
            cell.metadata[cells.MENDED] = code
            report.repairs.append(f"In the cell `{cell.id}`, {'; '.join(clauses)}.")


def _say_retyped(place: Place, their: Theirs, report: _Report) -> None:
    if their.kind != place.cell.cell_type:
        report.repairs.append(
            f"The cell `{place.name}` had become a {their.kind} cell; it was made a {place.cell.cell_type} "
            "cell again."
        )


def _keep_changes(place: Place, cell: Any, answer: list[Theirs], report: _Report) -> None:
    """Keep what a student changed in a given cell; the release's set-up always runs first, then theirs."""
    if not answer:
        report.repairs.append(f"The cell `{place.name}` was missing and was put back.")
    elif place.is_stub(answer[0].text):
        cell.outputs = answer[0].outputs or []
    elif place.name != _SETUP:
        cell.source = answer[0].text


def _without_tests(text: str, places: list[Place]) -> str:
    """Return an answer without the test cells that were merged into it."""
    for place in places:
        if cells.is_test(place.cell) and place.text.strip() in text:
            text = text.replace(place.text.strip(), "").rstrip()
    return text


def _added_cell(their: Theirs) -> Any:
    cell = {"cell_type": "code", "id": f"{cells.ADDED}{their.index + 1}", "source": their.text}
    return nbformat.from_dict(cell | {"metadata": {}, "outputs": [], "execution_count": None})
