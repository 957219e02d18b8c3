import io
import stat
import struct
import time
import zipfile
from datetime import UTC, datetime

import pytest

from examiner import collect as collecting
from examiner.collect import collect
from examiner.commands import main
from examiner.course import read_course
from examiner.errors import NotCollected

from .conftest import COURSE

MONDAY, FRIDAY = datetime(2027, 2, 8, 9, 30, tzinfo=UTC), datetime(2027, 2, 12, 18, 0, tzinfo=UTC)
NOTEBOOK = b'{"cells": []}'


def entry(name, moment=None, *, mode=stat.S_IFREG | 0o644):
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    if moment:
        info.extra = struct.pack("<HHBi", 0x5455, 5, 1, int(moment.timestamp()))
    return info


@pytest.fixture
def packed(tmp_path):
    """A function that writes a zip file: from names or entries to contents."""

    def packed(files, name="submissions.zip"):
        with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as archive:
            for file, content in files.items():
                archive.writestr(file, content)
        return tmp_path / name

    return packed


@pytest.fixture
def two_assignments(course):
    """The tiny course, and the same notebook under another name as a second assignment."""
    source = course.root / "source" / "02_doubling"
    source.mkdir()
    content = (course.root / "source" / "01_adding" / "adding.ipynb").read_bytes()
    (source / "doubling.ipynb").write_bytes(content)
    second = '\n[[assignments]]\nname = "02_doubling"\ntitle = "Doubling"\n'
    (course.root / "course.toml").write_text(COURSE + second)
    return read_course(course.root)


def submitted(course):
    folder = course.root / "submitted"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


LAYOUTS = {
    "nbgrader": "ada/01_adding/adding.ipynb",
    "plain": "ada/adding.ipynb",
    "wrapped": "week 1/ada/adding.ipynb",
    "moodle": "ada_117_assignsubmission_file_/adding.ipynb",
    "moodle, flat": "ada_117_assignsubmission_file_adding.ipynb",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_platforms_zip_file_ends_in_the_same_folders(course, packed, layout):
    name = LAYOUTS[layout]
    collected = collect(course, packed({name: NOTEBOOK, name.replace("ada", "ben"): b"{}"}))
    assert submitted(course) == {
        "ada/01_adding/adding.ipynb": NOTEBOOK,
        "ben/01_adding/adding.ipynb": b"{}",
    }
    assert (collected.counts, collected.not_placed) == ({("01_adding", "new"): 2}, [])


def test_collecting_the_same_file_again_changes_nothing(course, packed):
    files = {entry("ada/adding.ipynb", MONDAY): NOTEBOOK, entry("ben/adding.ipynb", FRIDAY): b"{}"}
    path = packed(files)
    collect(course, path)
    before = {file: file.stat().st_mtime_ns for file in (course.root / "submitted").rglob("*")}
    collected = collect(course, path)
    assert collected.counts == {("01_adding", "unchanged"): 2}
    assert {file: file.stat().st_mtime_ns for file in (course.root / "submitted").rglob("*")} == before


def test_times_of_their_own_are_written_as_timestamps(course, packed):
    collect(
        course, packed({entry("ada/adding.ipynb", MONDAY): b"1", entry("ben/adding.ipynb", FRIDAY): b"2"})
    )
    files = submitted(course)
    assert files["ada/01_adding/timestamp.txt"] == b"2027-02-08 09:30:00 UTC\n"
    assert files["ben/01_adding/timestamp.txt"] == b"2027-02-12 18:00:00 UTC\n"


@pytest.fixture
def clock_of_berlin(monkeypatch):
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_times_without_a_zone_are_those_of_this_machine(course, packed, clock_of_berlin):
    ada = zipfile.ZipInfo("ada/adding.ipynb", (2027, 2, 12, 19, 30, 0))
    ben = zipfile.ZipInfo("ben/adding.ipynb", (2027, 2, 11, 8, 0, 0))
    collect(course, packed({ada: b"1", ben: b"2"}))
    assert submitted(course)["ada/01_adding/timestamp.txt"] == b"2027-02-12 18:30:00 UTC\n"


def test_times_of_packing_make_nobody_late_and_the_summary_says_so(course, packed):
    later = datetime(2027, 2, 12, 18, 3, tzinfo=UTC)
    path = packed({entry("ada/adding.ipynb", FRIDAY): b"1", entry("ben/adding.ipynb", later): b"2"})
    collected = collect(course, path)
    assert not any("timestamp" in name for name in submitted(course))
    assert str(collected) == (
        "01_adding: 2 new\n"
        "The times in it are those of packing, so nobody counts as late: where that matters, write "
        "timestamp.txt beside the notebook (2027-02-12 10:00:00 UTC)."
    )


def test_who_is_late_by_the_platforms_word_is_named(course, packed):
    ada = ["lovelaceada_LATE_81_4711_adding.ipynb", "lovelaceada_LATE_81_4712_b.csv"]
    names = [*ada, "bloggsben_82_4713_adding.ipynb"]
    collected = collect(course, packed(dict.fromkeys(names, NOTEBOOK)))
    assert str(collected).splitlines()[-1] == "Marked late by the platform (1): lovelaceada_81"
    assert set(submitted(course)) == {
        "bloggsben_82/01_adding/adding.ipynb",
        "lovelaceada_81/01_adding/adding.ipynb",
        "lovelaceada_81/01_adding/b.csv",
    }


def test_a_timestamp_in_the_zip_file_is_kept(course, packed):
    stamp = b"2027-02-12 10:00:00 UTC"
    collect(course, packed({"ada/01_adding/adding.ipynb": NOTEBOOK, "ada/01_adding/timestamp.txt": stamp}))
    assert submitted(course)["ada/01_adding/timestamp.txt"] == stamp


def versions(packed, first, second):
    """Pack two zip files that differ in what Ada handed in, and when."""
    return [
        packed({entry("ada/adding.ipynb", when): content, entry("ben/adding.ipynb", other): b"0"}, name)
        for name, content, when, other in (("1.zip", b"1", *first), ("2.zip", b"2", *second))
    ]


def test_a_later_version_replaces_an_earlier_one(course, packed):
    first, second = versions(packed, (MONDAY, FRIDAY), (FRIDAY, MONDAY))
    collect(course, first)
    assert collect(course, second).counts == {("01_adding", "replaced"): 1, ("01_adding", "unchanged"): 1}
    assert submitted(course)["ada/01_adding/adding.ipynb"] == b"2"
    assert submitted(course)["ada/01_adding/timestamp.txt"] == b"2027-02-12 18:00:00 UTC\n"


@pytest.mark.parametrize(
    ("first", "second", "relation"),
    [
        ((FRIDAY, MONDAY), (MONDAY, FRIDAY), "older than"),
        ((None, None), (None, None), "not the same as"),
    ],
    ids=["earlier", "of unknown time"],
)
def test_no_other_version_replaces_what_is_there_unless_asked(course, packed, first, second, relation):
    paths = versions(packed, first, second)
    collect(course, paths[0])
    collected = collect(course, paths[1])
    assert collected.not_placed == [
        f"ada/01_adding is {relation} what is in submitted/, which was kept: use REPLACE=yes to take this one"
    ]
    assert submitted(course)["ada/01_adding/adding.ipynb"] == b"1"
    assert collect(course, paths[1], replace=True).not_placed == []
    assert submitted(course)["ada/01_adding/adding.ipynb"] == b"2"


def test_files_of_several_assignments_go_where_their_names_tell(two_assignments, packed):
    names = ["ada/adding.ipynb", "ada/Copy_of_doubling (2).ipynb", "ben/02_doubling/mine.ipynb"]
    collect(two_assignments, packed(dict.fromkeys(names, NOTEBOOK)))
    assert set(submitted(two_assignments)) == {
        "ada/01_adding/adding.ipynb",
        "ada/02_doubling/Copy_of_doubling (2).ipynb",
        "ben/02_doubling/mine.ipynb",
    }


def test_a_file_whose_name_tells_nothing_goes_with_the_students_others_or_where_one_says(
    two_assignments, packed
):
    path = packed(dict.fromkeys(["ada/adding.ipynb", "ada/data.csv", "ben/mine.ipynb"], NOTEBOOK))
    collected = collect(two_assignments, path)
    assert collected.not_placed == ["ben/mine.ipynb does not tell its assignment: use ASSIGNMENT=name"]
    assert set(submitted(two_assignments)) == {"ada/01_adding/adding.ipynb", "ada/01_adding/data.csv"}
    collect(two_assignments, path, "01_adding")
    assert "ben/01_adding/mine.ipynb" in submitted(two_assignments)


def test_a_notebook_of_another_assignment_than_the_chosen_one_is_named(two_assignments, packed):
    collected = collect(two_assignments, packed({"ada/adding.ipynb": NOTEBOOK}), "02_doubling")
    assert collected.not_placed == ["ada/adding.ipynb is by its name for 01_adding, not for 02_doubling"]
    assert submitted(two_assignments) == {}


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../../outside.ipynb", "leads outside of the folder of submissions"),
        ("/tmp/outside/adding.ipynb", "leads outside of the folder of submissions"),
        ("adding.ipynb", "does not tell whose it is"),
    ],
)
def test_a_name_that_leads_outside_is_named_and_not_followed(course, packed, tmp_path, name, reason):
    before = set(tmp_path.rglob("*"))
    path = packed({name: NOTEBOOK, "ada/adding.ipynb": NOTEBOOK})
    assert collect(course, path).not_placed == [f"{name} {reason}"]
    made = {file.relative_to(tmp_path).as_posix() for file in set(tmp_path.rglob("*")) - before}
    assert {name for name in made if not name.startswith("course/submitted")} == {"submissions.zip"}


def test_links_are_named_and_not_made(course, packed):
    path = packed({entry("ada/adding.ipynb", mode=stat.S_IFLNK | 0o777): b"/etc/passwd"})
    assert collect(course, path).not_placed == [
        "ada/adding.ipynb is a link or a device, which is not followed"
    ]
    assert submitted(course) == {}


def test_a_submission_that_unpacks_to_too_much_is_left_out_whole_and_the_others_are_placed(
    course, packed, monkeypatch
):
    monkeypatch.setattr(collecting, "MAX_BYTES", 5_000_000)
    path = packed(
        {"ada/adding.ipynb": b"0" * 3_000_000, "ada/b.csv": b"0" * 3_000_000, "ben/adding.ipynb": b"1"}
    )
    assert collect(course, path).not_placed == ["ada/01_adding holds more than 5 MB"]
    assert set(submitted(course)) == {"ben/01_adding/adding.ipynb"}
    assert not list(course.root.glob(".collect-*"))


def test_a_submission_of_too_many_files_is_left_out(course, packed, monkeypatch):
    monkeypatch.setattr(collecting, "MAX_FILES", 2)
    path = packed({f"ada/{number}.ipynb": b"0" for number in range(3)})
    assert collect(course, path).not_placed == ["ada/01_adding has more than 2 files"]


def test_a_damaged_member_is_named_and_the_others_are_placed(course, packed):
    path = packed({"ada/adding.ipynb": bytes(range(256)) * 50, "ben/adding.ipynb": NOTEBOOK})
    content = bytearray(path.read_bytes())
    content[60:90] = bytes(30)
    path.write_bytes(content)
    assert collect(course, path).not_placed == [
        "ada/01_adding cannot be unpacked: ada/adding.ipynb is damaged"
    ]
    assert set(submitted(course)) == {"ben/01_adding/adding.ipynb"}


def test_a_file_that_stands_twice_in_the_zip_file_is_named(course, tmp_path):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("ada/adding.ipynb", b"1")
        archive.writestr("ada/adding.ipynb", b"2")
    path = tmp_path / "twice.zip"
    path.write_bytes(data.getvalue())
    assert collect(course, path).not_placed == ["ada/adding.ipynb is in it twice; the first one counts"]
    assert submitted(course) == {"ada/01_adding/adding.ipynb": b"1"}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"no zip file", "is no zip file, or it was cut short: download it again"),
        (None, "cannot be read: No such"),
    ],
    ids=["no zip file", "missing"],
)
def test_what_is_no_zip_file_is_an_error_that_says_so(course, tmp_path, content, reason):
    path = tmp_path / "submissions.zip"
    if content:
        path.write_bytes(content)
    with pytest.raises(NotCollected, match=reason):
        collect(course, path)


def test_the_command_prints_what_it_placed_and_what_not(course, packed, monkeypatch, capsys):
    monkeypatch.chdir(course.root)
    files = {
        entry("ada/adding.ipynb", MONDAY): b"1",
        entry("ben/adding.ipynb", FRIDAY): b"2",
        "notes.txt": b"",
    }
    assert main(["collect", str(packed(files))]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "01_adding: 2 new",
        "Not placed (1):",
        "  notes.txt does not tell whose it is",
    ]


def test_an_empty_zip_file_says_so(course, packed):
    assert str(collect(course, packed({}))) == "nothing in it"
