"""Tells how far the class is: who handed in, how the marking goes, and the scores."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Sequence

from examiner.charts import drawing
from examiner.charts.drawing import Layer
from examiner.charts.measures import FEWEST, quartiles
from examiner.charts.parts import DataTable, Listing, Picture, Section, count, share, written_name
from examiner.charts.record import ClassRecord
from examiner.charts.svg import BLUE, GREY, ORANGE, SKY, YELLOW
from examiner.charts.svg import drawing as drawn
from examiner.gradebook.scores import Score
from examiner.results.standing import PartState
from examiner.wording import number

_EDGES = tuple(range(0, 101, 10))
_MARKING = {
    PartState.GRADED: ("marked", BLUE, ""),
    PartState.CHANGED: ("changed since: mark again", ORANGE, "xx"),
    PartState.WAITING: ("waits for a person", YELLOW, "//"),
    PartState.UNANSWERED: ("no answer: 0 points", GREY, ""),
}


def attendance_section(record: ClassRecord) -> Section:
    """Return who handed in, who did not, and whose work a person must look at first."""
    found = record.attendance
    here = len(record.graded) + len(record.apart)
    if found.n_listed:
        handed_in = found.n_listed - len(found.missing)
        said = [f"{handed_in} of the {found.n_listed} students on the roster handed something in."]
    else:
        said = [f"{count(here, 'student')} handed something in. `make roster` would tell who did not."]
    if not here:
        said.append("Nothing is graded yet: run `make grade`.")
    if record.apart:
        one, many = "submission needs a person first, and is", "submissions need a person first, and are"
        said.append(f"{count(len(record.apart), one, many)} in no number below.")
    listings = {
        "Handed in nothing": found.missing,
        "Handed in, and not on the roster": found.not_listed,
        "Needs a person before it can be graded": [f"{v.student}: {v.reason}" for v in record.apart],
        "Could not be read, and counts in no number below": [
            f"{student}: {why}" for student, why in record.left_out.items()
        ],
    }
    shown = tuple(
        Listing(f"{title} ({len(lines)})", tuple(lines)) for title, lines in listings.items() if lines
    )
    return Section("Who handed in", tuple(said), listings=shown, headline=said[0])


def marking_section(record: ClassRecord) -> Section:
    """Return how many of the written answers are marked."""
    states = {n: Counter(p.state for p in record.written_parts(n).values()) for n in record.written}
    states = {written_name(name): counts for name, counts in states.items() if counts}
    total = sum((each for each in states.values()), Counter[PartState]())
    changed = total[PartState.CHANGED]
    to_mark = total[PartState.WAITING] + changed
    all_answers = to_mark + total[PartState.GRADED]
    title = "Marking progress"
    if not all_answers:
        return Section(title, ("There is no written answer to mark.",))
    answers = count(all_answers, "written answer is", "written answers are")
    said = [
        f"{total[PartState.GRADED]} of {answers} marked "
        f"({share(total[PartState.GRADED], all_answers)}). Those that were left empty are not among them.",
        f"{count(to_mark, 'answer waits', 'answers wait')} for a person."
        + (f" {changed} of them changed after they were marked." if changed else ""),
    ]
    table = DataTable(
        "Written answers by question",
        ("question", *(name for name, *_ in _MARKING.values())),
        tuple((name, *(str(counts[state]) for state in _MARKING)) for name, counts in states.items()),
        numbers=frozenset(range(1, 5)), code=frozenset({0}),
    )  # fmt: skip
    layers = [
        Layer(name, [counts[state] for counts in states.values()], colour, hatch)
        for state, (name, colour, hatch) in _MARKING.items()
    ]
    figure = drawing.stacks(list(states), layers, "students")
    picture = Picture(
        drawn(figure, f"{record.assignment.name}-marking", f"Bars for {len(states)} questions. {said[0]}"),
        "How far the marking is, by question",
    )
    return Section(title, tuple(said), (picture,), (table,), headline=said[1] if to_mark else said[0])


def scores_section(record: ClassRecord) -> Section:
    """Return how the scores of the class are distributed."""
    scores = list(record.scored.values())
    title = "Scores"
    percents = [_percent(score) for score in scores if score.max_points]
    if not percents:
        return Section(title, ("There is no score yet.",))
    final = [each for each in scores if each.max_points and not each.needs_manual_grade]
    said = [*_middle(percents, scores[0].max_points), *_waiting(len(percents) - len(final))]
    if len(percents) < FEWEST or len(set(percents)) < 2:
        return Section(title, tuple(said), headline=said[0])
    table = _score_table([_percent(each) for each in final], percents)
    done = [int(row[1]) for row in table.rows]
    waits = [int(row[2]) for row in table.rows]
    layers = [Layer("all is marked", done, BLUE), Layer("an answer waits", waits, SKY, "//")]
    figure = drawing.histogram(
        _EDGES, [layer for layer in layers if any(layer.values)], statistics.median(percents)
    )
    alternative = f"Bars: how many students have which score. {said[0]}"
    picture = Picture(drawn(figure, f"{record.assignment.name}-scores", alternative), "Scores")
    return Section(title, tuple(said), (picture,), (table,), headline=said[0])


def _percent(score: Score) -> float:
    return 100 * score.total / score.max_points


def _middle(percents: Sequence[float], max_points: float) -> list[str]:
    of = f"of {number(max_points)} points, with extra credit and after the late penalty"
    if len(percents) == 1:
        return [f"The one student has {percents[0]:.0f} % {of}."]
    if len(set(percents)) == 1:
        return [f"All {len(percents)} students have the same score: {percents[0]:.0f} % {of}."]
    if len(percents) < FEWEST:
        lowest, highest = min(percents), max(percents)
        return [f"The {len(percents)} students have between {lowest:.0f} % and {highest:.0f} % {of}."]
    low, middle, high = quartiles(percents)
    return [
        f"Half of the {len(percents)} students have {middle:.0f} % or more, {of}.",
        f"The middle half of the class lies between {low:.0f} % and {high:.0f} %; "
        f"the lowest score is {min(percents):.0f} %, the highest {max(percents):.0f} %.",
    ]


def _waiting(n_waiting: int) -> list[str]:
    if not n_waiting:
        return []
    has = count(n_waiting, "student has", "students have")
    return [
        f"{has} written answers that wait for a person. They count 0 until then, so scores can only rise."
    ]


def _score_table(final: Iterable[float], percents: Iterable[float]) -> DataTable:
    """Return how many scores lie in each range; what is above 100 % is in the last one."""
    done, everybody = (Counter(_range(each) for each in values) for values in (final, percents))
    rows = []
    for low in _EDGES[:-1]:
        name = f"{low} to {low + 10} %" if low < 90 else "90 % and more"
        rows.append((name, str(done[low]), str(everybody[low] - done[low])))
    return DataTable(
        "How many students have which score",
        ("score", "all is marked", "an answer waits"),
        tuple(rows),
        numbers=frozenset({1, 2}),
    )


def _range(percent: float) -> int:
    return 10 * int(min(max(percent, 0), 99.9) // 10)
