"""Tell whether the helper module is the one that the course publishes, and whether what it needs is there.

A notebook's first cell asks, because it installs this package and nothing else. Versions that the course
publishes end in a hash of their contents, such as ``0.1.0+c4f1d2b7a9e3``. Only such an installed package is
looked at: a checkout of the course is left alone.
"""

from __future__ import annotations

import sys
import typing
from pathlib import Path

if typing.TYPE_CHECKING:
    from importlib.metadata import Distribution

__all__ = ["check_needs", "check_newest"]

_SECONDS = 3
_BYTES = 10_000


def check_newest(address: str) -> None:
    """Raise ``ImportError`` if the course now publishes another version than the installed one.

    After this, the next import of `neurocourse` in the session loads what is installed then. Where the course
    cannot be asked, for example without a network, the installed version is good enough.

    Parameters
    ----------
    address : str
        Where the course says which version it publishes: a requirements file of pip.
    """
    installed = _published()
    if installed is None:
        return
    named = _read(address)
    _, _, contents = installed.version.partition("+")
    if "neurocourse" in named and contents not in named:
        for name in [name for name in sys.modules if name.partition(".")[0] == "neurocourse"]:
            del sys.modules[name]
        raise ImportError(f"neurocourse {installed.version} is installed, and the course publishes another.")


def check_needs() -> None:
    """Print a sentence if a package that the installed `neurocourse` needs is missing or too old."""
    installed = _published()
    lacking = _lacking(installed.requires or []) if installed else {}
    if lacking:
        wanted = " ".join(f'"{requirement}"' for requirement in lacking)
        print(
            f"neurocourse needs {' and '.join(lacking.values())}. Run this in a new cell, then restart the "
            f"kernel:  %pip install {wanted}"
        )


def _lacking(requirements: list[str]) -> dict[str, str]:
    """Return the requirements that are not met, each with a clause that says so."""
    from importlib import metadata

    from packaging.requirements import Requirement

    lacking = {}
    for needed in map(Requirement, requirements):
        if needed.marker is not None and not needed.marker.evaluate({"extra": ""}):
            continue
        plain = f"{needed.name}{needed.specifier}"
        try:
            found = metadata.version(needed.name)
        except metadata.PackageNotFoundError:
            lacking[plain] = f"{plain} (missing)"
            continue
        if not needed.specifier.contains(found, prereleases=True):
            lacking[plain] = f"{plain} ({found} is installed)"
    return lacking


def _published() -> Distribution | None:
    """Return the installed distribution if this very package comes from it, and the course published it."""
    from importlib import metadata

    try:
        found = metadata.distribution("neurocourse")
    except metadata.PackageNotFoundError:
        return None
    here = Path(__file__).resolve()
    lists_it = f"neurocourse/{here.name}," in (found.read_text("RECORD") or "")
    is_here = Path(str(found.locate_file(""))).resolve() in here.parents
    return found if lists_it and is_here and "+" in found.version else None


def _read(address: str) -> str:
    """Return what stands at an address, or nothing if it cannot be read."""
    from urllib.request import urlopen

    try:
        with urlopen(address, timeout=_SECONDS) as response:
            content: bytes = response.read(_BYTES)
            return content.decode(errors="replace")
    except (OSError, ValueError):
        return ""
