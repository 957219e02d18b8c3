"""The mutants of an exercise: enough of them, no two alike, with names that stay."""

import ast

import pytest
from nbformat.v4 import new_code_cell

from examiner.course.facts import read_course
from examiner.notebook import cells
from tests.mutants.making import mutants_of, sample
from tests.mutants.meanings import MEANINGS
from tests.mutants.trees import fingerprint
from tests.notebooks.bank import right_answers
from tests.notebooks.rehearsal import ROOT

ENOUGH = 60
COURSE = read_course(ROOT)


def solution_cells(assignment):
    source = cells.read_notebook(ROOT / "source" / assignment / COURSE.assignment(assignment).filename)
    tested = {cells.exercise_name(cell) for cell in source.cells if cells.is_test(cell)}
    return {cells.grade_id(cell): cell for cell in source.cells if cells.grade_id(cell) in tested}


EXERCISES = [
    pytest.param(assignment.name, exercise, id=f"{assignment.name}/{exercise}")
    for assignment in COURSE.assignments
    for exercise in solution_cells(assignment.name)
]


def of_text(source):
    """Return the mutants of a solution cell with this text, to which the bank has no answers."""
    return mutants_of("none", new_code_cell(source, metadata={"nbgrader": {"grade_id": "none"}}))


ADD = '''def add(a, b):
    """Add.

    Parameters
    ----------
    a, b : float

    Returns
    -------
    float
    """
    # a comment
    return a + b


total = add(1, 2)
'''


@pytest.mark.parametrize(("assignment", "exercise"), EXERCISES)
def test_every_exercise_has_enough_mutants_that_differ_from_answers_and_each_other(assignment, exercise):
    solution = solution_cells(assignment)[exercise]
    mutants = mutants_of(assignment, solution)
    assert len(mutants) >= ENOUGH
    assert len({mutant.name for mutant in mutants}) == len(mutants)
    does = {fingerprint(mutant.source) for mutant in mutants}
    assert len(does) == len(mutants)
    assert does.isdisjoint(fingerprint(a.source) for a in right_answers(assignment, solution))


def test_a_mutant_says_the_answer_the_line_the_operator_and_what_became_what():
    mutants = {mutant.name: mutant for mutant in of_text(ADD)}
    mutant = mutants["solution 2 arithmetic: a + b -> a - b"]
    assert "return a - b" in mutant.source
    assert mutant.diff.splitlines()[3:6] == [" def add(a, b):", "-    return a + b", "+    return a - b"]


def test_a_comment_and_a_docstring_do_not_change_names():
    other = ADD.replace("    # a comment\n", "").replace("Add.", "Add two numbers,\n    or more.")
    assert [mutant.name for mutant in of_text(other)] == [mutant.name for mutant in of_text(ADD)]


def test_given_lines_outside_of_functions_are_not_changed():
    assert all(mutant.source.endswith("total = add(1, 2)") for mutant in of_text(ADD))


def test_what_is_printed_and_messages_of_errors_are_not_changed():
    source = "def f(x):\n    print(x + 1)\n    if x < 0:\n        raise ValueError(f'{x + 2}')\n    return x"
    changed = [mutant.source for mutant in of_text(source)]
    assert changed
    assert all("print(x + 1)" in text for text in changed)
    assert not any("x - 2" in text for text in changed)


def test_a_sample_is_the_same_each_time_and_of_many_operators():
    mutants = of_text(ADD)
    chosen = sample(mutants, 8)
    assert chosen == sample(mutants[::-1], 8)
    assert len(chosen) == 8
    assert len({mutant.name.split(":")[0] for mutant in chosen}) >= 6


@pytest.mark.parametrize("assignment", MEANINGS)
def test_what_arguments_mean_is_there_in_the_notebook(assignment):
    from examiner.notebook.syntax import bound_names

    source = cells.read_notebook(ROOT / "source" / assignment / COURSE.assignment(assignment).filename)
    kept = [c for c in source.cells if c.cell_type == "code" and not cells.only_shows(c)]
    bound = frozenset().union(*(bound_names(cell.source) for cell in kept if not cells.is_test(cell)))
    names = {
        node.id
        for texts in MEANINGS[assignment].values()
        for text in texts
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Name)
    }
    assert names - bound - {"len"} == set()
