"""Tells which modules students' code can import here: Python's own, and the installed ones."""

from __future__ import annotations

import functools
import importlib.util
import sys
from pathlib import Path

import neurocourse

COLAB = "google.colab"
_OWN = Path(neurocourse.__file__).parent
_IN_PACKAGES = (COLAB, "IPython.extensions.")


@functools.lru_cache(maxsize=1000)
def can_import(name: str) -> bool:
    """Return whether a module, or the package that holds it, is installed; its code does not run."""
    looked_for = name if name.startswith(_IN_PACKAGES) else name.partition(".")[0]
    if looked_for in sys.stdlib_module_names:
        return True
    try:
        spec = importlib.util.find_spec(looked_for)
    except (
        ImportError,
        ValueError,
        AttributeError,
    ):  # no module's name, or its package is not there
        return False
    places = [*(spec.submodule_search_locations or []), spec.origin] if spec else []
    return any(_is_installed(Path(place)) for place in places if place)


def _is_installed(place: Path) -> bool:
    """Return whether a module lies in the environment: what lies in the folder of the course stays there."""
    return any(place.is_relative_to(top) for top in (sys.prefix, sys.base_prefix, _OWN))
