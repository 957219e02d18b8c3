import io

import pytest

from examiner.wording import counted, harmless, printable, say, time_span


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ada Lovelace", "Ada Lovelace"),
        ("Größe 数 \U0001f600", "Größe 数 \U0001f600"),
        ("a\x1b[2Jb", "a [2Jb"),
        ("a\nb\tc\rd", "a b c d"),
        ("a\u202eb\u2066c\u200fd", "a b c d"),
        ("a\ud800b\0", "a b "),
        ("a\u2028b", "a b"),
    ],
)
def test_a_line_for_a_terminal_holds_nothing_that_acts_on_it(text, shown):
    assert printable(text) == shown


def test_what_is_said_keeps_its_lines_and_each_is_made_printable():
    stream = io.StringIO()
    say("one \x1b[31m\ntwo \ud800", stream=stream)
    assert stream.getvalue() == "one  [31m\ntwo  \n"


def test_what_a_terminal_has_no_letters_for_is_said_all_the_same():
    raw = io.BytesIO()
    terminal = io.TextIOWrapper(raw, encoding="latin-1", write_through=True)
    say("Größe … \U0001f600", stream=terminal)
    assert raw.getvalue() == "Größe ? ?\n".encode("latin-1")


def test_a_page_shows_a_mark_for_what_acts_and_shows_nothing():
    assert harmless("a\u202eb\x00c\x1b[31md\te\r\nf\u2069") == "a�b�c�[31md\te\nf�"
    assert harmless("שלום \u200d عَرَبِيّ") == "שלום \u200d عَرَبِيّ"


def test_one_of_something_is_said_as_one():
    assert [counted(n, "page") for n in (0, 1, 2)] == ["0 pages", "1 page", "2 pages"]
    assert [counted(n, "person", "people") for n in (1, 2)] == ["1 person", "2 people"]


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0 minutes"), (61, "1 minute"), (2_400, "40 minutes"), (3_600, "1 hour"), (12_600, "3.5 hours"),
     (86_400, "1 day"), (216_000, "2.5 days")],
)  # fmt: skip
def test_a_length_of_time_is_said_in_the_unit_that_fits(seconds, said):
    assert time_span(seconds) == said
