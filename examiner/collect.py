"""Takes the zip file that a learning platform hands out apart, into `submitted/<student>/<assignment>/`.

    zip file ─▶ names understood (`archive`) ─▶ submissions ─▶ unpacked aside, within limits ─▶ put in place

nbgrader's `zip_collect` asks for a regular expression for each platform, unpacks everything without a limit,
and overwrites by file name. Here a submission is put in place whole or not at all, one that is there gives
way only to a later one, and whatever finds no place is named.
"""

from __future__ import annotations

import hashlib
import stat
import struct
import tempfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

from nbgrader.utils import parse_utc
from tqdm import tqdm

from examiner.archive import Entry, NotPlaced, Who, is_junk, student_names, understand, wrapping_folders
from examiner.course import Assignment, Course
from examiner.errors import NotCollected
from examiner.submission import MAX_BYTES, MAX_FILES, shown_name

_PACKING = timedelta(hours=1)
_TIMESTAMP = "timestamp.txt"
_BLOCK = 1_000_000
_MTIME = 0x5455  # the extra field that holds the time in UTC


@dataclass
class Collected:
    """What became of an archive: how many submissions of which assignment, and what was not placed."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    late: list[str] = field(default_factory=list)
    not_placed: list[str] = field(default_factory=list)
    has_times: bool = True

    def __str__(self) -> str:
        """Return a line for each assignment, and the files that need a person."""
        lines = []
        for assignment in sorted({name for name, _ in self.counts}):
            numbers = [f"{n} {what}" for (name, what), n in sorted(self.counts.items()) if name == assignment]
            lines.append(f"{assignment}: {', '.join(numbers)}")
        if self.counts and not self.has_times:
            lines.append(
                "The times in it are those of packing, so nobody counts as late: where that matters, write "
                f"{_TIMESTAMP} beside the notebook (2027-02-12 10:00:00 UTC)."
            )
        if self.late:
            lines.append(f"Marked late by the platform ({len(self.late)}): {', '.join(sorted(self.late))}")
        if self.not_placed:
            lines.append(f"Not placed ({len(self.not_placed)}):")
            lines += [f"  {sentence}" for sentence in sorted(self.not_placed)]
        return "\n".join(lines) or "nothing in it"


@dataclass(frozen=True)
class _Submission:
    student: str
    assignment: Assignment
    files: dict[str, zipfile.ZipInfo]


def collect(course: Course, path: Path, chosen: str | None = None, *, replace: bool = False) -> Collected:
    """Put the submissions in a zip file in place.

    `chosen` names the assignment of files whose names tell none. A submission that is there already is
    replaced by a later one, or by any with `replace`.
    """
    assignment = course.assignment(chosen) if chosen else None
    collected = Collected()
    with _opened(path) as archive:
        entries = dict(_understood(archive, course, assignment, collected))
        collected.has_times = _times_are_of_handing_in(entries)
        for submission in tqdm(_submissions(entries, collected), desc="collect", unit="submission"):
            handed_in = _time(archive, submission, collected.has_times)
            try:
                what = _put(course, archive, submission, handed_in, replace)
                collected.counts[submission.assignment.name, what] += 1
            except NotPlaced as reason:
                collected.not_placed.append(f"{submission.student}/{submission.assignment.name} {reason}")
    return collected


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(path)
    except OSError as error:
        raise NotCollected(f"{path} cannot be read: {error.strerror or error}") from None
    except zipfile.BadZipFile:
        raise NotCollected(f"{path} is no zip file, or it was cut short: download it again") from None
    with archive:
        yield archive


def _understood(
    archive: zipfile.ZipFile, course: Course, chosen: Assignment | None, collected: Collected
) -> Iterator[tuple[zipfile.ZipInfo, Entry]]:
    """Yield the files that can be placed; the others are named in `collected`."""
    infos = [info for info in archive.infolist() if not info.is_dir() and not is_junk(info.filename)]
    wrapped = wrapping_folders(info.filename for info in infos)
    found: dict[zipfile.ZipInfo, Entry] = {}
    for info in infos:
        try:
            found[info] = _with_assignment(_entry(info, course, wrapped), chosen)
        except NotPlaced as reason:
            collected.not_placed.append(f"{shown_name(info.filename)} {reason}")
    of_student: dict[Who, set[Assignment]] = {}
    for entry in found.values():
        of_student.setdefault(entry.who, set()).update([entry.assignment] if entry.assignment else [])
    for info, entry in found.items():
        told = {entry.assignment} if entry.assignment else of_student[entry.who]
        if len(told) == 1:
            yield info, Entry(entry.who, entry.path, *told)
        else:
            collected.not_placed.append(
                f"{shown_name(info.filename)} does not tell its assignment: use ASSIGNMENT=name"
            )


def _entry(info: zipfile.ZipInfo, course: Course, wrapped: int) -> Entry:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        raise NotPlaced("is a link or a device, which is not followed")
    if info.flag_bits & 1:
        raise NotPlaced("has a password")
    return understand(info.filename, course, wrapped=wrapped)


def _with_assignment(entry: Entry, chosen: Assignment | None) -> Entry:
    if chosen and entry.assignment and entry.assignment != chosen:
        raise NotPlaced(f"is by its name for {entry.assignment.name}, not for {chosen.name}")
    return Entry(entry.who, entry.path, entry.assignment or chosen)


def _submissions(entries: dict[zipfile.ZipInfo, Entry], collected: Collected) -> list[_Submission]:
    students = student_names(entry.who for entry in entries.values())
    found: dict[tuple[str, str], _Submission] = {}
    for info, entry in entries.items():
        assert entry.assignment
        student = students.get(entry.who)
        if student is None:
            collected.not_placed.append(f"{shown_name(info.filename)} is by its name of several students")
            continue
        key = student, entry.assignment.name
        if entry.who.is_late and key not in found:
            collected.late.append(student)
        files = found.setdefault(key, _Submission(student, entry.assignment, {})).files
        if entry.path in files:
            collected.not_placed.append(f"{shown_name(info.filename)} is in it twice; the first one counts")
        files.setdefault(entry.path, info)
    return list(found.values())


def _times_are_of_handing_in(entries: Iterable[zipfile.ZipInfo]) -> bool:
    """Return whether files carry times of their own; Canvas and Moodle write the time of packing to all."""
    times = [_time_of(info) for info in entries]
    return bool(times) and max(times) - min(times) > _PACKING


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


def _time(archive: zipfile.ZipFile, submission: _Submission, has_times: bool) -> datetime | None:
    """Return when a submission was handed in, if the archive tells."""
    if _TIMESTAMP in submission.files:
        return None  # it is unpacked with the other files
    times = [_time_of(info) for info in submission.files.values()]
    return max(times) if has_times and max(times).year > 1980 else None


def _put(
    course: Course,
    archive: zipfile.ZipFile,
    submission: _Submission,
    handed_in: datetime | None,
    replace: bool,
) -> str:
    """Put a submission in place, and return what that was: new, replaced or unchanged."""
    target = course.path("submitted", submission.assignment, submission.student)
    with tempfile.TemporaryDirectory(dir=course.root, prefix=".collect-") as passing:
        fresh = Path(passing) / "fresh"
        _unpack(archive, submission, fresh)
        if handed_in:
            (fresh / _TIMESTAMP).write_text(f"{handed_in:%Y-%m-%d %H:%M:%S} UTC\n", encoding="utf-8")
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            fresh.rename(target)
            return "new"
        if _contents(target) == _contents(fresh):
            return "unchanged"
        _refuse_older(target, fresh, replace)
        target.rename(Path(passing) / "old")
        fresh.rename(target)
        return "replaced"


def _unpack(archive: zipfile.ZipFile, submission: _Submission, folder: Path) -> None:
    if len(submission.files) > MAX_FILES:
        raise NotPlaced(f"has more than {MAX_FILES} files")
    left = MAX_BYTES
    for name, info in submission.files.items():
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(info) as packed, path.open("wb") as written:
                left -= _copy(packed, written, left)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError):
            raise NotPlaced(f"cannot be unpacked: {shown_name(info.filename)} is damaged") from None


def _copy(packed: IO[bytes], written: IO[bytes], left: int) -> int:
    """Copy a file and return its size, which is counted: what an archive says of it may be a lie."""
    size = 0
    while block := packed.read(_BLOCK):
        size += len(block)
        if size > left:
            raise NotPlaced(f"holds more than {MAX_BYTES // 1_000_000} MB")
        written.write(block)
    return size


def _refuse_older(target: Path, fresh: Path, replace: bool) -> None:
    before, now = _written_time(target), _written_time(fresh)
    if replace or (before and now and now > before):
        return
    relation = "older than" if before and now else "not the same as"
    raise NotPlaced(f"is {relation} what is in submitted/, which was kept: use REPLACE=yes to take this one")


def _written_time(folder: Path) -> datetime | None:
    try:
        moment: datetime = parse_utc((folder / _TIMESTAMP).read_text(encoding="utf-8").strip())
    except (OSError, ValueError):
        return None
    return moment


def _contents(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): _digest(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != _TIMESTAMP
    }


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
