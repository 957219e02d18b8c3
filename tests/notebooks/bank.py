"""What stands beside the notebooks: the right answers of an exercise, and lists with reasons.

The lists are TOML files in the folder of an exercise's answers, as groups of one kind, each with its reason.
"""

import ast
import tomllib
from dataclasses import dataclass

from examiner.notebook import cells
from tests.notebooks.rehearsal import BANK, answers

SOLUTION = "solution"
_LEAST = 20  # letters of a reason that says something


@dataclass(frozen=True)
class Answer:
    """A right answer in normal form: the solution, or one of the bank by the name of its file."""

    name: str
    source: str


class RefusedAnswer(Exception):
    """A right answer does not pass its own tests, so what is made of it would tell nothing."""


class BadList(Exception):
    """A list does not have the form that it should have; the message says where and what to do."""


def normal(source):
    """Return the tree of a piece of code in normal form: no comments, docstrings, and looks of its own."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node) is not None:
            node.body = node.body[1:] or [ast.Pass()]
    return ast.parse(ast.unparse(tree))


def right_answers(assignment, solution):
    """Return the right answers for a solution cell: what stands in it, and those of the bank."""
    bank = answers(assignment, cells.grade_id(solution), "right")
    found = [(SOLUTION, solution.source), *((path.stem, path.read_text(encoding="utf-8")) for path in bank)]
    return [Answer(name, ast.unparse(normal(source))) for name, source in found]


def modules_of(source):
    """Return the modules that a piece of code imports."""
    nodes = [*ast.walk(ast.parse(source))]
    from_one = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return frozenset(from_one | names)


def read_groups(assignment, exercise, file, kind, names):
    """Return the groups of a list, none where there is no such file; each has a reason and these `names`."""
    path = BANK / assignment / exercise / file
    if not path.exists():
        return []
    where = f"{assignment}/{exercise}/{file}"
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise BadList(f"{where} is not valid TOML: {error}") from None
    groups = content.pop(kind, [])
    if content:
        raise BadList(f"{where} should hold [[{kind}]] alone, got {', '.join(content)}")
    for group in groups:
        if len(group.get("reason", "")) < _LEAST or not group.get(names):
            raise BadList(f"{where}: each [[{kind}]] needs {names}, and a reason in a sentence; got {group}")
    return groups
