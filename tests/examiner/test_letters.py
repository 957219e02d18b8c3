"""Code that only its letters break: put right outside of strings, where that makes it valid."""

import pytest

from examiner.letters import mended_letters
from tests.examiner.odd_code import ODD_CODE

SPACES, QUOTES = "odd spaces were read as plain ones", "curly quotes were read as straight ones"
TABS = "tabs among spaces were read as spaces"
SIGNS = "signs that look like others, such as − for -, were read as those"
FENCES = "the marks ``` around the code were left out"


@pytest.mark.parametrize(
    ("source", "meant", "said"),
    [
        ("def f():\n\u00a0\u00a0return 1", "def f():\n  return 1", [SPACES]),
        ("def\u00a0f():\n\u3000return '\u00a0'", "def f():\n return '\u00a0'", [SPACES]),
        ("x\u200b = 1\ufeff", "x = 1", [SPACES]),
        ("print(“it’s # one”)", 'print("it’s # one")', [QUOTES]),
        ("x = ‘a’ + \"“b”\"  # ‘c’", "x = 'a' + \"“b”\"  # ‘c’", [QUOTES]),
        ('x = “say "hi"”', 'x = "say \\"hi\\""', [QUOTES]),
        ("def f(a):\n    x = 1\n\treturn x", "def f(a):\n    x = 1\n    return x", [TABS]),
        ("if a:\n        x = 1\n\ty = '''\n\tz'''", "if a:\n        x = 1\n        y = '''\n\tz'''", [TABS]),
        ("x = 5 − 3 × 2 # 5 − 3", "x = 5 - 3 * 2 # 5 − 3", [SIGNS]),
        ("ｆ（１，\u30002）", "f(1, 2)", [SPACES, SIGNS]),
        ("if a ≤ b:\n\u00a0 print(“≤”)", 'if a <= b:\n  print("≤")', [SPACES, QUOTES, SIGNS]),
        ("```python\nx = 1\n```\n", "\nx = 1", [FENCES]),
    ],
    ids=[
        "no-break spaces", "odd spaces", "no width", "curly", "single curly", "quotes in quotes", "tab",
        "tabs", "signs", "full width", "all", "fences",
    ],
)  # fmt: skip
def test_code_is_read_as_it_was_meant_and_each_thing_is_said(source, meant, said):
    assert mended_letters(source) == (meant, tuple(said))


@pytest.mark.parametrize(
    "source",
    [
        "x = '\u00a0“”−'\t# ‘",
        "\tif a:\n\t\tx = 1",
        "if a:\n    if b:\n        x = 1\n\ty = 2",
        "Because addition “commutes”, isn’t it − always?",
        "x = “open",
        "x = 1\u00a0 +",
        "def f():\n\treturn '\u00a0'",
        *ODD_CODE.values(),
    ],
)
def test_what_is_valid_broken_otherwise_or_of_two_meanings_stays_as_it_is(source):
    text, said = mended_letters(source)
    assert (text, said) == (source, ()) or source in (
        ODD_CODE["a byte order mark"],
        ODD_CODE["a zero-width space"],
    )


def test_lines_stay_the_lines_that_they_were():
    source = "x = 1\u00a0\n\ny = “a”\n"
    assert mended_letters(source)[0].count("\n") == source.count("\n")
