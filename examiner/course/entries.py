"""Tables of a TOML file as frozen data: what each entry may be, and a sentence for each one that is not.

    a dataclass, its fields annotated with a `Kind` ─┐
    tables as `tomllib` reads them ──────────────────┴─▶ the dataclass, or problems, each at its place

A field says all that is known of its entry: type, range, unit, default. A field that is a dataclass is a
table, a tuple of dataclasses a list of tables. Any other field is no entry: whoever reads the table gives it.
"""

from __future__ import annotations

import dataclasses
import difflib
import json
import re
import typing
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from examiner.course.toml_lines import Place, line_of

T = TypeVar("T")

_SHOWN = 60


@dataclasses.dataclass(frozen=True)
class Kind:
    """What an entry may be: in words, and as a test of its value.

    `made` turns the value into data; `hint` ends the sentence on a value that is not as expected.
    """

    expected: str
    accepts: Callable[[Any], bool]
    made: Callable[[Any], Any] = lambda value: value
    hint: Callable[[Any], str] = lambda value: ""


@dataclasses.dataclass(frozen=True)
class Problem:
    """An entry that is not as expected; the sentence does not say yet where in the file it stands."""

    place: Place
    said: str


def whole(lowest: int, highest: int, unit: str = "") -> Kind:
    """Return the kind of a whole number in a range, both ends included."""
    return Kind(
        _in_words("a whole number", unit, lowest, highest),
        lambda value: type(value) is int and lowest <= value <= highest,
    )


def number(lowest: float, highest: float, unit: str = "") -> Kind:
    """Return the kind of a number in a range, both ends included."""
    return Kind(
        _in_words("a number", unit, lowest, highest),
        lambda value: type(value) in (int, float) and lowest <= value <= highest,
    )


def text(expected: str, pattern: str, hint: Callable[[Any], str] = lambda value: "") -> Kind:
    """Return the kind of a text that matches a pattern as a whole."""
    return Kind(
        expected,
        lambda value: isinstance(value, str) and re.fullmatch(pattern, value) is not None,
        hint=hint,
    )


def _in_words(kind: str, unit: str, lowest: float, highest: float) -> str:
    return f"{kind}{f' of {unit}' if unit else ''} from {lowest} to {highest}"


class Reader:
    """Reads tables into the dataclasses that describe them, and collects the problems of all of them."""

    def __init__(self, document: type[Any]):
        self.problems: list[Problem] = []
        self.fine: list[tuple[Place, Any]] = []
        self._home_of = {name: home for home, names in reversed(_homes(document)) for name in names}

    def report(self, place: Place, said: str) -> None:
        """Add a problem with the entry or table at a place."""
        self.problems.append(Problem(place, said))

    def table(self, described_by: type[T], facts: Any, place: Place = (), **given: Any) -> T | None:
        """Return a table as the dataclass that describes it; `given` are the fields that are no entries."""
        if not isinstance(facts, dict):
            self.report(
                place, f"{named(place)} is {shown(facts)}, expected one table, headed {_header(place)}"
            )
            return None
        n_before = len(self.problems)
        entries = _entries_of(described_by)
        values = {
            name: self._entry(entries[name], facts[name], (*place, name)) for name in entries if name in facts
        }
        meant = {self._unknown(name, entries, place) for name in facts if name not in entries}
        for name in _needed(described_by) & entries.keys() - facts.keys() - meant:
            self._missing(name, entries[name], place)
        if len(self.problems) > n_before:
            return None
        made = described_by(**values, **given)
        self._find_contradictions(made, place)
        self.fine.append((place, made))
        return made

    def _entry(self, entry: Any, value: Any, place: Place) -> Any:
        if isinstance(entry, Kind):
            return self._value(entry, value, place)
        return self._tables(entry, value, place) if _is_list(entry) else self.table(entry, value, place)

    def _value(self, kind: Kind, value: Any, place: Place) -> Any:
        if kind.accepts(value):
            return kind.made(value)
        said = f"{named(place)} is {shown(value)}, expected {kind.expected}"
        self.report(place, _with_hint(said, kind.hint(value)))
        return None

    def _tables(self, entry: Any, facts: Any, place: Place) -> tuple[Any, ...]:
        """Return the tables of a list; of those that are not as expected there is a problem."""
        if isinstance(facts, list) and facts:
            return tuple(self.table(_inner(entry), table, (*place, n)) for n, table in enumerate(facts))
        self.report(place, f"{named(place)} is {shown(facts)}, expected {_tables_named(place[-1])}")
        return ()

    def _unknown(self, name: str, entries: Mapping[str, Any], place: Place) -> str:
        """Report an entry that there is not; return the name that was probably meant, or an empty text."""
        home, meant = self._home_of.get(name, ""), nearest(name, entries)
        hint = f"it belongs {home}" if home else did_you_mean(meant)
        listed = ", ".join(
            name if isinstance(entry, Kind) else f"[{name}]" for name, entry in entries.items()
        )
        said = f"{_header(place)} has no entry {_key(name)}, expected one of {listed}"
        self.report((*place, name), _with_hint(said, hint))
        return "" if home else meant

    def _missing(self, name: str, entry: Any, place: Place) -> None:
        expected = entry.expected if isinstance(entry, Kind) else _tables_named(name)
        self.report(place, f"{_header(place)} has no entry {name}, expected {expected}")

    def _find_contradictions(self, table: Any, place: Place) -> None:
        """Report what entries that are fine by themselves say against one another."""
        for name, said in getattr(table, "contradictions", tuple)():
            self.report((*place, name), f"{named((*place, name))} {said}")


def sentences(problems: Iterable[Problem], document: str, filename: str) -> list[str]:
    """Return the problems with a document as sentences with its name and line, from top to bottom."""
    lined = sorted((line_of(document, problem.place), problem.said) for problem in problems)
    return [f"{filename}, line {line}: {said}" for line, said in lined]


def shown(value: Any) -> str:
    """Return an entry's value in words, as it stands in the file."""
    if isinstance(value, str):
        return f"the text {json.dumps(value, ensure_ascii=False)[:_SHOWN]}"
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list" if value else "an empty list"
    return str(value).lower() if isinstance(value, bool) else str(value)[:_SHOWN]


def named(place: Place) -> str:
    """Return how a sentence names the entry at a place."""
    if isinstance(place[-1], int):
        return _header(place)
    *table, name = [key for key in place if isinstance(key, str)]
    return f"{name} in {_header(place[:-1])}" if table else name


def nearest(name: str, names: Iterable[str], cutoff: float = 0.6) -> str:
    """Return the name that is most like this one, or an empty text."""
    close = difflib.get_close_matches(name, list(names), n=1, cutoff=cutoff)
    return close[0] if close else ""


def did_you_mean(name: str) -> str:
    """Return a hint that offers a name, or an empty text."""
    return f"did you mean {name}?" if name else ""


def _with_hint(said: str, hint: str) -> str:
    return f"{said}; {hint}" if hint else said


def _key(name: str) -> str:
    """Return a key as it stands in the file: with quotes, unless it is made of letters."""
    return name if re.fullmatch(r"[\w-]+", name) else json.dumps(name)


def _header(place: Place) -> str:
    """Return how the table at a place is headed."""
    if not place:
        return "the top of the file"
    return f"[[{place[0]}]]" if len(place) > 1 else f"[{place[0]}]"


def _tables_named(name: object) -> str:
    return f"tables, each headed [[{name}]]"


def _entries_of(table: type[Any]) -> dict[str, Any]:
    """Return what each entry of a table may be: a `Kind`, a dataclass, or a tuple of dataclasses."""
    entries = {}
    for name, hint in typing.get_type_hints(table, include_extras=True).items():
        kinds = [kind for kind in getattr(hint, "__metadata__", ()) if isinstance(kind, Kind)]
        if kinds:
            entries[name] = kinds[0]
        elif dataclasses.is_dataclass(hint) or _is_list(hint):
            entries[name] = hint
    return entries


def _is_list(hint: Any) -> bool:
    return typing.get_origin(hint) is tuple and dataclasses.is_dataclass(_inner(hint))


def _inner(hint: Any) -> Any:
    return typing.get_args(hint)[0]


def _needed(table: type[Any]) -> set[str]:
    """Return the names of the entries that have no default."""
    return {field.name for field in dataclasses.fields(table) if field.default is dataclasses.MISSING}


def _homes(document: type[Any]) -> list[tuple[str, dict[str, Any]]]:
    """Return the tables of a document: in words where their entries belong, and these."""
    entries = _entries_of(document)
    homes = [("above the first table", entries)]
    for name, entry in entries.items():
        if _is_list(entry):
            homes.append((f"under [[{name}]]", _entries_of(_inner(entry))))
        elif not isinstance(entry, Kind):
            homes.append((f"under [{name}]", _entries_of(entry)))
    return homes
