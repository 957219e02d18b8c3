"""The examiner's modules import one another in one direction."""

import ast
from pathlib import Path

import examiner

ORDER = [
    "errors", "wording", "apart", "course", "launch", "cells", "section_feedback", "stamp", "attachments",
    "files", "submission", "lexical", "names", "syntax", "letters", "installed", "magics", "needless",
    "mending", "matching",
    "selection", "imports", "repair", "protocol", "kernel", "student", "confinement", "pages", "nursery",
    "syscalls", "guard", "bubblewrap", "sandbox", "verdict", "objects", "remote", "attempt", "causes",
    "notebook_run", "exam", "colab", "grading", "worker", "keeper", "pool", "trial", "converters", "markup",
    "schema", "database", "marks",
    "recording", "gradebook", "nbgrader_plugin", "release", "figures", "feedback", "report", "batch",
    "progress", "explain", "doctor", "objectives", "tutorial_pages", "site", "demo", "texts", "gate",
    "student_repository", "publish", "branch", "archive", "collect", "commands", "__main__",
]  # fmt: skip
FOLDER = Path(examiner.__file__).parent


def imports(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module == "examiner":
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("examiner."):
            yield node.module.split(".")[1]


def test_the_order_names_every_module():
    assert sorted(ORDER) == sorted(path.stem for path in FOLDER.glob("*.py") if path.stem != "__init__")


def test_a_module_imports_only_what_comes_before_it():
    for place, module in enumerate(ORDER):
        later = set(imports(FOLDER / f"{module}.py")) - set(ORDER[:place])
        assert not later, f"{module} imports {later}, which come after it"


def test_the_helper_module_knows_nothing_of_the_examiner():
    for path in (FOLDER.parent / "neurocourse").glob("*.py"):
        assert "examiner" not in path.read_text(), path.name
