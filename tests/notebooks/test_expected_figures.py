"""Every cell that draws what an exercise computed shows what to expect, and what it shows is up to date."""

import ast
import io

import numpy as np
import pytest
from IPython.core.inputtransformer2 import TransformerManager
from PIL import Image

from examiner.course.facts import read_course
from examiner.notebook import cells
from examiner.publishing import figures
from neurocourse.plots import expected_figures
from tests.notebooks.rehearsal import ROOT

COURSE = read_course(ROOT)
ASSIGNMENTS = {assignment.name: assignment for assignment in COURSE.assignments}
REDRAWN = "02_poisson_glm"
LARGEST, LARGEST_OF_ALL = 125_000, 1_000_000  # bytes


def code_cells(name):
    assignment = ASSIGNMENTS[name]
    source = cells.read_notebook(ROOT / "source" / name / assignment.filename)
    return [cell for cell in source.cells if cell.cell_type == "code" and not cells.is_test(cell)]


def names_in(source):
    """Return the names that a cell reads and those that it binds."""
    tree = ast.parse(TransformerManager().transform_cell(source))
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    read = {node.id for node in names if isinstance(node.ctx, ast.Load)}
    bound = {node.id for node in names if isinstance(node.ctx, ast.Store)}
    defined = {node.name for node in tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    return read, bound | defined


def cells_that_draw_an_answer(name):
    """Return the ids of given cells that draw and need, directly or not, what an exercise defines."""
    answers, found = set(), []
    for cell in code_cells(name):
        read, bound = names_in(cell.source)
        if cells.is_solution(cell) or read & answers:
            answers |= bound
            if not cells.is_solution(cell) and "plots.show(" in cell.source:
                found.append(cell.id)
    return found


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_each_cell_that_draws_an_answer_begins_with_what_to_expect(name):
    asked = {cell.id: cell.source for cell in code_cells(name) if figures.asked_for(cell.source)}
    assert list(asked) == cells_that_draw_an_answer(name)
    for cell_id, source in asked.items():
        assert source.startswith(f'plots.show_expected("{name}/{cell_id}")\n')


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_each_expected_figure_is_there_described_and_wanted(name):
    wanted = {
        f"{cell.id}.{number}.png"
        for cell in code_cells(name)
        if figures.asked_for(cell.source)
        for number in range(1, cell.source.count("plots.show(") + 1)
    }
    there = {path.name for path in figures.folder_of(COURSE, ASSIGNMENTS[name]).iterdir()}
    assert there == wanted, f"run `make figures ASSIGNMENT={name}`"
    shown = [
        figure for cell in cells_that_draw_an_answer(name) for figure in expected_figures(f"{name}/{cell}")
    ]
    assert len(shown) == len(wanted)
    assert all(len(figure.alt) > 40 for figure in shown)
    assert max(len(figure.png) for figure in shown) < LARGEST


def test_the_figures_of_all_tutorials_are_a_small_part_of_what_students_download():
    paths = list((ROOT / "neurocourse" / "expected").rglob("*.png"))
    assert {path.parent.name for path in paths} == set(ASSIGNMENTS)
    assert sum(path.stat().st_size for path in paths) < LARGEST_OF_ALL


def pixels_of(png):
    with Image.open(io.BytesIO(png)) as image:
        return np.asarray(image.convert("RGB")).astype(int)


def test_the_committed_figures_are_those_that_the_solution_draws():
    """Pixels may differ a little, as fonts and libraries do from machine to machine."""
    drawn = {}
    for picture in figures.draw(COURSE, ASSIGNMENTS[REDRAWN]):
        drawn.setdefault(picture.cell, []).append(picture)
    for cell_id, pictures in drawn.items():
        there = expected_figures(f"{REDRAWN}/{cell_id}")
        assert [figure.alt for figure in there] == [picture.alt for picture in pictures]
        for figure, picture in zip(there, pictures, strict=True):
            difference = np.abs(pixels_of(figure.png) - pixels_of(picture.png))
            assert np.mean(difference > 48) < 0.01, f"{cell_id}: run `make figures ASSIGNMENT={REDRAWN}`"
