"""Unpacks the zip file of a learning platform into `submitted/<student>/<assignment>/`.

    zip file ─▶ names (`archive`) ─▶ whose (`people`) ─▶ the latest of each ─▶ put in place (`placing`)

nbgrader's `zip_collect` asks for a regular expression for each platform, unpacks everything without a limit,
and overwrites by file name. Here a submission is put in place whole or not at all. It replaces only an
earlier submission of the same person. Every file that finds no place is named.
"""

from __future__ import annotations

import fcntl
import os
import stat
import struct
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace as changed
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tqdm import tqdm

from examiner.collecting import memory, people
from examiner.collecting.archive import OWN_TIME_STAMP, Entry, NotPlaced, Who, understand
from examiner.collecting.collected import Collected
from examiner.collecting.placing import Submission, put
from examiner.course.facts import Assignment, Course
from examiner.errors import NotCollected
from examiner.intake.files import is_junk, shown_name
from examiner.intake.timestamps import EXAMPLE, FILE

_PACKING = timedelta(hours=1)
_MTIME = 0x5455  # the extra field that holds the time in UTC

Entries = dict[zipfile.ZipInfo, Entry]


def collect(
    course: Course,
    path: Path,
    chosen: str | None = None,
    *,
    replace: bool = False,
    same: Iterable[str] = (),
) -> Collected:
    """Put the submissions of a zip file in place.

    `chosen` names the assignment of files whose names tell none. A submission that is there already is
    replaced by a later one, or by any with `replace`. `same` says whose work it is where a name alone does
    not: `117=Ada_Lovelace`, `117=new`, `names` or `new`.
    """
    assignment = course.assignment(chosen) if chosen else None
    collected = Collected()
    with _alone(course), _opened(path) as archive:
        entries = _with_assignments(_entries(archive, course, collected), assignment, collected)
        folders = _folders(course, entries, same, collected)
        submissions = _submissions(course, entries, folders, collected)
        for submission in tqdm(submissions, desc="collect", unit="submission"):
            _place(course, archive, submission, replace, collected)
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


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(path)
    except OSError as error:
        raise NotCollected(f"{path} cannot be read: {error.strerror or error}") from None
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error):
        raise NotCollected(f"{path} is not a zip file, or it was cut short: download it again") from None
    with archive:
        yield archive


def _entries(archive: zipfile.ZipFile, course: Course, collected: Collected) -> Entries:
    """Return what the names of the files tell; those that tell too little are named in `collected`."""
    infos = [info for info in archive.infolist() if not info.is_dir() and not is_junk(info.filename)]
    refused = {info: why for info in infos if (why := _is_no_file(info))}
    understood = understand((info.filename for info in infos if info not in refused), course)
    for info in infos:
        reason = refused.get(info) or understood.refused.get(info.filename)
        if reason:
            collected.not_placed.append(f"{shown_name(info.filename)} {reason}")
    return {
        info: understood.entries[info.filename]
        for info in infos
        if info not in refused and info.filename in understood.entries
    }


def _is_no_file(info: zipfile.ZipInfo) -> str:
    if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG):
        return "is a link or a device, not a regular file"
    return "has a password" if info.flag_bits & 1 else ""


def _with_assignments(entries: Entries, chosen: Assignment | None, collected: Collected) -> Entries:
    """Return the files whose assignment is told: by their own names, a person, or the student's others."""
    told: dict[Who, set[Assignment]] = {}
    fitting = {}
    for info, entry in entries.items():
        if chosen and entry.assignment and entry.assignment != chosen:
            other = f"has the name of {entry.assignment.name}, not of {chosen.name}"
            collected.not_placed.append(f"{shown_name(info.filename)} {other}")
            continue
        fitting[info] = changed(entry, assignment=entry.assignment or chosen)
        told.setdefault(entry.who, set()).update([entry.assignment] if entry.assignment else [])
    placed = {}
    for info, entry in fitting.items():
        possible = {entry.assignment} if entry.assignment else told[entry.who]
        if len(possible) == 1:
            placed[info] = changed(entry, assignment=next(iter(possible)))
        else:
            collected.not_placed.append(
                f"{shown_name(info.filename)} does not name its assignment: use ASSIGNMENT=name"
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
        [path.name for path in (course.root / "submitted").iterdir() if _is_students(path)],
        same,
    )
    memory.write_people(course, decided.people)
    collected.namesakes += decided.namesakes
    collected.questions += decided.questions
    asked = {question.who for question in decided.questions}
    for info, entry in entries.items():
        who = known.get(entry.who)
        if who is None or (who not in decided.folders and who not in asked):
            reason = decided.refused.get(who, people.SHARED) if who else people.SHARED
            collected.not_placed.append(f"{shown_name(info.filename)} {reason}")
    return {who: decided.folders[same] for who, same in known.items() if same in decided.folders}


def _is_students(path: Path) -> bool:
    return path.is_dir() and not path.name.startswith(".")


def _submissions(
    course: Course, entries: Entries, folders: Mapping[Who, str], collected: Collected
) -> list[Submission]:
    """Return the latest version of each student's work."""
    versions: dict[tuple[str, Assignment], dict[datetime | None, Entries]] = {}
    for info, entry in entries.items():
        if entry.who in folders and entry.assignment:
            of_all_times = versions.setdefault((folders[entry.who], entry.assignment), {})
            of_all_times.setdefault(entry.time, {})[info] = entry
    of_packing = not _times_are_of_handing_in(entries)
    submissions = []
    for (student, assignment), of_all_times in versions.items():
        time = max((time for time in of_all_times if time), default=None)
        latest = of_all_times[time]
        handed_in = time.replace(tzinfo=course.timezone) if time else None
        if not time and not of_packing:
            handed_in = _latest_change(latest)
        submission = Submission(student, assignment, _files(latest, collected), handed_in)
        submissions.append(submission)
        collected.earlier += [str(submission)] if len(of_all_times) > 1 else []
        collected.late += [student] if any(entry.is_late for entry in latest.values()) else []
        own = [path for path in submission.files if path.split("/")[0] == OWN_TIME_STAMP]
        collected.own_times += [str(submission)] if own else []
    collected.times = _where_times_are_from(course, entries, submissions)
    return submissions


def _files(entries: Entries, collected: Collected) -> dict[str, zipfile.ZipInfo]:
    files: dict[str, zipfile.ZipInfo] = {}
    for info, entry in entries.items():
        if entry.path in files:
            collected.not_placed.append(
                f"{shown_name(info.filename)} is in the zip file twice; the first one counts"
            )
        files.setdefault(entry.path, info)
    return files


def _where_times_are_from(course: Course, entries: Entries, submissions: list[Submission]) -> str:
    if any(entry.time for entry in entries.values()):
        return (
            "The file names tell when the work was handed in. Their times are read in the course's zone, "
            f"{course.timezone} (`timezone` in course.toml)."
        )
    if any(submission.time for submission in submissions):
        return (
            "The times of the files in the zip file count as the times of handing in. If they mean something "
            f"else, write {FILE} beside the notebook ({EXAMPLE})."
        )
    return (
        "The zip file tells only when it was packed, so nobody counts as late. If that matters, write "
        f"{FILE} beside the notebook ({EXAMPLE})."
    )


def _place(
    course: Course, archive: zipfile.ZipFile, submission: Submission, replace: bool, collected: Collected
) -> None:
    """Put one submission in place; whatever keeps it from that is its own."""
    try:
        what = put(course, archive, submission, replace=replace)
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


def _times_are_of_handing_in(entries: Iterable[zipfile.ZipInfo]) -> bool:
    """Return whether files carry times of their own; Canvas and Moodle write the time of packing to all."""
    times = [_time_of(info) for info in entries]
    return bool(times) and max(times) - min(times) > _PACKING


def _latest_change(entries: Iterable[zipfile.ZipInfo]) -> datetime | None:
    latest = max(_time_of(info) for info in entries)
    return latest if latest.year > 1980 else None


def _time_of(info: zipfile.ZipInfo) -> datetime:
    """Return the time of a file: in UTC where the archive says so, else by this machine's clock."""
    extra = info.extra
    while len(extra) >= 4:
        kind, size = struct.unpack("<HH", extra[:4])
        if kind == _MTIME and size >= 5 and len(extra) >= 9 and extra[4] & 1:
            return datetime.fromtimestamp(struct.unpack("<i", extra[5:9])[0], UTC)
        extra = extra[4 + size :]
    try:
        return datetime(*info.date_time).astimezone(UTC)
    except ValueError:  # a month of 0, as some packers write
        return datetime(1980, 1, 1, tzinfo=UTC)
