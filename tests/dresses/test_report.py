"""What is told of dresses: the table, what went wrong, the file."""

from tests.dresses.report import Wear, entry, told, wear_table
from tests.dresses.trial import Fitting
from tests.dresses.wardrobe import Dressed


def dressed(name):
    return Dressed("solution", name, ("def f(): pass",), True)


WEAR = Wear(
    "01_adding",
    "add",
    (
        Fitting(dressed("list")),
        Fitting(dressed("pandas"), "add-test (failed): should be a number"),
        Fitting(dressed("tensor"), "", ("show-sum: TypeError: no", "show-plot: TypeError: no")),
        Fitting(
            dressed("tuple"), "", ("show-sum: TypeError: no",), ("show-both: TypeError: no (within mul)",)
        ),
    ),
    ("listt",),
)


def test_the_table_counts_tried_accepted_refused_and_cells_that_died():
    lines = wear_table([WEAR]).splitlines()
    assert " ".join(lines[0].split()) == "exercise tried accepted refused cells died"
    assert lines[2].split() == ["add", "4", "3", "1", "2"]
    assert lines[-1].split() == ["all", "4", "3", "1", "2"]


def test_what_was_refused_and_what_died_is_told():
    assert told(WEAR).splitlines() == [
        "add: refused: solution: pandas",
        "    add-test (failed): should be a number",
        "add: accepted, and then: solution: tensor",
        "    show-sum: TypeError: no",
        "    show-plot: TypeError: no",
        "add: accepted, and then: solution: tuple",
        "    show-sum: TypeError: no",
        "add: dresses.toml names what is not there: listt",
    ]


def test_the_file_holds_the_dressed_answer_and_what_became_of_it():
    content = entry(WEAR)
    assert content["tried"][0] == "solution: list"
    assert content["refused"][0]["message"] == "add-test (failed): should be a number"
    assert content["died"][0]["sources"] == ("def f(): pass",)
    assert content["died_within_other_answers"][0]["cells"] == ["show-both: TypeError: no (within mul)"]
