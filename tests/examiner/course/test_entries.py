from dataclasses import dataclass
from typing import Annotated

import pytest

from examiner.course.entries import Reader, number, sentences, shown, text, whole
from examiner.course.toml_lines import parsed


@dataclass(frozen=True)
class Room:
    name: Annotated[str, text("a name of small letters", "[a-z]+")]
    seats: Annotated[int, whole(1, 9, "seats")] = 4
    inside: str = "not an entry"


@dataclass(frozen=True)
class House:
    rooms: tuple[Room, ...]
    hall: Room = Room("hall")
    height: Annotated[float, number(2, 3.5, "metres")] = 2.5
    owner: str = ""


def read(document):
    reader = Reader(House)
    house = reader.table(House, parsed(document), owner="me")
    return house, sentences(reader.problems, document, "house.toml")


def test_tables_become_the_dataclasses_that_describe_them():
    house, said = read(
        'height = 3\n[hall]\nname = "a"\n[[rooms]]\nname = "b"\nseats = 9\n[[rooms]]\nname = "c"'
    )
    assert said == []
    assert house == House((Room("b", 9), Room("c")), Room("a"), 3, "me")


def test_each_table_that_is_fine_is_kept_with_its_place_even_if_another_is_not():
    reader = Reader(House)
    assert reader.table(House, parsed('[[rooms]]\nname = "b"\n[[rooms]]\nname = 3')) is None
    assert reader.fine == [(("rooms", 0), Room("b"))]


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (
            "",
            [
                "house.toml, line 1: the top of the file has no entry rooms, expected tables, each "
                "headed [[rooms]]"
            ],
        ),
        (
            "rooms = []",
            ["house.toml, line 1: rooms is an empty list, expected tables, each headed [[rooms]]"],
        ),
        ("rooms = [1]", ["house.toml, line 1: [[rooms]] is 1, expected one table, headed [[rooms]]"]),
        (
            '[[rooms]]\nname = "a"\ninside = "x"',
            ["house.toml, line 3: [[rooms]] has no entry inside, expected one of name, seats"],
        ),
        (
            '\n[[rooms]]\nseats = 0\n[hall]\nname = "a"\nheight = 3\n"a\\nb" = 1',
            [
                "house.toml, line 2: [[rooms]] has no entry name, expected a name of small letters",
                "house.toml, line 3: seats in [[rooms]] is 0, expected a whole number of seats from 1 to 9",
                "house.toml, line 6: [hall] has no entry height, expected one of name, seats; "
                "it belongs above the first table",
                'house.toml, line 7: [hall] has no entry "a\\nb", expected one of name, seats',
            ],
        ),
        (
            f'height = 1{"0" * 400}\n[[rooms]]\nname = "a"',
            [f"house.toml, line 1: height is 1{'0' * 59}, expected a number of metres from 2 to 3.5"],
        ),
    ],
    ids=["nothing", "none", "no table", "no entry", "several", "digits"],
)
def test_what_is_not_as_expected_is_a_sentence_with_its_line(document, said):
    house, problems = read(document)
    assert house is None
    assert problems == said


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("a\nü", 'the text "a\\nü"'),
        (True, "true"),
        (3.0, "3.0"),
        ({}, "a table"),
        ([], "an empty list"),
        ([1], "a list"),
    ],
    ids=str,
)
def test_a_value_is_shown_as_the_file_has_it(value, words):
    assert shown(value) == words
