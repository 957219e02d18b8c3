"""Tests leave no names behind in a student's notebook: a check may run again after any cell."""

import ast
import symtable

import pytest

from examiner.course.facts import read_course
from examiner.notebook import cells
from examiner.notebook.syntax import needed_names
from tests.notebooks.rehearsal import ROOT

COURSE = read_course(ROOT)
ASSIGNMENTS = [assignment.name for assignment in COURSE.assignments]


def left_behind(source):
    """Return the names that a cell binds at its top level and does not delete; imported ones aside."""
    deleted = {
        name.id
        for statement in ast.parse(source).body
        if isinstance(statement, ast.Delete)
        for name in statement.targets
        if isinstance(name, ast.Name)
    }
    symbols = symtable.symtable(source, "<test>", "exec").get_symbols()
    return {s.get_name() for s in symbols if s.is_assigned() and not s.is_imported()} - deleted


def released(name):
    return cells.read_notebook(ROOT / "release" / name / COURSE.assignment(name).filename).cells


def test_names_that_are_left_are_found():
    source = "import numpy as np\nfor n in (1, 2):\n    total = n\ndef f(x):\n    y = x\nz = 1\ndel z"
    assert left_behind(source) == {"n", "total", "f"}


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_a_visible_test_leaves_no_names_behind(name):
    tests = [cell for cell in released(name) if cells.is_test(cell)]
    assert {cell.id: left for cell in tests if (left := left_behind(cell.source))} == {}


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_a_visible_test_overwrites_no_name_that_another_cell_uses(name):
    code = [cell for cell in released(name) if cell.cell_type == "code"]
    used = {}
    for cell in code:
        for needed in () if cells.is_test(cell) else needed_names(cell.source):
            used.setdefault(needed, []).append(cell.id)
    overwritten = {
        cell.id: {name: used[name] for name in left_behind(cell.source) & used.keys()}
        for cell in code
        if cells.is_test(cell)
    }
    assert {cell: names for cell, names in overwritten.items() if names} == {}
