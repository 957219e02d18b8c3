"""Where submissions come from: a zip file, or a folder such as an exchange, a Drive folder or git clones.

Both give files with names, and the bytes of each when asked. No link is followed.
"""

from __future__ import annotations

import os
import stat
import struct
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Protocol

from examiner.errors import NotCollected
from examiner.intake.files import is_junk

_MTIME = 0x5455  # the extra field that holds the time in UTC
_MOST_FILES = 1_000_000


@dataclass(frozen=True, eq=False)
class Packed:
    """A file of a source by its name there; a `fault` completes a sentence that the name begins.

    `time` is that of its last change, where the source can tell it. Two of the same name are two files.
    """

    name: str
    place: zipfile.ZipInfo | Path
    time: datetime | None = None
    fault: str = ""


class Source(Protocol):
    """Where submissions come from; `kind` is what people call it."""

    kind: str

    def files(self) -> list[Packed]:
        """Return all that a person may have made."""

    def open(self, file: Packed) -> IO[bytes]:
        """Open one file to read it."""


@contextmanager
def open_source(path: Path) -> Iterator[Source]:
    """Open a zip file or a folder; `NotCollected` says why it cannot be read."""
    if path.is_dir():
        yield _Folder(path)
        return
    try:
        archive = zipfile.ZipFile(path)
    except OSError as error:
        raise NotCollected(f"{path} cannot be read: {error.strerror or error}") from None
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error):
        raise NotCollected(f"{path} is not a zip file, or it was cut short: download it again") from None
    with archive:
        yield _Zip(archive)


class _Zip:
    kind = "zip file"

    def __init__(self, archive: zipfile.ZipFile):
        self._archive = archive

    def files(self) -> list[Packed]:
        infos = (info for info in self._archive.infolist() if not info.is_dir())
        return [
            Packed(info.filename, info, _time_of(info), _fault_of(info))
            for info in infos
            if not is_junk(info.filename)
        ]

    def open(self, file: Packed) -> IO[bytes]:
        assert isinstance(file.place, zipfile.ZipInfo)
        return self._archive.open(file.place)


class _Folder:
    kind = "folder"

    def __init__(self, root: Path):
        self._root = root

    def files(self) -> list[Packed]:
        """Return the files of the folder, those of a clone under the name of the student whom it names."""
        found: list[Packed] = []
        for top, folders, names in os.walk(self._root, onerror=_cannot_enter):
            within = Path(top).relative_to(self._root).as_posix().removeprefix(".")
            links = [name for name in folders if Path(top, name).is_symlink()]
            folders[:] = sorted(name for name in folders if not is_junk(name) and name not in links)
            for name in sorted([*names, *links]):
                if not is_junk(name):
                    path = f"{within}/{name}".removeprefix("/")
                    found.append(
                        Packed(self._name(path), Path(top, name), None, _fault_of_path(Path(top, name)))
                    )
            if len(found) > _MOST_FILES:
                raise NotCollected(
                    f"{self._root} holds more than {_MOST_FILES} files: is it the right folder?"
                )
        return found

    def _name(self, path: str) -> str:
        """Return a path in which a clone's folder is called like the student.

        GitHub Classroom's command line (github/gh-classroom, `clone student-repos`) writes the clones
        <slug>-<student> into a folder <slug>-submissions.
        """
        parts = [self._root.resolve().name, *path.split("/")]
        for place, (above, here) in enumerate(zip(parts, parts[1:], strict=False)):
            slug = above.removesuffix("-submissions")
            is_clone = (self._root.resolve().parent / "/".join(parts[: place + 2]) / ".git").exists()
            if slug != above and is_clone and here.startswith(f"{slug}-"):
                parts[place + 1] = here.removeprefix(f"{slug}-")
        return "/".join(parts[1:])

    def open(self, file: Packed) -> IO[bytes]:
        opened = os.open(file.place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)  # type: ignore[arg-type]
        if not stat.S_ISREG(os.fstat(opened).st_mode):
            os.close(opened)
            raise OSError("it is no regular file")
        return os.fdopen(opened, "rb")


def _cannot_enter(error: OSError) -> None:
    raise NotCollected(f"{error.filename} cannot be read ({error.strerror}): nothing was collected") from None


def _fault_of_path(path: Path) -> str:
    try:
        path.name.encode()
        kind = path.lstat().st_mode
    except UnicodeEncodeError:
        return "has a name that is not UTF-8"
    except OSError as error:
        return f"cannot be read ({error.strerror})"
    return "" if stat.S_ISREG(kind) else "is a link or a device, not a regular file"


def _fault_of(info: zipfile.ZipInfo) -> str:
    if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG):
        return "is a link or a device, not a regular file"
    return "has a password" if info.flag_bits & 1 else ""


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
