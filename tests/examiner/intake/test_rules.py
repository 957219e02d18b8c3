"""Each rule that finds the place of a cell, with a notebook of which something else is made without it."""

import copy
import random

import pytest

from examiner.intake import rules
from examiner.notebook import cells
from tests.examiner.intake.manglings import MANGLINGS
from tests.examiner.intake.manglings.base import code, text

WRONG = "def add(a, b):\n    return 0"


def at(notebook, name):
    return next(place for place, cell in enumerate(notebook["cells"]) if cells.grade_id(cell) == name)


def put(notebook, name, cell):
    """Put a cell in the place of another, whose id and metadata it keeps, and return it."""
    old = notebook["cells"][at(notebook, name)]
    notebook["cells"][at(notebook, name)] = cell | {"id": old["id"], "metadata": old["metadata"]}


def without_ids(notebook):
    for cell in notebook["cells"]:
        cell["metadata"] = {}
        cell.pop("id")


def two_names_were_swapped(notebook):
    notebook.update(MANGLINGS["two_grade_ids_swapped"](notebook, random.Random(2)))


def a_copy_of_a_test_has_no_name(notebook):
    cell = notebook["cells"][at(notebook, "add-test")]
    cell.update(metadata={}, id="0123abcd")


def the_function_was_tried_out_elsewhere(notebook):
    notebook["cells"].append(code(WRONG))


def the_function_lost_its_name_of_a_cell(notebook):
    notebook["cells"][at(notebook, "add")].update(metadata={}, id="0123abcd")


def the_stub_was_copied_behind_the_answer(notebook):
    notebook["cells"].insert(at(notebook, "add") + 1, code(notebook["stubs"]["add"]))


def prose_in_a_code_cell_was_moved_away_and_a_note_left_there(notebook):
    put(notebook, "why", code("Because it says so, in the book."))
    place = at(notebook, "why")
    answer = notebook["cells"][place]
    notebook["cells"][place] = text("A note to myself.")
    notebook["cells"].insert(0, answer)


def the_function_was_renamed_without_an_id(notebook):
    cell = notebook["cells"].pop(at(notebook, "add"))
    cell["source"] = cell["source"].replace("def add", "def added")
    notebook["cells"].append(cell)
    without_ids(notebook)


def the_set_up_was_changed_without_an_id(notebook):
    (cell,) = (cell for cell in notebook["cells"] if cell["id"] == "setup")
    cell["source"] += "\nprint(1)"
    cell.pop("id")


def the_answer_is_text_where_the_question_stood(notebook):
    notebook["cells"][at(notebook, "why")] = text("It is the same either way.")


def a_written_answer_is_a_line_of_code(notebook):
    put(notebook, "why", code("x = 0.5"))
    notebook["cells"].insert(0, notebook["cells"].pop(at(notebook, "why")))


NEEDED_FOR = {
    rules.untouched_copies: two_names_were_swapped,
    rules.copies_of_tests: a_copy_of_a_test_has_no_name,
    rules.ids_that_agree: the_function_was_tried_out_elsewhere,
    rules.definitions: the_function_lost_its_name_of_a_cell,
    rules.stubs: the_stub_was_copied_behind_the_answer,
    rules.ids_alone: prose_in_a_code_cell_was_moved_away_and_a_note_left_there,
    rules.likest_texts: the_function_was_renamed_without_an_id,
    rules.changed_copies: the_set_up_was_changed_without_an_id,
    rules.places_between_neighbours: the_answer_is_text_where_the_question_stood,
    rules.ids_of_anything: a_written_answer_is_a_line_of_code,
}


def test_every_rule_has_a_notebook_that_needs_it():
    assert list(NEEDED_FOR) == list(rules.RULES)


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.__name__)
def test_without_a_rule_something_else_is_made_of_its_notebook(tiny, rule, monkeypatch):
    notebook = copy.deepcopy(tiny.solved)
    NEEDED_FOR[rule](notebook)
    whole = tiny.repaired(notebook)
    assert whole.doubts == ()
    monkeypatch.setattr(rules, "RULES", tuple(other for other in rules.RULES if other is not rule))
    lacking = tiny.repaired(notebook)
    assert told(lacking) != told(whole)


def told(repaired):
    return [cell.source for cell in repaired.notebook.cells], repaired.doubts, repaired.repairs
