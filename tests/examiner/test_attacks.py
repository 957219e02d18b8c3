"""Every attack of the bank, handed in: it gains nothing, leaks nothing, changes nothing and ends in time.

An attack is the text of one cell of the tiny course, with lines at its head that say what it tries and where
it differs from most: ``# Cell: double`` puts it there instead of into `add`, ``# Costs: double`` and
``# Costs: everything`` name what it harms of its author's own, ``# Noted`` that the verdict tells of it.
"""

import hashlib
import re
import time
from dataclasses import dataclass, replace
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_output

from examiner.batch.run import grade
from examiner.gradebook import scores
from examiner.notebook.cells import read_notebook
from examiner.publishing.release import solution
from examiner.results import feedback
from examiner.sandbox import nursery_client
from examiner.sandbox.guard import descendants
from examiner.verdict import SubmissionState, TestState
from tests.examiner.conftest import ADD_TEST, DOUBLE_TEST, ROOT, nbgrader_cell

BANK = ROOT / "tests" / "attacks"
HIDDEN = [
    "31.5",
    "41.5",
    "31_5",
    "dbf_canary",
    "canary-of-the-grader",
    "add on other numbers is not right: at",
]
SECONDS = 90


@dataclass(frozen=True)
class Attack:
    name: str
    source: str

    def says(self, word):
        """Return what a line at the head says, or None."""
        found = re.search(rf"^# {word}(?:: (.*))?$", self.source, re.MULTILINE)
        return found and (found[1] or "yes")


def attacks():
    return [
        Attack(str(p.relative_to(BANK).with_suffix("")), p.read_text()) for p in sorted(BANK.rglob("*.py"))
    ]


@pytest.fixture
def left_over(monkeypatch):
    """Every process that sandboxes held when they were ended."""
    seen, end = [], nursery_client.Sandbox.end

    def end_and_remember(self):
        seen.extend([self.process, *descendants(self.process)])
        end(self)

    monkeypatch.setattr(nursery_client.Sandbox, "end", end_and_remember)
    return seen


def contents(course):
    """Return a hash of each of the course's files, the gradebook too, but those that grading writes."""
    files = [path for path in sorted(course.root.rglob("*")) if path.is_file()]
    ours = [p for p in files if p.relative_to(course.root).parts[0] not in ("autograded", ".examiner")]
    return {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in ours}


@pytest.mark.parametrize("attack", attacks(), ids=lambda attack: attack.name)
def test_an_attack_gains_leaks_and_changes_nothing(
    attack, course, assignment, hand_in, left_over, monkeypatch
):
    monkeypatch.setenv("EXAMINER_CANARY", "canary-of-the-grader")
    course = replace(course, limits=replace(course.limits, cell_seconds=2))
    attacked = attack.says("Cell") or "add"
    hand_in("student", {attacked: attack.source})
    before = contents(course)

    begun = time.monotonic()
    verdict, _ = grade(course, assignment, "student")
    assert time.monotonic() - begun < SECONDS
    assert verdict.state is SubmissionState.GRADED
    assert contents(course) == before

    passed = {test.exercise for test in verdict.tests if test.state is TestState.PASSED}
    costs = attack.says("Costs") or ""
    assert attacked not in passed
    if costs != "everything":
        assert passed == {"add", "double"} - {attacked, costs}
    if attack.says("Noted"):
        assert verdict.notes
    assert_nothing_leaked(course, assignment, verdict)
    assert not [pid for pid in left_over if Path(f"/proc/{pid}/exe").exists()]


def forge_points(notebook):
    for cell in notebook.cells:
        cell.metadata.get("nbgrader", {})["points"] = 1000
        cell.metadata["bonus"] = 1000


def forge_tests(notebook):
    for cell in notebook.cells:
        if cell.id.endswith("-test"):
            cell.source = "print('all checks pass')"


def add_graded_cells(notebook):
    for name in ("extra-test", "add-test-2", "sum-test"):
        notebook.cells.append(nbgrader_cell(new_code_cell("pass"), name, grade=True, points=1000))


def swap_identities(notebook):
    answer, test = (next(cell for cell in notebook.cells if cell.id == name) for name in ("add", "add-test"))
    answer.metadata.nbgrader, test.metadata.nbgrader = test.metadata.nbgrader, answer.metadata.nbgrader


def forge_outputs(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = [new_output("stream", name="stdout", text="add: passed")]
            cell.execution_count = 1


@pytest.mark.parametrize(
    "forge", [forge_points, forge_tests, add_graded_cells, swap_identities, forge_outputs]
)
def test_a_forged_notebook_earns_what_its_answers_do(course, assignment, hand_in, forge):
    notebook = solution(course, assignment)
    for cell in notebook.cells:
        cell.source = "def add(a, b):\n    return 3" if cell.id == "add" else cell.source
    forge(notebook)
    hand_in("student", text=nbformat.writes(notebook))
    verdict, _ = grade(course, assignment, "student")
    assert verdict.points == 0
    assert verdict.bonus <= 5
    assert {test.grade_id: test.max_points for test in verdict.tests} == {"add-test": 60, "double-test": 0}


def assert_nothing_leaked(course, assignment, verdict):
    scores.record(course, assignment, verdict)
    (page,) = feedback.write_feedback(course, assignment)
    graded = course.path("autograded", assignment, "student") / assignment.filename
    notebook = read_notebook(graded)
    shown = [verdict.to_json(), page.read_text(), graded.read_text()]
    hidden_lines = [line for test in (ADD_TEST, DOUBLE_TEST) for line in hidden_part(test)]
    for text in shown:
        assert not [secret for secret in [*HIDDEN, *hidden_lines] if secret in text]
    assert "GOT IN" not in str([cell.get("outputs") for cell in notebook.cells])


def hidden_part(test):
    return re.search(r"BEGIN HIDDEN TESTS\n(.*?)### END", test, re.DOTALL)[1].splitlines()
