"""What is imported before student processes are forked."""

from nbformat.v4 import new_code_cell, new_markdown_cell

from examiner.exam.preimports import needed_by_answers, needed_by_tests
from tests.examiner.conftest import check_cell, notebook_of


def test_the_modules_of_a_notebook_are_those_that_its_code_imports():
    released = notebook_of(
        "%pip install x\nimport numpy as np",
        "def f():\n    from scipy import stats",
        "def broken(:",
        new_markdown_cell("import os"),
        check_cell("import math"),
    )
    assert needed_by_answers(released) == {"numpy", "scipy", "scipy.stats"}
    assert needed_by_tests(released) == {"math"}


def test_what_the_course_imports_when_it_is_called_is_among_them():
    def needed(call):
        return needed_by_answers(notebook_of(f"from neurocourse import datasets\ndata = datasets.{call}"))

    assert {"neurocourse.datasets", "sklearn.datasets"} <= needed("load_lnp('natural_scenes')")
    assert "sklearn.datasets" not in needed("load_choices()")


def test_what_cells_need_that_only_show_something_is_not():
    released = notebook_of("import numpy", new_code_cell("import matplotlib", id="show-figure"))
    assert needed_by_answers(released) == {"numpy"}
