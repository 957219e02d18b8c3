"""The edition of the grader: another one may come to another result, so what it is stands in every key."""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import platform
from pathlib import Path

import examiner
import neurocourse
from examiner.course.colab import versions_here

# What belongs to a package: settings, styles and registries decide as code does.
_PACKAGED = (".py", ".toml", ".mplstyle", ".html", ".txt")
# The libraries by which results are computed: another version may give another result.
_LIBRARIES = ("ipython", "ipykernel")  # and what Colab offers, as far as it is here


@functools.cache
def edition() -> str:
    """Return a hash of the engine's own code and of the versions that its results depend on."""
    digest = hashlib.sha256(platform.python_version().encode())
    versions = {library: importlib.metadata.version(library) for library in _LIBRARIES} | versions_here()
    for library, version in versions.items():
        digest.update(f"{library} {version}\n".encode())
    for package in (Path(examiner.__file__).parent, Path(neurocourse.__file__).parent):
        for path in sorted(package.rglob("*")):
            if path.suffix in _PACKAGED and path.is_file():
                digest.update(f"{path.relative_to(package)}\0".encode() + path.read_bytes())
    return digest.hexdigest()
