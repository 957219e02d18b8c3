"""Tells what written answers missed, and what students say of the sections."""

from __future__ import annotations

import statistics
from collections import Counter

from examiner.charts import drawing
from examiner.charts.drawing import Layer
from examiner.charts.parts import DataTable, Listing, Picture, Section, count, share, written_name
from examiner.charts.record import ClassRecord, ItemCount
from examiner.charts.svg import BLUE, ORANGE, YELLOW
from examiner.charts.svg import drawing as drawn
from examiner.results.section_feedback import FILE, MARKS, by_number
from examiner.results.standing import Part, PartState
from examiner.wording import number

_MOST_COMMENTS = 200
_LONGEST = 200  # letters of an item
_OPINIONS = {3: ("went well", BLUE, ""), 2: ("so so", YELLOW, "//"), 1: ("got lost", ORANGE, "xx")}


def written_section(record: ClassRecord) -> Section:
    """Return how written answers did that a person has marked."""
    title = "What written answers missed"
    marked = {
        written_name(name): [
            part for part in record.written_parts(name).values() if part.state is PartState.GRADED
        ]
        for name in record.written
    }
    marked = {name: parts for name, parts in marked.items() if parts}
    if not marked:
        return Section(title, ("No written answer is marked yet.",))
    said = "Of the answers that are marked: how many have all points, how many none, and the mean."
    table = DataTable(
        "Marked written answers, by question",
        ("question", "marked", "all points", "no points", "mean", "of"),
        tuple((name, *_row(parts)) for name, parts in marked.items()),
        numbers=frozenset(range(1, 6)), code=frozenset({0}), folded=False,
    )  # fmt: skip
    if not record.items:
        by_items = "Mark at the desk (`make mark`), and the items that answers missed stand here."
        return Section(title, (said, by_items), tables=(table,))
    missed = sorted(record.items, key=lambda item: (-item.percent, item.question, item.number))
    most = _most_missed(missed[0])
    tables = (table, _item_table(missed))
    return Section(title, (said, most), _item_picture(record, missed, most), tables, headline=most)


def _most_missed(item: ItemCount) -> str:
    if not item.n_missed:
        return "No answer that was marked by items missed any."
    missed = f"{item.n_missed} of {count(item.n_marked, 'answer')} ({share(item.n_missed, item.n_marked)})"
    return f"The item that most missed, {missed}, is of `{item.question}`: {_shortened(item.text)}"


def _item_picture(record: ClassRecord, items: list[ItemCount], most: str) -> tuple[Picture, ...]:
    names = [f"{item.question.removesuffix('-written')}, item {item.number}" for item in items]
    figure = drawing.bars(names, [item.percent for item in items], "missed, in percent of marked answers")
    alternative = f"Bars for {count(len(items), 'item')}. {most}"
    return (Picture(drawn(figure, f"{record.assignment.name}-items", alternative), "Items that were missed"),)


def _item_table(items: list[ItemCount]) -> DataTable:
    rows = tuple(
        (
            f"{item.question}, item {item.number}", _shortened(item.text), number(item.points),
            str(item.n_missed), str(item.n_marked), f"{item.percent:.0f} %",
        )
        for item in items
    )  # fmt: skip
    columns = ("item", "what it asks for", "points", "missed by", "of", "share")
    return DataTable("Items of mark schemes, the most missed first", columns, rows, frozenset({2, 3, 4, 5}))


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _row(parts: list[Part]) -> tuple[str, ...]:
    full = sum(part.earned >= part.possible for part in parts)
    none = sum(part.earned == 0 for part in parts)
    mean = statistics.fmean(part.earned for part in parts)
    return str(len(parts)), str(full), str(none), f"{mean:.1f}", number(parts[0].possible)


def opinion_section(record: ClassRecord) -> Section:
    """Return how students found the sections, in numbers and in their words."""
    title = "What students say of the sections"
    if not record.opinions:
        said = ["Nobody handed in an answer to the feedback form of the notebook."]
        return Section(title, tuple(said + _unreadable(record)))
    counts: dict[str, Counter[int]] = {}
    for section in sorted({opinion.section for opinion in record.opinions}, key=by_number):
        marks = [MARKS[each.answer] for each in record.opinions if each.section == section]
        counts[section] = Counter(marks)
    lost = max(counts, key=lambda section: counts[section][1] / counts[section].total())
    worst = counts[lost]
    said = [
        f"Students choose one of three answers for a section. "
        f"{worst[1]} of {count(worst.total(), 'student')} got lost in “{lost}”, the largest share."
        if worst[1]
        else "Students choose one of three answers for a section. Nobody got lost.",
        *_unreadable(record),
    ]
    layers = [
        Layer(name, [each[mark] for each in counts.values()], colour, hatch)
        for mark, (name, colour, hatch) in _OPINIONS.items()
    ]
    figure = drawing.stacks(list(counts), layers, "answers")
    picture = Picture(
        drawn(figure, f"{record.assignment.name}-opinions", f"Bars for {len(counts)} sections. {said[0]}"),
        "How students found each section")  # fmt: skip
    table = DataTable(
        "Answers by section",
        ("section", *(name for name, *_ in _OPINIONS.values())),
        tuple((name, *(str(each[mark]) for mark in _OPINIONS)) for name, each in counts.items()),
        numbers=frozenset({1, 2, 3}),
    )
    return Section(title, tuple(said), (picture,), (table,), _comments(record))


def _unreadable(record: ClassRecord) -> list[str]:
    if not record.n_unreadable_opinions:
        return []
    return [f"{count(record.n_unreadable_opinions, 'file')} {FILE} could not be read."]


def _comments(record: ClassRecord) -> tuple[Listing, ...]:
    """Return what students wrote, by section and without names."""
    said = sorted(
        (each for each in record.opinions if each.comment.strip()), key=lambda each: by_number(each.section)
    )
    if not said:
        return ()
    lines = [f"{each.section}: {' '.join(each.comment.split())}" for each in said[:_MOST_COMMENTS]]
    if len(said) > _MOST_COMMENTS:
        lines.append(f"… and {len(said) - _MOST_COMMENTS} more, in submitted/")
    return (Listing(f"In their words ({len(said)})", tuple(lines)),)
