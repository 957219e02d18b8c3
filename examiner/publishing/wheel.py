"""Writes the wheel of `neurocourse`, from which a notebook's first cell installs it, with nothing to build.

    files of neurocourse, licences, facts of the project ─▶ neurocourse-0.1.0+c<hash of all>-py3-none-any.whl

The wheel is a function of its contents alone: files in order, one date, nothing compressed. Another zlib,
umask, clock or version of a builder would otherwise give other bytes. The hash stands in the version, so pip
takes wheels with other contents for other versions, and installs the new one over the old.
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# Where the student repository says which wheel is the newest: a requirements file, which pip can download.
NEWEST_WHEEL = "wheel/newest.txt"

_DATE = (1980, 1, 1, 0, 0, 0)  # the first that a zip file can hold
_MODE = 0o100644 << 16
_HASH_LETTERS = 12
_WHEEL = "Wheel-Version: 1.0\nGenerator: examiner\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


@dataclass(frozen=True)
class Wheel:
    """A wheel: its version, which holds the hash of its contents, its file name, and its bytes."""

    version: str
    file_name: str
    content: bytes

    def requirement(self, address: str) -> str:
        """Return the line of a requirements file that has pip install exactly these bytes from an address."""
        digest = hashlib.sha256(self.content).hexdigest()
        return f"{self.file_name.partition('-')[0]} @ {address} --hash=sha256:{digest}\n"


def build_wheel(
    project: Mapping[str, Any], files: Mapping[str, bytes], licences: Mapping[str, bytes]
) -> Wheel:
    """Return the wheel of a package of pure Python.

    `project` is the table of that name in pyproject.toml, `files` are the package's by their path in the
    wheel, and `licences` those that its metadata name.
    """
    version = f"{project['version']}+c{_hash_of(project, files, licences)}"
    name = re.sub(r"[-_.]+", "_", project["name"]).lower()
    about = f"{name}-{version}.dist-info"
    contents = dict(sorted(files.items()))
    contents |= {f"{about}/licenses/{path}": licences[path] for path in sorted(licences)}
    contents[f"{about}/METADATA"] = _metadata(project, version, licences).encode()
    contents[f"{about}/WHEEL"] = _WHEEL.encode()
    contents[f"{about}/RECORD"] = _record(contents, f"{about}/RECORD").encode()
    return Wheel(version, f"{name}-{version}-py3-none-any.whl", _zipped(contents))


def _hash_of(project: Mapping[str, Any], files: Mapping[str, bytes], licences: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256((_WHEEL + _metadata(project, project["version"], licences)).encode())
    for path, content in (*sorted(files.items()), *sorted(licences.items())):
        digest.update(f"\0{path}\0{hashlib.sha256(content).hexdigest()}".encode())
    return digest.hexdigest()[:_HASH_LETTERS]


def _metadata(project: Mapping[str, Any], version: str, licences: Mapping[str, bytes]) -> str:
    extras = project.get("optional-dependencies", {})
    fields = [
        ("Metadata-Version", "2.4"),
        ("Name", project["name"]),
        ("Version", version),
        ("Summary", project["description"]),
        ("License-Expression", project["license"]),
        *(("License-File", path) for path in sorted(licences)),
        ("Requires-Python", project["requires-python"]),
        *(("Requires-Dist", requirement) for requirement in project["dependencies"]),
    ]
    for extra, requirements in extras.items():
        fields.append(("Provides-Extra", extra))
        fields += [("Requires-Dist", f'{requirement}; extra == "{extra}"') for requirement in requirements]
    return "".join(f"{field}: {value}\n" for field, value in fields)


def _record(contents: Mapping[str, bytes], itself: str) -> str:
    """Return the list of files with their hashes, as the specification of installed packages asks for."""
    lines = [f"{path},sha256={_url_safe_hash(content)},{len(content)}" for path, content in contents.items()]
    return "".join(f"{line}\n" for line in [*lines, f"{itself},,"])


def _url_safe_hash(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")


def _zipped(contents: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for path, content in contents.items():
            entry = zipfile.ZipInfo(path, _DATE)
            entry.create_system = 3  # else Windows would write another number
            entry.external_attr = _MODE
            archive.writestr(entry, content)
    return buffer.getvalue()
