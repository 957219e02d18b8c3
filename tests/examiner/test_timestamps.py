import os
import signal
import zoneinfo
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nbgrader.exchange.abc.exchange import Exchange

from examiner import timestamps
from examiner.timestamps import HandInTime, parse_time, read_time

BERLIN = zoneinfo.ZoneInfo("Europe/Berlin")
NEW_YORK = zoneinfo.ZoneInfo("America/New_York")
TEN = datetime(2027, 2, 12, 10, 0, tzinfo=UTC)


@contextmanager
def within(seconds):
    """End a test that waits for a pipe or a device."""

    def stop(*_):
        raise TimeoutError("a time stamp was waited for")

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    yield
    signal.alarm(0)


@pytest.mark.parametrize(
    "text",
    [
        "2027-02-12 10:00:00 UTC",
        "2027-02-12 10:00:00.000000 UTC",
        "2027-02-12 10:00:00 GMT",
        "2027-02-12T10:00:00Z",
        "2027-02-12t10:00z",
        "2027-02-12T10:00:00+00:00",
        "2027-02-12 11:00:00 CET",
        "2027-02-12 11:00:00.000000 +0100",
        "2027-02-12T11:00+01",
        "2027-02-12 07:00:00 -03",
        "2027-02-12 15:30:00 +0530",
        "2027-02-12 05:00 America/New_York",
        "20270212T100000Z",
        "2027-W06-5T10:00Z",
        "2027-02-12T10:00:00,0Z",
    ],
)
def test_a_time_with_a_zone_is_what_it_says(text):
    assert parse_time(text, BERLIN) == HandInTime(TEN)


@pytest.mark.parametrize(
    ("text", "zone", "time"),
    [
        ("2027-02-12 10:00:00", UTC, TEN),
        ("2027-02-12 11:00", BERLIN, TEN),
        ("2027-07-12T12:00:00", BERLIN, datetime(2027, 7, 12, 10, 0, tzinfo=UTC)),
        # Twice in the night when clocks are put back: the first, which is the better one for the student.
        ("2027-10-31 02:30:00", BERLIN, datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
    ],
)
def test_a_time_without_a_zone_is_meant_in_the_courses(text, zone, time):
    assert parse_time(text, zone) == HandInTime(time, lacks_zone=True)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2027-07-12 12:00:00 CEST", datetime(2027, 7, 12, 10, 0, tzinfo=UTC)),
        ("2027-10-31 02:30:00 CEST", datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
        ("2027-10-31 02:30:00 CET", datetime(2027, 10, 31, 1, 30, tzinfo=UTC)),
    ],
)
def test_an_abbreviation_is_the_courses_zone_where_that_goes_by_it(text, time):
    assert parse_time(text, BERLIN) == HandInTime(time)


@pytest.mark.parametrize(
    "zone", ["UTC", "Europe/Berlin", "America/Sao_Paulo", "Asia/Kolkata", "Asia/Kathmandu"]
)
def test_what_nbgraders_exchange_writes_in_the_courses_zone_is_read(zone):
    exchange = Exchange(timezone=zone)
    exchange.set_timestamp()
    told = parse_time(exchange.timestamp, zoneinfo.ZoneInfo(zone))
    assert abs(datetime.now(UTC) - told.time) < timedelta(minutes=1)
    assert not told.lacks_zone


NO_DATE = "says “{}”, which is no date with a time of day"
NO_ZONE = (
    "says “{}”: “{}” is not UTC, an offset like +01:00 or a name of the course's zone (America/New_York)"
)
NO_CALENDAR = "says “{}”, which no calendar has"


@pytest.mark.parametrize(
    "text",
    [
        "friday", "soon", "10:00", "12", "02/03/2027 10:00", "12.02.2027 23:59", "10000000000", "2027-02-12",
        "2027", "20270212", "1e9", "2027-02-12-10-00-00", "2027-2-12 10:00 UTC", "10:00 2027-02-12",
        "٢٠٢٧-02-12 10:00 UTC", "2027-02-12 10h00 UTC", "2027-02-12 10:00 UTC and more", "1" * 100,
    ],
)  # fmt: skip
def test_what_is_no_date_in_one_form_is_a_fault(text):
    shown = text if len(text) < 100 else "1" * 100
    assert parse_time(text, NEW_YORK) == HandInTime(fault=NO_DATE.format(shown))


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("2027-02-12 20:30:00 PST", "PST"),
        ("2027-02-12 10:00:00 EDT", "EDT"),  # in winter
        ("2027-02-12 10:00:00 IST", "IST"),
        ("2027-02-12 10:00 PM", "PM"),
        ("2027-02-12 10:00 +19:00", "+19:00"),
        ("2027-02-12 10:00 Nowhere/Land", "Nowhere/Land"),
        ("2027-02-12 10:00 ../../etc/passwd", "../../etc/passwd"),
        ("2027-02-12 10:00 right/Europe/Berlin", "right/Europe/Berlin"),
    ],
)
def test_a_zone_that_may_be_several_or_none_is_a_fault(text, zone):
    assert parse_time(text, NEW_YORK) == HandInTime(fault=NO_ZONE.format(text, zone))


@pytest.mark.parametrize(
    "text",
    ["2027-02-30 10:00 UTC", "2027-02-12 25:00 UTC", "2027-02-12 10:00:60 UTC", "0001-01-01 00:00 +14:00"],
)
def test_a_time_that_no_calendar_has_is_a_fault(text):
    assert parse_time(text, UTC) == HandInTime(fault=NO_CALENDAR.format(text))


@pytest.fixture
def folder(course, assignment):
    """The folder of Ada's submission."""
    path = course.path("submitted", assignment, "ada")
    path.mkdir(parents=True)
    return path


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"2027-02-12 10:00:00 UTC", HandInTime(TEN)),
        (b"\xef\xbb\xbf2027-02-12 10:00:00 UTC\r\n", HandInTime(TEN)),
        (b" " * 60 + b"2027-02-12 10:00:00 UTC\n", HandInTime(TEN)),
        (b"", HandInTime(fault="is empty")),
        (b" \n", HandInTime(fault="is empty")),
        (b"\xff\xfe2\x000\x00", HandInTime(fault="is no text in UTF-8")),
        (b"2027-02-12 10:00:00 UTC" + b" " * 100, HandInTime(fault="holds more than 100 bytes")),
        (b"\0", HandInTime(fault=NO_DATE.format("\N{REPLACEMENT CHARACTER}"))),
        (b"\x1b[2J", HandInTime(fault=NO_DATE.format("\N{REPLACEMENT CHARACTER}[2J"))),
    ],
)
def test_a_small_file_of_text_is_read(folder, content, told):
    (folder / "timestamp.txt").write_bytes(content)
    assert read_time(folder, UTC) == told


def make_pipe(path):
    os.mkfifo(path)


def link_to(target):
    return lambda path: path.symlink_to(target)


def make_huge(path):
    with path.open("wb") as file:
        file.truncate(1_000_000_000)


@pytest.mark.parametrize(
    ("make", "fault"),
    [
        (make_pipe, "is no regular file"),
        (link_to("/dev/zero"), "is a link"),
        (link_to("/dev/stdin"), "is a link"),
        (link_to("nowhere"), "is a link"),
        (link_to("adding.ipynb"), "is a link"),
        (make_huge, "holds more than 100 bytes"),
        (os.mkdir, "is no regular file"),
    ],
    ids=["pipe", "endless device", "terminal", "link to nothing", "link to a file", "1 GB", "folder"],
)
def test_what_is_no_small_regular_file_is_neither_read_nor_waited_for(folder, make, fault):
    (folder / "adding.ipynb").write_text("2027-02-12 10:00:00 UTC")
    make(folder / "timestamp.txt")
    with within(5):
        assert read_time(folder, UTC) == HandInTime(fault=fault)
        assert timestamps.content(folder) == b""
        timestamps.copy_time(folder, folder.parent)
    assert not (folder.parent / "timestamp.txt").exists()


def test_a_file_that_may_not_be_read_is_a_fault(folder, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(timestamps.os, "open", refuse)
    assert read_time(folder, UTC) == HandInTime(fault="cannot be read (Permission denied)")


def test_nothing_that_says_when_is_no_fault(folder):
    assert read_time(folder, UTC) == read_time(folder / "missing", UTC) == HandInTime()


def test_a_students_file_deeper_in_the_submission_says_nothing(folder):
    (folder / "old").mkdir()
    (folder / "old" / "timestamp.txt").write_text("2020-01-01 00:00:00 UTC")
    assert read_time(folder, UTC) == HandInTime()


DUE = datetime(2027, 2, 12, 23, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "due", "fault"),
    [
        ("2027-07-01 00:09:00 UTC", DUE, ""),
        ("2027-07-01 00:11:00 UTC", DUE, "which is yet to come"),
        ("9998-01-01 00:00:00 UTC", None, "which is yet to come"),
        ("2026-02-20 00:00:00 UTC", DUE, ""),
        ("2026-02-11 00:00:00 UTC", DUE, "more than a year before it is due"),
        ("1970-01-01 00:00:00 UTC", None, "a time before the year 2000"),
        ("2000-01-01 00:00:00 UTC", None, ""),
    ],
)
def test_a_time_to_come_or_long_before_the_course_is_a_fault(folder, text, due, fault):
    (folder / "timestamp.txt").write_text(text)
    told = read_time(folder, UTC, due=due)
    assert told.fault == (f"says “{text}”, {fault}" if fault else "")
    assert (told.time is None) == bool(fault)


def test_what_is_written_is_read_again_and_copied_as_it_is(folder):
    timestamps.write_time(folder, datetime(2027, 2, 12, 11, 0, 0, 5, tzinfo=BERLIN))
    assert read_time(folder, NEW_YORK) == HandInTime(TEN)
    timestamps.copy_time(folder, folder.parent)
    assert (folder.parent / "timestamp.txt").read_bytes() == b"2027-02-12 10:00:00 UTC\n"
    (folder / "timestamp.txt").unlink()
    timestamps.copy_time(folder, folder.parent)
    assert not (folder.parent / "timestamp.txt").exists()


def test_a_copy_takes_the_place_of_a_folder_or_a_link(folder, tmp_path):
    timestamps.write_time(folder, TEN)
    (tmp_path / "timestamp.txt").mkdir()
    timestamps.copy_time(folder, tmp_path)
    (tmp_path / "kept").write_text("kept")
    (tmp_path / "timestamp.txt").unlink()
    (tmp_path / "timestamp.txt").symlink_to("kept")
    timestamps.copy_time(folder, tmp_path)
    assert read_time(tmp_path, UTC) == HandInTime(TEN)
    assert (tmp_path / "kept").read_text() == "kept"


def test_what_nbgrader_would_copy_without_end_is_put_aside_and_stays_a_fault(folder):
    (folder / "timestamp.txt").symlink_to("/dev/zero")
    timestamps.put_aside(folder)
    assert str((folder / ".timestamp.txt.refused").readlink()) == "/dev/zero"
    fault = "was no small file, and lies aside as .timestamp.txt.refused"
    assert read_time(folder, UTC) == HandInTime(fault=fault)
    timestamps.write_time(folder, TEN)
    timestamps.put_aside(folder)
    assert read_time(folder, UTC) == HandInTime(TEN)


def test_the_times_of_an_assignment_are_those_of_all_who_handed_it_in(course, assignment, hand_in):
    hand_in("ada", text="{}", timestamp="2027-02-12 11:00")
    hand_in("ben", text="{}")
    hand_in("cy", text="{}", timestamp="friday")
    course = replace(course, timezone=BERLIN)
    assert timestamps.all_times(course, assignment) == {
        "ada": HandInTime(TEN, lacks_zone=True),
        "ben": HandInTime(),
        "cy": HandInTime(fault=NO_DATE.format("friday")),
    }
    assert timestamps.handed_in(course, assignment, "ada").naive == datetime(2027, 2, 12, 10, 0)


LIKE_A_TIME = st.from_regex(timestamps._FORM, fullmatch=True) | st.datetimes().map(str)
DATES = st.none() | st.datetimes(timezones=st.just(UTC))


@given(content=st.binary(max_size=120) | st.text().map(str.encode) | LIKE_A_TIME.map(str.encode), due=DATES)
@settings(
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_content_is_a_time_or_a_fault(tmp_path, content, due):
    (tmp_path / "timestamp.txt").write_bytes(content)
    told = read_time(tmp_path, BERLIN, due=due)
    assert (told.time is None) == bool(told.fault)
    assert all(letter.isprintable() for letter in told.fault)
    if told.time:
        assert told.time.tzinfo is UTC
        assert told.time <= timestamps.now() + timedelta(minutes=10)
