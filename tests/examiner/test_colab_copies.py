"""A notebook as Colab saves it is graded like the original."""

import json
import random

from examiner import cells
from examiner.batch import grade
from examiner.release import solution

from .manglings import MANGLINGS, as_handed_in, marked

COPIES = [name for name in MANGLINGS if "colab" in name]
WRONG = {"add": "def add(a, b):\n    return 3", "why": "Because of the Peano axioms."}


def test_copies_saved_by_colab_earn_what_the_original_earns(course, assignment, hand_in):
    notebook = solution(course, assignment)
    for cell in notebook.cells:
        cell.source = WRONG.get(cell.id, cell.source)
    released = cells.read_notebook(course.path("release", assignment) / assignment.filename)
    hand_in("original", WRONG)
    original, _ = grade(course, assignment, "original")
    assert (original.points, original.bonus) == (0, 5)
    for copy in COPIES:
        saved = as_handed_in(MANGLINGS[copy](marked(notebook, released), random.Random(0)))
        hand_in(copy, text=json.dumps(saved), filename="Copy of adding.ipynb")
        copied, _ = grade(course, assignment, copy)
        assert (copied.state, copied.tests, copied.written) == (
            original.state,
            original.tests,
            original.written,
        )
        assert copied.repairs[0] == "The file `Copy of adding.ipynb` was taken for `adding.ipynb`."
