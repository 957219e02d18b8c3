"""Finds every text in the bytes of a file, without white space, for a search for secrets.

A notebook's sources, outputs and metadata are strings within JSON. A figure or an attachment is base64 in one
of them, and any of these may be packed, or lie in a zip file such as a wheel. Bytes that can be neither read
nor unpacked raise `NoText`.
"""

from __future__ import annotations

import base64
import binascii
import bz2
import io
import json
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

_MAX_DEPTH = 4
_MAX_BYTES = 50_000_000
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{24,}={0,2}")
_HEX = re.compile(r"(?:[0-9a-fA-F]{2}){24,}")
_ESCAPE = re.compile(r"\\[nrt]|\\(?=[\"'])")
_ZIP = b"PK\x03\x04"
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


class NoText(Exception):
    """Bytes that are neither text nor a picture; the message says what they are."""


def squeezed(text: str) -> str:
    """Return a text without white space."""
    return "".join(text.split())


def texts_in(content: bytes, depth: int = 0) -> Iterator[str]:
    """Yield the texts in a file, squeezed: as it stands, its strings, and what is encoded in them."""
    if content.startswith(_PICTURES):
        yield squeezed(content.decode("latin-1"))
        return
    if content.startswith(_ZIP):
        yield from _texts_in_zip(content, depth)
        return
    text = _decoded(content)
    if text is None:
        raise NoText("which is neither text nor a picture")
    for view in _views(text):
        yield view
        if depth < _MAX_DEPTH:
            for hidden in _encoded(view):
                yield from _texts_if_any(hidden, depth + 1)


def _texts_in_zip(content: bytes, depth: int) -> Iterator[str]:
    """Yield the texts in the files of a zip file, their names, and what it says beside them."""
    if depth >= _MAX_DEPTH:
        raise NoText("which is a zip file within others")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _MAX_BYTES:
                raise NoText("which is a zip file too large to search")
            yield squeezed(archive.comment.decode("latin-1"))
            for entry in archive.infolist():
                yield squeezed(f"{entry.filename}\0{entry.comment.decode('latin-1')}")
                yield from texts_in(archive.read(entry), depth + 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error) as error:
        raise NoText(f"which is a zip file that does not open ({error})") from None


def _texts_if_any(content: bytes, depth: int) -> Iterator[str]:
    try:
        yield from texts_in(_unpacked(content), depth)
    except NoText:  # letters that look like base64 and are none
        return


def _decoded(content: bytes) -> str | None:
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _views(text: str) -> Iterator[str]:
    """Yield a text as it stands, with its escapes undone, and the strings of a JSON file."""
    yield squeezed(text)
    if "\\" in text:
        yield squeezed(_ESCAPE.sub("", text))
    if text.lstrip()[:1] in ("{", "["):
        try:
            strings = list(_strings(json.loads(text)))
        except (ValueError, RecursionError):
            return
        yield "\0".join(map(squeezed, strings))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _strings(inner)
    elif isinstance(value, list):
        if all(isinstance(inner, str) for inner in value):
            yield "".join(value)  # the lines of a cell
        else:
            for inner in value:
                yield from _strings(inner)


def _encoded(text: str) -> Iterator[bytes]:
    """Yield what the runs of base64 and of hexadecimal digits in a text stand for."""
    for run in _HEX.findall(text):
        yield bytes.fromhex(run)
    for run in _BASE64.findall(text):
        letters = run.rstrip("=").replace("-", "+").replace("_", "/")
        for start in range(4):  # letters before it may have been taken for its beginning
            part = letters[start:]
            part = part[: len(part) - (len(part) % 4 == 1)]
            try:
                yield base64.b64decode(part + "=" * (-len(part) % 4))
            except binascii.Error:
                continue


def _unpacked(content: bytes) -> bytes:
    """Return the bytes in a packed file; others as they are."""
    try:
        if content[:2] == b"\x1f\x8b":
            return zlib.decompressobj(31).decompress(content, _MAX_BYTES)
        if content[:1] == b"\x78":
            return zlib.decompressobj().decompress(content, _MAX_BYTES)
        if content[:3] == b"BZh":
            return bz2.BZ2Decompressor().decompress(content, _MAX_BYTES)
        if content[:6] == b"\xfd7zXZ\0":
            return lzma.LZMADecompressor().decompress(content, _MAX_BYTES)
    except (zlib.error, OSError, EOFError, lzma.LZMAError):
        return content
    return content
