from dataclasses import replace

import pytest

from examiner.collecting.exports import recognise
from examiner.collecting.sheets import read_sheet, write_sheet
from examiner.gradebook.returned import Returned
from examiner.returning.grades import Score, cut, fill

MOODLE = (
    "Identifier,Full name,Grade,Maximum Grade,Grade can be changed,Last modified (grade)\n"
    'Participant 117,Ada Li,{grade},"100,00",Yes,-\nParticipant 118,Ben Li,,"100,00",No,-\n'
)
BLACKBOARD = "Username,Last Name,Availability,Homework [Total Pts: 20 Percentage] |77\n{user},Li,Yes,\n"
STUDENTS = {0: "ada", 1: "ben"}


def filled(text, scores, before=None, **how):
    export = recognise(read_sheet(text.encode(), "a.csv"), "a.csv")
    students = {row: student for row, student in STUDENTS.items() if row < len(export.people)}
    made = fill(export, export.columns[0], students, scores, before or {}, **how)
    return made, [row[export.columns[0].place] for row in made.sheet.rows], export


def test_a_worksheet_with_decimal_commas_gets_decimal_commas():
    _, cells, _ = filled(MOODLE.format(grade=""), {"ada": Score(87.456, 100)})
    assert cells == ["87,46", ""]


def test_more_than_moodle_takes_becomes_its_maximum_and_is_named():
    made, cells, _ = filled(MOODLE.format(grade=""), {"ada": Score(104, 100)})
    assert (cells[0], made.capped) == ("100", ["ada 104"])


def test_a_locked_grade_stays_and_is_named():
    made, cells, _ = filled(MOODLE.format(grade=""), {"ben": Score(50, 100)})
    assert (cells[1], made.locked, made.scores) == ("", ["ben is locked"], {})


@pytest.mark.parametrize(
    ("grade", "before", "expected"),
    [
        ('"80,00"', (), "80,00"),
        ('"80,00"', (80.0,), "90"),
        ('"80,00"', (80.0, 85.0), "90"),
        ('"81,00"', (80.0,), "81,00"),
        ('"90,00"', (), "90"),
        ("-", (), "90"),
    ],
    ids=["given there", "returned", "returned before", "edited", "the same", "none"],
)
def test_only_what_came_from_here_is_replaced(grade, before, expected):
    made, cells, _ = filled(MOODLE.format(grade=grade), {"ada": Score(90, 100)}, {"ada": Returned(before)})
    assert cells[0] == expected
    assert bool(made.edited) == (expected != "90")
    assert filled(MOODLE.format(grade=grade), {"ada": Score(90, 100)}, overwrite=True)[1][0] == "90"


def test_a_column_in_per_cent_gets_per_cent():
    assert filled(BLACKBOARD.format(user="ada"), {"ada": Score(45, 60)})[1] == ["75"]


def test_a_row_whose_key_would_be_a_formula_is_left_out_and_named():
    made, _, export = filled(BLACKBOARD.format(user="-ada"), {"ada": Score(45, 60)})
    assert made.by_hand == ["ada 75"]
    sheet = cut(made, export, export.columns[0], [0])
    assert sheet.rows == ()
    assert b"-ada" not in write_sheet(sheet)


def test_only_what_the_platform_needs_goes_back():
    made, _, export = filled(BLACKBOARD.format(user="ada"), {"ada": Score(45, 60)})
    sheet = cut(made, export, export.columns[0], [0])
    assert sheet.header == ("Username", "Last Name", "Homework [Total Pts: 20 Percentage] |77")
    assert replace(sheet, header=export.sheet.header) != export.sheet
