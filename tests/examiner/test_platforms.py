from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examiner.platforms import CANVAS, MOODLE, PLATFORMS, Numbers, Told, numbers_of, read_time


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2027-02-10-12-30-15", datetime(2027, 2, 10, 12, 30, 15)),
        ("Feb 10, 2027 1230 PM", datetime(2027, 2, 10, 12, 30)),
        ("Feb 10, 2027 1230 AM", datetime(2027, 2, 10, 0, 30)),
        ("Feb 1, 2027 905 AM", datetime(2027, 2, 1, 9, 5)),
        ("February 1, 2027 11:05 PM", datetime(2027, 2, 1, 23, 5)),
        ("Feb 10, 2027 2305", datetime(2027, 2, 10, 23, 5)),
        ("Feb 10, 2027 1305 PM", None),
        ("Feb 30, 2027 1205 PM", None),
        ("Xyz 10, 2027 1205 PM", None),
        ("2027-02-30-12-30-15", None),
        ("10 févr. 2027 1230", None),
        ("", None),
    ],
)
def test_a_time_in_a_name_is_read_as_it_is_written_or_not_at_all(text, time):
    assert read_time(text) == time


def test_what_a_number_says_depends_on_the_platform():
    assert numbers_of("Canvas") is numbers_of("Blackboard") is Numbers.ALWAYS
    assert numbers_of("Moodle") is Numbers.EACH_ASSIGNMENT
    assert numbers_of("Brightspace") is numbers_of("") is numbers_of("unheard of") is Numbers.UNKNOWN


def test_a_folder_and_a_file_have_forms_of_their_own():
    assert MOODLE.read("Ada_117_assignsubmission_file_", is_folder=True) == Told("Ada", "117")
    assert MOODLE.read("Ada_117_assignsubmission_file_", is_folder=False) is None
    assert CANVAS.read("ada_81_4711_a.ipynb", is_folder=True) is None


@settings(max_examples=300, derandomize=True, deadline=None, database=None)
@given(name=st.text() | st.sampled_from(["_1" * 400, " - " * 300, "1 - " * 200, "_attempt_" * 99]))
def test_any_name_is_read_or_not(name):
    for platform in PLATFORMS:
        for is_folder in (True, False):
            told = platform.read(name, is_folder=is_folder)
            assert told is None or told.name
