import base64
import bz2
import functools
import gzip
import io
import json
import lzma
import zipfile
import zlib

import pytest

from examiner.publishing.texts import NoText, squeezed, texts_in

SECRET = "return padded[t : t + d] for t in range(T)"
PICTURE = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"


def notebook(**cell):
    return json.dumps({"cells": [{"source": ["def f(x):\n", "    return x"], **cell}]}).encode()


def zipped(files, comment=b""):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = comment
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def as_base64(content):
    return base64.b64encode(content).decode()


HIDDEN = {
    "plain": SECRET.encode(),
    "indented and wrapped": b"  return padded[t :\n      t + d]\tfor t in range(T)",
    "utf-16": SECRET.encode("utf-16"),
    "string with escapes": rb"text = 'return padded[t : t + d]\n    for t in range(T)'",
    "cell by lines": notebook(source=["return padded[t : t + d]\n", "for t in range(T)"]),
    "metadata of a cell": notebook(metadata={"answer": {"is": [1, SECRET]}}),
    "key of metadata": notebook(metadata={SECRET: 1}),
    "output": notebook(outputs=[{"data": {"text/html": ["return padded[t : t + d]", " for t in range(T)"]}}]),
    "attachment": notebook(attachments={"a.txt": {"text/plain": as_base64(SECRET.encode())}}),
    "base64 in a word": f"x = loads('b64{as_base64(SECRET.encode())}')".encode(),
    "base64 for addresses": base64.urlsafe_b64encode(f"?>?>?>{SECRET}".encode()),
    "base64 in lines": base64.encodebytes(2 * SECRET.encode()),
    "base64 of base64": as_base64(as_base64(SECRET.encode()).encode()).encode(),
    "base64 of a notebook": as_base64(notebook(source=[SECRET])).encode(),
    "hexadecimal": SECRET.encode().hex().encode(),
    "gzip": as_base64(gzip.compress(SECRET.encode())).encode(),
    "zlib": as_base64(zlib.compress(SECRET.encode())).encode(),
    "bzip2": as_base64(bz2.compress(SECRET.encode())).encode(),
    "xz": as_base64(lzma.compress(SECRET.encode())).encode(),
    "zip": zipped({"a.txt": SECRET.encode()}),
    "zip in a zip": zipped({"a.whl": zipped({"a.txt": SECRET.encode()})}),
    "name in a zip": zipped({SECRET: b""}),
    "comment of a zip": zipped({"a": b""}, SECRET.encode()),
    "attached zip": notebook(source=[as_base64(zipped({"a.txt": SECRET.encode()}))]),
    "comment of a picture": PICTURE + SECRET.encode(),
    "comment of a picture in an output": notebook(data={"image/png": as_base64(PICTURE + SECRET.encode())}),
}


@pytest.mark.parametrize("content", HIDDEN.values(), ids=HIDDEN.keys())
def test_a_line_is_among_the_texts_however_it_is_kept(content):
    assert any(squeezed(SECRET) in text for text in texts_in(content))


def test_strings_that_are_apart_in_a_notebook_are_not_joined():
    apart = notebook(metadata={"a": "return padded[t : t + d]", "b": "for t in range(T)"})
    assert not any(squeezed(SECRET) in text for text in texts_in(apart))


def test_a_check_sum_and_long_words_hold_no_text_of_their_own():
    check_sum = "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"
    text = f"sha256 {check_sum} a_very_long_name_of_a_function".encode()
    assert list(texts_in(text)) == ["".join(text.decode().split())]


def test_what_is_neither_text_nor_a_picture_cannot_be_searched():
    with pytest.raises(NoText, match="which is neither text nor a picture"):
        list(texts_in(b"\xcb\r\r\n\0\xff"))


def locked(content):
    """Return a zip file that says that its only file is encrypted."""
    return content.replace(b"PK\x03\x04\x14\0\0", b"PK\x03\x04\x14\0\1").replace(
        b"PK\1\2\x14\x03\x14\0\0", b"PK\1\2\x14\x03\x14\0\1"
    )


@pytest.mark.parametrize(
    ("content", "why"),
    {
        "broken": (b"PK\x03\x04\xff\xfe\xfd", "a zip file that does not open"),
        "encrypted": (locked(zipped({"a.txt": b"text"})), "a zip file that does not open"),
        "holds something unknown": (zipped({"a.pyc": b"\xcb\r\r\n\0\xff"}), "neither text nor a picture"),
        "too deep": (functools.reduce(lambda inner, _: zipped({"a": inner}), range(9), b""), "within others"),
        "too large": (zipped({"a.txt": bytes(60_000_000)}), "too large to search"),
    }.values(),
    ids=["broken", "encrypted", "holds something unknown", "too deep", "too large"],
)
def test_a_zip_file_that_cannot_be_searched_as_a_whole_is_not_taken_for_harmless(content, why):
    with pytest.raises(NoText, match=why):
        list(texts_in(content))
