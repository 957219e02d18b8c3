"""Turns an exam into a probe, which tells what an answer to one exercise returns on the visible example.

    exam ─▶ its cells up to the exercise's last test ─▶ that exercise's tests: visible parts alone, recording
                                                     ─▶ all other tests: nothing

Answers are tried in the solved notebook, so that what one returns has nothing to do with earlier mistakes of
the same student. They run as when they are graded: in the sandbox, within the same limits.
"""

from __future__ import annotations

import ast
import copy
from dataclasses import replace
from typing import Any

import nbformat

from examiner.exam.jobs import Exam, Job
from examiner.exam.tasks import notebooks
from examiner.intake.files import File, Files
from examiner.notebook import cells

_RECORDING = ("check_close", "check_shape", "check_finite")
_IMPORT = "from examiner.harvest import recorder\n"
_NO_TEST = "pass"


def probe_exam(exam: Exam, exercise: str) -> Exam:
    """Return an exam whose tests of one exercise record what they refuse; the others test nothing."""
    source, released = (copy.deepcopy(notebook) for notebook in notebooks(exam))
    end = 1 + max(place for place, cell in enumerate(source.cells) if _is_test_of(cell, exercise))
    last = source.cells[end - 1].id
    for cell in source.cells:
        if cells.is_test(cell):
            cell.source = probe(cell.source) if _is_test_of(cell, exercise) else _NO_TEST
    source.cells = source.cells[:end]
    released.cells = released.cells[: 1 + [cell.id for cell in released.cells].index(last)]
    return replace(exam, source=nbformat.writes(source), release=nbformat.writes(released))


def _is_test_of(cell: Any, exercise: str) -> bool:
    return cells.is_test(cell) and cells.exercise_name(cell) == exercise


def probe(test: str) -> str:
    """Return the visible part of a test with checks that record.

    Examples
    --------
    >>> print(probe("checks.check_close(f(1), 2, name='f(1)')"))
    from examiner.harvest import recorder
    recorder.check_close(f(1), 2, name='f(1)')
    """
    tree = _Recording().visit(ast.parse(cells.without_hidden_tests(test)))
    return _IMPORT + ast.unparse(tree)


class _Recording(ast.NodeTransformer):
    """Puts the recorder in the place of `checks` where a check compares a value."""

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:  # noqa: N802  (as ast calls it)
        if isinstance(node.value, ast.Name) and node.value.id == "checks" and node.attr in _RECORDING:
            return ast.Attribute(ast.Name("recorder", ast.Load()), node.attr, node.ctx)
        return self.generic_visit(node)


def probe_job(exam: Exam, exercise: str, name: str, answer: str | None) -> Job:
    """Return the job that tries an answer in the solved notebook; with None, the solution itself."""
    source, released = notebooks(exam)
    solved = [cell for cell in source.cells if cells.is_solution(cell)]
    solutions = {cells.grade_id(cell): cells.without_marks(cell.source) for cell in solved}
    notebook = copy.deepcopy(released)
    for cell in notebook.cells:
        key = cells.grade_id(cell)
        if key == exercise and answer is not None:
            cell.source = answer
        elif key in solutions:
            cell.source = solutions[key]
    content = nbformat.writes(notebook).encode("utf-8", "surrogatepass")
    return Job(exam, name, Files((File(exam.assignment.filename, content),)), digest="")
