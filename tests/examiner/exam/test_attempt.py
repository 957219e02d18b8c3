"""What is said of how a test ended."""

import pytest

from examiner.exam import attempt
from examiner.exam.attempt import explain
from examiner.sandbox.objects import Unsendable, student_error
from examiner.sandbox.student_client import StudentGone
from examiner.verdict import TestState
from neurocourse.checks import CheckFailed


def error_of(kind, message="31.5"):
    return student_error(kind, message)


def on_other_data(kind):
    return attempt.OTHER_DATA.format(name=kind)


VALUES = CheckFailed("f(1) is 31.5. Think.", "f(1) is not right. Think.")


UNDEFINED = "name 'b' is not defined"
READ = {
    "late": (StudentGone(TestState.TIMED_OUT), None, "timed_out", attempt.TOO_LONG),
    "gone": (StudentGone(TestState.CRASHED), None, "crashed", attempt.ENDED),
    "hidden_check": (VALUES, None, "failed", "f(1) is not right. Think."),
    "visible_check": (VALUES, CheckFailed("f(1) is 3.", VALUES.without_values), "failed", "f(1) is 3."),
    "other_check": (VALUES, CheckFailed("something else"), "failed", "f(1) is not right. Think."),
    "other_error": (VALUES, ValueError("f(1)"), "failed", "f(1) is not right. Think."),
    "stub": (student_error("NotImplementedError", "31.5"), None, "error", attempt.UNFINISHED),
    "unsendable": (Unsendable("31.5"), None, "failed", attempt.NOT_SENT),
    "unsendable_example": (Unsendable("31.5"), Unsendable("It is too deep."), "failed", "It is too deep."),
    "hidden": (error_of("ValueError"), None, "error", on_other_data("ValueError")),
    "visible": (
        error_of("ValueError"),
        error_of("ValueError", "a\nb"),
        "error",
        "Your code raised ValueError: a",
    ),
    "other_type": (error_of("ValueError"), error_of("KeyError", "a"), "error", on_other_data("ValueError")),
    "name_with_data": (
        error_of("NameError", "name '3.5' is not defined"),
        None,
        "error",
        on_other_data("NameError"),
    ),
    "name_made_up": (error_of("NameError", UNDEFINED), None, "error", on_other_data("NameError")),
    "name_of_the_test": (NameError(UNDEFINED), None, "error", f"Your code raised NameError: {UNDEFINED}"),
    "own_type": (error_of("Mine"), None, "error", on_other_data("Exception")),
    "test_itself": (TypeError("31.5"), None, "error", on_other_data("TypeError")),
}


@pytest.mark.parametrize(("error", "visible", "state", "message"), READ.values(), ids=READ)
def test_what_a_student_reads(error, visible, state, message):
    assert explain(error, visible) == (state, message)
