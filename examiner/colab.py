"""What students have in Colab and a grader may lack: a dated list of modules that notebooks on science use.

A student's notebook that ran in Colab fails here at the import of a module that is not installed.
"""

from __future__ import annotations

import functools
import importlib.metadata
import re
from dataclasses import dataclass
from pathlib import Path

from examiner.installed import can_import

_LIST = Path(__file__).with_name("colab_packages.txt")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Offered:
    """A module as `import` names it, the package that brings it, and the version that Colab has."""

    module: str
    package: str
    version: str


@functools.cache
def offered_by_colab() -> tuple[Offered, ...]:
    """Return what Colab offers, the most used modules first."""
    lines = _LIST.read_text(encoding="utf-8").splitlines()
    return tuple(Offered(*line.split()) for line in lines if line and not line.startswith("#"))


def as_of() -> str:
    """Return the date of the list."""
    found = _DATE.search(_LIST.read_text(encoding="utf-8"))
    assert found, _LIST
    return found[0]


def missing_here() -> list[str]:
    """Return the modules that Colab has and students' code cannot import here."""
    return [offered.module for offered in offered_by_colab() if not can_import(offered.module)]


def versions_here() -> dict[str, str]:
    """Return the packages of Colab's list that are installed here, with their versions here."""
    versions = {}
    for offered in offered_by_colab():
        try:
            versions[offered.package] = importlib.metadata.version(offered.package)
        except importlib.metadata.PackageNotFoundError:
            continue
    return versions
