"""What was handed in by people who made a slip: each gets its points, or reads what to do, and harms nobody.

Each slip is made in the solved notebook of the tiny course, handed in between two honest ones, and goes the
whole way: graded, with its page, its explanation and its place in the lists.
"""

import json
from dataclasses import dataclass, field

import nbformat
import pytest
from nbformat.v4 import new_code_cell

from examiner import cells
from examiner.commands import main
from examiner.exam import Conditions, _keys
from examiner.release import solution
from examiner.verdict import read_verdict
from tests.examiner.odd_code import (
    COMMANDS,
    DEEP,
    ODD_LETTERS,
    REFUSED_BY_SYMBOL_TABLES,
    REFUSED_WHEN_COMPILED,
)
from tests.examiner.pictures import picture

ADD = 'def add(a, b):\n    """Return a + b."""\n    return a + b'
ALL = 60.0
NOT_DEFINED = "So `add` is not defined."


@dataclass(frozen=True)
class Slip:
    """A slip: what is written over cells of the notebook, what is added before `add`, and what comes of it.

    `said` stands in a message of a test, `mended` in a repair.
    """

    cells: dict[str, str] = field(default_factory=dict)
    added: str = ""
    points: float = ALL
    said: str = ""
    mended: str = ""


SLIPS = {
    "a module that is not there": Slip(
        {"add": f"import seaborn as sns\nsns.set_theme()\n{ADD}"},
        points=0,
        said=f"The cell `add` failed at line 1: no module named seaborn where this is graded. {NOT_DEFINED}",
    ),
    "a module that is not there and not used": Slip(
        {"add": f"import seaborn as sns\n{ADD}"},
        mended="In the cell `add`, the import of seaborn, which is not there and not used, was left out.",
    ),
    "a display that needs an extension": Slip(
        {"add": f"%matplotlib widget\n{ADD}"},
        mended="In the cell `add`, `%matplotlib widget` was left out, as there is no screen here.",
    ),
    "Google Drive": Slip(
        {"add": f"from google.colab import drive\ndrive.mount('/content/drive')\n{ADD}"},
        mended="`drive.mount` was left out, as it works in Colab alone.",
    ),
    "no-break spaces": Slip(
        {"add": ADD.replace("    ", "\u00a0\u00a0\u00a0\u00a0")},
        mended="In the cell `add`, odd spaces were read as plain ones.",
    ),
    "curly quotes": Slip(
        {"add": ADD.replace('"""', "“").replace(".“", ".”") + "\nprint(‘done’)"},
        mended="In the cell `add`, curly quotes were read as straight ones.",
    ),
    "a tab among spaces": Slip(
        {"add": "def add(a, b):\n        c = a + b\n\treturn c"},
        mended="In the cell `add`, tabs among spaces were read as spaces.",
    ),
    "a clock around the cell": Slip(
        {"add": f"%%timeit -n 1 -r 1\n{ADD}"},
        mended="`%%timeit` was left out, as nothing that its cell defines outlasts it.",
    ),
    "conflict marks": Slip(
        {"add": f"<<<<<<< HEAD\n{ADD}\n=======\n{ADD} + 1\n>>>>>>> theirs"},
        points=0,
        said="The cell `add` failed at line 1: conflict marks of a version control system (<<<<<<<): keep "
        f"one version. {NOT_DEFINED}",
    ),
    "a typing error": Slip(
        {"add": f"x = (1\n{ADD}"},
        points=0,
        said=f"The cell `add` failed at line 1: SyntaxError: '(' was never closed. {NOT_DEFINED}",
    ),
    "a fresh start": Slip(
        added="%reset -f", mended="`%reset -f` was left out, as it takes what other cells made."
    ),
    "a fresh start in other words": Slip(added="globals().clear()"),
    "a fresh start in the answer": Slip(
        {"double": "%reset -f\ndef double(a):\n    return add(a, a)"},
        mended="In the cell `double`, `%reset -f` was left out",
    ),
    "an end": Slip(added="import os\nos._exit(0)"),
    "a polite end": Slip(added="exit"),
    "a clean-up": Slip(
        added="from neurocourse import checks\ndel notebook", mended="`del notebook` was left out"
    ),
}  # fmt: skip


def with_slip(notebook, slip):
    for cell in notebook["cells"]:
        cell["source"] = slip.cells.get(cell["id"], cell["source"])
    if slip.added:
        cell = {"cell_type": "code", "id": "mine", "metadata": {}, "outputs": [], "execution_count": None}
        notebook["cells"].insert(3, cell | {"source": slip.added})
    return notebook


@pytest.fixture
def graded(course, assignment, hand_in, monkeypatch, capsys):
    """A function that grades a notebook between two honest ones, and returns its verdict and what is told."""
    monkeypatch.chdir(course.root)
    solved = json.loads(nbformat.writes(solution(course, assignment)))

    def graded(change):
        hand_in("ada")
        hand_in("zoe")
        hand_in("slip", text=json.dumps(change(solved)))
        assert main(["grade", "--jobs", "1"]) == 0
        assert main(["feedback"]) == 0
        assert main(["explain", "slip", assignment.name]) == 0
        told = capsys.readouterr().out
        page = course.root / "feedback" / "slip" / assignment.name / "adding.html"
        for honest in ("ada", "zoe"):
            assert read_verdict(course.path("autograded", assignment, honest)).points == ALL
        verdict = read_verdict(course.path("autograded", assignment, "slip"))
        return verdict, told, page.read_text(encoding="utf-8")

    return graded


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_costs_what_it_is_in_and_says_what_it_was(graded, name):
    slip = SLIPS[name]
    verdict, told, page = graded(lambda notebook: with_slip(notebook, slip))
    assert verdict.points == slip.points, verdict
    assert verdict.bonus == 5
    messages = " ".join(test.message for test in verdict.tests)
    assert slip.said in messages
    assert slip.mended in " ".join(verdict.repairs)
    for sentence in (slip.said, slip.mended):
        assert " ".join(sentence.split()) in " ".join(told.split())
    for source in slip.cells.values():
        assert all(word in page for word in source.split("\n")[0].split()[:1] if word.isalnum())


EVERY_CODE = {**REFUSED_BY_SYMBOL_TABLES, **REFUSED_WHEN_COMPILED, **DEEP, **ODD_LETTERS}
EVERY_CODE |= {name: COMMANDS[name] for name in ("conflict marks", "prose", "a command without a name")}
HARMLESS = {
    "a direction turned", "a form feed", "a byte order mark", "a zero-width space", "many digits in base 16",
    "nothing", "blanks", "a star on its own", "break outside of a loop", "99 blocks", "a sum of 600 terms",
    "a chain of 900 attributes", "199 brackets", "a null", "a lone surrogate", "line ends of old computers",
    "2,000 branches", "2,000 conditions", "await outside of a function", "9,000 powers", "strings in strings",
    "a future in the middle", "a surrogate as a name", "prose",
}  # fmt: skip


def test_an_added_cell_of_any_text_costs_nothing_and_shows_its_own_error(graded):
    def add_all(notebook):
        cell = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
        odd = [cell | {"id": f"odd-{n}", "source": text} for n, text in enumerate(EVERY_CODE.values())]
        return notebook | {"cells": [*notebook["cells"][:3], *odd, *notebook["cells"][3:]]}

    verdict, _, _ = graded(add_all)
    assert (verdict.state, verdict.points, verdict.bonus) == ("graded", ALL, 5)


@pytest.mark.parametrize("name", [name for name in EVERY_CODE if name not in HARMLESS])
def test_the_error_of_such_a_cell_stands_in_the_notebook(run_on, name):
    text = EVERY_CODE[name].replace("\0", "").encode("utf-8", "replace").decode()
    notebook, _, _ = run_on(new_code_cell(text, id="odd"))
    shown = notebook.cells[0].outputs
    assert shown
    assert shown[0].output_type == "error" or "UsageError" in shown[0].text


def test_a_pasted_picture_is_graded_and_shown(graded):
    def paste(notebook):
        for cell in notebook["cells"]:
            if cell["id"] == "why":
                cell |= {
                    "source": "![d](attachment:d.png)",
                    "attachments": {"d.png": {"image/png": picture()}},
                }
        return notebook

    verdict, _, page = graded(paste)
    assert (verdict.points, verdict.written[0].answered) == (ALL, True)
    assert f'<img alt="d" src="data:image/png;base64,{picture()}">' in page


def test_two_cells_whose_texts_are_names_of_tests_are_no_tests(course, assignment):
    source = cells.read_notebook(course.path("source", assignment) / assignment.filename)
    notebook = nbformat.from_dict(source)
    place = next(n for n, cell in enumerate(notebook.cells) if cell.id == "add-test")
    like = nbformat.from_dict(notebook)
    like.cells[place] = new_code_cell("add-test", id="added-9")
    conditions = Conditions(course.limits)
    assert _keys(notebook, source, frozenset(), conditions) != _keys(like, source, frozenset(), conditions)
