"""Takes what a platform hands out into `submitted/<student>/<assignment>/`.

    zip file or folder ─▶ names (`archive`, `gradescope`) ─▶ whose (`people`) ─▶ the version that counts
        (`versions`) ─▶ put in place (`placing`)

nbgrader's `zip_collect` asks for a regular expression for each platform, unpacks everything without a limit,
and overwrites by file name. Here a submission is put in place whole or not at all. It replaces only an
earlier submission of the same person. Every file that finds no place is named.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import replace as changed
from datetime import datetime, timedelta
from pathlib import Path

from tqdm import tqdm

from examiner.collecting import gradescope, memory, people
from examiner.collecting.archive import OWN_TIME_STAMP, Entry, NotPlaced, Who, understand
from examiner.collecting.collected import Collected
from examiner.collecting.hand_in_times import in_zone, where_times_are_from, with_times
from examiner.collecting.placing import Submission, put
from examiner.collecting.roster import folders_on_disk, keep_export
from examiner.collecting.sources import Packed, Source, open_source
from examiner.collecting.versions import choose, deadline_of, latest_change, times_are_of_handing_in
from examiner.course.facts import Assignment, Course
from examiner.errors import NotCollected
from examiner.gradebook.roster import read_extensions, read_members, write_names
from examiner.intake.files import shown_name

Entries = dict[Packed, Entry]


@dataclass(frozen=True)
class Choices:
    """How a person wants it: `replace` takes any version for what is there, `latest` also one that is late.

    `same` says whose work it is where a name alone does not: `117=Ada_Lovelace`, `117=new`, `names` or `new`.
    `worksheet` is Moodle's, which tells when everybody handed in.
    """

    replace: bool = False
    latest: bool = False
    same: tuple[str, ...] = ()
    worksheet: Path | None = None


def collect(
    course: Course,
    path: Path,
    chosen: str | None = None,
    choices: Choices | None = None,
) -> Collected:
    """Put the submissions of a zip file or folder in place.

    `chosen` names the assignment of files whose names tell none.
    """
    choices = choices or Choices()
    assignment = course.assignment(chosen) if chosen else None
    if choices.worksheet:
        keep_export(course, choices.worksheet, assignment)
    collected = Collected()
    with _alone(course), open_source(path) as source:
        collected.source = source.kind
        entries = _with_assignments(_entries(source, course, collected), assignment, collected)
        entries = with_times(course, entries, collected)
        folders = _folders(course, entries, choices.same, collected)
        submissions = _submissions(course, entries, folders, choices, collected)
        for submission in tqdm(submissions, desc="collect", unit="submission"):
            _place(course, source, submission, choices, collected)
    return collected


@contextmanager
def _alone(course: Course) -> Iterator[None]:
    """Let nobody else collect meanwhile: of two at a time, each would remember only its own people."""
    folder = course.root / "submitted"
    try:
        folder.mkdir(exist_ok=True)
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise NotCollected(f"{folder} cannot be used: {error.strerror}") from None
    try:
        _lock(opened)
        yield
    finally:
        os.close(opened)


def _lock(opened: int) -> None:
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise NotCollected(
            "another `make collect` is running in this course: wait until it is done"
        ) from None
    except OSError:
        return  # some network file systems lock no folders


def _entries(source: Source, course: Course, collected: Collected) -> Entries:
    """Return what the names of the files tell; those that tell too little are named in `collected`."""
    files = source.files()
    good = [file for file in files if not file.fault]
    collected.not_placed += [f"{shown_name(file.name)} {file.fault}" for file in files if file.fault]
    own = gradescope.place_of([file.name for file in good])
    if own is not None:
        entries, refused = gradescope.entries(source, own, good, course)
        collected.not_placed += refused
        return entries
    members = read_members(course).values()
    roster = {each.value for member in members if member.listed for each in member.identities}
    understood = understand((file.name for file in good), course, roster)
    collected.not_placed += [
        f"{shown_name(file.name)} {understood.refused[file.name]}"
        for file in good
        if file.name in understood.refused
    ]
    return {file: understood.entries[file.name] for file in good if file.name in understood.entries}


def _with_assignments(entries: Entries, chosen: Assignment | None, collected: Collected) -> Entries:
    """Return the files whose assignment is told: by their own names, a person, or the student's others."""
    told: dict[Who, set[Assignment]] = {}
    fitting = {}
    for file, entry in entries.items():
        if chosen and entry.assignment and entry.assignment != chosen:
            other = f"has the name of {entry.assignment.name}, not of {chosen.name}"
            collected.not_placed.append(f"{shown_name(file.name)} {other}")
            continue
        fitting[file] = changed(entry, assignment=entry.assignment or chosen)
        told.setdefault(entry.who, set()).update([entry.assignment] if entry.assignment else [])
    placed = {}
    for file, entry in fitting.items():
        possible = {entry.assignment} if entry.assignment else told[entry.who]
        if len(possible) == 1:
            placed[file] = changed(entry, assignment=next(iter(possible)))
        else:
            collected.not_placed.append(
                f"{shown_name(file.name)} does not name its assignment: use ASSIGNMENT=name"
            )
    return placed


def _folders(
    course: Course, entries: Entries, same: Iterable[str], collected: Collected
) -> Mapping[Who, str]:
    """Return the folder of each person, and remember who is who before anything is put there."""
    known = people.distinguish(entry.who for entry in entries.values())
    present: dict[Who, set[str]] = {}
    for entry in entries.values():
        if entry.who in known and entry.assignment:
            present.setdefault(known[entry.who], set()).add(entry.assignment.name)
    decided = people.decide(
        {who: frozenset(names) for who, names in present.items()},
        memory.read_people(course),
        folders_on_disk(course),
        same,
    )
    memory.write_people(course, decided.people)
    collected.namesakes += decided.namesakes
    collected.questions += decided.questions
    asked = {question.who for question in decided.questions}
    for file, entry in entries.items():
        who = known.get(entry.who)
        if who is None or (who not in decided.folders and who not in asked):
            reason = decided.refused.get(who, people.SHARED) if who else people.SHARED
            collected.not_placed.append(f"{shown_name(file.name)} {reason}")
    return {who: decided.folders[same] for who, same in known.items() if same in decided.folders}


def _submissions(
    course: Course, entries: Entries, folders: Mapping[Who, str], choices: Choices, collected: Collected
) -> list[Submission]:
    """Return the version of each student's work that counts."""
    versions: dict[tuple[str, Assignment], dict[datetime | None, Entries]] = {}
    for file, entry in entries.items():
        if entry.who in folders and entry.assignment:
            time = in_zone(entry.time, course.timezone)
            of_all_times = versions.setdefault((folders[entry.who], entry.assignment), {})
            of_all_times.setdefault(time, {})[file] = entry
    by_change = times_are_of_handing_in(list(entries))
    chosen = {assignment for _, assignment in versions}
    extensions = {assignment: read_extensions(course, assignment) for assignment in chosen}
    submissions = []
    for (student, assignment), of_all_times in versions.items():
        deadline = _deadline(course, assignment, extensions[assignment].get(student), choices)
        choice = choose(of_all_times, deadline)
        counted = of_all_times[choice.time]
        time = choice.time or (latest_change(counted) if by_change else None)
        submission = Submission(student, assignment, _files(counted, collected), time, deadline)
        submissions.append(submission)
        _note(submission, counted, collected, several=len(of_all_times) > 1, has_later=choice.has_later)
    collected.times = where_times_are_from(course, entries, submissions, source=collected.source)
    collected.tell_of_roster(read_members(course), {submission.student for submission in submissions})
    names = {
        (submission.student, submission.assignment.name, entry.who.platform): entry.head
        for submission in submissions
        for entry in (entries[file] for file in submission.files.values())
        if entry.head
    }
    write_names(course, names)
    return submissions


def _deadline(
    course: Course, assignment: Assignment, extension: timedelta | None, choices: Choices
) -> datetime | None:
    return None if choices.latest else deadline_of(course, assignment, extension)


def _note(
    submission: Submission, counted: Entries, collected: Collected, *, several: bool, has_later: bool
) -> None:
    """Note what a person should know of one submission."""
    if has_later:
        collected.too_late.append(str(submission))
    elif several:
        collected.earlier.append(str(submission))
    if any(entry.is_late for entry in counted.values()):
        collected.late.append(submission.student)
    if any(path.split("/")[0] == OWN_TIME_STAMP for path in submission.files):
        collected.own_times.append(str(submission))


def _files(entries: Entries, collected: Collected) -> dict[str, Packed]:
    files: dict[str, Packed] = {}
    for file, entry in entries.items():
        if entry.path in files:
            collected.not_placed.append(
                f"{shown_name(file.name)} is in the {collected.source} twice; the first one counts"
            )
        files.setdefault(entry.path, file)
    return files


def _place(
    course: Course, source: Source, submission: Submission, choices: Choices, collected: Collected
) -> None:
    """Put one submission in place; whatever keeps it from that is its own."""
    try:
        what = put(course, source, submission, replace=choices.replace)
        collected.counts[submission.assignment.name, what] += 1
    except NotPlaced as refusal:
        collected.not_placed.append(f"{submission} {refusal}")
    except Exception as error:  # one submission must not keep the others from their places
        collected.not_placed.append(f"{submission} could not be put in place: {_reason(error)}")


def _reason(error: Exception) -> str:
    if not isinstance(error, OSError) or not error.strerror:
        return shown_name(repr(error))
    where = f": {Path(error.filename).name}" if isinstance(error.filename, str) else ""
    return shown_name(f"{error.strerror}{where}")
