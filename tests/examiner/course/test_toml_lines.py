import pytest

from examiner.course.toml_lines import NotToml, line_of, parsed

DOCUMENT = '''# a comment
a = 1
text = """
b = 2
[no header]
"""

[table]
many = [
    "one",  # [neither]

    "two",
]
inner.key = 3
[[list]]
n = 1
[[list]]
n = 2
  [list.deep]
  q = "\u2028 = 5"
last = { x = 1, y = [1, 2] }'''


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("a",), 2),
        (("text",), 3),
        (("table",), 8),
        (("table", "many"), 9),
        (("table", "many", 1), 9),
        (("table", "inner", "key"), 14),
        (("list", 0), 15),
        (("list", 0, "n"), 16),
        (("list", 1), 17),
        (("list", 1, "n"), 18),
        (("list", 1, "deep", "q"), 20),
        (("list", 1, "deep", "last", "y"), 21),
        (("list", 1, "none"), 17),
        (("b",), 1),
        (("table", "b", "c"), 8),
        ((), 1),
    ],
    ids=str,
)
def test_an_entry_has_the_line_where_it_begins_and_an_absent_one_its_tables(place, line):
    assert line_of(DOCUMENT, place) == line


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a = 1\nb =\nc = 3", 2, 'expected an entry like branch = "main", got b = (Invalid value)'),
        ("a", 1, "got a (Expected '=' after a key in a key/value pair)"),
        ("a = 1\nb = 'x\n", 2, "got b = 'x (Expected \"'\")"),
        ("a = 1\n\nl = [1,\n\n[x]\ny = 2", 5, "got [x] (Invalid value); the entry begins in line 3"),
        ('a = 1\nt = """\nno end\n', 2, 'got t = """ (Unterminated string)'),
        ("[x]\ny = 1\n[x]\n", 3, "got [x] (Cannot declare ('x',) twice)"),
        (
            f"a = 1\nb = {'9' * 5000}",
            2,
            f"got b = {'9' * 56} (Exceeds the limit (4300 digits) for integer string",
        ),
        ("a = 1\nb = " + "[" * 5000, 2, "expected lists and tables, got too many of them in one another"),
    ],
    ids=[
        "no value",
        "no sign",
        "an open text",
        "an open list",
        "an open long text",
        "twice",
        "digits",
        "depth",
    ],
)
def test_what_is_not_toml_names_the_line_and_what_stands_there(text, line, said):
    with pytest.raises(NotToml) as refused:
        parsed(text)
    assert refused.value.line == line
    assert said in str(refused.value)


def test_what_is_toml_is_read():
    assert parsed("a = 1\n[b]\nc = 2") == {"a": 1, "b": {"c": 2}}
