"""Cells with forged, doubled or missing names, and cells that were added."""

import copy

from .base import FORGED, HELPER, any_cell, code, code_answer, mangling, text


@mangling
def duplicate_ids(notebook, rng):
    some = rng.sample(notebook["cells"], 3)
    for cell in some[1:]:
        for key in ("id", "metadata"):
            cell.pop(key, None)
            if key in some[0]:
                cell[key] = copy.deepcopy(some[0][key])
        cell.setdefault("metadata", {})


@mangling
def some_ids_missing(notebook, rng):
    for cell in rng.sample(notebook["cells"], len(notebook["cells"]) // 2):
        cell.pop("id", None)
        cell["metadata"].pop("nbgrader", None)


@mangling
def a_graded_cell_forged(notebook, rng):
    place = rng.randrange(len(notebook["cells"]) + 1)
    notebook["cells"].insert(place, code("print('full marks')", id="forged", metadata={"nbgrader": FORGED}))


@mangling
def points_forged(notebook, rng):
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader"):
            cell["metadata"] |= {"bonus": 1000}
            cell["metadata"]["nbgrader"] = cell["metadata"]["nbgrader"] | {"points": 1000, "grade": True}


@mangling
def two_grade_ids_swapped(notebook, rng):
    one, other = rng.sample(notebook["cells"], 2)
    for key in ("id", "metadata"):
        before, after = one.pop(key, None), other.pop(key, None)
        for cell, value in ((one, after), (other, before)):
            if value is not None:
                cell[key] = value


@mangling
def a_helper_before_an_answer(notebook, rng):
    index = code_answer(notebook, rng)
    if index is not None:
        notebook["cells"].insert(index, code(HELPER))


@mangling
def a_helper_between_answer_and_test(notebook, rng):
    index = code_answer(notebook, rng)
    if index is not None:
        notebook["cells"].insert(index + 1, code(HELPER))


@mangling
def a_note_beside_a_written_answer(notebook, rng):
    index = any_cell(notebook, rng, "answer", "markdown")
    if index is not None:
        notebook["cells"].insert(index + rng.choice([0, 1]), text("Note to myself: see page 12."))


@mangling
def an_older_release(notebook, rng):
    a_given = any_cell(notebook, rng, "given", "markdown")
    if a_given is not None:
        notebook["cells"][a_given]["source"] = "An older wording. " + notebook["cells"][a_given]["source"]
    index = code_answer(notebook, rng)
    if index is not None:
        cell = notebook["cells"][index]
        cell["source"] = cell["source"].replace("):\n", '):\n    "An older docstring."\n', 1)
        notebook["answers"][cell["role"][1]] = cell["source"]
    another = any_cell(notebook, rng, "given")
    if another is not None:
        del notebook["cells"][another]


@mangling
def long_outputs(notebook, rng):
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "x" * 100_000}]


@mangling
def empty_cells_added(notebook, rng):
    for _ in range(5):
        notebook["cells"].insert(rng.randrange(len(notebook["cells"]) + 1), code(rng.choice(["", "  \n\n"])))


@mangling
def windows_line_ends(notebook, rng):
    for cell in notebook["cells"]:
        cell["source"] = cell["source"].replace("\r\n", "\n").replace("\n", "\r\n")


@mangling
def a_blank_line_behind_each_cell(notebook, rng):
    for cell in notebook["cells"]:
        cell["source"] += "\n\n"
