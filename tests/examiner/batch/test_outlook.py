import os

import pytest

from examiner.batch.outlook import will_grade

LONG_AGO, LATER = 1_000_000_000, 2_000_000_000


@pytest.fixture
def graded(course, hand_in):
    """A course whose one submission has a verdict, newer than all else."""
    hand_in("ada")
    verdict = course.root / "autograded" / "ada" / "01_adding" / "verdict.json"
    verdict.parent.mkdir(parents=True)
    verdict.write_text("{}")
    os.utime(verdict, (LATER, LATER))
    return course


@pytest.mark.parametrize(
    "arguments", [["grade"], ["grade", "01_adding"], ["grade", "--jobs", "2", "01_adding"]], ids=" ".join
)
def test_nothing_gets_ready_where_every_verdict_is_newer_than_the_work(graded, arguments):
    assert not will_grade(arguments, graded.root)


@pytest.mark.parametrize(
    "arguments",
    [["grade", "--anew"], ["grade", "--regrade=add"], ["grade", "--regrade", "add"]],
    ids=" ".join,
)
def test_what_is_asked_for_again_gets_ready(graded, arguments):
    assert will_grade(arguments, graded.root)


@pytest.mark.parametrize(
    "arguments",
    [[], ["report"], ["grade", "--scheduler", "tcp://x"], ["grade", "--scheduler=tcp://x"]],
    ids=str,
)
def test_nothing_gets_ready_for_other_commands_and_machines(course, hand_in, arguments):
    hand_in("ada")
    assert not will_grade(arguments, course.root)


NEWER = {
    "another notebook": "submitted/ada/01_adding/adding.ipynb",
    "the folder, where a file was removed": "submitted/ada/01_adding",
    "the source": "source/01_adding/adding.ipynb",
    "the release": "release/01_adding/adding.ipynb",
    "limits": "course.toml",
}


@pytest.mark.parametrize("path", NEWER.values(), ids=NEWER)
def test_what_is_newer_than_a_verdict_gets_ready(graded, path):
    os.utime(graded.root / path, (LATER + 1, LATER + 1))
    assert will_grade(["grade"], graded.root)


def test_one_who_has_no_verdict_is_enough(graded, hand_in):
    hand_in("ben")
    assert will_grade(["grade"], graded.root)


def test_an_empty_course_grades_nothing(tmp_path):
    assert not will_grade(["grade"], tmp_path)
