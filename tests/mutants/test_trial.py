"""What becomes of mutants in the real sandbox, by the real tests; in a process of its own, since it forks."""

import json
import subprocess
import sys

import pytest

from tests.notebooks.rehearsal import ROOT

HEAD = "def compute_STA(images, spike_counts):\n    "
MUTANTS = {
    "plain mean": f"{HEAD}return images.mean(axis=0)",
    "another product": f"{HEAD}return np.dot(spike_counts, images) / sum(spike_counts)",
    "fails for 130 rows": f"{HEAD}return spike_counts @ images / np.sum(spike_counts) * (len(images) != 130)",
    "without end": f"{HEAD}while True:\n        pass",
    "slow once": (
        f"{HEAD}import os, time\n    if not os.path.exists('/tmp/slow'):\n"
        "        open('/tmp/slow', 'w').close()\n        time.sleep(20)\n"
        "    return spike_counts @ images / np.sum(spike_counts)"
    ),
    "ends the process": f"{HEAD}import os\n    os._exit(1)",
    "does not compile": "def compute_STA(:",
}
PROGRAM = """
import json, sys
from examiner.course.facts import read_course
from tests.mutants.making import Mutant
from tests.mutants.trial import fates
from tests.notebooks.rehearsal import ROOT, chosen_stops

course = read_course(ROOT)
mutants = [Mutant(name, "solution", source, "") for name, source in json.loads(sys.argv[1]).items()]
for stop in chosen_stops(course, course.assignment("01_lnp_encoding"), ["compute_STA"]):
    found = {fate.mutant.name: [fate.state, fate.test, fate.message] for fate in fates(stop, mutants, 2)}
    print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def found():
    command = [sys.executable, "-W", "ignore", "-c", PROGRAM, json.dumps(MUTANTS)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def test_a_failed_check_kills_and_says_why(found):
    state, test, message = found["plain mean"]
    assert (state, test) == ("failed", "compute_STA-test")
    assert "This is the plain mean of all images" in message


def test_one_that_does_what_right_answers_do_is_alike(found):
    assert found["another product"] == ["alike", "", ""]


def test_one_that_passes_and_differs_elsewhere_survives_and_says_where(found):
    state, _, message = found["fails for 130 rows"]
    assert state == "survived"
    assert message.startswith("long, images (130, 3), spike_counts (130,): ")


def test_one_that_took_too_long_once_is_tried_again(found):
    assert found["slow once"] == ["alike", "", ""]


def test_time_a_crash_and_an_error_kill(found):
    assert found["without end"][0] == "timed_out"
    assert found["ends the process"][0] == "crashed"
    assert found["does not compile"][:2] == ["error", "compute_STA-test"]
