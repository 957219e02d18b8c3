"""The tiny course of the examiner's tests."""

from tests.examiner.conftest import assignment, course, hand_in, released_course  # noqa: F401
