"""What is known of people, kept in `submitted/.people.json`: the folders' names and numbers, by platform.

Neither nbgrader nor git sees the file. It is written whole or not at all. One that is damaged is never
written over, and nothing is collected until a person has looked at it.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from examiner.course import Course
from examiner.errors import NotCollected
from examiner.people import Person

FILE = ".people.json"
_VERSION = 1


def read_people(course: Course) -> dict[str, Person]:
    """Return what is known of people, by the names of their folders."""
    path = _path(course)
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
            f"{path} is damaged ({str(error)[:100]}): put it right, or move it away, and collect again; "
            "who is who is then asked anew. Nothing was collected."
        ) from None


def write_people(course: Course, people: Mapping[str, Person]) -> None:
    """Keep what is known of people, in one step."""
    path = _path(course)
    text = json.dumps(_data(people), indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    try:
        path.parent.mkdir(exist_ok=True)
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            return
        _write_whole(path, text)
    except OSError as error:
        raise NotCollected(f"{path} cannot be written ({error.strerror}): nothing was collected") from None


def _write_whole(path: Path, text: str) -> None:
    passing = path.with_name(f"{FILE}.{os.getpid()}")
    try:
        with passing.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        passing.replace(path)
    finally:
        passing.unlink(missing_ok=True)


def _path(course: Course) -> Path:
    return course.root / "submitted" / FILE


def _data(people: Mapping[str, Person]) -> dict[str, Any]:
    return {
        "version": _VERSION,
        "people": {
            folder: {"names": sorted(person.names), "numbers": _by_platform(person)}
            for folder, person in people.items()
        },
    }


def _by_platform(person: Person) -> dict[str, dict[str, list[str]]]:
    numbers: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for (platform, number), assignments in person.numbers.items():
        numbers[platform][number] = sorted(assignments)
    return numbers


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
