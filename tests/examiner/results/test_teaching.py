from nbformat.v4 import new_code_cell, new_markdown_cell

from examiner.notebook import cells
from examiner.results.teaching import Teaching, teaching_of
from neurocourse.plots import expected_figures
from tests.examiner.conftest import ROOT, check_cell, notebook_of


def test_an_exercise_is_taught_in_the_section_above_it_and_compared_below_it():
    source = notebook_of(
        new_markdown_cell("# Title\n\n## 1. First (10 min)\n\nWords.", id="first"),
        check_cell("1", "add-test"),
        new_code_cell("plots.show_expected('01_adding/show-sum')\ndraw()", id="show-sum"),
        new_markdown_cell("## 2. Second (bonus, 5 min)\n\n### A part", id="second"),
        check_cell("2", "double-test"),
    )
    assert teaching_of(source) == {
        "add": Teaching("1. First", "first", (("show-sum", "01_adding/show-sum"),)),
        "double": Teaching("2. Second", "second"),
    }


def test_every_exercise_of_the_tutorials_has_a_section_and_every_comparison_a_figure():
    for path in sorted((ROOT / "source").glob("*/*.ipynb")):
        taught = teaching_of(cells.read_notebook(path))
        assert taught
        assert [name for name, where in taught.items() if not where.section] == []
        names = [figure for where in taught.values() for _, figure in where.comparisons]
        assert names
        assert [name for name in names if not expected_figures(name)] == []
