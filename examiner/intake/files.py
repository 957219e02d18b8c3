"""Finds the files in a submission that may hold a notebook, and reads them.

    folder ─▶ names, notebooks first ─▶ small, regular files ┃ ─▶ zip files unpacked in memory

The left side of the line only reads bytes; the right side belongs to the examination. No link is followed,
nothing is unpacked to disk, and all that is in memory at once has a limit. A file that is not opened is named
with the reason.
"""

from __future__ import annotations

import io
import os
import re
import stat
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

from examiner.errors import Unreadable

MAX_BYTES = 200_000_000
MAX_FILES = 1_000
# What may hold a notebook, in the order in which it is looked at.
_IN_ORDER = (".ipynb", ".zip", ".py")
_LIBRARIES = ("site-packages", "dist-packages", "node_modules")
_MOST_SEEN, _MOST_NAMED = 200_000, 20
_ZIP_END_AT_MOST, _ZIP_LIST_AT_MOST = 66_000, 10_000_000

_RENAMED = re.compile(r"\.ipynb\.(txt|json)$")  # what some browsers make of a download
# What systems, browsers and editors add.
_JUNK = re.compile(r"(^|/)(\.(?!\.)[^/]+|__MACOSX|__pycache__|Thumbs\.db|desktop\.ini)(/|$)")
_NOT_A_STUDENTS = ("timestamp.txt",)
_SPECIAL = re.compile(r"[<>&\"'`\\]")


def is_junk(name: str) -> bool:
    """Return whether a path, in a folder or a zip file, is one that no person has made."""
    return bool(_JUNK.search(name))


def _is_ignored(name: str) -> bool:
    return is_junk(name) or name.rpartition("/")[2] in _NOT_A_STUDENTS


@dataclass(frozen=True)
class File:
    """A file that was handed in, perhaps within a zip file."""

    name: str
    content: bytes

    @property
    def suffix(self) -> str:
        """What kind of file this is by its name: `.ipynb`, `.zip`, `.py`, or another suffix in lower case."""
        return _suffix(self.name)

    @property
    def shown(self) -> str:
        """The name, safe to show in a sentence."""
        return shown_name(self.name)


@dataclass(frozen=True)
class Files:
    """What was handed in that may hold a notebook, and what to say of the rest; a `fault` is all there is."""

    files: tuple[File, ...] = ()
    refused: tuple[str, ...] = ()
    fault: str = ""


def _suffix(name: str) -> str:
    name = name.lower()
    return ".ipynb" if _RENAMED.search(name) else PurePosixPath(name).suffix


def shown_name(name: str) -> str:
    """Return a file's name as one short line, without characters that act on a terminal or a page."""
    safe = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in name)
    safe = _SPECIAL.sub("\N{REPLACEMENT CHARACTER}", safe)
    return safe if len(safe) <= 100 else f"{safe[:48]}…{safe[-48:]}"


def read_files(folder: Path) -> Files:
    """Read what may hold a notebook in a submission's folder; nothing is opened yet."""
    return _taken(lambda refused: _files(folder, refused))


def unpack_files(found: Files) -> Files:
    """Return the files, with the contents of zip files in place of these; name what cannot be unpacked."""
    unpacked = _taken(lambda refused: _all_opened(found.files, refused))
    return Files(unpacked.files, (*found.refused, *unpacked.refused), found.fault or unpacked.fault)


def _taken(find: Callable[[list[str]], Iterator[File]]) -> Files:
    refused: list[str] = []
    try:
        return Files(tuple(_together(find(refused))), tuple(refused))
    except Unreadable as error:
        return Files(fault=str(error))


def _all_opened(files: Iterable[File], refused: list[str]) -> Iterator[File]:
    for file in files:
        yield from _opened(file, refused)


def _together(files: Iterable[File]) -> list[File]:
    """Return the files; all that is in memory at once has a limit, whatever a zip file holds."""
    kept: list[File] = []
    left = MAX_BYTES
    for file in files:
        left -= len(file.content)
        if left >= 0:
            kept.append(file)
        elif ".zip/" not in file.name.lower() or not any(other.suffix == ".ipynb" for other in kept):
            raise Unreadable(
                f"The files hold more than {MAX_BYTES // 1_000_000} MB together: clear the notebook's "
                "outputs, and hand in that notebook alone."
            )
    return kept


def _files(folder: Path, refused: list[str]) -> Iterator[File]:
    """Yield the files that may hold a notebook; what is none or is not opened is named in `refused`.

    Notebooks come first, and those that lie on top; where there is one, scripts are left alone. Somebody may
    have handed in an environment, too.
    """
    names, others = _look_through(folder)
    has_notebook = False
    for name in names[:MAX_FILES]:
        if has_notebook and _suffix(name) == ".py":
            break
        try:
            yield _read_file(folder / name, name)
            has_notebook |= _suffix(name) == ".ipynb"
        except OSError as error:
            refused.append(f"{shown_name(name)} cannot be read ({error.strerror})")
        except _Refused as reason:
            refused.append(f"{shown_name(name)} {reason}")
    refused += others


def _look_through(folder: Path) -> tuple[list[str], list[str]]:
    """Return the names of files that may hold a notebook, wherever they lie, and what to say of others."""
    names: list[str] = []
    others: list[str] = []
    n_seen = 0
    if folder.is_symlink() or not folder.is_dir():
        return names, others
    for top, folders, files in os.walk(folder, onerror=partial(_cannot_enter, folder, others)):
        within = Path(top).relative_to(folder).as_posix().removeprefix(".")
        folders[:] = sorted(name for name in folders if not _is_ignored(name) and name not in _LIBRARIES)
        for name in [*sorted(name for name in files if not _is_ignored(name)), *folders]:
            path, is_folder = f"{within}/{name}".removeprefix("/"), name in folders
            if _suffix(name) in (_IN_ORDER[:1] if is_folder else _IN_ORDER):
                names.append(path)
            elif not is_folder and len(others) < _MOST_NAMED:
                others.append(f"{shown_name(path)} is not a notebook")
        n_seen += len(folders) + len(files)
        if n_seen > _MOST_SEEN:
            others.append(f"files beyond the first {_MOST_SEEN} were not searched")
            break
    names.sort(key=lambda name: (_IN_ORDER.index(_suffix(name)), name.count("/"), name))
    return names, others


def _cannot_enter(folder: Path, others: list[str], error: OSError) -> None:
    if Path(str(error.filename)) == folder:
        raise Unreadable(f"The folder that was handed in cannot be read: {error.strerror}.") from None
    name = Path(str(error.filename)).relative_to(folder).as_posix()
    others.append(f"{shown_name(name)} cannot be read ({error.strerror})")


class _Refused(Exception):
    """A file is not opened; the message completes the sentence that its name begins."""


def _read_file(path: Path, name: str) -> File:
    state = path.lstat()
    if stat.S_ISDIR(state.st_mode):
        raise _Refused("is a folder")
    if not stat.S_ISREG(state.st_mode):
        raise _Refused("is a link or a device, not a regular file")
    if state.st_size > MAX_BYTES:
        raise _Refused(f"is larger than {MAX_BYTES // 1_000_000} MB: clear its outputs")
    return File(name, path.read_bytes())


def _opened(file: File, refused: list[str]) -> Iterator[File]:
    """Yield a file that may hold a notebook, or those within a zip file."""
    if file.suffix == ".zip":
        try:
            yield from list(_unpacked(file))  # all of it or nothing
        except Exception as error:  # zipfile and its decompressors raise many types for damaged files
            reason = str(error) if isinstance(error, _Refused) else "it is damaged, or has a password"
            refused.append(f"{file.shown} cannot be unpacked ({reason})")
    elif file.suffix in (".ipynb", ".py") and (file.content or file.suffix == ".ipynb"):
        yield file


def _unpacked(file: File) -> Iterator[File]:
    left = MAX_BYTES
    _check_directory(file.content)
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        named = [(_inner_name(member.filename), member) for member in archive.infolist()]
        files = [(name, member) for name, member in named if not member.is_dir() and not _is_ignored(name)]
        notebooks = [pair for pair in files if _suffix(pair[0]) == ".ipynb"]
        scripts = [pair for pair in files if _suffix(pair[0]) == ".py"]
        for name, member in [*notebooks, *scripts][:MAX_FILES]:
            with archive.open(member) as content:
                data = content.read(left + 1)  # what it says of its size may be a lie
            left -= len(data)
            if left < 0:
                raise _Refused(f"it holds more than {MAX_BYTES // 1_000_000} MB")
            yield File(f"{file.name}/{name}", data)


def _inner_name(name: str) -> str:
    parts = name.replace("\\", "/").split("/")
    return "/".join(part for part in parts if part not in ("", ".", ".."))


def _check_directory(content: bytes) -> None:
    """Refuse a zip file whose list of files is long: `zipfile` makes an object for each at once."""
    begin = max(0, len(content) - _ZIP_END_AT_MOST)
    while (begin := content.find(b"PK\5\6", begin)) >= 0:
        if int.from_bytes(content[begin + 12 : begin + 16], "little") > _ZIP_LIST_AT_MOST:
            raise _Refused("it holds too many files")
        begin += 1
