"""The messages that students read, and stand-ins that come and go."""

import re
import sys
from types import SimpleNamespace

import numpy as np
import pytest

from neurocourse import checks
from neurocourse.checks import CheckFailed
from tests.notebooks.solved import open_shell


def message_of(check, *arguments, **options):
    with pytest.raises(CheckFailed) as failure:
        check(*arguments, **options)
    return str(failure.value)


def test_a_failed_check_says_its_hint():
    checks.check(1 + 1 == 2, "unused")
    assert message_of(checks.check, False, "Look again.") == "Look again."


@pytest.mark.parametrize(
    "value", [3, 3.0, np.float32(3), [3], (3,), np.array([3], dtype=np.uint8), np.ma.array([3]), True]
)
def test_numbers_of_all_kinds_become_plain_float_arrays(value):
    numbers = checks.as_numbers(value, "x")
    assert type(numbers) is np.ndarray
    assert numbers.dtype == float


def test_tensors_become_plain_arrays_even_with_a_gradient():
    torch = pytest.importorskip("torch")
    assert checks.as_numbers(torch.nn.Parameter(torch.ones(2)), "x").tolist() == [1, 1]


def test_in_a_notebook_it_is_noted_that_a_tensor_was_checked_but_not_what_it_was_compared_with(monkeypatch):
    torch, seen = pytest.importorskip("torch"), []
    shell = SimpleNamespace(neurocourse_forms=SimpleNamespace(see=seen.append))
    monkeypatch.setattr(checks, "_running_shell", lambda: shell)
    for value in (np.ones(2), 1.0, torch.ones(()), torch.ones(2)):
        checks.check_close(value, np.ones(np.shape(value)).tolist(), name="x", mistakes={"No.": [7, 7]})
    assert seen == ["tensor"]


@pytest.mark.parametrize("kind", ["DataFrame", "Series", "Index"])
def test_tables_of_pandas_become_plain_arrays(kind):
    pandas = pytest.importorskip("pandas")
    numbers = checks.as_numbers(getattr(pandas, kind)([1, 2]), "x")
    assert type(numbers) is np.ndarray
    assert numbers.ravel().tolist() == [1, 2]


def test_numbers_share_no_memory_with_what_they_were_made_from():
    original = np.zeros(3)
    checks.as_numbers(original, "x")[0] = 1
    assert original[0] == 0


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (None, "x is None: does the function end in a `return`?"),
        (len, "x is a function: call it with ( ) to get its value."),
        ("3", "x should be a number or an array of numbers, got str."),
        ({"a": 3}, "x should be a number or an array of numbers, got dict."),
        (
            [[1], [1, 2]],
            "x should be a number or an array of numbers, got a list that holds something else, "
            "or rows of different lengths.",
        ),
    ],
    ids=["none", "function", "string", "dict", "ragged"],
)
def test_what_is_no_number_is_refused_in_words(value, message):
    assert message_of(checks.as_numbers, value, "x") == message


def test_the_result_of_an_optimiser_is_refused_with_advice():
    from scipy.optimize import OptimizeResult

    message = message_of(checks.as_numbers, OptimizeResult(x=[1.0]), "theta")
    assert message == "theta should be a number or an array of numbers, got OptimizeResult. Return its `.x`."


def test_a_wrong_shape_is_named_and_a_transposed_one_recognised():
    checks.check_shape([[1, 2]], (1, 2), name="X")
    assert (
        message_of(checks.check_shape, [1, 2], (3,), name="X", hint="Count.")
        == "X should have shape (3,), got (2,). Count."
    )
    assert (
        message_of(checks.check_shape, [[1, 2]], (2, 1), name="X")
        == "X should have shape (2, 1), got (1, 2). Transpose it?"
    )


def test_values_that_are_not_finite_are_counted():
    checks.check_finite([1, 2], name="y")
    assert (
        message_of(checks.check_finite, [1, np.nan, np.inf], name="y")
        == "y should be finite, but 2 of 3 values are NaN or infinite."
    )
    assert (
        message_of(checks.check_finite, np.inf, name="y", hint="No log.")
        == "y should be finite, but it is NaN or infinite. No log."
    )


@pytest.mark.parametrize(
    "answer", [[1, 2], (1.0, 2.0), np.array([1, 2], dtype=np.float32), np.array([1.000001, 2])]
)
def test_close_values_pass_whatever_holds_them(answer):
    checks.check_close(answer, [1, 2], name="answer")


def test_a_difference_names_its_place_and_hides_what_was_expected():
    message = message_of(checks.check_close, [[1, 2], [3, 5]], [[1, 2], [3, 4]], name="X", hint="Hm.")
    assert message == "X is not right: at index (1, 1) it is 5. Hm."


def test_a_visible_check_shows_what_was_expected():
    message = message_of(checks.check_close, [2, 2, 2], [1, 2, 3], name="y", show_expected=True)
    assert message == "y is not right: at index 0 it is 2, expected 1 (2 of 3 values differ)."
    assert (
        message_of(checks.check_close, 2, 3, name="y", show_expected=True)
        == "y is not right: it is 2, expected 3."
    )


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ([3, 2, 1], "y is not right: at index 0 it is 3. Reversed."),
        ([1, 2], "y should have shape (3,), got (2,). Too short."),
        ([np.nan] * 3, "y is not right: at index 0 it is nan. Log of zero."),
        ([7, 7, 7], "y is not right: at index 0 it is 7. Think."),
    ],
    ids=["values", "shape", "nan", "unknown"],
)
def test_a_known_mistake_gets_its_own_hint_and_an_unknown_one_the_general(answer, message):
    mistakes = {"Reversed.": [3, 2, 1], "Too short.": [1, 2], "Log of zero.": [np.nan] * 3}
    assert (
        message_of(checks.check_close, answer, [1, 2, 3], name="y", hint="Think.", mistakes=mistakes)
        == message
    )


def test_a_mistake_that_happens_to_equal_the_right_value_is_none():
    checks.check_close([1, 1], [1, 1], name="y", mistakes={"Reversed.": [1, 1]})


def test_looking_for_mistakes_alone_passes_everything_else():
    mistakes = {"You used the notebook's stimulus.": [5, 6]}
    checks.check_mistakes([1, 2], mistakes, name="y")
    checks.check_mistakes([1, 2, 3], mistakes, name="y")
    assert (
        message_of(checks.check_mistakes, [5, 6], mistakes, name="y")
        == "y is not right. You used the notebook's stimulus."
    )


def test_an_input_that_changes_is_noticed():
    stim = np.array([1.0, np.nan])
    with checks.inputs_unchanged(stim=stim, theta=[1]):
        pass
    with (
        pytest.raises(CheckFailed, match=re.escape("changed its input `stim` in place. Work on a copy")),
        checks.inputs_unchanged(stim=stim),
    ):
        stim[0] = 2


def double(x):
    return "wrong"


def test_outside_a_notebook_a_stand_in_lasts_as_long_as_its_block():
    with checks.stand_in(double=lambda x: 2 * x, made_up=1):
        assert double(3) == 6
        assert made_up == 1  # noqa: F821
    assert double(3) == "wrong"
    assert "made_up" not in globals()


@pytest.fixture
def shell(tmp_path):
    with open_shell(str(tmp_path)) as shell:
        shell.run_cell(
            "from neurocourse import checks\ndef f():\n    return 'student'\ndef g():\n    return f()"
        )
        yield shell


def test_in_a_notebook_a_stand_in_lasts_until_the_cell_ends(shell):
    shell.run_cell("checks.stand_in(f=lambda: 'reference', h=1)\nduring = g()").raise_error()
    assert shell.user_ns["during"] == "reference"
    assert shell.user_ns["g"]() == "student"
    assert "h" not in shell.user_ns


def test_in_a_notebook_a_stand_in_goes_also_when_the_cell_fails(shell, capsys):
    outcome = shell.run_cell("checks.stand_in(f=lambda: 'reference')\nchecks.check(False, 'no')")
    assert isinstance(outcome.error_in_exec, CheckFailed)
    assert shell.user_ns["g"]() == "student"


def test_of_two_stand_ins_in_a_cell_the_later_counts_and_both_go(shell):
    shell.run_cell("checks.stand_in(f=lambda: 1)\nchecks.stand_in(f=lambda: 2)\nduring = g()").raise_error()
    assert shell.user_ns["during"] == 2
    assert shell.user_ns["g"]() == "student"


def test_checks_do_not_import_ipython_by_themselves(monkeypatch):
    monkeypatch.delitem(sys.modules, "IPython", raising=False)
    with checks.stand_in(double=abs):
        pass
    assert "IPython" not in sys.modules


@pytest.mark.parametrize(
    ("check", "with_values", "without_values"),
    [
        (lambda: checks.check(False, "Look."), "Look.", "Look."),
        (lambda: checks.as_numbers("3", "x"), *["x should be a number or an array of numbers, got str."] * 2),
        (lambda: checks.as_numbers(None, "x"), *["x is None: does the function end in a `return`?"] * 2),
        (
            lambda: checks.check_close([31.5, 2], [1, 2], name="y", hint="Hm.", show_expected=True),
            "y is not right: at index 0 it is 31.5, expected 1. Hm.",
            "y is not right. Hm.",
        ),
        (
            lambda: checks.check_close(31.5, 2, name="y", mistakes={"Doubled.": 31.5}),
            "y is not right: it is 31.5. Doubled.",
            "y is not right. Doubled.",
        ),
        (lambda: checks.check_mistakes(3, {"Doubled.": 3}, name="y"), *["y is not right. Doubled."] * 2),
    ],
    ids=["check", "type", "none", "close", "mistake", "mistakes"],
)  # fmt: skip
def test_a_failure_also_has_a_message_without_what_the_student_returned(check, with_values, without_values):
    with pytest.raises(CheckFailed) as failure:
        check()
    assert str(failure.value) == with_values
    assert failure.value.without_values == without_values


@pytest.mark.parametrize(
    "check",
    [
        lambda value: checks.check_shape(np.zeros(value), (2,), name="y"),
        lambda value: checks.check_close(np.zeros(value), np.zeros(2), name="y"),
        lambda value: checks.check_finite(np.r_[np.zeros(2), np.full(value, np.nan)], name="y"),
    ],
    ids=["shape", "close", "finite"],
)
def test_without_values_a_message_holds_no_number_that_an_answer_could_choose(check):
    with pytest.raises(CheckFailed) as failure:
        check(3155)
    assert "3155" in str(failure.value)
    assert "3155" not in failure.value.without_values


def test_a_stand_in_replaces_names_elsewhere_too_and_puts_them_back_there():
    elsewhere = {"f": "student"}

    def replace(values, absent):
        for name, value in values.items():
            if value is absent:
                elsewhere.pop(name)
            else:
                elsewhere[name] = value

    namespace = {checks.ELSEWHERE: replace, "f": "student", "checks": checks}
    exec("stand_in = checks.stand_in(f='reference', made_up=1)", namespace)
    assert elsewhere == {"f": "reference", "made_up": 1}
    namespace["stand_in"].restore()
    assert elsewhere == {"f": "student"}
    assert namespace["f"] == "student"
    namespace["stand_in"].restore()
    assert elsewhere == {"f": "student"}
