"""How candidates are tried: in processes of their own, again where it may have been the machine's fault."""

import json
import subprocess
import sys

import pytest

from examiner.course.facts import Limits
from tests.notebooks import rehearsal
from tests.notebooks.bank import modules_of
from tests.notebooks.rehearsal import ROOT, Candidate, Stop

PROGRAM = """
import json, os, socket, sys
from pathlib import Path
from nbformat.v4 import new_code_cell, new_notebook
from examiner.course.facts import Limits
from examiner.inside.wire import Wire
from examiner.sandbox.student_client import StudentGone
from examiner.verdict import TestState
from tests.notebooks.rehearsal import Candidate, Stop


class Student:
    n_late = sys.argv.count("late")

    def fork(self):
        if self.n_late:
            self.n_late -= 1
            raise StudentGone(TestState.CRASHED)
        return Wire(socket.socketpair()[0]), None, None


def examine(candidate, run, cells):
    tries = Path(sys.argv[1]) / candidate.name
    tries.write_text(tries.read_text() + "x" if tries.exists() else "x")
    if candidate.name == "dies":
        os._exit(1)
    if candidate.name == "breaks":
        raise KeyError("what the one who asks did not expect")
    return [len(tries.read_text()), [cell.source for cell in cells]]


source = new_notebook(cells=[new_code_cell("a = 1"), new_code_cell("b = 2"), new_code_cell("c = 3")])
stop = Stop("01_adding", "add", source, 1, Student(), Limits())
candidates = [Candidate(name, (name, "more") if name == "two" else (name,)) for name in sys.argv[2:]]
found = stop.try_each(candidates, examine, doubtful=lambda seen: seen[1][0] == "slow" and seen[0] < 2)
print(json.dumps([[candidate.name, seen] for candidate, seen in found]))
"""


@pytest.fixture
def tried(tmp_path):
    """A function that tries candidates of these names, and returns the finished program."""

    def tried(*names):
        command = [sys.executable, "-W", "ignore", "-c", PROGRAM, str(tmp_path), *names]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)

    return tried


def test_a_process_that_was_late_once_is_forked_again(tried):
    assert json.loads(tried("late").stdout) == [["late", [1, ["late", "c = 3"]]]]


def test_a_candidate_stands_in_the_place_of_the_solution_in_one_cell_or_more(tried):
    found = dict(json.loads(tried("one", "two").stdout))
    assert found["one"] == [1, ["one", "c = 3"]]
    assert found["two"] == [1, ["two", "more", "c = 3"]]


def test_what_died_or_is_doubtful_is_tried_once_more_when_the_others_are_done(tried, tmp_path):
    found = json.loads(tried("dies", "slow", "one", "two").stdout)
    assert {name for name, _ in found[:2]} == {"one", "two"}
    assert dict(found[2:]) == {"dies": None, "slow": [2, ["slow", "c = 3"]]}
    assert (tmp_path / "dies").read_text() == "xx"


def test_an_error_of_the_one_who_asks_is_no_verdict(tried):
    run = tried("one", "breaks", "two")
    assert run.returncode == 1
    assert run.stdout == ""
    assert "RuntimeError: breaks could not be examined" in run.stderr
    assert "what the one who asks did not expect" in run.stderr


def test_modules_of_candidates_are_imported_once_for_all_that_need_them_and_leave_no_name(monkeypatch):
    ran = []

    class Student:
        def fork(self):
            return ()

        def run(self, source, seconds):
            names = {}
            exec(source, names)
            ran.append((source, names.keys() - {"__builtins__"}))

        def end(self):
            ran.append("ended")

    first, forked = Student(), Student()
    monkeypatch.setattr(rehearsal, "StudentClient", lambda: forked)
    monkeypatch.setattr(
        Stop, "_each_of_a_group", lambda stop, group, *_: [(c.name, stop.student is forked) for c in group]
    )
    sources = {
        "one": "import os.path\nfrom json import loads",
        "two": "x = 1",
        "three": "import json, os.path",
    }
    candidates = [Candidate(name, (text,), modules=modules_of(text)) for name, text in sources.items()]
    stop = Stop("01_adding", "add", None, 1, first, Limits())
    assert [*stop._each_once(candidates, None, 1)] == [("one", True), ("three", True), ("two", False)]
    assert ran[:2] == [("exec('import json', {})", set()), ("exec('import os.path', {})", set())]
    assert ran[2][1] == set()
    assert ran[3:] == ["ended"]
