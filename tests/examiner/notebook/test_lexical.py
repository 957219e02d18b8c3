import time

import pytest

from examiner.notebook.lexical import Part, is_deep, lines, nesting, parts
from tests.examiner.odd_code import ODD_CODE


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a = 'b'  # c", [("code", "a = "), ("string", "'b'"), ("code", "  "), ("comment", "# c")]),
        ("'''a\n\"b' '''+1", [("string", "'''a\n\"b' '''"), ("code", "+1")]),
        ("r'\\'' + x", [("code", "r"), ("string", "'\\''"), ("code", " + x")]),
        ("x = 'open\ny = 1", [("code", "x = "), ("string", "'open"), ("code", "\ny = 1")]),
        ('x = """open\ny', [("code", "x = "), ("string", '"""open\ny')]),
        ("'a\\\nb'", [("string", "'a\\\nb'")]),
        ("'# no comment'", [("string", "'# no comment'")]),
        ("# it's one", [("comment", "# it's one")]),
    ],
)
def test_code_is_told_from_strings_and_comments(source, expected):
    assert list(parts(source)) == [Part(*part) for part in expected]


@pytest.mark.parametrize("name", ODD_CODE)
def test_the_parts_of_any_text_make_up_the_text(name):
    source = ODD_CODE[name]
    assert "".join(part.text for part in parts(source)) == source
    assert "".join(line for line, _ in lines(source)) == source


def test_a_statement_begins_where_no_bracket_string_or_backslash_holds_the_line_before():
    source = "a = (1,\n2)\nb = '''\n3'''\nc = 1 + \\\n4\nd = 5  # \\\ne = 6"
    begins = [line for line, may_begin in lines(source) if may_begin]
    assert begins == ["a = (1,\n", "b = '''\n", "c = 1 + \\\n", "d = 5  # \\\n", "e = 6"]


@pytest.mark.parametrize(
    ("source", "deep"),
    [
        ("x = [" + "-0.5, " * 5_000 + "]", False),
        ("x = [\n" + "  [1, -2, f(3) + 4],\n" * 2_000 + "]", False),
        ("y = a.b(c) + d\n" * 3_000, False),
        ("'" + "-" * 9_000 + "'", False),
        ("# " + "(" * 9_000, False),
        ("(" * 150, True),
        ("lambda a, b: " * 2_000 + "1", True),
        ("x = " + "-" * 2_000 + "1", True),
        ("f'{" + "-" * 2_000 + "1}'", True),
        ("a" + "[0]" * 2_000, True),
        ("if a:\n    pass\n" + "elif b:\n    pass\n" * 2_000, True),
    ],
    ids=lambda value: value[:14] if isinstance(value, str) else str(value),
)
def test_what_is_nested_deep_is_told_from_what_is_long(source, deep):
    assert (nesting(source) > 1_000, is_deep(source, 1_000)) == (deep, deep)


def test_a_long_text_is_read_in_a_moment():
    start = time.process_time()
    for piece in ("'", '"\\', "f'{", "a='''x", "(", "\n", "a,"):
        nesting(piece * (300_000 // len(piece)))
    assert time.process_time() - start < 5
