import io
import stat
import time
import warnings
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from examiner.collecting import collect as collecting
from examiner.collecting import memory, placing
from examiner.collecting.collect import Choices, collect
from examiner.commands import main
from examiner.errors import NotCollected
from tests.examiner.collecting.conftest import entry, moodle, submitted

MONDAY, FRIDAY = datetime(2027, 2, 8, 9, 30, tzinfo=UTC), datetime(2027, 2, 12, 18, 0, tzinfo=UTC)
DAY = timedelta(days=1)
REPLACE = Choices(replace=True)
NOTEBOOK = b'{"cells": []}'


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
    assert len(before) == 8
    collected = collect(course, path)
    assert collected.counts == {("01_adding", "unchanged"): 2}
    assert {file: file.stat().st_mtime_ns for file in (course.root / "submitted").rglob("*")} == before


def test_what_is_known_of_a_class_is_read_once_whatever_its_size(course, packed, statements):
    counts = []
    for names in (("ada", "ben"), ("ada", "ben", "cyd", "dan", "eve", "fay")):
        files = packed({f"{name}/adding.ipynb": NOTEBOOK for name in names})
        collect(course, files)
        statements.clear()
        collect(course, files)
        counts.append(sum(statement.startswith("SELECT") for statement in statements))
    assert counts[0] == counts[1]


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
        "The zip file tells only when it was packed, so nobody counts as late. If that matters, write "
        "timestamp.txt beside the notebook (2027-02-12 10:00:00 UTC)."
    )


def test_who_is_late_by_the_platforms_word_is_named(course, packed):
    ada = ["lovelaceada_LATE_81_4711_adding.ipynb", "lovelaceada_LATE_81_4712_b.csv"]
    names = [*ada, "bloggsben_82_4713_adding.ipynb"]
    collected = collect(course, packed(dict.fromkeys(names, NOTEBOOK)))
    assert str(collected).splitlines()[-1] == (
        "Marked late by the platform, which does not say by how much: no points are taken off until you "
        "write timestamp.txt beside the notebook (2027-02-12 10:00:00 UTC) (1): lovelaceada_81"
    )
    assert set(submitted(course)) == {
        "bloggsben_82/01_adding/adding.ipynb",
        "lovelaceada_81/01_adding/adding.ipynb",
        "lovelaceada_81/01_adding/b.csv",
    }


ADAS = {
    "nbgrader": "ada/01_adding/",
    "plain": "ada/",
    "moodle": "ada_117_assignsubmission_file_/",
    "moodle, flat": "ada_117_assignsubmission_file_",
    "canvas": "ada_81_4711_",
    "blackboard": "HW_ada_attempt_2027-02-10-12-30-15_",
    "brightspace": "12345-67890 - ada - Feb 10, 2027 1230 PM/",
    "named": "ada - ",
}


@pytest.mark.parametrize("layout", ADAS)
def test_a_time_stamp_that_a_student_handed_in_says_nothing(course, packed, layout):
    stamp = b"2020-01-01 00:00:00 UTC"
    names = [ADAS[layout] + name for name in ("adding.ipynb", "timestamp.txt", "old/timestamp.txt")]
    names = [name for name in names if "/" not in name or ADAS[layout].endswith("/")]
    collected = collect(course, packed(dict.fromkeys(names, stamp)))
    files = submitted(course)
    (student,) = {name.split("/")[0] for name in files}
    assert files.pop(f"{student}/01_adding/handed-in-timestamp.txt") == stamp
    told = files.pop(f"{student}/01_adding/timestamp.txt", b"")
    assert told == {
        "blackboard": b"2027-02-10 12:30:15 UTC\n",
        "brightspace": b"2027-02-10 12:30:00 UTC\n",
    }.get(layout, b"")
    assert (
        "A timestamp.txt that a student handed in does not count; kept as handed-in-timestamp.txt (1): "
        f"{student}/01_adding"
    ) in str(collected)


def test_a_zip_file_within_a_zip_file_is_not_unpacked_and_its_time_stamp_says_nothing(course, packed):
    inner = packed({"adding.ipynb": NOTEBOOK, "timestamp.txt": b"2020-01-01 00:00:00 UTC"}, "inner.zip")
    collect(course, packed({"ada_117_assignsubmission_file_/work.zip": inner.read_bytes()}))
    assert set(submitted(course)) == {"ada/01_adding/work.zip"}


PLACED = [
    ("Ada Lovelace - adding.ipynb", "Ada_Lovelace", None),
    ("Homework_ab123_attempt_2027-02-10-12-30-15_adding.ipynb", "ab123", "2027-02-10 11:30:15 UTC"),
    ("12345-67890 - Ada - Feb 10, 2027 1230 PM/adding.ipynb", "Ada", "2027-02-10 11:30:00 UTC"),
    ("12345-67890 - Ada - Jul 1, 2026 100 AM - adding.ipynb", "Ada", "2026-06-30 23:00:00 UTC"),
]


@pytest.mark.parametrize(("name", "student", "time"), PLACED)
def test_what_a_platform_names_is_placed_with_its_time_by_the_courses_clock(
    course, packed, name, student, time
):
    course = replace(course, timezone=ZoneInfo("Europe/Berlin"))
    collected = collect(course, packed({name: NOTEBOOK}))
    files = submitted(course)
    assert files[f"{student}/01_adding/adding.ipynb"] == NOTEBOOK
    assert files.get(f"{student}/01_adding/timestamp.txt") == (f"{time}\n".encode() if time else None)
    said = (
        "The file names tell when the work was handed in. Their times are read in the course's zone, "
        "Europe/Berlin "
        "(`timezone` in course.toml)."
    )
    assert (said in str(collected)) == bool(time)


def test_of_several_attempts_the_latest_counts(course, packed):
    title = "Homework_ab123_attempt_2027-02-"
    files = {
        f"{title}11-09-00-00_adding.ipynb": b"2",
        f"{title}11-09-00-00.txt": b"Name: Ada Lovelace (ab123)",
        f"{title}10-12-30-15_adding.ipynb": b"1",
        f"{title}10-12-30-15_data.csv": b"1",
    }
    collected = collect(course, packed(files))
    assert submitted(course) == {
        "ab123/01_adding/adding.ipynb": b"2",
        "ab123/01_adding/attempt.txt": b"Name: Ada Lovelace (ab123)",
        "ab123/01_adding/timestamp.txt": b"2027-02-11 09:00:00 UTC\n",
    }
    assert "Handed in more than once, the latest version counts (1): ab123/01_adding" in str(collected)


def test_a_later_download_of_a_platform_that_tells_times_replaces_and_an_earlier_one_does_not(course, packed):
    folder = "12345-67890 - Ada Lovelace - Feb {}, 2027 1230 PM/adding.ipynb"
    collect(course, packed({folder.format(10): b"1"}))
    assert collect(course, packed({folder.format(11): b"2"})).counts == {("01_adding", "replaced"): 1}
    assert "is older than the version in submitted/" in str(
        collect(course, packed({folder.format(10): b"1"}))
    )
    assert submitted(course)["Ada_Lovelace/01_adding/adding.ipynb"] == b"2"


@pytest.mark.parametrize("first", [117, 118])
def test_nobodys_work_is_put_over_a_namesakes_whichever_comes_first(course, packed, first):
    other = 235 - first
    collect(course, packed({moodle(first): b"first"}))
    collected = collect(course, packed({moodle(first): b"first", moodle(other): b"other"}))
    assert submitted(course) == {
        "Ada_Lovelace/01_adding/adding.ipynb": b"first",
        f"Ada_Lovelace_{other}/01_adding/adding.ipynb": b"other",
    }
    assert (
        f"Another student has the same name, so these have folders of their own (1): Ada_Lovelace_{other}"
    ) in str(collected)


def test_one_of_two_namesakes_alone_is_known_by_the_number(course, packed):
    collect(course, packed({moodle(117): b"1", moodle(118): b"2"}))
    alone = packed({moodle(118): b"2, changed"})
    assert collect(course, alone).not_placed == [
        "Ada_Lovelace_118/01_adding is not the same as the version in submitted/, which stays: "
        "use REPLACE=yes to take this one"
    ]
    collect(course, alone, choices=REPLACE)
    assert submitted(course) == {
        "Ada_Lovelace_117/01_adding/adding.ipynb": b"1",
        "Ada_Lovelace_118/01_adding/adding.ipynb": b"2, changed",
    }


def test_in_the_next_assignment_moodle_proves_nobody_and_a_person_is_asked(two_assignments, packed):
    collect(two_assignments, packed({moodle(117): b"1", moodle(118, "Ben"): b"1"}))
    path = packed({moodle(219, file="doubling.ipynb"): b"2", moodle(220, "Cy", "doubling.ipynb"): b"2"})
    collected = collect(two_assignments, path)
    assert str(collected).splitlines()[2:] == [
        "Moodle tells in its grading worksheet when the work was handed in: run this again with "
        "WORKSHEET=file.csv",
        "Nobody can tell whose work this is, so it stays where it is (1):",
        "  219 (Ada Lovelace): is this the same person as Ada_Lovelace?",
        "  Moodle gives everybody a new number in each assignment.",
        'If it is the same person, run the same command with SAME="219=Ada_Lovelace". If it is somebody '
        'else, run it with SAME="219=new". To answer for all at once, use SAME=names if no two people of the '
        "class share a name, or SAME=new if all are somebody else.",
    ]
    assert "Cy/02_doubling/doubling.ipynb" in submitted(two_assignments)
    assert "Ada_Lovelace/02_doubling/doubling.ipynb" not in submitted(two_assignments)
    collect(two_assignments, path, choices=Choices(same=("names",)))
    assert submitted(two_assignments)["Ada_Lovelace/02_doubling/doubling.ipynb"] == b"2"
    assert collect(two_assignments, path).questions == []


def test_a_name_alone_does_not_replace_what_came_with_a_number(course, packed):
    collect(course, packed({moodle(117): b"1"}))
    for name in (
        "Ada Lovelace - adding.ipynb",
        "Ada_Lovelace/01_adding/adding.ipynb",
        "Ada Lovelace/adding.ipynb",
    ):
        collected = collect(course, packed({name: b"2"}), choices=REPLACE)
        assert [question.key for question in collected.questions] == ["Ada_Lovelace"]
    assert submitted(course) == {"Ada_Lovelace/01_adding/adding.ipynb": b"1"}


def test_who_is_who_is_remembered_before_anything_is_placed(course, packed, monkeypatch):
    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(collecting, "put", stop)
    with pytest.raises(KeyboardInterrupt):
        collect(course, packed({moodle(117): b"1"}))
    assert list(memory.read_people(course)) == ["Ada_Lovelace"]


def test_a_damaged_memory_of_people_stops_before_anything_is_placed(course, packed):
    (course.root / "submitted").mkdir()
    (course.root / "submitted" / ".people.json").write_text("{")
    with pytest.raises(NotCollected, match=r"\.people\.json is damaged"):
        collect(course, packed({moodle(117): b"1"}))
    assert submitted(course) == {}


def test_two_do_not_collect_at_a_time(course, packed):
    path = packed({moodle(117): b"1"})
    with collecting._alone(course), pytest.raises(NotCollected, match="another `make collect` is running"):
        collect(course, path)
    assert collect(course, path).counts == {("01_adding", "new"): 1}


@pytest.mark.parametrize("stamp", ["10000000000", "friday", "12", "2027-02-12 20:30:00 PST", "\0"])
def test_a_time_stamp_that_says_nothing_keeps_one_version_and_the_rest_is_collected(course, packed, stamp):
    names = ["ada/adding.ipynb", "ben/adding.ipynb"]
    collect(course, packed({entry(names[0], MONDAY): b"1", entry(names[1], FRIDAY - DAY): b"1"}))
    (course.root / "submitted" / "ada" / "01_adding" / "timestamp.txt").write_text(stamp)
    second = packed({entry(name, FRIDAY): b"2" for name in names} | {entry("cy/adding.ipynb", MONDAY): b"3"})
    collected = collect(course, second)
    assert collected.counts == {("01_adding", "new"): 1, ("01_adding", "replaced"): 1}
    (line,) = collected.not_placed
    assert line.startswith(
        "ada/01_adding has changed, and nobody can say which version is later: timestamp.txt of the one in "
        "submitted/ says “"
    )
    assert line.endswith("Write in it when that one was handed in, or use REPLACE=yes")
    assert submitted(course)["ada/01_adding/adding.ipynb"] == b"1"
    assert submitted(course)["ben/01_adding/adding.ipynb"] == b"2"
    assert collect(course, second, choices=REPLACE).not_placed == []
    assert submitted(course)["ada/01_adding/adding.ipynb"] == b"2"


@pytest.mark.parametrize(
    "error", [OSError(28, "No space left on device"), RuntimeError("odd"), MemoryError()]
)
def test_whatever_keeps_one_submission_from_its_place_the_others_are_placed(
    course, packed, monkeypatch, error
):
    def fail_for_ada(course, archive, submission, *, replace):
        if submission.student == "ada":
            raise error
        return placing.put(course, archive, submission, replace=replace)

    monkeypatch.setattr(collecting, "put", fail_for_ada)
    collected = collect(course, packed({"ada/adding.ipynb": b"1", "ben/adding.ipynb": b"2"}))
    reason = getattr(error, "strerror", None) or repr(error).replace("'", "\N{REPLACEMENT CHARACTER}")
    assert collected.not_placed == [f"ada/01_adding could not be put in place: {reason}"]
    assert set(submitted(course)) == {"ben/01_adding/adding.ipynb"}


def test_a_file_where_a_students_folder_should_be_is_that_students_trouble(course, packed):
    (course.root / "submitted").mkdir()
    (course.root / "submitted" / "ada").write_text("")
    collected = collect(course, packed({"ada/adding.ipynb": b"1", "ben/adding.ipynb": b"2"}))
    assert collected.not_placed == ["ada/01_adding could not be put in place: File exists: ada"]
    assert set(submitted(course)) == {"ben/01_adding/adding.ipynb"}


PIECES = st.sampled_from(
    [
        "ada",
        "/",
        "adding.ipynb",
        "timestamp.txt",
        "_117_assignsubmission_file_",
        "_81_4711_",
        " - ",
        "1-2",
        "x" * 300,
    ]
)


@settings(
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    names=st.lists(st.lists(PIECES, min_size=1, max_size=8).map("".join) | st.text(min_size=1), max_size=5)
)
def test_whatever_names_are_in_an_archive_each_is_placed_or_named(course, tmp_path, names):
    path = tmp_path / "fuzz.zip"
    names = [name for name in names if name.isprintable() and name.encode(errors="ignore").decode() == name]
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w") as archive:
        warnings.simplefilter("ignore")
        for name in names:
            archive.writestr(name, b"1")
    str(collect(course, path, choices=REPLACE))
    outside = [file for file in tmp_path.iterdir() if file.name not in ("fuzz.zip", "course")]
    assert not outside
    assert not list((course.root / "submitted").glob("*/01_adding/timestamp.txt"))


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
        f"ada/01_adding is {relation} the version in submitted/, which stays: "
        "use REPLACE=yes to take this one"
    ]
    assert submitted(course)["ada/01_adding/adding.ipynb"] == b"1"
    assert collect(course, paths[1], choices=REPLACE).not_placed == []
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
    assert collected.not_placed == ["ben/mine.ipynb does not name its assignment: use ASSIGNMENT=name"]
    assert set(submitted(two_assignments)) == {"ada/01_adding/adding.ipynb", "ada/01_adding/data.csv"}
    collect(two_assignments, path, "01_adding")
    assert "ben/01_adding/mine.ipynb" in submitted(two_assignments)


def test_a_notebook_of_another_assignment_than_the_chosen_one_is_named(two_assignments, packed):
    collected = collect(two_assignments, packed({"ada/adding.ipynb": NOTEBOOK}), "02_doubling")
    assert collected.not_placed == ["ada/adding.ipynb has the name of 01_adding, not of 02_doubling"]
    assert submitted(two_assignments) == {}


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../../outside.ipynb", "leads outside the folder of submissions"),
        ("/tmp/outside/adding.ipynb", "leads outside the folder of submissions"),
        ("adding.ipynb", "does not name its student"),
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
    assert collect(course, path).not_placed == ["ada/adding.ipynb is a link or a device, not a regular file"]
    assert submitted(course) == {}


def test_a_submission_that_unpacks_to_too_much_is_left_out_whole_and_the_others_are_placed(
    course, packed, monkeypatch
):
    monkeypatch.setattr(placing, "MAX_BYTES", 5_000_000)
    path = packed(
        {"ada/adding.ipynb": b"0" * 3_000_000, "ada/b.csv": b"0" * 3_000_000, "ben/adding.ipynb": b"1"}
    )
    assert collect(course, path).not_placed == ["ada/01_adding holds more than 5 MB"]
    assert set(submitted(course)) == {"ben/01_adding/adding.ipynb"}
    assert not list(course.root.glob(".collect-*"))


def test_a_submission_of_too_many_files_is_left_out(course, packed, monkeypatch):
    monkeypatch.setattr(placing, "MAX_FILES", 2)
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
    assert collect(course, path).not_placed == [
        "ada/adding.ipynb is in the zip file twice; the first one counts"
    ]
    assert submitted(course) == {"ada/01_adding/adding.ipynb": b"1"}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"no zip file", "is not a zip file, or it was cut short: download it again"),
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
        "The times of the files in the zip file count as the times of handing in. If they mean something "
        "else, write timestamp.txt beside the notebook (2027-02-12 10:00:00 UTC).",
        "Not placed (1):",
        "  notes.txt does not name its student",
    ]


def test_the_command_takes_answers(two_assignments, packed, monkeypatch, capsys):
    monkeypatch.chdir(two_assignments.root)
    main(["collect", str(packed({moodle(117): b"1", moodle(118, "Ben"): b"1"}))])
    path = str(packed({moodle(219, file="doubling.ipynb"): b"2", moodle(220, "Ben", "doubling.ipynb"): b"2"}))
    assert main(["collect", path, "--same", "219=Ada_Lovelace 220=new"]) == 0
    assert "Another student has the same name, so these have folders of their own (1): Ben_220" in (
        capsys.readouterr().out
    )
    assert submitted(two_assignments)["Ada_Lovelace/02_doubling/doubling.ipynb"] == b"2"
    assert main(["collect", path, "--same", "221=new"]) == 2
    assert (
        "examiner: SAME=221=new: nobody in this zip file has the number or name '221'"
        in capsys.readouterr().err
    )


def test_an_empty_zip_file_says_so(course, packed):
    assert str(collect(course, packed({}))) == "the zip file holds nothing to collect"
