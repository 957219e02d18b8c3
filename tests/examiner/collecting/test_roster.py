from pathlib import Path

import pytest

from examiner.collecting.collect import collect
from examiner.collecting.roster import mark_departed, take_roster
from examiner.commands import main
from examiner.errors import BadExport, UnknownStudent
from examiner.gradebook.database import open_gradebook
from examiner.gradebook.roster import read_members
from tests.examiner.collecting.conftest import moodle, submitted

HEAD = "Student,ID,SIS User ID,SIS Login ID,Section\n"


@pytest.fixture
def take(course, tmp_path):
    """A function that reads a Canvas gradebook of these people into the roster: names by numbers."""

    def take(people, **how):
        path = tmp_path / "export.csv"
        rows = [f'"{name}",{number},,user{number},A\n' for number, name in people.items()]
        path.write_text(HEAD + "".join(rows), encoding="utf-8")
        return take_roster(course, path, **how)

    return take


CLASS = {81: "Lovelace, Ada", 82: "Lovelace, Ada", 83: "Byron, Ann", 84: "Curie, Marie", 85: "Noether, Emmy"}
FOLDERS = ["Ada_Lovelace_81", "Ada_Lovelace_82", "Ann_Byron", "Emmy_Noether", "Marie_Curie"]


def test_the_roster_is_nbgraders_own_table_of_students(course, take):
    take(CLASS)
    with open_gradebook(course) as book:
        found = {each.id: (each.first_name, each.last_name, each.lms_user_id) for each in book.students}
    assert found["Ann_Byron"] == ("Ann", "Byron", "83")
    assert sorted(found) == FOLDERS


def test_both_databases_hold_a_roster(course, take, each_database):
    take(CLASS)
    assert take(CLASS).enrolment.new == ()
    assert sorted(read_members(course)) == FOLDERS


def test_namesakes_get_folders_with_their_numbers_and_are_named(take):
    taken = take(CLASS)
    assert str(taken) == (
        "Canvas: 5 people, 5 new, 0 known\n"
        "Share a name, and have folders of their own (1): Ada Lovelace: Ada_Lovelace_81, Ada_Lovelace_82"
    )


def test_who_is_renamed_keeps_the_folder_and_is_named(take):
    take(CLASS)
    taken = take(CLASS | {83: "Byron-King, Ann"})
    assert taken.enrolment.new == ()
    assert "Have another name than before (1): Ann Byron is now Ann Byron-King (Ann_Byron)" in str(taken)


def test_a_roster_that_shrank_loses_nobody_and_says_who_is_missing(course, take):
    take(CLASS)
    taken = take({number: name for number, name in CLASS.items() if number != 83})
    assert (
        "On the roster, but not in this file; nothing was changed for them. If they have left the course, "
        'run make roster LEFT="name name" (1): Ann_Byron'
    ) in str(taken)
    assert sorted(read_members(course)) == FOLDERS


def test_who_has_left_is_marked_and_comes_back_by_a_command_alone(course, take):
    take(CLASS)
    assert mark_departed(course, ["Ann_Byron"], departed=True) == ["Ann_Byron"]
    assert "Marked as having left, but in this file" in str(take(CLASS))
    assert read_members(course)["Ann_Byron"].departed
    mark_departed(course, ["Ann_Byron"], departed=False)
    assert not read_members(course)["Ann_Byron"].departed
    with pytest.raises(UnknownStudent, match="nothing was changed: nobody on the roster has the folder Bob"):
        mark_departed(course, ["Ann_Byron", "Bob"], departed=True)
    assert not read_members(course)["Ann_Byron"].departed


def test_another_courses_export_is_refused_and_changes_nothing(course, take):
    take(CLASS)
    before = read_members(course)
    others = {number: f"Other, Person{number}" for number in range(200, 230)}
    with pytest.raises(BadExport) as refusal:
        take(others)
    assert str(refusal.value) == (
        "this export lists 30 people, and only 0 of the 5 on the roster are among them: is it another "
        "course's? If it is right, use NEW=yes"
    )
    assert read_members(course) == before
    assert len(take(others, is_other_class=True).enrolment.new) == 30


def test_what_is_no_file_is_not_read_without_end(course):
    with pytest.raises(BadExport, match="^/dev/zero cannot be read: it is no regular file$"):
        take_roster(course, Path("/dev/zero"))


def test_who_handed_in_before_there_was_a_roster_keeps_the_folder(course, take, packed):
    collect(course, packed({moodle(117, "Ann Byron"): b"1", moodle(118, "Marie Curie"): b"1"}))
    take(CLASS)
    assert sorted(read_members(course)) == FOLDERS


def test_if_a_known_folder_could_be_either_of_two_namesakes_it_is_asked_and_nothing_changes(
    course,
    take,
    packed,
):
    collect(course, packed({moodle(117, "Ada Lovelace"): b"1"}))
    before = read_members(course)
    with pytest.raises(BadExport) as refusal:
        take(CLASS)
    assert (
        '81 (Ada Lovelace): is this the same person as Ada_Lovelace? Answer with SAME="81=Ada_Lovelace" or '
        'SAME="81=new"'
    ) in str(refusal.value)
    assert read_members(course) == before
    taken = take(CLASS, same=["81=Ada_Lovelace", "82=new"])
    assert taken.enrolment.members["Ada_Lovelace"].lms_user_id == "81"
    assert "Ada_Lovelace_82" in taken.enrolment.new


def test_folders_that_lie_there_already_are_the_students_of_that_name_or_account(course, take):
    for name in ("Ann_Byron", "user84"):
        (course.root / "submitted" / name).mkdir(parents=True)
    take(CLASS)
    assert sorted(read_members(course)) == sorted({*FOLDERS, "user84"} - {"Marie_Curie"})


def test_with_a_roster_a_name_that_one_student_has_is_enough(two_assignments, tmp_path, packed):
    course = two_assignments
    path = tmp_path / "class.csv"
    path.write_text("Name,Email\nAda Lovelace,ada@uni.example\nBen Li,ben@uni.example\n")
    take_roster(course, path)
    collect(course, packed({moodle(117): b"1", moodle(118, "Ben Li"): b"1"}))
    collected = collect(
        course,
        packed({moodle(219, file="doubling.ipynb"): b"2", moodle(220, "Cy", "doubling.ipynb"): b"2"}),
    )
    assert collected.questions == []
    assert submitted(course)["Ada_Lovelace/02_doubling/doubling.ipynb"] == b"2"
    assert "Not on the roster (1): Cy" in str(collected)


def test_a_stranger_with_a_students_name_is_asked_about_and_not_put_in_their_place(course, tmp_path, packed):
    path = tmp_path / "class.csv"
    path.write_text("Name,Email\nAda Lovelace,ada@uni.example\n")
    take_roster(course, path)
    collected = collect(course, packed({moodle(117): b"1", moodle(118): b"2"}))
    assert [question.key for question in collected.questions] == ["117", "118"]
    assert submitted(course) == {}


def test_the_command_reads_marks_and_shows_the_roster(course, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(course.root)
    path = tmp_path / "class.csv"
    path.write_text("Name,Email\nAda Lovelace,ada@uni.example\nBen Li,ben@uni.example\n")
    assert main(["roster"]) == 0
    assert capsys.readouterr().out == "The roster is empty: run make roster FILE=export.csv\n"
    assert main(["roster", str(path)]) == 0
    assert capsys.readouterr().out == "CSV: 2 people, 2 new, 0 known\n"
    assert main(["roster", "--left", "Ben_Li"]) == 0
    assert capsys.readouterr().out == "Have left the course (1): Ben_Li\n"
    assert main(["roster"]) == 0
    assert capsys.readouterr().out.splitlines()[2:] == [
        "Ada_Lovelace  Ada Lovelace  ada@uni.example  ada@uni.example",
        "Ben_Li        Ben Li        ben@uni.example  ben@uni.example  left",
    ]
    assert main(["roster", str(tmp_path / "none.csv")]) == 2
    assert "examiner: " in capsys.readouterr().err
