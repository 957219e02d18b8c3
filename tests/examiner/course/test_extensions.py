from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from examiner.course.extensions import read_extensions
from examiner.errors import CourseError

DUE = datetime(2027, 2, 12, 23, 59, tzinfo=UTC)
TITLES = "student,assignment,days,due,reason\n"
# file content, and how much later Ada may hand in then
READ = {
    "days": (TITLES + "ada,01_adding,3,,ill\n", timedelta(days=3)),
    "half a day": (TITLES + "ada,01_adding,0.5,,\n", timedelta(hours=12)),
    "an assignment's number": (TITLES + "ada,1,3,,ill\n", timedelta(days=3)),
    "a due date": (TITLES + "ada,01_adding,,2027-02-14 23:59,\n", timedelta(days=2)),
    "with a zone": (TITLES + "ada,01_adding,,2027-02-14T23:59:00+02:00,\n", timedelta(hours=46)),
    "a day lasts until its end": (TITLES + "ada,01_adding,,2027-02-14,\n", timedelta(days=2)),
    "other columns' order": ("Due, Student ,assignment\n2027-02-14 23:59,ada,01_adding\n", timedelta(days=2)),
    "semicolons and a decimal comma": ("student;assignment;days\nada;01_adding;0,5\n", timedelta(hours=12)),
    "tabs": ("student\tassignment\tdays\nada\t01_adding\t3\n", timedelta(days=3)),
    "comments and empty lines": (f"\n# late\n{TITLES}\n# ill\nada,01_adding,3\n,,,,\n", timedelta(days=3)),
    "line ends of Windows": (TITLES.replace("\n", "\r\n") + "ada,01_adding,3,,ill\r\n", timedelta(days=3)),
    "quotes": (TITLES + 'ada,01_adding,3,,"ill, and away"\n', timedelta(days=3)),
}
ODD = {
    "no student": ("x,01_adding,3\n,01_adding,3,,", "line 3: names no student, expected the name"),
    "no such assignment": ("ada,01_ading,3", "line 2: course.toml lists 01_adding, but no"),
    "both": ("ada,01_adding,3,2027-02-14,", "line 2: has both days and due, expected one of them"),
    "neither": ("ada,01_adding,,,ill", "line 2: has neither days nor due, expected one of them"),
    "no number": ("ada,01_adding,three", "line 2: has days three, expected days like 3 or 0.5"),
    "not a number": ("ada,01_adding,nan", "line 2: has days nan, expected days like 3 or 0.5"),
    "no date": ("ada,01_adding,,14.2.2027", "line 2: has due 14.2.2027, expected due like 2027-02-20 12:00"),
    "no later": (
        "ada,01_adding,,2027-02-10",
        "line 2: is due 2027-02-10 23:59 UTC, expected a date after that of all others, 2027-02-12 23:59 UTC",
    ),
    "days back": ("ada,01_adding,-1", "line 2: is due 2027-02-11 23:59 UTC, expected a date after"),
    "too late": ("ada,01_adding,,2037-02-10", "line 2: is due 2037-02-10, more than a year after all others"),
    "twice": ("ada,1,3\nada,01_adding,4", "line 3: ada has an extension of 01_adding in a line above"),
    "too many values": ("ada,01_adding,3,,ill, away", "line 2: has 6 values under 5 titles: put quotes"),
}  # fmt: skip


def write(course, content):
    path = course.root / "extensions.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


@pytest.mark.parametrize("case", READ)
def test_an_extension_is_read(course, case):
    content, longer = READ[case]
    write(course, content)
    (extension,) = read_extensions(course).values()
    assert (extension.student, extension.assignment) == ("ada", "01_adding")
    assert (extension.longer, extension.due) == (longer, DUE + longer)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_names_are_read_as_spreadsheets_write_them(course, encoding):
    write(course, (TITLES + "zoë,01_adding,3,,müde\n").encode(encoding))
    (extension,) = read_extensions(course).values()
    assert (extension.student, extension.because) == ("zoë", " (müde)")


def test_a_date_without_a_zone_is_of_the_courses_zone(course):
    write(course, TITLES + "ada,01_adding,,2027-02-14 12:00,\n")
    berlin = replace(course, timezone=ZoneInfo("Europe/Berlin"))
    assert read_extensions(berlin)["ada", "01_adding"].due == datetime(2027, 2, 14, 11, tzinfo=UTC)


@pytest.mark.parametrize("content", ["", TITLES, "\n\n"], ids=["empty", "titles alone", "blank"])
def test_a_file_without_lines_extends_nothing(course, content):
    assert read_extensions(course) == {}
    write(course, content)
    assert read_extensions(course) == {}


@pytest.mark.parametrize("case", ODD)
def test_a_line_that_is_odd_is_told_with_its_number(course, case):
    lines, said = ODD[case]
    write(course, TITLES + lines)
    with pytest.raises(CourseError) as error:
        read_extensions(course)
    assert str(error.value).startswith(f"extensions.csv, {said}")


def test_all_odd_lines_are_told_at_once(course):
    write(course, TITLES + "ada,01_adding\nben,01_adding,x")
    with pytest.raises(CourseError, match=r"^2 lines of extensions.csv are not as expected:\n .*2: .*\n .*3"):
        read_extensions(course)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("name,assignment,days\nada,1,3", "line 1: has the titles name, assignment, days, expected stu"),
        ("student,assignment\nada,1", "line 1: has the titles student, assignment, expected student, "),
        ("student,asignment,days", "line 1: has the titles student, asignment, days, expected student, "
         "assignment, days or due, reason; did you mean assignment?"),
        ("student,assignment,days,days", "line 1: has the titles student, assignment, days, days, expected"),
    ],
    ids=["renamed", "missing", "misspelt", "doubled"],
)  # fmt: skip
def test_titles_that_are_odd_are_told(course, content, said):
    write(course, content)
    with pytest.raises(CourseError) as error:
        read_extensions(course)
    assert str(error.value).startswith(f"extensions.csv, {said}")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ((TITLES + "zoë,01_adding,3").encode("latin-1"), "is not text in UTF-8: save it as “CSV UTF-8”"),
        (b"PK\x03\x04\0\0", "is not text: expected lines like ada,02_poisson_glm,3,,ill"),
    ],
    ids=["latin-1", "a spreadsheet's own file"],
)
def test_a_file_that_is_no_text_is_told(course, content, said):
    write(course, content)
    with pytest.raises(CourseError, match=f"^extensions.csv {said}"):
        read_extensions(course)


def test_an_assignment_that_is_never_due_needs_no_extension(course):
    write(course, TITLES + "ada,1,3")
    timeless = replace(course, assignments=(replace(course.assignments[0], due=None),))
    with pytest.raises(CourseError, match="01_adding has no due date in course.toml, so it needs no"):
        read_extensions(timeless)
