"""Which cells below are looked at, and which of them count as broken."""

import pytest
from nbformat.v4 import new_code_cell, new_output

from tests.dresses.below import deaths, touched_cells


def cell(source, name="", **kind):
    return new_code_cell(source, id=name or "cell", metadata={"nbgrader": kind} if kind else {})


def test_cells_that_use_what_an_answer_binds_are_touched_and_what_they_need_with_them():
    solution = cell("def f(x):\n    return x", solution=True)
    after = [
        cell("unused = 1", "unused"), cell("grid = 3", "grid"), cell("y = f(1)", "uses"),
        cell("print(y + grid)", "at-one-remove"), cell("print('no')", "no"),
        cell("assert f(1) == 1", "f-test", grade=True, grade_id="f-test"),
        cell("checks.stand_in(f=abs)\nassert f(1) == 1", "g-test", grade=True, grade_id="g-test"),
    ]  # fmt: skip
    assert [c.id for c in touched_cells(solution, after)] == ["grid", "uses", "at-one-remove", "f-test"]


def failed(source, name, ename, evalue, *traceback):
    found = cell(source, name)
    found.outputs = [new_output("error", ename=ename, evalue=evalue, traceback=list(traceback))]
    return found


def test_a_cell_that_lacks_what_a_broken_one_did_not_make_is_not_counted():
    broken = failed("y = f(1).mean()", "broken", "AttributeError", "'list' object has no attribute 'mean'")
    after = failed("print(y)", "after", "NameError", "name 'y' is not defined")
    other = failed("print(z)", "other", "NameError", "name 'z' is not defined")
    assert [str(death) for death in deaths([cell("pass", "fine"), broken, after, other])] == [
        "broken: AttributeError: 'list' object has no attribute 'mean'",
        "other: NameError: name 'z' is not defined",
    ]


@pytest.mark.parametrize(("functions", "within"), [({"e_step"}, "e_step"), ({"run_em"}, "")])
def test_it_is_said_when_it_broke_within_another_answer(functions, within):
    frames = (
        "\x1b[0;36mCell\x1b[0m In[3], line 2, in \x1b[0;36me_step\x1b[0m\x1b[1;34m(Y, psi)\x1b[0m".replace(
            "\x1b[0m\x1b[1;34m(", "("
        )
    )
    (death,) = deaths([failed("ll = e_step(Y)", "show", "TypeError", "no", frames)], functions)
    assert death.within == within
    assert str(death) == "show: TypeError: no" + (" (within e_step)" if within else "")


def test_a_cell_that_was_stopped_counts_as_broken():
    stopped = cell("while True: pass", "loop")
    text = "This cell was stopped after 3 s; nothing of it counts.\n"
    stopped.outputs = [new_output("stream", name="stderr", text=text)]
    assert [str(death) for death in deaths([stopped])] == [f"loop: {text.strip()}"]
