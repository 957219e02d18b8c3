"""What becomes of dressed answers, in the real sandbox; in a process of its own, since it forks."""

import json
import subprocess
import sys

import pytest

from tests.notebooks.rehearsal import ROOT

RIGHT = """def make_design_matrix(stim, d=25):
    padded = np.concatenate([np.zeros(d - 1), stim])
    return np.array([padded[t : t + d] for t in range(len(stim))])"""
DRESSED = {
    "right": (RIGHT,),
    "in two cells": (RIGHT.replace("make_", "made_"), "make_design_matrix = made_design_matrix"),
    "a dict": (RIGHT.replace("return np.array(", "return dict(X="),),
    "breaks in the cell": ("undefined_name", RIGHT),
    "takes no long stimulus": (RIGHT + " if len(stim) < 3000 else None",),
}
PROGRAM = """
import json, sys
from examiner.course.facts import read_course
from tests.dresses.trial import fittings
from tests.dresses.wardrobe import Dressed
from tests.notebooks.rehearsal import ROOT, chosen_stops

course = read_course(ROOT)
dressed = [Dressed("solution", name, tuple(cells), True) for name, cells in json.loads(sys.argv[1]).items()]
for stop in chosen_stops(course, course.assignment("02_poisson_glm"), ["make_design_matrix"], shows=True):
    found = {f.dressed.dress: [f.refused, f.died, f.elsewhere] for f in fittings(stop, dressed)}
    print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def found():
    command = [sys.executable, "-W", "ignore", "-c", PROGRAM, json.dumps(DRESSED)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


@pytest.mark.parametrize("name", ["right", "in two cells"])
def test_a_right_answer_is_accepted_and_nothing_below_breaks(found, name):
    assert found[name] == ["", [], []]


def test_what_its_own_test_refuses_is_refused(found):
    refused, died, elsewhere = found["a dict"]
    assert refused.startswith("make_design_matrix-test (failed): ")
    assert (died, elsewhere) == ([], [])


def test_an_error_in_a_cell_of_its_own_is_a_refusal(found):
    assert found["breaks in the cell"][0].startswith("make_design_matrix: NameError")


def test_what_is_accepted_and_breaks_a_given_cell_is_seen_there_and_within_other_answers(found):
    refused, died, elsewhere = found["takes no long stimulus"]
    assert refused == ""
    assert any(line.startswith("show-") for line in died)
    assert any(line.endswith("(within predict_spike_counts_lg)") for line in elsewhere)
