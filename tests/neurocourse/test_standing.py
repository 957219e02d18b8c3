"""The table that says where a student stands, from cells as IPython reports them."""

import time
from dataclasses import replace
from types import SimpleNamespace

import pytest

from neurocourse.standing import Part, Saved, Standing, check_label, next_step, read_parts

PARTS = read_parts(
    "double (10) | halve (5) | sigmoid (8) | sigmoid for large numbers (4) | extra (3, bonus) | "
    "why (6, written)"
)
CHECKED = 'checks.check(True, "hint")\nprint("{label}: all visible checks pass.")'
ALL = ["double", "halve", "sigmoid", "sigmoid for large numbers", "extra"]


def check_of(label):
    return CHECKED.format(label=label)


@pytest.fixture
def session():
    """A session's names, what it remembers, and a function that reports a cell as run."""
    names = {"double": object(), "halve": object()}
    standing = Standing(names)

    def run(source, error=None, cell=""):
        info = SimpleNamespace(raw_cell=source, cell_id=cell)
        standing.record(SimpleNamespace(info=info, success=error is None, error_in_exec=error))

    def states(**saved):
        return {row.name: row.state for row in standing.rows(PARTS, Saved(saved, time.time()))}

    def step(**saved):
        return next_step(standing.rows(PARTS, Saved(saved, time.time())))

    return SimpleNamespace(names=names, run=run, states=states, step=step, standing=standing)


def test_at_first_nothing_is_checked_and_what_stands_in_written_answers_is_unknown(session):
    assert session.states() == {
        "double": "not checked", "halve": "not checked", "sigmoid": "not checked", "extra": "not checked",
        "why": "written",
    }  # fmt: skip
    assert session.step() == "run the check of `double`."


def test_an_exercise_has_the_points_of_all_its_checks(session):
    rows = session.standing.rows(PARTS, Saved({}))
    assert [(row.name, row.points) for row in rows] == [
        ("double", "10"), ("halve", "5"), ("sigmoid", "12"), ("extra", "3 bonus"), ("why", "6"),
    ]  # fmt: skip
    assert [row.kind for row in rows] == ["to do"] * 4 + ["written"]


def test_a_stub_is_told_from_a_wrong_answer(session):
    session.run(check_of("double"))
    session.run(check_of("halve"), error=NotImplementedError())
    session.run(check_of("extra"), error=AssertionError())
    states = session.states()
    assert states["double"] == "visible checks pass"
    assert states["halve"] == "not filled in"
    assert states["extra"] == "does not pass yet"
    assert session.step() == "fill in `halve`, run it, and run its check."


def test_the_last_run_of_a_check_counts(session):
    for error, state in [(ValueError(), "does not pass yet"), (None, "visible checks pass")] * 2:
        session.run(check_of("halve"), error=error)
        assert session.states()["halve"] == state


def test_an_exercise_of_two_checks_passes_when_both_do(session):
    session.run(check_of("sigmoid"))
    assert session.states()["sigmoid"] == "not checked"
    session.run(check_of("sigmoid for large numbers"), error=ValueError())
    assert session.states()["sigmoid"] == "does not pass yet"
    session.run(check_of("sigmoid for large numbers"))
    assert session.states()["sigmoid"] == "visible checks pass"


def test_an_answer_that_was_changed_after_its_check_has_to_be_checked_again(session):
    session.run(check_of("double"))
    session.names["double"] = object()
    assert session.states()["double"] == "changed since its check"
    assert session.step() == "run the check of `double` again."


def test_an_answer_that_was_edited_and_saved_but_not_run_has_to_be_checked_again(session):
    session.run("double = 2 .__mul__", cell="double")
    session.run(check_of("double"), cell="double-test")
    session.standing._checks["double"] = replace(
        session.standing._checks["double"], answer=session.names["double"]
    )
    assert session.states(double="double = 2 .__mul__\n")["double"] == "visible checks pass"
    assert session.states(double="double = 3 .__mul__")["double"] == "changed since its check"
    earlier = Saved({"double": "double = 3 .__mul__"}, time.time() - 60)
    assert session.standing.rows(PARTS, earlier)[0].state == "visible checks pass"


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("**Why?**\n\nYOUR ANSWER HERE", "not answered when last saved"),
        ("**Why?**\n\nYOUR ANSWER HERE\n\nBecause.", "answered"),
        ("**Why?**\n\nBecause.", "answered"),
    ],
)
def test_a_written_answer_is_there_when_something_stands_in_its_place(session, text, state):
    assert session.states(why=text)["why"] == state


def test_when_all_pass_written_answers_come_next_and_then_nothing(session):
    for label in ALL:
        session.run(check_of(label))
    assert session.step(why="YOUR ANSWER HERE") == "write your answer to `why`, and save."
    assert session.step() == "read your written answers once more, then hand in."


def test_what_is_for_extra_credit_comes_last(session):
    for label in ALL[:-1]:
        session.run(check_of(label))
    assert session.step() == "run the check of `extra`."
    assert session.step(why="YOUR ANSWER HERE") == "write your answer to `why`, and save."


def test_parts_without_points_as_in_older_notebooks_are_read():
    assert read_parts("fit | extra (bonus)") == [Part("fit", 0), Part("extra", 0, is_bonus=True)]


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
