"""Find the file of a recording, or fetch it, and accept it only if its hash is right.

    registry.toml ──read_registry──▶ RecordedFile ──locate──▶ path
                                                      │ in turn: $NEUROCOURSE_DATA_DIR, the cache, a download
    obtain: the path, or None if the loader must simulate

`datasets` calls `obtain`, which knows the three sources (`settings.SOURCES`). These errors can occur:

    RecordingError
    ├── RecordingUnavailable    no file at hand and none to be had: with "auto", the simulated twin steps in
    └── RecordingDamaged        a file is there but is not the recording: always an error
"""

from __future__ import annotations

import contextlib
import tomllib
import typing
import warnings
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from neurocourse import settings

if typing.TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

__all__ = [
    "RecordedFile",
    "Recording",
    "RecordingCopy",
    "RecordingDamaged",
    "RecordingError",
    "RecordingUnavailable",
    "cache_dir",
    "locate",
    "obtain",
    "read_registry",
]

_PACKAGE = Path(__file__).parent
_REGISTRY = _PACKAGE / "registry.toml"
# Seconds to connect, and to wait for the next bytes: who is offline soon works on with the simulated twin.
_TIMEOUT = (3.05, 10)
_CHUNK_SIZE = 2**16


class RecordingError(Exception):
    """A recording cannot be used."""


class RecordingUnavailable(RecordingError):
    """No copy of the file is at hand and none could be downloaded."""


class RecordingDamaged(RecordingError):
    """A file has the name of a recording, but no known copy has its hash."""


@dataclass(frozen=True)
class RecordingCopy:
    """One known copy of a file: its hash (``algorithm:digest``), origin, and where known URL and bytes."""

    hash: str
    origin: str
    url: str | None = None
    size: int | None = None


@dataclass(frozen=True)
class RecordedFile:
    """A file of a recording: its published name, the loader that reads it, its known copies."""

    name: str
    loader: str
    copies: tuple[RecordingCopy, ...]


@dataclass(frozen=True)
class Recording:
    """An entry of the registry: what was recorded, what may be done with it, whom to cite, which files."""

    name: str
    title: str
    contents: str
    licence: str
    citation: str
    files: tuple[RecordedFile, ...]


def read_registry(path: Path = _REGISTRY) -> tuple[Recording, ...]:
    """Return the `Recording` entries of a registry file, as a tuple."""
    entries = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    return tuple(_recording(name, entry) for name, entry in entries.items())


def cache_dir(package: Path = _PACKAGE) -> Path:
    """Return the folder of downloads: ``data/`` in a checkout of the course, or the user's cache."""
    checkout = Path(package).parent
    if (checkout / "course.toml").is_file():
        return checkout / "data"
    import pooch

    return Path(pooch.os_cache("neurocourse"))


def obtain(file_name: str, source: str | None = None) -> Path | None:
    """Return the path of a recording's file, or None if the loader must simulate.

    Parameters
    ----------
    file_name : str
        Name of a file in the registry.
    source : {"auto", "recorded", "simulated"}, optional
        ``recorded`` finds or downloads the file, or raises. ``auto`` does too, but where there is no file to
        be had it prints one line and returns None. ``simulated`` returns None at once and needs no network.
        By default what ``NEUROCOURSE_DATA`` says.

    Raises
    ------
    RecordingUnavailable
        With ``recorded``: there is no file and the download failed.
    RecordingDamaged
        A file was found, or downloaded, whose hash is wrong.
    """
    source = settings.data_source() if source is None else source
    if source not in settings.SOURCES:
        raise ValueError(f"source must be one of {', '.join(settings.SOURCES)}, got {source!r}")
    if source == "simulated":
        return None
    recording, file = _find(file_name)
    try:
        return locate(file)
    except RecordingUnavailable as error:
        if source == "recorded":
            raise
        print(f"Using the simulated twin of the recording ({recording.title}): {error}.")
        return None


def locate(file: RecordedFile) -> Path:
    """Return a path to a `RecordedFile` whose hash is right: given, cached, or downloaded now.

    A download appears under its name in the cache only when it is whole and its hash is right.
    """
    given = settings.data_dir()
    if given is not None and (given / file.name).is_file():
        _check_given(given / file.name, file)
        return given / file.name
    cached = cache_dir() / file.name
    if cached.is_file() and _is_known(cached, file):
        return cached
    missing = "" if given is None else f"{file.name} is not in {given} (NEUROCOURSE_DATA_DIR), and "
    return _download(file, cached.parent, missing)


def _recording(name: str, entry: dict[str, Any]) -> Recording:
    files = tuple(
        RecordedFile(**file | {"copies": tuple(RecordingCopy(**copy) for copy in file["copies"])})
        for file in entry["files"]
    )
    return Recording(**entry | {"name": name, "files": files})


def _find(file_name: str) -> tuple[Recording, RecordedFile]:
    registry = read_registry(_REGISTRY)
    found = {file.name: (recording, file) for recording in registry for file in recording.files}
    if file_name not in found:
        raise ValueError(f"file_name must be one of {', '.join(found)}, got {file_name!r}")
    return found[file_name]


def _hashes(path: Path, file: RecordedFile) -> list[str]:
    """Return the file's hash, by each algorithm that its known copies use."""
    import pooch

    algorithms = dict.fromkeys(copy.hash.partition(":")[0] for copy in file.copies)
    return [f"{algorithm}:{pooch.file_hash(path, alg=algorithm)}" for algorithm in algorithms]


def _is_known(path: Path, file: RecordedFile) -> bool:
    return not {copy.hash for copy in file.copies}.isdisjoint(_hashes(path, file))


def _check_given(path: Path, file: RecordedFile) -> None:
    if _is_known(path, file):
        return
    expected = " or ".join(copy.hash for copy in file.copies)
    raise RecordingDamaged(
        f"{path} is not the recording: its hash must be {expected}, got {', '.join(_hashes(path, file))}. "
        "Replace the file, or remove it from NEUROCOURSE_DATA_DIR: then it is downloaded."
    )


def _download(file: RecordedFile, folder: Path, missing: str) -> Path:
    """Return the downloaded file, or raise; `missing` begins the message that says why there is none."""
    import requests

    failures = []
    for copy in file.copies:
        if copy.url is None:
            continue
        try:
            return _fetch(copy, folder / file.name)
        except requests.RequestException as error:
            failures.append(_explain(error, copy.url))
        except OSError as error:
            failures.append(f"{folder} cannot be written: {error.strerror or error}")
    reason = "; ".join(failures) or "no address is known"
    raise RecordingUnavailable(f"{missing}{file.name} could not be downloaded ({reason})")


def _fetch(copy: RecordingCopy, path: Path) -> Path:
    import requests

    try:
        try:
            return _retrieve(copy, path)
        except requests.exceptions.ChunkedEncodingError:  # the transfer broke off: worth a second attempt
            return _retrieve(copy, path)
    except requests.RequestException:
        raise  # some are ValueErrors too
    except ValueError as error:
        raise RecordingDamaged(
            f"{copy.url} sent something else than the recording {path.name}. It was not kept. {error} Try "
            "again later or on another network, or use the simulated twin: source='simulated'."
        ) from None


def _retrieve(copy: RecordingCopy, path: Path) -> Path:
    import pooch

    with _quiet_libraries():
        pooch.retrieve(copy.url, copy.hash, fname=path.name, path=path.parent, downloader=_stream)
    return path


def _stream(url: str, output_file: str | Path, _: object) -> None:
    """Download `url` into `output_file`, as pooch asks of a downloader.

    Why not pooch's own: it closes neither the response nor the progress bar when a transfer fails.
    """
    import requests
    from tqdm.auto import tqdm

    with requests.get(url, stream=True, timeout=_TIMEOUT) as response:
        response.raise_for_status()
        size = int(response.headers.get("content-length", 0)) or None
        name = urlsplit(url).hostname
        with (
            Path(output_file).open("wb") as file,
            tqdm(desc=f"From {name}", total=size, unit="B", unit_scale=True, leave=False) as progress,
        ):
            for chunk in response.iter_content(_CHUNK_SIZE):
                progress.update(file.write(chunk))


def _explain(error: Exception, url: str) -> str:
    import requests

    host = urlsplit(url).hostname
    if isinstance(error, requests.HTTPError) and error.response is not None:
        return f"{host} answered {error.response.status_code}"
    if isinstance(error, requests.exceptions.ChunkedEncodingError):
        return f"the connection to {host} broke off"
    if isinstance(error, requests.Timeout) or "timed out" in str(error):  # in mid-transfer it is no Timeout
        return f"{host} did not answer in time"
    if isinstance(error, requests.ConnectionError):
        return f"no connection to {host}"
    return str(error)


@contextlib.contextmanager
def _quiet_libraries() -> Iterator[None]:
    """Keep the log lines and warnings of the libraries that download from the student."""
    import pooch

    logger = pooch.get_logger()
    level = logger.level
    logger.setLevel("CRITICAL")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)
