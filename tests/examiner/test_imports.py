"""What is imported before student processes are forked."""

from nbformat.v4 import new_code_cell, new_markdown_cell

from examiner.imports import imported_modules
from tests.examiner.conftest import check_cell, notebook_of


def test_the_modules_of_a_notebook_are_those_that_its_code_imports():
    source = notebook_of(
        "%pip install x\nimport numpy as np",
        "def f():\n    from scipy import stats",
        "def broken(:",
        new_markdown_cell("import os"),
    )
    assert imported_modules(source) == {"numpy", "scipy", "scipy.stats"}


def test_a_student_process_is_given_no_module_that_hidden_tests_alone_import():
    hidden = "import math\n### BEGIN HIDDEN TESTS\nimport cmath\n### END HIDDEN TESTS"
    source = notebook_of("import numpy", check_cell(hidden))
    assert imported_modules(source) == {"numpy", "math", "cmath"}
    assert imported_modules(source, hidden=False) == {"numpy", "math"}


def test_what_the_course_imports_when_it_is_called_is_among_them():
    source = notebook_of("from neurocourse import datasets\ndata = datasets.load_lnp('natural_scenes')")
    assert {"neurocourse.datasets", "sklearn.datasets"} <= imported_modules(source)
    source = notebook_of("from neurocourse import datasets\ndata = datasets.load_choices()")
    assert "sklearn.datasets" not in imported_modules(source)


def test_what_cells_need_that_only_show_something_is_not():
    source = notebook_of("import numpy", new_code_cell("import matplotlib", id="show-figure"))
    assert imported_modules(source) == {"numpy"}
