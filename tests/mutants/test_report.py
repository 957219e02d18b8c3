"""What is told of mutants: the table, the survivors, the file."""

from tests.mutants.making import Mutant
from tests.mutants.report import Score, entry, scores_table, told
from tests.mutants.reviewed import Review
from tests.mutants.trial import ALIKE, SURVIVED, TIMED_OUT, Fate

DIFF = "--- right\n+++ mutant\n@@ -1 +1 @@\n-x + y\n+x - y"
LIVES, ALLOWED = "solution 2 arithmetic: x + y -> x - y", "solution 3 sign: -x -> x"


def fate(name, state, message=""):
    return Fate(Mutant(name, "solution", "", DIFF), state, "add-test" if message else "", message)


SCORE = Score(
    "01_adding",
    "add",
    (
        fate(LIVES, SURVIVED, "whole, x 1: 3 against 1"), fate(ALLOWED, SURVIVED), fate("like", ALIKE),
        fate("dead", "failed", "add(1, 2) is not right."), fate("slow", TIMED_OUT), fate("error", "error"),
    ),
    Review({ALLOWED: "Nobody gives negative numbers.", "gone": "It was there before."}),
    ("gone",),
)  # fmt: skip


def test_the_table_counts_made_killed_alike_reviewed_and_surviving():
    lines = scores_table([SCORE, SCORE]).splitlines()
    assert " ".join(lines[0].split()) == "exercise made killed by time alike reviewed surviving score"
    assert lines[2].split() == ["add", "6", "3", "1", "1", "1", "1", "75.0", "%"]
    assert lines[-1].split() == ["all", "12", "6", "2", "2", "2", "2", "75.0", "%"]


def test_a_survivor_is_shown_with_what_it_does_otherwise_and_stale_entries_are_named():
    assert told(SCORE).splitlines() == [
        f"add: survives: {LIVES}",
        "    @@ -1 +1 @@",
        "    -x + y",
        "    +x - y",
        "    differs: whole, x 1: 3 against 1",
        "add: no longer survives, take it off survivors.toml: gone",
    ]


def test_the_file_holds_what_an_author_needs():
    content = entry(SCORE)
    assert content["survivors"] == [
        {
            "mutant": LIVES,
            "answer": "solution",
            "differs": "whole, x 1: 3 against 1",
            "diff": DIFF,
            "line_for_the_list": f'"{LIVES}",',
        }
    ]
    assert content["reviewed_survivors"][0]["reason"] == "Nobody gives negative numbers."
    assert content["killed_ones"][0] == {
        "mutant": "dead", "test": "add-test", "state": "failed", "message": "add(1, 2) is not right.",
    }  # fmt: skip
    assert (content["made"], content["killed"], content["stale"]) == (6, 3, ["gone"])
