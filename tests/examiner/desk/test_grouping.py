"""Like answers come together, and what makes a difference keeps them apart."""

import pytest

from examiner.desk.grouping import EMPTY, LOOSE, STUB, TIGHT, Answer, Likeness, normal


def together(*texts, distance=TIGHT, **how):
    """Return whether texts form one group."""
    likeness = Likeness([Answer(str(n), text) for n, text in enumerate(texts)], **how)
    return len(set(likeness.groups(distance).values())) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Because counts are independent.", "because  **counts** are\nindependent"),
        ("- It is $a(b+c)$.", "It is $$ab + ac$$"),
        ("Don’t look at Training data", "don't look at training data!"),
        ("The weights are larger than trials", "the weights are larger than trials."),
    ],
    ids=["spaces and emphasis", "formulas by value", "quotes and capitals", "full stop"],
)
def test_equal_answers_come_together_without_a_slider(one, other):
    assert together(one, other, distance=0)


def test_near_answers_come_together_by_the_slider():
    one = "The gradient is only valid near the start, and the step overshoots the valley."
    other = "The gradient is only valid near the start and the steps overshoot the valley"
    assert not together(one, other, distance=0)
    assert together(one, other, distance=0.3)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The likelihood never decreases in an epoch of EM", "The likelihood decreases in an epoch of EM"),
        ("The bound touches the likelihood at $a + b$", "The bound touches the likelihood at $a - b$"),
        ("It takes 2 points of the curve to see it well", "It takes 3 points of the curve to see it well"),
        ("A long answer about larger steps and curvature", "A long answer about smaller steps and curvature"),
        ("It is $P(a|b)$ for all the states in it", "It is $P(b|a)$ for all the states in it"),
        ("We get slope = |a - b| for the curve", "We get slope = |b - a| for the curve"),
        ("We call it K in all of this long text", "We call it k in all of this long text"),
    ],
    ids=["negation", "sign", "number", "direction", "formula that cannot be read", "plain one", "capital"],
)  # fmt: skip
def test_what_makes_a_difference_is_never_put_together(one, other):
    assert not together(one, other, distance=0)
    assert "K" in one or not together(one, other, distance=LOOSE)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", EMPTY),
        (" \n... - ", EMPTY),
        ("I don't know", STUB),
        ("TODO", STUB),
        ("No idea, sorry.", STUB),
        ("?? help", STUB),
        ("ran out of time", STUB),
        ("lower bound", STUB),
        ("It is 0.", ""),
        ("$x$", ""),
        ("It touches there", ""),
    ],
)
def test_stubs_and_empty_answers_are_told(text, kind):
    assert normal(Answer("1", text)).kind == kind


def test_a_short_answer_is_no_stub_where_the_model_answer_is_short():
    assert normal(Answer("1", "Lower bound"), short_is_fine=True).kind == ""
    assert normal(Answer("1", "TODO"), short_is_fine=True).kind == STUB


def test_answers_with_other_pictures_are_apart():
    likeness = Likeness([Answer("1", "See", "pic1"), Answer("2", "See", "pic2"), Answer("3", "See", "pic1")])
    groups = likeness.groups(TIGHT)
    assert groups["1"] == groups["3"] != groups["2"]
