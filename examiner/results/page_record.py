"""Remembers beside a verdict what became of its feedback page: why it failed, or what it shows.

A page is written anew only if what it shows has changed. So the record holds a hash of all that the page was
made of, and one of the page itself. A page that is missing, half written or edited does not fit its record.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from examiner.apart import sentence

_NOTE, _RECORD = "verdict.json.page", "verdict.json.shown"  # nbgrader copies nothing of these names


def why_no_page(folder: Path) -> str:
    """Return why the page of a graded submission could not be written, or an empty string."""
    note = folder / _NOTE
    return note.read_text(encoding="utf-8", errors="replace") if note.is_file() else ""


@contextmanager
def noted(folder: Path) -> Iterator[None]:
    """Leave a note beside the verdict where a page fails, and none where it does not."""
    (folder / _NOTE).unlink(missing_ok=True)
    try:
        yield
    except Exception as error:
        (folder / _NOTE).write_text(sentence(error), encoding="utf-8", errors="replace")
        raise
