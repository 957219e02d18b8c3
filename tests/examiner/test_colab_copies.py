"""A notebook as Colab saves it is graded like the original."""

import json
import random

import pytest

from examiner import cells
from examiner.grading import grade
from examiner.release import solution

from .manglings import MANGLINGS, as_handed_in, marked

COPIES = [name for name in MANGLINGS if "colab" in name]
WRONG = {"add": "def add(a, b):\n    return 3", "why": "Because of the Peano axioms."}


@pytest.mark.parametrize("copy", COPIES)
def test_a_copy_saved_by_colab_earns_what_the_original_earns(course, assignment, hand_in, copy):
    notebook = solution(course, assignment)
    for cell in notebook.cells:
        cell.source = WRONG.get(cell.id, cell.source)
    released = cells.read_notebook(course.path("release", assignment) / assignment.filename)
    saved = as_handed_in(MANGLINGS[copy](marked(notebook, released), random.Random(0)))
    hand_in("original", WRONG)
    hand_in("copy", text=json.dumps(saved), filename="Copy of adding.ipynb")
    original, copied = (grade(course, assignment, student)[0] for student in ("original", "copy"))
    assert (copied.state, copied.tests, copied.written) == (original.state, original.tests, original.written)
    assert (copied.points, copied.bonus) == (0, 5)
    assert copied.repairs[0] == "The file `Copy of adding.ipynb` was taken for `adding.ipynb`."
