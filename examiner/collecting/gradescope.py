"""Reads who handed in what from Gradescope's export of submissions.

    assignment_91_export/submission_metadata.yml          who handed in each folder, and when
    assignment_91_export/submission_12345/lnp.ipynb       what they handed in

The names of the folders tell nobody. The file is Gradescope's only at the top, beside the folders: a student
may hand in one of that name. Its keys are Ruby's symbols, such as `:submitters:`, with `:name:`, `:sid:` and
`:email:` in it. ucbds-infra/otter-grader reads it so, in `GradescopeParser` of local_grader/metadata.py.
Gradescope itself documents only its sibling in JSON, with `created_at` and several `users` for a group
(gradescope-autograders.readthedocs.io, "Submission Metadata").
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import yaml

from examiner.collecting.archive import Entry, NotPlaced, Who, entry_of
from examiner.collecting.platforms import GRADESCOPE
from examiner.collecting.sources import Packed, Source
from examiner.course.facts import Course
from examiner.errors import NotCollected
from examiner.intake.files import shown_name

FILE = "submission_metadata.yml"
MAX_BYTES = 50_000_000


@dataclass(frozen=True)
class HandIn:
    """A folder of the export: who handed it in (several, where a group did), and when."""

    people: tuple[Who, ...]
    time: datetime | None = None


def place_of(names: list[str]) -> str | None:
    """Return the name of Gradescope's own file in an export, or None: it lies where its folders do."""
    found = [name for name in names if name.rpartition("/")[2] == FILE and name.count("/") <= 1]
    return min(found, key=lambda name: name.count("/"), default=None)


def read_metadata(content: bytes) -> dict[str, HandIn]:
    """Return the hand-ins by their folders; `NotCollected` says what is wrong with the file."""
    try:
        if len(content) > MAX_BYTES:
            raise ValueError(f"it has more than {MAX_BYTES // 1_000_000} MB")
        data = yaml.load(content, yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader)
        if not isinstance(data, dict):
            raise ValueError("expected a folder's name with what is known of it, for each")
        return {str(folder): _hand_in(folder, told) for folder, told in data.items()}
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        said = " ".join(str(error).split())[:120]
        raise NotCollected(f"{FILE} is damaged ({said}): export the submissions again") from None


def entries(
    source: Source, own: str, files: Iterable[Packed], course: Course
) -> tuple[dict[Packed, Entry], list[str]]:
    """Return an entry for each file and each of those who handed it in together, and what has no place.

    `own` is the name of Gradescope's own file.
    """
    metadata = next(file for file in files if file.name == own)
    with source.open(metadata) as opened:
        hand_ins = read_metadata(opened.read(MAX_BYTES + 1))
    top = own.rpartition("/")[0]
    found: dict[Packed, Entry] = {}
    refused: list[str] = []
    for file in files:
        inner = file.name.removeprefix(f"{top}/" if top else "")
        if file is metadata:
            continue
        hand_in = hand_ins.get(inner.partition("/")[0])
        if hand_in is None or not hand_in.people:
            refused.append(f"{shown_name(file.name)} is in no submission that {own} lists")
            continue
        try:
            entry = entry_of(hand_in.people[0], inner.partition("/")[2], course)
        except NotPlaced as reason:
            refused.append(f"{shown_name(file.name)} {reason}")
            continue
        for who in hand_in.people:
            found[replace(file)] = replace(entry, who=who, time=hand_in.time)
    return found, refused


def _hand_in(folder: str, told: Any) -> HandIn:
    submitters = told.get(":submitters") if isinstance(told, dict) else None
    if not isinstance(submitters, list) or not all(isinstance(each, dict) for each in submitters):
        raise ValueError(f"{folder} has no :submitters:")
    people = [_who(each) for each in submitters]
    return HandIn(tuple(dict.fromkeys(people)), _time(told.get(":created_at")))


def _who(told: Mapping[str, Any]) -> Who:
    texts = (told.get(key) for key in (":name", ":sid", ":email"))
    name, school, mail = (text.strip() if isinstance(text, str) else "" for text in texts)
    return Who(name or mail or school, GRADESCOPE.name, school or mail)


def _time(text: Any) -> datetime | None:
    """Return a time such as `2027-02-10 12:30:15.123456000 Z`, or None."""
    if not isinstance(text, str):
        return None
    try:
        time = datetime.fromisoformat(text.strip().replace(" Z", "+00:00").replace(" +", "+"))
    except ValueError:
        return None
    return time if time.tzinfo else time.replace(tzinfo=UTC)
