"""The reviewed list: read, checked, and what in it no longer holds."""

import pytest

from tests.mutants.making import Mutant
from tests.mutants.reviewed import FILE, read_review
from tests.mutants.trial import ALIKE, SURVIVED, TIMED_OUT, Fate
from tests.notebooks import bank
from tests.notebooks.bank import BadList
from tests.notebooks.rehearsal import BANK

REASON = "Both branches give one half where z is 0."


@pytest.fixture
def listed(tmp_path, monkeypatch):
    """A function that writes the list of an exercise and reads it."""
    monkeypatch.setattr(bank, "BANK", tmp_path)

    def listed(text):
        folder = tmp_path / "01_adding" / "add"
        folder.mkdir(parents=True)
        (folder / FILE).write_text(text, encoding="utf-8")
        return read_review("01_adding", "add")

    return listed


def group(*names, reason=REASON):
    return f"[[survivors]]\nreason = {reason!r}\nmutants = {list(names)!r}\n"


def fate(name, state):
    return Fate(Mutant(name, "solution", "", ""), state)


def test_an_exercise_without_a_list_allows_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(bank, "BANK", tmp_path)
    assert read_review("01_adding", "add").reasons == {}


def test_a_list_gives_each_mutant_its_reason(listed):
    review = listed(group("one", "two") + group("three", reason="Counts are whole numbers anyway."))
    assert review.reasons == {"one": REASON, "two": REASON, "three": "Counts are whole numbers anyway."}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (group("one", reason="equal"), "each [[survivors]] needs mutants, and a reason in a sentence"),
        (group(), "each [[survivors]] needs mutants, and a reason in a sentence"),
        (group("one") + group("one"), "01_adding/add/survivors.toml: listed twice: one"),
        ("[[survivor]]\n", "should hold [[survivors]] alone, got survivor"),
        ("mutants = [", "is not valid TOML"),
    ],
    ids=["no reason", "no mutants", "twice", "another name", "not TOML"],
)
def test_what_is_wrong_in_a_list_is_said(listed, text, said):
    with pytest.raises(BadList) as error:
        listed(text)
    assert said in str(error.value)


def test_entries_whose_mutants_are_gone_dead_or_alike_are_stale(listed):
    review = listed(group("lives", "slow", "killed", "alike", "gone", "not tried"))
    names = ("lives", "slow", "killed", "alike", "not tried")
    made = [Mutant(name, "solution", "", "") for name in names]
    fates = [
        fate("lives", SURVIVED), fate("slow", TIMED_OUT), fate("killed", "failed"), fate("alike", ALIKE),
    ]  # fmt: skip
    assert review.stale(made, fates) == ("killed", "alike", "gone")


def test_the_lists_of_the_course_can_be_read():
    for path in BANK.glob(f"*/*/{FILE}"):
        assert read_review(path.parts[-3], path.parts[-2]).reasons
