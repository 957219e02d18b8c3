"""Tells how the exercises went: how hard each was, how it tells students apart, how answers ended, hints.

Difficulty is the share of its points that the class earned. An exercise tells students apart as far as its
points go with those of the rest of the tests (`measures`).
"""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from examiner.charts import drawing
from examiner.charts.drawing import Layer
from examiner.charts.measures import FEWEST, LEAST_TOLD_APART, Correlation, correlation
from examiner.charts.parts import DataTable, Picture, Section, count, share, written_name
from examiner.charts.record import ClassRecord
from examiner.charts.svg import BLUE, GREEN, GREY, ORANGE, PINK, SKY, YELLOW
from examiner.charts.svg import drawing as drawn
from examiner.results.hints import Ending, ending, hint_of
from examiner.results.standing import Part, PartState
from examiner.verdict import TestResult

_MOST_HINTS = 15
_LONGEST = 300
_SAID = {
    "difficulty": (
        "Solved: the share of an exercise's points that the class earned; of written answers, those that are "
        "marked. Below 50 %, an exercise is hard; above 90 %, nearly everybody has it."
    ),
    "apart": (
        "Tells apart: how far the points of an exercise go with the points of all other tests, from -1 to 1 "
        "(item-rest correlation, Crocker and Algina 1986). The line is where the value lies for 95 of 100 "
        f"such classes. Below {LEAST_TOLD_APART:g} (an empty diamond; Ebel and Frisbie 1991), an exercise "
        "says little of what a student can do; below 0, look at its tests."
    ),
}
_ENDINGS = {
    Ending.PASSED: (BLUE, ""),
    Ending.ONLY_HIDDEN: (ORANGE, "xx"),
    Ending.KNOWN: (SKY, ""),
    Ending.GENERAL: (YELLOW, "//"),
    Ending.RAISED: (PINK, "\\\\"),
    Ending.STOPPED: (GREEN, "--"),
    Ending.BLANK: (GREY, ""),
}


@dataclass(frozen=True)
class _Item:
    """One part of the notebook, as a test of what a class can do."""

    name: str
    worth: float
    solved: float  # in percent
    n: int
    apart: Correlation | None


def difficulty_section(record: ClassRecord) -> Section:
    """Return how hard each exercise was, and how far it tells students apart."""
    items = sorted(_items(record), key=lambda item: item.solved)
    title = "Exercises: how hard, and what they tell apart"
    if not items:
        return Section(title, ("Nothing is graded yet.",))
    said = [_SAID["difficulty"], _SAID["apart"]]
    if len(record.graded) < FEWEST:
        said = [
            said[0],
            f"A correlation of {count(len(record.graded), 'student')} says nothing, so none is shown.",
        ]
    names = [item.name for item in items]
    hardest = (
        f"The hardest exercise is `{items[0].name}`: the class has {items[0].solved:.0f} % of its points."
    )
    pictures = [
        Picture(
            drawn(
                drawing.bars(names, [item.solved for item in items], "solved, in percent of its points"),
                f"{record.assignment.name}-solved", f"Bars for {len(items)} exercises. {hardest}",
            ),
            "How much the class solved, the hardest first",
        )
    ]  # fmt: skip
    if any(item.apart for item in items):
        figure = drawing.ranges(
            names, [item.apart for item in items], LEAST_TOLD_APART, "tells apart (item-rest correlation)"
        )
        low = [item.name for item in items if item.apart and item.apart.is_below]
        below = f"Below {LEAST_TOLD_APART:g}: {', '.join(low) or 'none'}."
        pictures.append(
            Picture(
                drawn(figure, f"{record.assignment.name}-apart", f"Points with ranges. {below}"),
                "How far each tells students apart",
            )
        )  # fmt: skip
    return Section(title, (hardest, *said), tuple(pictures), (_item_table(items),), headline=hardest)


def _item_table(items: list[_Item]) -> DataTable:
    rows = tuple(
        (
            item.name, f"{item.worth:g}", str(item.n), f"{item.solved:.0f} %",
            f"{item.apart.value:.2f}" if item.apart else "–",
            f"{item.apart.low:.2f} to {item.apart.high:.2f}" if item.apart else "–",
        )
        for item in items
    )  # fmt: skip
    columns = ("exercise", "points", "students", "solved", "tells apart", "95 of 100 classes")
    return DataTable(
        "Exercises, the hardest first", columns, rows, frozenset(range(1, 6)), code=frozenset({0})
    )


def _items(record: ClassRecord) -> list[_Item]:
    tests = {v.student: sum(t.points + t.bonus for t in v.tests) for v in record.graded}
    items = []
    for name in record.exercises:
        rest = {
            student: tests[student] - sum(t.points + t.bonus for t in own)
            for student, own in record.results[name].items()
        }
        items += _item(name, record.code_parts(name), rest)
    for name in record.written:
        marked = {s: p for s, p in record.written_parts(name).items() if p.state is PartState.GRADED}
        items += _item(written_name(name), marked, tests)
    return items


def _item(name: str, parts: Mapping[str, Part], rest: Mapping[str, float]) -> list[_Item]:
    parts = {student: part for student, part in parts.items() if part.possible and student in rest}
    if not parts:
        return []
    earned = [part.earned for part in parts.values()]
    worth = max(part.possible for part in parts.values())
    solved = 100 * statistics.fmean(part.earned / part.possible for part in parts.values())
    return [_Item(name, worth, solved, len(parts), correlation(earned, [rest[s] for s in parts]))]


def ending_section(record: ClassRecord) -> Section:
    """Return how the answers to each exercise ended, and where only hidden checks refused them."""
    title = "How answers ended"
    if not record.graded:
        return Section(title, ("Nothing is graded yet.",))
    endings = {name: _endings(record, name) for name in record.exercises}
    hidden = {name: counts[Ending.ONLY_HIDDEN] for name, counts in endings.items()}
    said = [_hidden_told(hidden), _general_told(endings)]
    names = list(endings)
    layers = [
        Layer(kind, [counts[kind] for counts in endings.values()], colour, hatch)
        for kind, (colour, hatch) in _ENDINGS.items()
    ]
    figure = drawing.stacks(names, layers, "students")
    table = DataTable(
        "How many answers ended in which way",
        ("exercise", *_ENDINGS),
        tuple((name, *(str(counts[kind]) for kind in _ENDINGS)) for name, counts in endings.items()),
        numbers=frozenset(range(1, 1 + len(_ENDINGS))), code=frozenset({0}),
    )  # fmt: skip
    alternative = f"Bars for {len(names)} exercises, in the notebook's order. {said[0]}"
    picture = Picture(
        drawn(figure, f"{record.assignment.name}-endings", alternative), "How answers ended, by exercise"
    )
    return Section(title, tuple(said), (picture,), (table,))


def _hidden_told(hidden: Mapping[str, int]) -> str:
    most = sorted(((number, name) for name, number in hidden.items() if number), reverse=True)
    if not most:
        return "No answer passed its visible checks and failed hidden ones."
    named = ", ".join(f"`{name}` ({number})" for number, name in most)
    return (
        f"Students who read “all visible checks pass” and still got no points: {named}. Where this is often, "
        "let a visible check show the mistake."
    )


def _general_told(endings: Mapping[str, Counter[Ending]]) -> str:
    number = sum(counts[Ending.GENERAL] + counts[Ending.RAISED] for counts in endings.values())
    if not number:
        return "Each answer that was refused got a hint for its own mistake."
    got = count(number, "answer was refused without a hint for its own mistake.",
                "answers were refused without a hint for their own mistake.")  # fmt: skip
    return f"{got} `make harvest` groups what they return, and drafts hints for the frequent ones."


def _endings(record: ClassRecord, exercise: str) -> Counter[Ending]:
    """Return how the answers to an exercise ended: each by the first of its tests that did not pass."""
    known = record.known.get(exercise, frozenset())
    found: Counter[Ending] = Counter()
    for tests in record.results[exercise].values():
        kinds = [ending(test, known) for test in tests]
        found[next((kind for kind in kinds if kind is not Ending.PASSED), Ending.PASSED)] += 1
    return found


def hint_section(record: ClassRecord) -> Section:
    """Return the hints by how many students met them; exercises that are not filled in are counted apart."""
    title = "Hints by frequency"
    met, blank = _hints(record)
    n_blank, n_students = sum(blank.values()), len(record.graded)
    if not met and not n_blank:
        return Section(title, ("Nobody met a hint.",))
    said = [f"A hint is counted once for each student, whatever values the answer had. {_blank_told(blank)}"]
    hints = sorted(met.items(), key=lambda each: (-len(each[1]), each[0]))
    rows = tuple(
        (hint[:_LONGEST], name, str(len(students)), share(len(students), n_students))
        for (name, hint), students in hints[:_MOST_HINTS]
    )
    if len(hints) > _MOST_HINTS:
        said.append(f"The table shows the {_MOST_HINTS} most frequent of {len(hints)} hints.")
    columns = ("hint", "exercise", "students", "of the class")
    table = DataTable(
        "Hints, the most frequent first", columns, rows, frozenset({2, 3}), code=frozenset({1}), folded=False
    )
    return Section(title, tuple(said), tables=(table,) if rows else (), headline=_most_met(rows))


def _most_met(rows: Sequence[tuple[str, ...]]) -> str:
    if not rows:
        return ""
    hint, exercise, number, of_class = rows[0]
    return f"The most frequent hint, met by {number} ({of_class}), is of `{exercise}`: {hint}"


def _blank_told(blank: Mapping[str, int]) -> str:
    if not blank:
        return "Nobody left an exercise unfilled."
    most = sorted(blank.items(), key=lambda each: (-each[1], each[0]))
    named = ", ".join(f"`{name}` ({number})" for name, number in most)
    return f"Not filled in, and so not among the hints: {named}."


def _hints(record: ClassRecord) -> tuple[dict[tuple[str, str], set[str]], dict[str, int]]:
    """Return who met each hint of each exercise, and how many left each exercise unfilled."""
    met: dict[tuple[str, str], set[str]] = defaultdict(set)
    blank: Counter[str] = Counter()
    for name, by_student in record.results.items():
        known = record.known.get(name, frozenset())
        for student, tests in by_student.items():
            kinds = [ending(test, known) for test in tests]
            blank[name] += Ending.BLANK in kinds
            for hint in _told(tests, kinds):
                met[name, hint].add(student)
    return met, {name: number for name, number in blank.items() if number}


def _told(tests: list[TestResult], kinds: list[Ending]) -> set[str]:
    return {
        hint_of(test.message)
        for test, kind in zip(tests, kinds, strict=True)
        if test.message and kind not in (Ending.PASSED, Ending.BLANK)
    }
