import json

import pytest

from examiner.collecting import memory
from examiner.collecting.memory import read_people, write_people
from examiner.collecting.people import Person
from examiner.errors import NotCollected

ADA = Person(frozenset({"Ada Lovelace"}), {("Moodle", "117"): frozenset({"01_adding"})})
PEOPLE = {"Ada_Lovelace": ADA, "ben": Person(frozenset({"ben"}))}


@pytest.fixture
def path(course):
    """Where it is remembered who is who."""
    (course.root / "submitted").mkdir()
    return course.root / "submitted" / ".people.json"


def test_what_is_written_is_read_again(course, path):
    write_people(course, PEOPLE)
    assert read_people(course) == PEOPLE
    assert json.loads(path.read_text())["people"]["Ada_Lovelace"] == {
        "names": ["Ada Lovelace"],
        "numbers": {"Moodle": {"117": ["01_adding"]}},
    }
    assert list(path.parent.iterdir()) == [path]


def test_nobody_is_known_at_first(course):
    assert read_people(course) == {}


def test_what_is_known_already_is_not_written_again(course, path):
    write_people(course, PEOPLE)
    before = path.stat().st_mtime_ns, path.stat().st_ino
    write_people(course, PEOPLE)
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == before


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


def test_what_cannot_be_written_leaves_what_was_known(course, path, monkeypatch):
    write_people(course, PEOPLE)

    def fail(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(memory.os, "fsync", fail)
    with pytest.raises(NotCollected, match=r"cannot be written \(No space left on device\): nothing"):
        write_people(course, {})
    assert read_people(course) == PEOPLE
    assert list(path.parent.iterdir()) == [path]
