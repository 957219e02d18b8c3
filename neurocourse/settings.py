"""Read the course's environment variables: where data come from and how large the problems are.

There are four. The functions read them when they are needed, never at import:

- ``NEUROCOURSE_DATA``: ``auto`` (default), ``recorded`` or ``simulated``.
- ``NEUROCOURSE_DATA_DIR``: a folder that holds recordings under their published names.
- ``NEUROCOURSE_QUICK``: ``1`` makes problems smaller, for grading and for tests.
- ``NEUROCOURSE_DRAW``: with ``0``, `plots.show` prints what a figure shows and does not draw it, for grading.
"""

from __future__ import annotations

import os
import typing
from pathlib import Path

_T = typing.TypeVar("_T")

__all__ = ["SOURCES", "data_dir", "data_source", "draws_figures", "is_quick", "size"]

SOURCES = ("auto", "recorded", "simulated")


def data_source() -> str:
    """Return the data source that ``NEUROCOURSE_DATA`` asks for: auto, recorded or simulated."""
    source = os.environ.get("NEUROCOURSE_DATA", "") or "auto"
    if source not in SOURCES:
        raise ValueError(f"NEUROCOURSE_DATA must be one of {', '.join(SOURCES)}, got {source!r}")
    return source


def data_dir() -> Path | None:
    """Return the folder named by ``NEUROCOURSE_DATA_DIR``, or None."""
    folder = os.environ.get("NEUROCOURSE_DATA_DIR", "")
    return Path(folder).expanduser() if folder else None


def is_quick() -> bool:
    """Return whether ``NEUROCOURSE_QUICK`` asks for small problems."""
    return os.environ.get("NEUROCOURSE_QUICK", "") not in ("", "0")


def draws_figures() -> bool:
    """Return whether figures are drawn, which ``NEUROCOURSE_DRAW`` can switch off."""
    return os.environ.get("NEUROCOURSE_DRAW", "") != "0"


def size(full: _T, quick: _T) -> _T:
    """Return `full`, or `quick` in quick mode: the size of a problem.

    Examples
    --------
    >>> import os
    >>> os.environ["NEUROCOURSE_QUICK"] = "1"
    >>> size(full=20_000, quick=4_000)
    4000
    >>> del os.environ["NEUROCOURSE_QUICK"]
    >>> size(full=20_000, quick=4_000)
    20000
    """
    return quick if is_quick() else full
