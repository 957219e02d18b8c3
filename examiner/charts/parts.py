"""What the page of the class is made of: sections of sentences, pictures and tables, as plain data."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True)
class Picture:
    """A drawing, which says in words what it shows, with its caption."""

    svg: Markup
    title: str


@dataclass(frozen=True)
class DataTable:
    """A table: the first cell of each row is its heading, columns of numbers stand to the right.

    `folded` says whether it is shown on demand, as the table behind a picture is.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()
    code: frozenset[int] = frozenset()
    folded: bool = True


@dataclass(frozen=True)
class Listing:
    """Lines of text under a title, shown on demand."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """A part of the page on one question; its `headline` stands at the top of the page, too."""

    title: str
    sentences: tuple[str, ...]
    pictures: tuple[Picture, ...] = ()
    tables: tuple[DataTable, ...] = ()
    listings: tuple[Listing, ...] = ()
    headline: str = ""


def count(number: int, one: str, many: str = "") -> str:
    """Return how many there are, in words.

    Examples
    --------
    >>> count(1, "student"), count(3, "student"), count(2, "answer waits", "answers wait")
    ('1 student', '3 students', '2 answers wait')
    """
    return f"{number} {one if number == 1 else many or one + 's'}"


def written_name(grade_id: str) -> str:
    """Return how a written answer is called beside the code of the same exercise."""
    return f"{grade_id.removesuffix('-written')} (written)"


def share(part: float, whole: float) -> str:
    """Return a share as people read it: no decimals, and never 0 % or 100 % for what is not."""
    percent = 100 * part / whole if whole else 0.0
    if 0 < percent < 1:
        return "under 1 %"
    return f"{min(percent, 99) if part < whole else percent:.0f} %"
