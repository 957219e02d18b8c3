"""Libraries that students may use and this machine lacks: nobody gets a 0 for that."""

import re
import shutil
from pathlib import Path

import pytest

from examiner import doctor
from examiner.batch.store import read_exam
from examiner.commands import main
from examiner.course.facts import read_course
from examiner.errors import GraderAtFault, NotInstalled
from examiner.exam import libraries
from examiner.exam.jobs import Task
from examiner.exam.tasks import examine
from examiner.intake.files import read_files
from examiner.notebook import cells
from examiner.notebook.installed import can_import
from examiner.verdict import SubmissionState
from tests.examiner.conftest import ROOT, notebook_of

TUTORIALS = sorted((ROOT / "source").glob("*/*.ipynb"))
NEEDED = {
    "import": "import torch",
    "from": "from torch import nn",
    "part": "import torch.nn.functional as F",
    "among others": "import numpy as np, torch as t",
    "in a function": "def f(x):\n    import torch\n    return torch.tensor(x)",
    "by a string": "module = __import__('torch')",
    "by another string": "import importlib\nnn = importlib.import_module('torch.nn')",
    "executed": "exec('from torch import tensor')",
    "in a cell that does not parse": "import torch\ndef f(:",
    "in a long cell": "import torch\n" + "x = 1\n" * 20_000,
    "by the helper module": "from neurocourse import networks\nnetworks.as_tensor([1])",
}
NOT_NEEDED = {
    "no import": "x = [1]",
    "another module": "import torchless",
    "a name": "torch = 1\ntorch + 1",
    "a comment": "x = 1  # as in torch",
    "another function of the helper module": "from neurocourse import networks\nnetworks.grating(0)",
}


@pytest.fixture
def without_torch(monkeypatch):
    monkeypatch.setattr(libraries, "can_import", lambda name: name != "torch" and can_import(name))


@pytest.mark.parametrize("source", NEEDED.values(), ids=NEEDED)
def test_code_that_may_need_a_missing_library_is_found(without_torch, source):
    assert libraries.missing_libraries(notebook_of("x = 0", source)) == ["torch"]


@pytest.mark.parametrize("source", NOT_NEEDED.values(), ids=NOT_NEEDED)
def test_code_that_does_not_need_it_is_graded(without_torch, source):
    assert libraries.missing_libraries(notebook_of(source)) == []


@pytest.mark.parametrize("path", TUTORIALS, ids=lambda path: path.parent.name)
def test_only_the_tutorial_on_deep_networks_needs_torch(without_torch, path):
    missing = libraries.missing_libraries(cells.read_notebook(path))
    assert missing == (["torch"] if path.parent.name == "05_deep_networks" else [])


def test_nothing_is_looked_for_where_all_are_installed(monkeypatch):
    monkeypatch.setattr(libraries, "can_import", lambda name: True)
    assert libraries.missing_libraries(notebook_of(*NEEDED.values())) == []


def test_an_exam_that_needs_it_is_refused_with_what_to_run(without_torch):
    with pytest.raises(NotInstalled) as refused:
        libraries.check_exam("05_deep_networks", notebook_of("import torch"))
    assert str(refused.value) == (
        "05_deep_networks needs torch, which is not installed here. Run `make torch` first"
    )


@pytest.fixture
def course_with_networks(course, monkeypatch, without_torch):
    """The tiny course with a second assignment before its own, which needs torch."""
    for step in ("source", "release"):
        folder = shutil.copytree(course.root / step / "01_adding", course.root / step / "00_networks")
        path = folder / "adding.ipynb"
        path.write_text(path.read_text().replace("from neurocourse import notebook", "import torch"))
    facts = course.root / "course.toml"
    first = '[[assignments]]\nname = "00_networks"\ntitle = "Networks"\n\n'
    facts.write_text(facts.read_text().replace("[[assignments]]", f"{first}[[assignments]]"))
    monkeypatch.chdir(course.root)
    return read_course(course.root)


def test_a_class_is_graded_in_all_assignments_that_do_not_need_it(
    course_with_networks, assignment, hand_in, capsys
):
    hand_in("ada")
    networks = course_with_networks.path("submitted", course_with_networks.assignment("00_networks"), "ada")
    shutil.copytree(course_with_networks.path("submitted", assignment, "ada"), networks)
    assert main(["grade", "--jobs", "1", "--yes"]) == 2
    said = capsys.readouterr()
    assert said.err.count("examiner: 00_networks needs torch, which is not installed here. Run `make t") == 1
    assert "01_adding: 1 graded\n" in said.out
    assert not (course_with_networks.root / "autograded" / "ada" / "00_networks").exists()


def test_the_doctor_names_what_cannot_be_graded_and_tries_the_rest(course_with_networks):
    (finding,) = doctor.check_libraries(course_with_networks)
    assert str(finding) == (
        "FAIL  00_networks needs torch, which is not installed here. Run `make torch` first"
    )
    assert "the release none (01_adding), in " in doctor.check_grading(course_with_networks).what


def test_no_solution_is_made_without_it(course_with_networks, capsys):
    assert main(["solve", "00_networks"]) == 2
    said = capsys.readouterr().err.splitlines()[-1]
    assert said == (
        "examiner: source/00_networks needs torch, which is not installed here. Run `make torch` first"
    )


def test_other_libraries_are_named_too(monkeypatch):
    monkeypatch.setattr(libraries, "can_import", lambda name: False)
    with pytest.raises(GraderAtFault, match=r"uses numpy and pandas\..*Install numpy and pandas, then grade"):
        libraries.check_answers(notebook_of("import numpy as np\nimport pandas as pd"))


def test_a_submission_that_needs_it_waits_for_a_person_and_is_graded_again(
    course, assignment, hand_in, without_torch
):
    hand_in("ada", {"add": "def add(a, b):\n    import torch\n    return float(torch.tensor(a) + b)"})
    files = read_files(course.path("submitted", assignment, "ada"))
    verdict = examine(read_exam(course, assignment), Task(files, None, ""), students=None).verdict
    assert (verdict.state, verdict.firm) == (SubmissionState.NEEDS_REVIEW, False)
    assert verdict.reason == (
        "This notebook uses torch. Students may use it, and it is not installed on the grading machine, so "
        "nobody loses a point for that. Run `make torch`, then grade again."
    )


def test_the_student_guide_promises_the_same_libraries():
    guide = " ".join(Path(ROOT, "docs", "student.md").read_text(encoding="utf-8").split())
    (promised,) = re.findall(r"You can use ([^.]+), and the modules that your teachers add", guide)
    names = {"scikit-learn": "sklearn", "PyTorch": "torch"}
    assert tuple(names.get(name, name.lower()) for name in promised.split(", ")) == libraries.OFFERED
