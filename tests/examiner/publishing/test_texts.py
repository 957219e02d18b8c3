import base64
import bz2
import gzip
import json
import lzma
import zlib

import pytest

from examiner.publishing.texts import NoText, squeezed, texts_in

SECRET = "return padded[t : t + d] for t in range(T)"
PICTURE = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"


def notebook(**cell):
    return json.dumps({"cells": [{"source": ["def f(x):\n", "    return x"], **cell}]}).encode()


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


@pytest.mark.parametrize("content", [b"PK\x03\x04\xff\xfe\xfd", b"\xcb\r\r\n\0\xff"], ids=["zip", "pyc"])
def test_what_is_neither_text_nor_a_picture_cannot_be_searched(content):
    with pytest.raises(NoText, match="which is neither text nor a picture"):
        list(texts_in(content))
