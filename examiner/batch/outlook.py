"""Guesses by the times of files whether there is something to grade, before anything is read.

What grades takes a second to get ready. So it is started as early as possible, and not at all where nothing
is to be done. A wrong guess costs that second and nothing else: what is graded is decided elsewhere.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

_AGAIN = ("--anew", "--regrade")
_ELSEWHERE = "--scheduler"


def will_grade(arguments: Sequence[str], course: Path) -> bool:
    """Return whether a command line may have to grade something on this machine."""
    if arguments[:1] != ["grade"] or any(word.startswith(_ELSEWHERE) for word in arguments):
        return False
    if any(word.startswith(_AGAIN) for word in arguments):
        return True
    named = next((word for word in arguments[1:] if (course / "source" / word).is_dir()), "*")
    changed = max(map(_newest, (course / "course.toml", *_notebooks(course, named))), default=0.0)
    return any(_is_new(folder, changed) for folder in (course / "submitted").glob(f"*/{named}/"))


def _notebooks(course: Path, named: str) -> list[Path]:
    return [path for step in ("source", "release") for path in (course / step).glob(f"{named}/")]


def _is_new(folder: Path, changed: float) -> bool:
    """Return whether a submission has no verdict, or one that is older than what it was reached on."""
    course, assignment, student = folder.parents[2], folder.name, folder.parent.name
    graded = _time(course / "autograded" / student / assignment / "verdict.json")
    return not graded or graded < max(changed, _newest(folder))


def _newest(place: Path) -> float:
    """Return when a file, or a folder or anything right in it, was last changed."""
    try:
        with os.scandir(place) as entries:
            return max([_time(place), *(_time(Path(entry.path)) for entry in entries)])
    except OSError:
        return _time(place)


def _time(path: Path) -> float:
    try:
        return path.lstat().st_mtime
    except OSError:
        return 0.0
