"""Reads from the gradebook who is who, and writes it back: names and numbers of each student's folder.

Older courses kept it in `submitted/.people.json`. Such a file is taken into the gradebook once. If it is
damaged, nothing is collected until a person has looked at it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from examiner.collecting.people import Person
from examiner.course.facts import Course
from examiner.errors import NotCollected
from examiner.gradebook.roster import Identity, Member, read_members, write_members

FILE = ".people.json"
MOVED = ".people.json.moved"
_VERSION = 1
_LONGEST = 300  # what the gradebook takes


def read_people(course: Course) -> dict[str, Person]:
    """Return what is known of people, by the names of their folders."""
    members = read_members(course)
    people = {student: person_of(member) for student, member in members.items()}
    older = _read_file(course.root / "submitted" / FILE)
    return people | {folder: _both(people.get(folder, Person()), known) for folder, known in older.items()}


def write_people(course: Course, people: Mapping[str, Person]) -> None:
    """Keep what is known of people, in one step."""
    members = read_members(course)
    known = {folder: members.get(folder, Member(folder)) for folder in people}
    changed = [replace(known[folder], identities=identities_of(person)) for folder, person in people.items()]
    write_members(course, [member for member in changed if members.get(member.student) != member])
    path = course.root / "submitted" / FILE
    if path.exists():
        path.replace(path.with_name(MOVED))


def person_of(member: Member) -> Person:
    """Return what is known of a member, as decisions on archives need it."""
    numbers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for identity in member.identities:
        if identity.platform:
            numbers[identity.platform, identity.value].add(identity.assignment)
    names = frozenset(identity.value for identity in member.identities if not identity.platform)
    told = {key: frozenset(assignments) for key, assignments in numbers.items()}
    return Person(names, told, member.listed)


def identities_of(person: Person) -> frozenset[Identity]:
    """Return by what a person is known, as the gradebook keeps it."""
    names = (Identity("", name) for name in person.names)
    numbers = (
        Identity(platform, number, assignment)
        for (platform, number), assignments in person.numbers.items()
        for assignment in assignments
        if len(number) <= _LONGEST
    )
    return frozenset([*names, *numbers])


def _both(one: Person, other: Person) -> Person:
    numbers = dict(one.numbers)
    for key, assignments in other.numbers.items():
        numbers[key] = numbers.get(key, frozenset()) | assignments
    return Person(one.names | other.names, numbers, one.listed)


def _read_file(path: Path) -> dict[str, Person]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        _require(isinstance(data, dict) and data.get("version") == _VERSION, f"version {_VERSION}")
        _require(isinstance(data.get("people"), dict), "people")
        return {_folder(folder): _person(known) for folder, known in data["people"].items()}
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise NotCollected(f"{path} cannot be read ({error.strerror}): nothing was collected") from None
    except (ValueError, RecursionError) as error:
        raise NotCollected(
            f"{path} is damaged ({str(error)[:100]}). Nothing was collected. Repair it, or move it away, and "
            "collect again. If you move it away, `make collect` asks again who is who."
        ) from None


def _folder(name: str) -> str:
    _require(name not in ("", ".", "..") and "/" not in name and "\0" not in name, "folders of students")
    return name


def _person(known: Any) -> Person:
    _require(isinstance(known, dict), "names and numbers of each")
    names, numbers = known.get("names"), known.get("numbers")
    _require(_are_texts(names), "a list of names of each")
    _require(isinstance(numbers, dict), "numbers of each")
    _require(all(isinstance(each, dict) for each in numbers.values()), "numbers by platform")
    pairs = [
        ((platform, number), here) for platform, each in numbers.items() for number, here in each.items()
    ]
    _require(all(_are_texts(here) for _, here in pairs), "a list of assignments of each number")
    return Person(frozenset(names), {key: frozenset(here) for key, here in pairs})


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _require(fits: bool, expected: str) -> None:
    if not fits:
        raise ValueError(f"expected {expected}")
