"""The examiner's modules import one another in one direction."""

import ast
from pathlib import Path

import examiner

ORDER = [
    "confinement", "errors", "kernel", "markup", "pages", "platforms", "processors", "protocol",
    "syntax", "syscalls", "texts", "verdict", "bubblewrap", "cells", "course", "marks", "messages",
    "objects", "allowance", "gate", "guard", "imports", "launch", "matching", "schema",
    "section_feedback", "selection", "submission", "wire", "nursery", "remote", "repair", "sandbox",
    "stamp", "student", "timestamps", "archive", "converters", "session", "student_nursery", "attempt",
    "database", "people", "placing", "collected", "doctor", "memory", "notebook_run", "recording",
    "collect", "exam", "gradebook", "feedback", "jobs", "release", "demo", "examining", "figures",
    "objectives", "outcomes", "report", "student_repository", "examination_client", "explain",
    "grading", "key", "publish", "tutorial_pages", "branch", "examination_process", "pool", "site",
    "batch", "cluster", "nbgrader_plugin", "progress", "commands", "__main__",
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
