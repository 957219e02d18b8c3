"""What fails here for no fault of its meaning: put right as it runs, said, and shown as it was written."""

import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell

from examiner import cells
from examiner.batch import grade
from examiner.installed import can_import
from examiner.mending import mended
from examiner.needless import Around, around
from examiner.release import solution
from examiner.repair import repair
from examiner.verdict import TestState
from tests.examiner.conftest import ROOT, check_cell
from tests.examiner.odd_code import ODD_CODE

NOT_THERE = "is not there where this is graded"
F = "def f(x):\n    return x"


def clauses(source, *others, released=()):
    return mended(source, around(released, [source, *others]))


@pytest.mark.parametrize(
    ("source", "runs", "said"),
    [
        (f"%matplotlib widget\n{F}", f"\n{F}",
         "`%matplotlib widget` was left out, as there is no screen here"),
        (f"if True:\n    %matplotlib qt5\n{F}", f"if True:\n    pass\n{F}",
         "`%matplotlib qt5` was left out, as there is no screen here"),
        (f"!pip install -q \\\n  seaborn\n%pip install x\n{F}", f"\n\n\n{F}",
         "`!pip install -q \\` was left out, as nothing can be installed where this is graded; "
         "`%pip install x` was left out, as nothing can be installed where this is graded"),
        ("!python -m pip install x", "",
         "`!python -m pip install x` was left out, as nothing can be installed where this is graded"),
        (f"%tensorflow_version 2.x\n{F}", f"\n{F}",
         f"`%tensorflow_version 2.x` was left out, as it {NOT_THERE}"),
        (f"%load_ext google.colab.data_table\n{F}", f"\n{F}",
         f"`%load_ext google.colab.data_table` was left out, as it {NOT_THERE}"),
        (f"%%timeit\n{F}", f"\n{F}", "`%%timeit` was left out, as nothing that its cell defines outlasts it"),
        (f"\n%%timeit -n 3 -r1 -o x = 1\n{F}", f"\nx = 1\n{F}",
         "`%%timeit` was left out, as nothing that its cell defines outlasts it"),
        (f"%%memit\n{F}", f"\n{F}", "`%%memit` was left out, as nothing that its cell defines outlasts it"),
        ("%reset -f", "", "`%reset -f` was left out, as it takes what other cells made"),
        ("x = 1\n%reset_selective -f .", "x = 1\n",
         "`%reset_selective -f .` was left out, as it takes what other cells made"),
        ("get_ipython().run_line_magic('reset', '-f')", "pass",
         "`get_ipython().reset()` was left out, as it takes what other cells made"),
        ("get_ipython().reset()", "pass",
         "`get_ipython().reset()` was left out, as it takes what other cells made"),
        (f"import seaborn as sns\n{F}", f"pass\n{F}",
         "the import of seaborn, which is not there and not used, was left out"),
        (f"import numpy as np, seaborn; x = 1\n{F}", f"import numpy as np; x = 1\n{F}",
         "the import of seaborn, which is not there and not used, was left out"),
        (f"from seaborn import (\n    heatmap,\n    lineplot,\n)\n{F}", f"pass\n\n\n\n{F}",
         "the import of seaborn, which is not there and not used, was left out"),
        ("def f(x):\n    import seaborn  # for sns\n    return x", "def f(x):\n    pass\n    return x",
         "the import of seaborn, which is not there and not used, was left out"),
        (f"from google.colab import drive, files\ndrive.mount('/content/drive')\n{F}", f"pass\npass\n{F}",
         "the import of google.colab, which is not there and not used, was left out; `drive.mount` was left "
         "out, as it works in Colab alone"),
        (f"%matplotlib widget\nimport seaborn\n{F}\u00a0", f"\npass\n{F} ",
         "odd spaces were read as plain ones; `%matplotlib widget` was left out, as there is no screen here; "
         "the import of seaborn, which is not there and not used, was left out"),
    ],
    ids=lambda value: value[:25] if isinstance(value, str) else None,
)  # fmt: skip
def test_what_fails_here_is_put_right_and_said(source, runs, said):
    text, found = clauses(source)
    assert (text, "; ".join(found)) == (runs, said)
    assert text.count("\n") == source.count("\n")


@pytest.mark.parametrize(
    "source",
    [
        F,
        "%matplotlib inline",
        "%matplotlib --list",
        "!ls\n!python --version\nfiles = !ls",
        "%config InlineBackend.figure_format = 'retina'",
        "%load_ext autoreload\n%autoreload 2",
        f"%%time\n{F}",
        f"%%capture\n{F}",
        "%%bash\n%reset -f",
        "x = '''\n%reset -f\nimport seaborn\n'''",
        "x = (1\n%reset\n)",
        "import seaborn as sns\nsns.set_theme()",
        "import seaborn\neval('seaborn.set()')",
        "import seaborn\nnames = ['seaborn']",
        "try:\n    import cupy\nexcept ImportError:\n    import numpy",
        "if x:\n    import seaborn",
        "from seaborn import *",
        "from . import seaborn",
        "import numpy.nothing",
        "temporary = 1\ndel temporary",
        "del of_nobody",
        "files = []\nfiles.append(1)",
        "drive = 3\ndrive.mount()",
        "import os\nos._exit(1)",
        "def f(x): import seaborn; return x",
        ">>> import seaborn",
        *ODD_CODE.values(),
    ],
)
def test_what_works_is_used_or_may_be_meant_stays_as_it_is(source):
    letters = (ODD_CODE["a byte order mark"], ODD_CODE["a zero-width space"])
    assert clauses(source) == (source, ()) or source in letters


def test_a_module_that_another_cell_uses_is_no_needless_import():
    assert clauses("import seaborn as sns", "sns.set_theme()") == ("import seaborn as sns", ())
    assert clauses("import seaborn as sns", "import seaborn as sns  # sns")[1] != ()


def test_what_other_cells_need_is_not_deleted():
    released = ["import numpy as np", "def add(a, b):\n    raise NotImplementedError()"]
    text, said = clauses("mine = 1\ndel np, mine, add, theirs", released=released)
    assert text == "mine = 1\ndel mine, theirs"
    assert said == ("`del np, add` was left out, as other cells need it",)
    assert clauses("np = 1\ndel np", released=released)[1] == ()
    assert clauses("def f():\n    del np", released=released)[1] == ()


def test_a_name_of_colabs_that_somebody_binds_is_theirs():
    assert clauses("files.append(1)", "from google.colab import files", "files = []")[1] == ()
    assert clauses("files.download('x')", "from google.colab import files")[1] != ()


def test_what_colab_gives_is_no_needless_import_where_it_is_used():
    source = "from google.colab import userdata\nkey = userdata.get('x')"
    assert clauses(source) == (source, ())
    assert clauses("import google.colab\ngoogle.colab.drive.mount('/x')")[0] == "pass\npass"


def test_a_cell_that_is_very_long_is_not_looked_at():
    source = "%reset\n" * 10_000
    assert mended(source, Around()) == (source, ())


@pytest.mark.parametrize(
    "slip",
    [
        "%matplotlib widget\n{}", "from google.colab import drive\ndrive.mount('/content/drive')\n{}",
        "%%timeit\n{}", "%%time\n{}", "%%capture\n{}", "import seaborn as sns\n{}",
        "%config Completer.x = 1\n{}", "%load_ext tensorboard\n{}", "%reset -f\n{}",
        "import numpy\nimport seaborn; x = 1\n{}", "```python\n{}\n```", "x = “a”\n{}",
        "\u00a0\u00a0\n{}\u00a0",
    ],
)  # fmt: skip
def test_an_answer_with_a_slip_runs_as_it_was_meant(run_on, slip):
    source = slip.format(F)
    cell = new_code_cell(source, id="f")
    code, said = mended(source, around([], [source]))
    if said:
        cell.metadata[cells.MENDED] = code
    _, _, results = run_on(cell, check_cell("assert f(1) == 1"))
    assert results["f-test"].state is TestState.PASSED


def test_a_cell_that_would_start_afresh_costs_no_other(run_on):
    reset = new_code_cell("%reset -f", id="added-2")
    reset.metadata[cells.MENDED] = mended("%reset -f", Around())[0]
    _, _, results = run_on("import math", reset, f"{F} + math.pi", check_cell("assert f(0) > 3"))
    assert results["f-test"].state is TestState.PASSED


def test_the_repaired_notebook_shows_the_students_text_and_runs_the_mended_one(course, assignment):
    handed_in = solution(course, assignment)
    add = next(cell for cell in handed_in.cells if cell.id == "add")
    add.source = add.source.replace("    return", "\u00a0\u00a0\u00a0\u00a0return")
    handed_in.cells.insert(3, new_code_cell("%reset -f", id="mine"))
    released = cells.read_notebook(course.path("release", assignment) / assignment.filename)
    repaired = repair(handed_in, released)
    shown = {cell.id: cell for cell in repaired.notebook.cells}
    assert shown["add"].source == add.source
    assert cells.as_run(shown["add"]) == add.source.replace("\u00a0", " ")
    assert (shown["added-4"].source, cells.as_run(shown["added-4"])) == ("%reset -f", "")
    assert cells.as_run(shown["double"]) == shown["double"].source
    assert repaired.repairs == (
        "In the cell `added-4`, `%reset -f` was left out, as it takes what other cells made.",
        "In the cell `add`, odd spaces were read as plain ones.",
    )


def test_an_answer_that_only_its_letters_break_is_found_by_what_it_defines(course, assignment):
    handed_in = solution(course, assignment)
    for number, cell in enumerate(handed_in.cells):
        cell.id, cell.metadata = f"cell-{number}", {}
        cell.source = cell.source.replace("def add", "def\u00a0add")
    released = cells.read_notebook(course.path("release", assignment) / assignment.filename)
    repaired = repair(handed_in, released)
    assert repaired.doubts == ()
    assert "def\u00a0add" in next(cell for cell in repaired.notebook.cells if cell.id == "add").source


def test_a_forged_note_of_mending_is_not_run(course, assignment, hand_in):
    notebook = solution(course, assignment)
    for cell in notebook.cells:
        cell.metadata[cells.MENDED] = "def add(a, b):\n    return a + b"
        cell.source = "def add(a, b):\n    return 3" if cell.id == "add" else cell.source
    hand_in("student", text=nbformat.writes(notebook))
    assert grade(course, assignment, "student")[0].points == 0


def test_modules_are_looked_for_in_the_environment_and_not_in_the_course(monkeypatch):
    monkeypatch.setattr(sys, "path", [str(ROOT), *sys.path])
    assert can_import("numpy")
    assert can_import("neurocourse.checks")
    assert not can_import("tests")
    assert not can_import("seaborn")
    assert not can_import("no module's name")
