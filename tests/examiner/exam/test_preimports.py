"""What is imported before student processes are forked."""

import subprocess
import sys

import pytest
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
    assert needed_by_answers(released) == {"numpy", "numpy.ma", "scipy", "scipy.stats"}
    assert needed_by_tests(released) == {"math"}


def test_what_the_course_imports_when_it_is_called_is_among_them():
    def needed(call):
        return needed_by_answers(notebook_of(f"from neurocourse import datasets\ndata = datasets.{call}"))

    assert {"neurocourse.datasets", "sklearn.datasets"} <= needed("load_lnp('natural_scenes')")
    assert "sklearn.datasets" not in needed("load_choices()")


def test_what_cells_need_that_only_show_something_is_not():
    released = notebook_of("import numpy", new_code_cell("import matplotlib", id="show-figure"))
    assert needed_by_answers(released) == {"numpy", "numpy.ma"}


def test_modules_that_the_text_names_are_among_them():
    text = "Use `scipy.ndimage.gaussian_filter1d`; a file.name or version 1.2 names no module."
    released = notebook_of("import numpy", new_markdown_cell(text))
    assert needed_by_answers(released) == {
        "numpy", "numpy.ma", "scipy", "scipy.ndimage", "scipy.ndimage.gaussian_filter1d"
    }  # fmt: skip


def test_what_a_library_imports_at_its_first_use_is_among_them():
    assert "torch.fx.experimental.symbolic_shapes" in needed_by_answers(notebook_of("import torch"))
    assert "torch.fx.experimental.symbolic_shapes" in needed_by_tests(notebook_of(check_cell("import torch")))
    assert "PIL.JpegImagePlugin" in needed_by_answers(notebook_of("import sklearn.datasets"))


_USES = """
import sys
from examiner.exam.preimports import needed_by_answers
from examiner.inside.nursery_process import import_all
from tests.examiner.conftest import notebook_of
import_all(needed_by_answers(notebook_of("{imports}")))
{imports}
before = {{*sys.modules}}
{uses}
print(sorted({{*sys.modules}} - before - {{"sklearn.datasets.images"}}))
"""
_OF_NUMPY = "numpy.unique([1, 2]), numpy.median([1, 2])"
_OF_MORE = """
weights = torch.ones(3, requires_grad=True)
(weights * weights).backward(gradient=torch.ones(3))
sklearn.datasets.load_sample_images()
"""


@pytest.mark.parametrize(
    ("imports", "uses"),
    [("import numpy", _OF_NUMPY), ("import torch, sklearn.datasets", _OF_MORE)],
    ids=["numpy", "torch and scikit-learn"],
)
def test_libraries_import_nothing_more_when_they_are_used(imports, uses):
    code = _USES.format(imports=imports, uses=uses)
    said = subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=True, capture_output=True)
    assert said.stdout == b"[]\n"
