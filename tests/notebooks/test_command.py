"""What `make mutants` and `make dresses` have in common: choosing, writing, telling, the exit status."""

import dataclasses
import json
from types import SimpleNamespace

import pytest

from tests.notebooks import command
from tests.notebooks.bank import BadList, RefusedAnswer
from tests.notebooks.command import Command, told_of_before


@pytest.fixture
def made(monkeypatch):
    """A command whose exercises are made up; `asked` is what it was asked for."""
    asked = []

    def stops(course, assignment, exercises, *, shows):
        asked.append((assignment.name, exercises, shows))
        names = ["good", "bad"] if assignment.name.startswith("02") else []
        yield from (SimpleNamespace(exercise=name) for name in names if name in exercises or not exercises)

    monkeypatch.setattr(command, "chosen_stops", stops)
    made = Command(
        name="mutants",
        description="",
        try_stop=lambda stop, options: SimpleNamespace(exercise=stop.exercise, sample=options.sample),
        told=lambda result: f"{result.exercise}: look" if result.exercise == "bad" else "",
        entry=lambda result: {"sample": result.sample},
        table=lambda results: f"table of {len(results)}",
        is_bad=lambda result: result.exercise == "bad",
    )
    return SimpleNamespace(main=made.main, asked=asked, command=made)


def test_what_is_bad_is_told_before_the_table_and_ends_in_1(made, capsys):
    assert made.main([]) == 1
    assert capsys.readouterr().out == "bad: look\n\ntable of 2\n"
    assert [name for name, *_ in made.asked][:2] == ["01_lnp_encoding", "02_poisson_glm"]


def test_the_chosen_exercise_alone_is_tried(made, capsys):
    assert made.main(["--assignment", "02_poisson_glm", "--exercise", "good"]) == 0
    assert made.asked == [("02_poisson_glm", ["good"], False)]
    assert capsys.readouterr().out == "\ntable of 1\n"


def test_a_file_for_each_assignment_with_results_is_written(made, tmp_path):
    made.main(["--json", str(tmp_path / "new"), "--sample", "3"])
    (path,) = (tmp_path / "new").iterdir()
    assert path.name == "02_poisson_glm.json"
    assert json.loads(path.read_text()) == {"good": {"sample": 3}, "bad": {"sample": 3}}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--exercise", "stass"], "mutants: no exercise is called stass"),
        (["--assignment", "2_poisson_glm"], "Did you mean 02_poisson_glm?"),
    ],
)
def test_a_name_that_is_none_is_said(made, capsys, arguments, said):
    assert made.main(arguments) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("error", [RefusedAnswer("the answer loop does not pass"), BadList("no reason")])
def test_an_exercise_that_cannot_be_tried_is_named_and_stops_no_other(made, capsys, error):
    def try_stop(stop, options):
        if stop.exercise == "good":
            raise error
        return SimpleNamespace(exercise=stop.exercise)

    assert dataclasses.replace(made.command, try_stop=try_stop).main([]) == 2
    told = capsys.readouterr()
    assert told.err == f"mutants: {error}\n"
    assert told.out == "bad: look\n\ntable of 1\n"


def test_a_second_run_tries_again_what_the_files_of_the_first_tell_of(tmp_path):
    survivors = [{"mutant": "x + y -> x - y", "diff": ""}, {"mutant": "-x -> x", "diff": ""}]
    entry = {"survivors": survivors, "killed_ones": [{"mutant": "x -> 0"}]}
    (tmp_path / "02_poisson_glm.json").write_text(json.dumps({"fit_lnp": entry}))
    fit, other = (
        SimpleNamespace(assignment="02_poisson_glm", exercise=name) for name in ("fit_lnp", "other")
    )
    kinds = {"survivors": "mutant", "reviewed_survivors": "mutant"}
    again, first = SimpleNamespace(again=tmp_path), SimpleNamespace(again=None)
    assert told_of_before(again, fit, kinds) == {"x + y -> x - y", "-x -> x"}
    assert told_of_before(again, other, kinds) == set()
    assert told_of_before(first, fit, kinds) is None
