"""Remembers beside a verdict what became of its feedback page: why it failed, or what it shows.

A page is written anew only if what it shows has changed. So the record holds a hash of all that the page was
made of, and one of the page itself. A page that is missing, half written or edited does not fit its record.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from examiner.apart import sentence

_NOTE, _RECORD = "verdict.json.page", "verdict.json.shown"  # nbgrader copies nothing of these names


def why_no_page(folder: Path) -> str:
    """Return why the page of a graded submission could not be written, or an empty string."""
    note = folder / _NOTE
    return note.read_text(encoding="utf-8", errors="replace") if note.is_file() else ""


def note_failure(folder: Path, why: str) -> None:
    """Leave a note beside the verdict that its page could not be written."""
    (folder / _NOTE).write_text(why, encoding="utf-8", errors="replace")


@contextmanager
def noted(folder: Path) -> Iterator[None]:
    """Leave a note beside the verdict where a page fails, and none where it does not."""
    (folder / _NOTE).unlink(missing_ok=True)
    try:
        yield
    except Exception as error:
        note_failure(folder, sentence(error))
        raise


def digest_of(parts: Iterable[bytes]) -> str:
    """Return a hash of all that a page is made of; where one part ends and the next begins counts, too."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(f"{len(part)}\0".encode())
        digest.update(part)
    return digest.hexdigest()


def is_current(folder: Path, page: Path, made_of: str) -> bool:
    """Return whether a page is as it was written, and was made of the same as it would be now."""
    try:
        record = (folder / _RECORD).read_text(encoding="ascii")
        return record == _record(made_of, page.read_bytes())
    except (OSError, UnicodeDecodeError):
        return False


def write_page(folder: Path, page: Path, made_of: str, text: str) -> None:
    """Write a page in one step, and then what it was made of."""
    content = text.encode("utf-8", "replace")
    page.parent.mkdir(parents=True, exist_ok=True)
    partial = page.with_suffix(".partial")
    partial.write_bytes(content)
    partial.replace(page)
    (folder / _RECORD).write_text(_record(made_of, content), encoding="ascii")


def _record(made_of: str, content: bytes) -> str:
    return f"{made_of} {hashlib.sha256(content).hexdigest()}"
