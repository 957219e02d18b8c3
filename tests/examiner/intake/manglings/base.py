"""How notebooks are mangled: pure functions on a solved notebook as plain data, and what they share."""

import copy
import json

from examiner.notebook import cells

HELPER = "def helper(x):\n    return x"
FORGED = {"grade_id": "forged", "grade": True, "solution": False, "points": 1000, "locked": False}


def marked(solved, released):
    """Return a solved notebook as plain data, with the marks that manglings need."""
    notebook = json.loads(json.dumps(solved))
    notebook["stubs"] = {cell.id: cell.source for cell in released.cells if cells.is_solution(cell)}
    notebook["answers"] = {
        cell["id"]: cell["source"] for cell in notebook["cells"] if cells.is_solution(cell)
    }
    for cell in notebook["cells"]:
        kind = "test" if cells.is_test(cell) else "answer" if cells.is_solution(cell) else "given"
        cell["role"] = [kind, cell["id"]]
    return notebook


def as_handed_in(notebook):
    """Return what a file of the mangled notebook would hold."""
    notebook = copy.deepcopy(notebook)
    notebook.pop("stubs"), notebook.pop("answers")
    for cell in notebook["cells"]:
        cell.pop("role", None)
        cell["source"] = cell["source"].splitlines(keepends=True)
    if notebook.pop("version 3", False):
        notebook["worksheets"] = [{"cells": [_version_3(cell) for cell in notebook.pop("cells")]}]
    return notebook


def _version_3(cell):
    old = {key: value for key, value in cell.items() if key not in ("source", "id")}
    return old | {"input" if cell["cell_type"] == "code" else "source": cell["source"]}


MANGLINGS = {}


def mangling(function):
    """Register a function that changes a copy of a notebook in place."""

    def mangle(notebook, rng):
        notebook = copy.deepcopy(notebook)
        function(notebook, rng)
        return notebook

    MANGLINGS[function.__name__] = mangle
    return mangle


def indices(notebook, kind, cell_type=None):
    return [
        index
        for index, cell in enumerate(notebook["cells"])
        if cell.get("role", [""])[0] == kind and cell_type in (None, cell["cell_type"])
    ]


def any_cell(notebook, rng, kind, cell_type=None):
    found = indices(notebook, kind, cell_type)
    return rng.choice(found) if found else None


def is_intact(notebook, index):
    """Whether this is the one cell of its answer: what was merged or doubled is not cut further."""
    cell = notebook["cells"][index]
    return cell["source"] == notebook["answers"][cell["role"][1]]


def code_answers(notebook):
    return [
        index
        for index in indices(notebook, "answer", "code")
        if is_intact(notebook, index)
        and "YOUR ANSWER HERE" not in notebook["stubs"][notebook["cells"][index]["role"][1]]
    ]


def code_answer(notebook, rng):
    found = code_answers(notebook)
    return rng.choice(found) if found else None


def code(source, **more):
    return {
        "cell_type": "code",
        "source": source,
        "metadata": {},
        "outputs": [],
        "execution_count": None,
        **more,
    }


def text(source, **more):
    return {"cell_type": "markdown", "source": source, "metadata": {}, **more}
