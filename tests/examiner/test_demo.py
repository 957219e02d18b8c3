from datetime import UTC, datetime, timedelta

import pytest

from examiner.course import read_course
from examiner.demo import put_into_the_past

from .conftest import COURSE

SECOND = '\n[[assignments]]\nname = "01_adding"\ntitle = "Again"\ndue = {}\n'


@pytest.mark.parametrize("days", [400, 1, -2], ids=["next year", "tomorrow", "yesterday"])
def test_the_due_dates_of_a_demonstration_have_passed_and_keep_their_distances(course, days):
    last = (datetime.now(UTC) + timedelta(days=days)).replace(microsecond=0)
    first = last - timedelta(days=14)
    text = COURSE.replace("2027-02-12T23:59:00Z", first.isoformat()) + SECOND.format(last.isoformat())
    (course.root / "course.toml").write_text(text)
    put_into_the_past(course.root / "course.toml")
    earlier, later = (assignment.due for assignment in read_course(course.root).assignments)
    assert later - earlier == timedelta(days=14)
    assert timedelta(days=3) <= datetime.now(UTC) - later <= timedelta(days=4, minutes=1)
    assert later.timetz() == last.timetz()


def test_due_dates_that_have_passed_stay(course):
    path = course.root / "course.toml"
    path.write_text(COURSE.replace("2027", "2020"))
    put_into_the_past(path)
    assert path.read_text() == COURSE.replace("2027", "2020")
