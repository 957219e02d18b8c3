"""The line that says where a student stands, from cells as IPython reports them."""

from types import SimpleNamespace

import pytest

from neurocourse.standing import Standing, check_label

LABELS = ["double", "halve", "sigmoid", "sigmoid for large numbers", "extra (bonus)"]


def check_of(label):
    return f'checks.check(True, "hint")\nprint("{label}: all visible checks pass.")'


@pytest.fixture
def session():
    """A session's names, what it remembers, and a function that reports a cell as run."""
    names = {"double": object(), "halve": object()}
    standing = Standing(names)

    def run(source, success=True):
        standing.record(SimpleNamespace(info=SimpleNamespace(raw_cell=source), success=success))

    return SimpleNamespace(names=names, run=run, line=lambda: standing.summary(LABELS))


def test_at_first_nothing_is_checked(session):
    assert session.line() == (
        "Visible checks in this session: 0 of 4 exercises pass. "
        "Not checked: double, halve, sigmoid, extra (bonus)."
    )


def test_each_exercise_is_named_once_under_how_its_checks_ended(session):
    session.run(check_of("double"))
    session.run(check_of("halve"), success=False)
    session.run(check_of("extra"))
    session.run("double(2)")
    assert session.line() == (
        "Visible checks in this session: 2 of 4 exercises pass (double, extra (bonus)). Not yet: halve. "
        "Not checked: sigmoid."
    )


def test_the_last_run_of_a_check_counts(session):
    session.run(check_of("halve"), success=False)
    session.run(check_of("halve"))
    assert "pass (halve)" in session.line()
    session.run(check_of("halve"), success=False)
    assert "Not yet: halve." in session.line()


def test_an_exercise_of_two_checks_passes_when_both_do(session):
    session.run(check_of("sigmoid"))
    assert "Not checked: double, halve, sigmoid," in session.line()
    session.run(check_of("sigmoid for large numbers"), success=False)
    assert "Not yet: sigmoid." in session.line()
    session.run(check_of("sigmoid for large numbers"))
    assert "pass (sigmoid)" in session.line()


def test_an_answer_that_was_changed_after_its_check_has_to_be_checked_again(session):
    session.run(check_of("double"))
    session.names["double"] = object()
    assert "0 of 4 exercises pass. Changed since, check again: double." in session.line()


def test_when_all_pass_nothing_else_is_said(session):
    for label in LABELS:
        session.run(check_of(label.removesuffix(" (bonus)")))
    assert session.line() == (
        "Visible checks in this session: 4 of 4 exercises pass (double, halve, sigmoid, extra (bonus))."
    )


@pytest.mark.parametrize(
    ("source", "label"),
    [
        (check_of("double"), "double"),
        (f"if True:\n    {check_of('double')}".replace("\nprint", "\n    print"), "double"),
        ('print("challenge: all visible checks pass, and the steps below count as done.")', "challenge"),
        ('# print("double: all visible checks pass.")', ""),
        ('double = "double: all visible checks pass."', ""),
        (None, ""),
    ],
    ids=["last line", "within an else", "with more to say", "in a comment", "in a string", "no text"],
)
def test_a_cell_of_checks_is_known_by_its_line(source, label):
    assert check_label(source or "") == label
