import json

import pytest

from examiner.collecting.memory import read_people, write_people
from examiner.collecting.people import Person
from examiner.errors import NotCollected
from examiner.gradebook import roster
from examiner.gradebook.database import open_gradebook

ADA = Person(frozenset({"Ada Lovelace"}), {("Moodle", "117"): frozenset({"01_adding"})})
OLDER = json.dumps(
    {
        "version": 1,
        "people": {
            "Ada_Lovelace": {"names": ["Ada Lovelace"], "numbers": {"Moodle": {"117": ["01_adding"]}}},
            "ben": {"names": ["ben"], "numbers": {}},
        },
    }
)
PEOPLE = {"Ada_Lovelace": ADA, "ben": Person(frozenset({"ben"}))}


@pytest.fixture
def path(course):
    """Where it is remembered who is who."""
    (course.root / "submitted").mkdir()
    return course.root / "submitted" / ".people.json"


def test_what_is_written_is_read_again(course):
    write_people(course, PEOPLE)
    assert read_people(course) == PEOPLE
    assert read_people(course)["Ada_Lovelace"].numbers == {("Moodle", "117"): frozenset({"01_adding"})}


def test_who_is_only_known_from_an_archive_is_no_student_of_nbgraders_yet(course):
    write_people(course, PEOPLE)
    with open_gradebook(course) as gradebook:
        assert gradebook.students == []


def test_the_file_of_an_older_course_is_taken_into_the_gradebook_once(course, path):
    path.write_text(OLDER)
    assert read_people(course) == PEOPLE
    write_people(course, read_people(course))
    assert not path.exists()
    assert path.with_name(".people.json.moved").read_text() == OLDER
    assert read_people(course) == PEOPLE


def test_nobody_is_known_at_first(course):
    assert read_people(course) == {}


def test_what_is_known_already_is_not_written_again(course, statements):
    write_people(course, PEOPLE)
    statements.clear()
    write_people(course, PEOPLE)
    assert [
        statement for statement in statements if statement.startswith(("INSERT", "UPDATE", "DELETE"))
    ] == []


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "Expecting value: line 1 column 1 (char 0)"),
        (b"\xff", "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte"),
        (b"[]", "expected version 1"),
        (b'{"version": 2, "people": {}}', "expected version 1"),
        (b'{"version": 1, "people": []}', "expected people"),
        (b'{"version": 1, "people": {"..": {}}}', "expected folders of students"),
        (b'{"version": 1, "people": {"a/b": {}}}', "expected folders of students"),
        (b'{"version": 1, "people": {"ada": []}}', "expected names and numbers of each"),
        (b'{"version": 1, "people": {"ada": {"names": "ada"}}}', "expected a list of names of each"),
        (b'{"version": 1, "people": {"ada": {"names": []}}}', "expected numbers of each"),
        (
            b'{"version": 1, "people": {"ada": {"names": [], "numbers": {"Moodle": []}}}}',
            "expected numbers by platform",
        ),
        (
            b'{"version": 1, "people": {"ada": {"names": [], "numbers": {"Moodle": {"117": "01"}}}}}',
            "expected a list of assignments of each number",
        ),
    ],
)
def test_a_damaged_memory_is_one_sentence_and_is_left_as_it_is(course, path, content, reason):
    path.write_bytes(content)
    with pytest.raises(NotCollected) as refusal:
        read_people(course)
    assert str(refusal.value) == (
        f"{path} is damaged ({reason}). Nothing was collected. Repair it, or move it away, and collect "
        "again. If you move it away, `make collect` asks again who is who."
    )
    assert path.read_bytes() == content


def test_a_memory_nested_without_end_is_damaged(course, path):
    path.write_text("[" * 200_000)
    with pytest.raises(NotCollected, match="is damaged"):
        read_people(course)


def test_what_cannot_be_written_leaves_what_was_known(course, monkeypatch):
    write_people(course, PEOPLE)
    written = []

    def stop_at_the_second(connection, member, **settings):
        written.append(member)
        if len(written) == 2:
            raise OSError(28, "No space left on device")
        real(connection, member, **settings)

    real = roster._write
    monkeypatch.setattr(roster, "_write", stop_at_the_second)
    with pytest.raises(OSError, match="No space left"):
        write_people(course, {"cy": Person(frozenset({"Cy"})), "di": Person(frozenset({"Di"}))})
    assert read_people(course) == PEOPLE


def test_two_databases_hold_the_same(course, each_database):
    write_people(course, PEOPLE)
    assert read_people(course) == PEOPLE
