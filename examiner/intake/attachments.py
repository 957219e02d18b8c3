"""Keeps pictures that a student pasted into a text cell, and shows them where they are small.

A notebook holds them in a cell's `attachments`, as `{name: {kind: base64}}`, and the text shows one by
`![…](attachment:name)`. An attachment whose content is not PNG, JPEG or GIF is dropped, and the rest of the
cell stays.
"""

from __future__ import annotations

import base64
import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote

Attachments = dict[str, dict[str, str]]

_FORMATS = ("PNG", "JPEG", "GIF")
_KINDS = {"PNG": "image/png", "JPEG": "image/jpeg", "MPO": "image/jpeg", "GIF": "image/gif"}
_PREFIX = "attachment:"
_INLINE = re.compile(r"data:image/(?:png|jpe?g|gif);base64,([A-Za-z0-9+/=]+)")
_MOST_LETTERS, _MOST_TOGETHER, _MOST_PICTURES = 10_000_000, 30_000_000, 50
_MOST_PIXELS = 50_000_000  # a small file can hold a picture that fills a browser's memory
_LONGEST_NAME = 200


def kept_attachments(attachments: Any) -> Attachments:
    """Return the pictures among what a cell calls its attachments, each by its own kind."""
    kept: Attachments = {}
    left = _MOST_TOGETHER
    for name, bundle in list(attachments.items())[:_MOST_PICTURES] if type(attachments) is dict else []:
        found = _picture(bundle) if type(bundle) is dict and len(name) <= _LONGEST_NAME else None
        if found is not None and len(found[1]) <= left:
            kept[name] = dict([found])
            left -= len(found[1])
    return kept


def picture_address(reference: str, attachments: Any, longest: int) -> str:
    """Return a picture as an address that holds it; empty for what is no picture, or is longer than that.

    `reference` is what the text says, as `attachment:plot%201.png`.
    """
    if not reference.startswith(_PREFIX) or not isinstance(attachments, dict):
        return ""
    name = reference.removeprefix(_PREFIX)
    bundle = attachments.get(name, attachments.get(unquote(name)))
    return picture_in(bundle, longest)


def lifted(source: str) -> tuple[str, Attachments]:
    """Return a text with its inline pictures, as Colab writes them, made references to attachments."""
    found: Attachments = {}

    def lift(picture: re.Match[str]) -> str:
        name = f"inline-{len(found) + 1}"
        found[name] = {"image/png": picture[1]}
        return f"{_PREFIX}{name}"

    return _INLINE.sub(lift, source), kept_attachments(found)


def picture_in(bundle: Any, longest: int) -> str:
    """Return the picture in a bundle of kinds as an address that holds it, or an empty string."""
    found = _picture(bundle) if isinstance(bundle, dict) else None
    return f"data:{found[0]};base64,{found[1]}" if found and len(found[1]) <= longest else ""


def _picture(bundle: dict[Any, Any]) -> tuple[str, str] | None:
    """Return the kind and the base64 of the first picture of a bundle; what it is called does not matter."""
    for said in dict.fromkeys(_KINDS.values()):
        letters = bundle.get(said)
        if isinstance(letters, list):
            letters = "".join(part for part in letters if isinstance(part, str))
        if isinstance(letters, str) and (kind := _kind(letters := "".join(letters.split()))):
            return kind, letters
    return None


@contextmanager
def _errors_for_warnings() -> Iterator[None]:
    """Let a picture of too many pixels be an error, which Pillow otherwise only warns of."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def _kind(letters: str) -> str:
    """Return which kind of picture this is by its content, or an empty string."""
    if not 0 < len(letters) <= _MOST_LETTERS:
        return ""
    from PIL import Image  # few answers hold pictures

    try:
        content = io.BytesIO(base64.b64decode(letters, validate=True))
        with _errors_for_warnings(), Image.open(content, formats=_FORMATS) as picture:
            width, height = picture.size
            return _KINDS[str(picture.format)] if 0 < width * height <= _MOST_PIXELS else ""
    except Exception:  # a damaged picture raises errors of many types
        return ""
