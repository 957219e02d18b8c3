"""What tests say of answers, sorted: which hint whatever the values, and how an answer ended."""

import numpy as np
import pytest

from examiner.exam.attempt import NOT_SENT, OTHER_DATA, UNFINISHED
from examiner.notebook import cells
from examiner.results.hints import Ending, ending, hint_of, known_hints
from examiner.verdict import TestResult, TestState
from neurocourse import checks
from tests.notebooks.rehearsal import ROOT

KNOWN = frozenset({"Use +."})


def refusal(actual, expected, **how):
    with pytest.raises(checks.CheckFailed) as caught:
        checks.check_close(actual, expected, name="f(x, [1, 2])", **how)
    return caught.value


@pytest.mark.parametrize("show", [True, False], ids=["expected shown", "not shown"])
@pytest.mark.parametrize(
    ("actual", "expected"),
    [(1.5, 2), (-3e-9, 2), ([1, 5, 7], [1, 2, 3]), (np.ones((2, 3)), np.zeros((2, 3))), ([1, 2], [1, 2, 3]),
     (np.nan, 1)],
    ids=["number", "small number", "list", "matrix", "shape", "not a number"],
)  # fmt: skip
def test_a_hint_is_the_message_without_the_values_of_one_student(actual, expected, show):
    error = refusal(actual, expected, hint="Look at it: it is 3, or so.", show_expected=show)
    assert hint_of(str(error)) == error.without_values
    assert hint_of(error.without_values) == error.without_values


def test_a_message_of_a_finite_check_loses_its_count():
    with pytest.raises(checks.CheckFailed) as caught:
        checks.check_finite([1, np.inf], name="f(x)", hint="Mind zero.")
    assert hint_of(str(caught.value)) == "f(x) should be finite. Mind zero."


@pytest.mark.parametrize(
    "message", [NOT_SENT, UNFINISHED, OTHER_DATA.format(name="ValueError"), "Return two."]
)
def test_other_messages_are_hints_as_they_are(message):
    assert hint_of(message) == message


@pytest.mark.parametrize(
    ("state", "message", "only_hidden", "expected"),
    [
        ("passed", "", False, Ending.PASSED),
        ("error", UNFINISHED, False, Ending.BLANK),
        ("failed", "f is not right: it is 3. Use +.", False, Ending.KNOWN),
        ("failed", "f is None: does the function end in a `return`?", False, Ending.KNOWN),
        ("failed", "f is not right: it is 3. Look.", False, Ending.GENERAL),
        ("failed", "f on other data is not right. Use +.", True, Ending.ONLY_HIDDEN),
        ("error", "Your code raised TypeError: x", False, Ending.RAISED),
        ("timed_out", "Too long.", False, Ending.STOPPED),
        ("crashed", "Ended.", False, Ending.STOPPED),
        ("not_reached", "Not run.", False, Ending.STOPPED),
    ],
)  # fmt: skip
def test_each_answer_ends_in_one_way(state, message, only_hidden, expected):
    result = TestResult("f-test", "f", TestState(state), 1, 0, message, only_hidden=only_hidden)
    assert ending(result, KNOWN) is expected


@pytest.mark.parametrize("path", sorted(ROOT.glob("source/*/*.ipynb")), ids=lambda path: path.parent.name)
def test_each_exercise_of_the_course_knows_mistakes(path):
    known = known_hints(cells.read_notebook(path))
    assert {name for name, hints in known.items() if len(hints) < 2} == set()
