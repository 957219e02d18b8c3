"""Carries along what nbgrader's exchange leaves in a submission, so that feedback finds its way back.

    submitted/ ─▶ time stamp, secret ─▶ autograded/ and feedback/ ─▶ `nbgrader release_feedback`

The exchange names a student's page by a hash of the secret that it wrote when the work was handed in. A
secret that a student wrote instead leads to no page but that student's own. Here it is only copied, and only
if it looks like one: small, regular, and nothing but hexadecimal digits.
"""

from __future__ import annotations

import re
from pathlib import Path

from examiner.intake import timestamps

SECRET = "submission_secret.txt"  # noqa: S105  (the name of a file)
_MAX_BYTES = 300
_FORM = re.compile(rb"[0-9a-f]{8,256}")


def content(folder: Path) -> bytes:
    """Return what there is of time stamp and secret in a submission's folder."""
    return timestamps.content(folder) + secret(folder)


def secret(folder: Path) -> bytes:
    """Return the secret in a submission's folder; nothing if there is none, or none that looks like one."""
    found = timestamps.small_file(folder / SECRET, _MAX_BYTES)
    return found if _FORM.fullmatch(found) else b""


def copy_receipt(source: Path, target: Path) -> None:
    """Copy time stamp and secret of a folder to another one, in place of any that are there."""
    timestamps.copy_time(source, target)
    copy = target / SECRET
    copy.unlink(missing_ok=True)
    if found := secret(source):
        copy.write_bytes(found)


def is_complete(folder: Path) -> bool:
    """Return whether a folder has all that `nbgrader release_feedback` asks for."""
    return bool(timestamps.content(folder) and secret(folder))
