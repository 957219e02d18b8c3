"""Mutants and dresses stay among the tests: nothing that grades, or that students get, knows of them."""

from pathlib import Path

import examiner
import neurocourse
from tests.notebooks.rehearsal import ROOT


def test_neither_the_examiner_nor_the_helper_module_imports_from_tests():
    for package in (examiner, neurocourse):
        for path in Path(package.__file__).parent.rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            assert "from tests" not in text, path
            assert "import tests" not in text, path


def test_mutants_and_dresses_are_no_part_of_what_is_installed():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert 'include = ["neurocourse*", "examiner*"]' in text
