"""What tests put in the place of earlier answers, and what they give to checks, read off the notebooks."""

import ast
import inspect

import pytest

from examiner.course.facts import read_course
from examiner.notebook import cells
from examiner.notebook.syntax import needed_names, stood_in
from tests.notebooks.rehearsal import ROOT

COURSE = read_course(ROOT)
ASSIGNMENTS = [assignment.name for assignment in COURSE.assignments]


def source_of(name):
    found = cells.read_notebook(ROOT / "source" / name / COURSE.assignment(name).filename).cells
    return [cell for cell in found if cell.cell_type == "code"]


def functions_of(tree):
    return {node.name: node.args for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def answers_of(notebook_cells):
    """Return the arguments of each function that an exercise asks for, by its name."""
    solutions = [cell for cell in notebook_cells if cells.is_solution(cell)]
    return {
        name: arguments
        for cell in solutions
        for name, arguments in functions_of(ast.Module(ast.parse(cell.source).body, [])).items()
    }


def signature(arguments):
    """Return what a caller may write: the names of arguments, and how many of them may be left out."""
    return [argument.arg for argument in arguments.args], len(arguments.defaults)


def replacements(source):
    """Yield each function that a test puts in another's place: the name, and its arguments."""
    tree = ast.parse(source)
    defined = functions_of(tree)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    for keyword in (
        k for call in calls if ast.unparse(call.func).endswith("stand_in") for k in call.keywords
    ):
        value = keyword.value
        found = value.args if isinstance(value, ast.Lambda) else defined.get(getattr(value, "id", ""))
        if found is not None:
            yield keyword.arg, found


def wrapped_by_the_test(source):
    """Return the values that a test gives to a check as a list of its own making."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and node.args]
    return [
        ast.unparse(call)
        for call in calls
        if ast.unparse(call.func).startswith("checks.")
        and isinstance(call.args[0], ast.List | ast.Tuple | ast.ListComp)
    ]


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_a_stand_in_can_be_called_as_the_docstring_of_the_answer_says(name):
    notebook = source_of(name)
    answers = answers_of(notebook)
    others = {
        (cell.id, replaced): signature(arguments)
        for cell in notebook
        if cells.is_test(cell)
        for replaced, arguments in replacements(cell.source)
        if replaced in answers and signature(arguments) != signature(answers[replaced])
    }
    assert others == {}


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_each_test_stands_in_for_the_earlier_answers_that_its_solution_calls(name):
    """So whatever an earlier answer gives, as a list for instance, costs no points further on."""
    notebook = source_of(name)
    missing, earlier = {}, set()
    for cell in notebook:
        if cells.is_solution(cell):
            own = set(functions_of(ast.parse(cell.source)))
            used = needed_names(cell.source) & earlier
            for test in (t for t in notebook if cells.is_test(t)):
                if cells.exercise_name(test) == cells.grade_id(cell) and used - stood_in(test.source):
                    missing[test.id] = used - stood_in(test.source)
            earlier |= own
    assert missing == {}


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_what_a_visible_check_looks_at_is_what_the_answer_returned(name):
    """A list of the test's own would be taken for the student's: see `neurocourse.forms`."""
    tests = [cell for cell in source_of(name) if cells.is_test(cell)]
    visible = {cell.id: wrapped_by_the_test(cells.without_hidden_tests(cell.source)) for cell in tests}
    assert {cell: found for cell, found in visible.items() if found} == {}


def test_other_names_of_arguments_are_found():
    source = inspect.cleandoc(
        """
        def reference(weights, d=None):
            pass
        checks.stand_in(fit=reference, decoy=None, other=lambda x: x)
        """
    )
    found = {name: signature(arguments) for name, arguments in replacements(source)}
    assert found == {"fit": (["weights", "d"], 1), "other": (["x"], 0)}


def test_a_list_of_the_tests_own_is_found():
    source = "checks.check_close([f(1), 2], [1, 2], name='f')\nchecks.check_close(f(2), [1, 2], name='f')"
    assert wrapped_by_the_test(source) == ["checks.check_close([f(1), 2], [1, 2], name='f')"]
