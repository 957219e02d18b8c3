"""The examiner's modules import one another in one direction."""

import ast
from pathlib import Path

import examiner

ORDER = [
    "attachments", "causes", "confinement", "errors", "installed", "kernel", "lexical", "names",
    "pages", "platforms", "processors", "protocol", "syscalls", "texts", "verdict", "wording", "apart",
    "bubblewrap", "cells", "colab", "course", "files", "marks", "markup", "messages", "objects",
    "syntax", "allowance", "gate", "guard", "imports", "launch", "letters", "magics", "needless",
    "schema", "section_feedback", "selection", "submission", "timestamps", "wire", "archive",
    "matching", "mending", "nursery", "remote", "sandbox", "stamp", "student", "converters", "people",
    "placing", "repair", "session", "student_nursery", "attempt", "collected", "database", "memory",
    "collect", "notebook_run", "recording", "exam", "gradebook", "feedback", "jobs", "release", "demo",
    "examining", "explain", "figures", "objectives", "outcomes", "report", "student_repository",
    "examination_client", "grading", "key", "publish", "tutorial_pages", "branch",
    "examination_process", "pool", "site", "trial", "batch", "cluster", "doctor", "nbgrader_plugin",
    "progress", "commands", "__main__",
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
