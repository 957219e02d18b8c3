"""Checks that say what they refused: the whole value, and believed as little as any message."""

import json

import numpy as np
import pytest

from examiner.harvest import recorder
from neurocourse import checks

CLOSE = {"name": "f(1)", "mistakes": {"Use +.": [9.0]}, "hint": "Look."}


def refused(actual, expected=(1.0, 2.0), **options):
    with pytest.raises(checks.CheckFailed) as caught:
        recorder.check_close(actual, list(expected), **(CLOSE | options))
    return str(caught.value)


@pytest.mark.parametrize(
    ("actual", "literal"),
    [
        ([1, 3], "[1, 3]"), (np.float32(0.1), "0.1"), ([[1.23456789, np.nan], [np.inf, -0.0]], None),
        (np.zeros(0), "[]"), (True, "1"), (-1e300, "-1e+300"),
    ],
    ids=["list", "single precision", "matrix", "empty", "truth", "large"],
)  # fmt: skip
def test_a_refusal_says_the_value_and_a_line_of_mistakes_knows_it(actual, literal):
    found = recorder.read(refused(actual))
    assert (found.name, found.knows, found.shape) == ("f(1)", True, np.shape(actual))
    text = recorder.literal(found.value)
    assert literal in (None, text)
    with pytest.raises(checks.CheckFailed, match="That is it."):
        checks.check_close(actual, [1, 2], name="f", mistakes={"That is it.": eval(text, {"np": np})})


def test_what_passes_or_is_known_records_nothing():
    recorder.check_close([1, 2], [1, 2], **CLOSE)
    recorder.check_shape([1, 2], (2,), name="f(1)")
    assert recorder.read(refused([9])) is None
    assert recorder.read(refused(None)) is None


def test_a_value_that_is_too_long_is_told_from_others_all_the_same():
    one, other = (recorder.read(refused(np.arange(n, n + 5_000))) for n in (0, 1))
    assert (one.value, other.value) == (None, None)
    assert one.digest != other.digest
    assert one.shape == (5_000,)


def test_a_refused_shape_is_recorded_as_one_that_takes_no_mistakes():
    with pytest.raises(checks.CheckFailed) as caught:
        recorder.check_shape([[1.5, 2]], (2,), name="f(1)", hint="One row.")
    found = recorder.read(str(caught.value))
    assert (found.value, found.knows) == ([[1.5, 2]], False)


@pytest.mark.parametrize(
    "change",
    [
        {"value": "x"}, {"value": [1, [2]]}, {"shape": [10**30]}, {"shape": 3}, {"name": "a\x1b[31m"},
        {"digest": "../../x"}, {"value": {"a": 1}}, {"digest": None, "name": None, "shape": None},
    ],
    ids=str,
)  # fmt: skip
def test_a_forged_record_is_none(change):
    told = json.loads(refused([1, 3]).partition(": ")[2])
    assert recorder.read("recorded: " + json.dumps(told)) is not None
    assert recorder.read("recorded: " + json.dumps(told | change)) is None
    assert recorder.read("recorded: {") is None
