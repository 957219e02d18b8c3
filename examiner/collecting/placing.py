"""Puts one submission of a zip file or folder in place, whole or not at all.

    files of a source ─▶ unpacked aside, within limits ─▶ compared with what is there ─▶ put in its place

A submission that is already there is replaced only by a later version, or if a person says so.
"""

from __future__ import annotations

import hashlib
import tempfile
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from examiner.collecting.archive import NotPlaced
from examiner.collecting.sources import Packed, Source
from examiner.course.facts import Assignment, Course
from examiner.intake import timestamps
from examiner.intake.files import MAX_BYTES, MAX_FILES, shown_name

_BLOCK = 1_000_000


@dataclass(frozen=True)
class Submission:
    """What an archive holds of a student for an assignment, by paths, and when it was handed in, if known."""

    student: str
    assignment: Assignment
    files: Mapping[str, Packed]
    time: datetime | None = None
    deadline: datetime | None = None  # until when a version costs no points

    def __str__(self) -> str:
        """Return where it goes, within `submitted/`."""
        return f"{self.student}/{self.assignment.name}"


def put(course: Course, source: Source, submission: Submission, *, replace: bool) -> str:
    """Put a submission in place, and return whether it was new, replaced or unchanged."""
    target = course.path("submitted", submission.assignment, submission.student)
    with tempfile.TemporaryDirectory(dir=course.root, prefix=".collect-") as passing:
        fresh = Path(passing) / "fresh"
        fresh.mkdir()
        _unpack(source, submission.files, fresh)
        if submission.time:
            timestamps.write_time(fresh, submission.time)
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            fresh.rename(target)
            return "new"
        if _contents(target) == _contents(fresh):
            return "unchanged"
        if not replace:
            _refuse_older(course, submission)
        target.rename(Path(passing) / "old")
        fresh.rename(target)
        return "replaced"


def _unpack(source: Source, files: Mapping[str, Packed], folder: Path) -> None:
    if len(files) > MAX_FILES:
        raise NotPlaced(f"has more than {MAX_FILES} files")
    left = MAX_BYTES
    for name, file in files.items():
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with source.open(file) as packed, path.open("wb") as written:
                left -= _copy(packed, written, left)
        except OSError as error:
            raise NotPlaced(
                f"cannot be unpacked: {shown_name(file.name)} ({error.strerror or 'it is damaged'})"
            ) from None
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError):
            raise NotPlaced(f"cannot be unpacked: {shown_name(file.name)} is damaged") from None


def _copy(packed: IO[bytes], written: IO[bytes], left: int) -> int:
    """Copy a file and return its size, which is counted: what an archive says of it may be a lie."""
    size = 0
    while block := packed.read(_BLOCK):
        size += len(block)
        if size > left:
            raise NotPlaced(f"holds more than {MAX_BYTES // 1_000_000} MB")
        written.write(block)
    return size


def _refuse_older(course: Course, submission: Submission) -> None:
    before = timestamps.handed_in(course, submission.assignment, submission.student)
    if before.fault:
        raise NotPlaced(
            f"has changed, and nobody can say which version is later: {timestamps.FILE} of the one in "
            f"submitted/ {before.fault}. Write in it when that one was handed in, or use REPLACE=yes"
        )
    now = submission.time.astimezone(UTC).replace(microsecond=0) if submission.time else None
    if before.time and now and now > before.time:
        if submission.deadline and before.time <= submission.deadline < now:
            raise NotPlaced(
                "came after the due date, and the version in submitted/, which stays, in time: use "
                "REPLACE=yes to take this one"
            )
        return
    relation = "older than" if before.time and now and now < before.time else "not the same as"
    raise NotPlaced(f"is {relation} the version in submitted/, which stays: use REPLACE=yes to take this one")


def _contents(folder: Path) -> dict[str, str]:
    """Return a hash of each file but of the time stamp; what is no file of its own differs from all."""
    return {
        path.relative_to(folder).as_posix(): _digest(path) if path.is_file() else "no file"
        for path in sorted(folder.rglob("*"))
        if not path.is_dir() and path != folder / timestamps.FILE
    }


def _digest(path: Path) -> str:
    if path.is_symlink():
        return "link"
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
