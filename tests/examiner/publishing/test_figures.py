"""Expected figures are what the solved notebook shows, small, described, and no others."""

import io

import nbformat
import numpy as np
import pytest
from nbformat.v4 import new_code_cell
from PIL import Image

from examiner.errors import CourseError
from examiner.notebook import cells
from examiner.publishing import figures

SHOW = """plots.show_expected("01_adding/show-add")
import matplotlib.pyplot as plt
figure = plt.figure(figsize=(4, 2))
figure.gca().bar([0], [add(1, 2)])
plots.show(figure, alt=f"A bar, {add(1, 2)} high.")
plots.show(plt.figure(figsize=(2, 2)), alt="Nothing.")"""
UNASKED = 'plots.show(plt.figure(), alt="Given.")'


@pytest.fixture
def add_cells(course, assignment):
    """A function that adds cells to the source, with these ids."""
    path = course.path("source", assignment) / assignment.filename

    def add_cells(**sources):
        notebook = cells.read_notebook(path)
        notebook.cells += [
            new_code_cell(source, id=cell_id.replace("_", "-")) for cell_id, source in sources.items()
        ]
        nbformat.write(notebook, path)

    return add_cells


def test_figures_are_drawn_by_the_solution_and_described_in_their_files(course, assignment, add_cells):
    add_cells(tools="from neurocourse import plots", show_add=SHOW, show_more=UNASKED)
    old = figures.folder_of(course, assignment) / "show-old.1.png"
    old.parent.mkdir(parents=True)
    old.write_bytes(b"")
    paths = figures.write_figures(course, assignment)
    assert sorted(old.parent.iterdir()) == paths
    assert [path.name for path in paths] == ["show-add.1.png", "show-add.2.png"]
    with Image.open(paths[0]) as image:
        assert image.text["Description"] == "A bar, 3 high."
        assert image.size == (360, 180)


def test_a_cell_that_only_plays_is_not_run(course, assignment, add_cells):
    add_cells(play="widgets.explore_lags(1 / 0)")
    assert figures.draw(course, assignment) == []


def test_a_solution_that_fails_names_its_assignment(course, assignment, add_cells):
    add_cells(show="1 / 0")
    with pytest.raises(CourseError, match="source/01_adding: a cell of the solution fails"):
        figures.draw(course, assignment)


def test_a_small_picture_keeps_its_look():
    pixels = np.full((100, 200, 3), 255, np.uint8)
    pixels[20:80, 50:150] = (213, 94, 0)
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG")
    with Image.open(io.BytesIO(figures.small(buffer.getvalue(), "Ein Rechteck, √"))) as image:
        assert image.text["Description"] == "Ein Rechteck, √"
        found = np.asarray(image.convert("RGB")).astype(int)
    assert found.shape == (60, 120, 3)
    assert np.abs(found[30, 60] - (213, 94, 0)).max() <= 2


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ('plots.show_expected("02_x/show-fit")\nx = 1', "02_x/show-fit"),
        ('x = 1\nplots.show_expected("02_x/show-fit")', "02_x/show-fit"),
        ("plots.show(figure)", ""),
    ],
)
def test_a_cell_asks_by_name(source, name):
    assert figures.asked_for(source) == name
