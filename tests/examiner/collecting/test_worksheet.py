from datetime import datetime

import pytest

from examiner.collecting.collect import Choices, collect
from examiner.collecting.exports import recognise
from examiner.collecting.roster import take_roster
from examiner.collecting.sheets import read_sheet
from examiner.collecting.worksheet import hand_in_times, read_date
from examiner.errors import BadExport
from examiner.gradebook.roster import read_export, read_members
from tests.examiner.collecting.conftest import moodle, submitted

WHO = "Identifier,Full name,Email address"
HEAD = f"{WHO},Grade,Maximum Grade,Last modified (submission),Last modified (grade)\n"


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("Friday, 12 February 2027, 2:14 PM", datetime(2027, 2, 12, 14, 14)),
        ("Friday, February 12, 2027, 12:14 AM", datetime(2027, 2, 12, 0, 14)),
        ("Friday, 12 February 2027, 14:14", datetime(2027, 2, 12, 14, 14)),
        ("12 Feb 2027, 14:14", datetime(2027, 2, 12, 14, 14)),
        ("Freitag, 12. Februar 2027, 14:14", None),
        ("31 February 2027, 14:14", None),
        ("Friday, 12 February 2027, 13:14 PM", None),
        ("-", None),
    ],
)
def test_a_time_is_read_as_moodle_writes_it(text, time):
    assert read_date(text) == time


def row(number, name, when):
    return f'Participant {number},{name},{name.split()[0].lower()}@uni.example,,100,"{when}",-\n'


def test_a_worksheet_names_the_times_that_cannot_be_read():
    text = (
        HEAD
        + row(117, "Ada Li", "yesterday")
        + row(118, "Ben Li", "-")
        + row(119, "Cy Li", "1 May 2027, 9:00 AM")
    )
    found = hand_in_times(recognise(read_sheet(text.encode(), "a.csv"), "a.csv"))
    assert found.times == {"119": datetime(2027, 5, 1, 9, 0)}
    assert found.unread == ("Ada Li “yesterday”",)


def test_moodles_zip_file_gets_whose_and_when_from_the_worksheet(two_assignments, packed, tmp_path):
    course = two_assignments
    for assignment, first, file in (
        ("01_adding", 117, "adding.ipynb"),
        ("02_doubling", 219, "doubling.ipynb"),
    ):
        sheet = tmp_path / f"Grades-{assignment}.csv"
        sheet.write_text(
            HEAD
            + row(first, "Ada Lovelace", "Friday, 12 February 2027, 2:14 PM")
            + row(first + 1, "Ben Li", "-")
        )
        path = packed({moodle(first, file=file): b"1", moodle(first + 1, "Ben Li", file): b"2"})
        collected = collect(course, path, choices=Choices(worksheet=sheet))
        assert (collected.questions, collected.not_placed) == ([], [])
        assert "Moodle's worksheet tells when the work was handed in." in str(collected)
    files = submitted(course)
    assert files["Ada_Lovelace/02_doubling/timestamp.txt"] == b"2027-02-12 14:14:00 UTC\n"
    assert {name.split("/")[0] for name in files} == {"Ada_Lovelace", "Ben_Li"}
    assert "Ben_Li/02_doubling/timestamp.txt" not in files


def test_a_worksheet_that_does_not_name_its_assignment_is_refused(two_assignments, packed, tmp_path):
    sheet = tmp_path / "Grades.csv"
    sheet.write_text(HEAD + row(117, "Ada Lovelace", "-"))
    with pytest.raises(BadExport, match="does not name its assignment: say which with ASSIGNMENT=name"):
        collect(two_assignments, packed({moodle(117): b"1"}), choices=Choices(worksheet=sheet))
    assert submitted(two_assignments) == {}


def test_a_worksheet_of_anonymous_submissions_names_nobody_and_tells_the_times(course, packed, tmp_path):
    sheet = tmp_path / "Grades.csv"
    head = HEAD.replace("Full name,Email address,", "")
    sheet.write_text(head + 'Participant 117,,100,"Friday, 12 February 2027, 2:14 PM",-\n')
    archive = packed({moodle(117, "Participant"): b"1", moodle(118, "Participant"): b"2"})
    collected = collect(course, archive, choices=Choices(worksheet=sheet))
    assert (collected.questions, collected.not_placed) == ([], [])
    files = submitted(course)
    assert files["Participant_117/01_adding/timestamp.txt"] == b"2027-02-12 14:14:00 UTC\n"
    assert files["Participant_118/01_adding/adding.ipynb"] == b"2"


@pytest.mark.parametrize(
    ("filename", "first", "assignment", "reason"),
    [
        ("Grades-01_adding.csv", 219, "02_doubling", "has the name of 01_adding, not of 02_doubling: "),
        ("Grades.csv", 117, "02_doubling", "has the numbers of 01_adding, not of 02_doubling: "),
    ],
    ids=["by its name", "by its numbers"],
)
def test_the_worksheet_of_another_assignment_is_refused_and_changes_nothing(
    two_assignments, tmp_path, filename, first, assignment, reason
):
    course = two_assignments
    rows = row(117, "Ada Lovelace", "-") + row(118, "Ben Li", "-")
    (tmp_path / "first").mkdir()
    (tmp_path / "first" / "Grades-01_adding.csv").write_text(HEAD + rows)
    take_roster(course, tmp_path / "first" / "Grades-01_adding.csv")
    before = read_members(course)
    path = tmp_path / filename
    path.write_text(HEAD + row(first, "Ada Lovelace", "-") + row(first + 1, "Ben Li", "-"))
    with pytest.raises(BadExport) as refusal:
        take_roster(course, path, course.assignment(assignment))
    assert str(refusal.value) == (
        f"{filename} {reason}is it another assignment's worksheet? Download this one's, or correct ASSIGNMENT"
    )
    assert read_members(course) == before
    assert read_export(course, "Moodle", course.assignment(assignment)) is None
