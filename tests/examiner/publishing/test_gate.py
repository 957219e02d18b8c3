"""Each kind of secret, planted in each kind of place, is refused by file and kind, and not printed."""

import base64
import json
import re
from pathlib import Path

import pytest

import examiner
from examiner.errors import LeakFound
from examiner.publishing import gate
from examiner.publishing.gate import find_leaks, refuse_leaks, secrets_of
from tests.examiner.conftest import ADD_TEST, ASSIGNMENT, DOUBLE_TEST

SOLVED = "source/01_adding, cell {}"
BANK = "tests/answers/01_adding/add/right/in_a_loop.py"
ANSWER = (
    "# Approach: one at a time.\ndef add(a, b):\n    for _ in range(b):\n        a = a + True\n    return a\n"
)
COMMONPLACE = """from scipy.special import gammaln, expit
@functools.lru_cache(maxsize=None)
except (ValueError, TypeError):
with np.errstate(over="ignore", divide="ignore"):
with checks.inputs_unchanged(
hidden_rng = np.random.default_rng(seed)
"""
ENGINE = (Path(examiner.__file__).with_name("verdict.py")).read_text()

SECRETS = {
    "solution": ('"""Return a + b."""\n    return a + b', SOLVED.format("add")),
    "solution of a written answer": ("Because addition commutes.", SOLVED.format("why")),
    "hidden test": (ADD_TEST.splitlines()[3], SOLVED.format("add-test")),
    "stand-in of a hidden test": (DOUBLE_TEST.splitlines()[5], SOLVED.format("double-test")),
    "mark scheme": ("Because addition commutes.\nOne point for the word.", SOLVED.format("why")),
    "answer bank": ("for _ in range(b):\n        a = a + True\n    return a", BANK),
    "grading engine": ("\n".join(ENGINE.splitlines()[20:60]), "examiner/verdict.py"),
}


def cell(**parts):
    return json.dumps({"cells": [{"cell_type": "code", "source": ["1 + 1"], **parts}]})


PLACES = {
    "source of a cell": lambda secret: cell(source=secret.splitlines(keepends=True)),
    "output": lambda secret: cell(outputs=[{"output_type": "stream", "text": [secret]}]),
    "metadata": lambda secret: cell(metadata={"old": secret}),
    "attachment": lambda secret: cell(
        attachments={"a": {"text/plain": base64.b64encode(secret.encode()).decode()}}
    ),
    "module": lambda secret: f"def f():\n    {secret}\n",
    "comment": lambda secret: f"x = 1  # {' '.join(secret.split())}\n",
    "string": lambda secret: f"HINT = {secret!r}\n",
    "page": lambda secret: f"> Here is how:\n\n{secret}\n",
}


@pytest.fixture
def secrets(course):
    path = course.root / BANK
    path.parent.mkdir(parents=True)
    path.write_text(ANSWER)
    return secrets_of(course)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", SECRETS)
def test_a_secret_is_found_wherever_it_stands(secrets, kind, place):
    secret, origin = SECRETS[kind]
    planted = PLACES[place](secret).encode()
    leaks = find_leaks({"fine.py": b"def add(a, b):\n    ...", "planted": planted}, secrets)
    found = {(leak.secret.kind, leak.secret.origin) for leak in leaks if leak.path == "planted"}
    assert (kind.partition(" of ")[0].replace("stand-in", "hidden test"), origin) in found
    assert {leak.path for leak in leaks} == {"planted"}


def test_the_sentence_names_file_kind_and_origin_and_shows_the_beginning_alone(course):
    files = {"neurocourse/plots.py": f"x = 1\n{DOUBLE_TEST.splitlines()[5]}\n".encode()}
    with pytest.raises(LeakFound) as refused:
        refuse_leaks(course, files)
    assert str(refused.value) == (
        "nothing was published, because students would get this:\n"
        "  neurocourse/plots.py: hidden test of source/01_adding, cell double-test (checks.sta…)"
    )


@pytest.mark.parametrize("mark", ["### BEGIN SOLUTION", "# END HIDDEN TESTS", "=== BEGIN MARK SCHEME ==="])
def test_a_mark_that_only_the_source_has_is_refused(course, mark):
    with pytest.raises(LeakFound, match="planted: mark of an instructor's notebook"):
        refuse_leaks(course, {"planted": cell(source=[f"{mark}\n", "1"]).encode()})


def test_what_cannot_be_searched_is_refused(course):
    with pytest.raises(LeakFound, match=r"old\.pyc: not searched, which is neither text nor a picture"):
        refuse_leaks(course, {"neurocourse/old.pyc": b"\xcb\r\r\n\0\xff"})


def test_lines_of_the_public_part_and_commonplace_lines_raise_no_alarm(course, assignment, secrets):
    released = (course.path("release", assignment) / assignment.filename).read_bytes()
    (course.root / BANK).write_text(f"{COMMONPLACE}\ndef add(a, b):\n    return float(a).__add__(float(b))\n")
    secrets = secrets_of(course)
    assert "returnfloat(a).__add__(float(b))" in [secret.line for secret in secrets]
    assert find_leaks({"released": released, "module": COMMONPLACE.encode()}, secrets) == []


def test_every_hidden_line_of_the_tiny_course_is_a_secret_alone_or_with_its_neighbour(secrets):
    lines = [secret.line for secret in secrets if ASSIGNMENT in secret.origin and "source" in secret.origin]
    assert lines == [
        '"""Returna+b."""returna+b',
        'checks.check_close(add(31.5,10),41.5,name="addonothernumbers",hint="Itmustusebotharguments.")',
        "defdouble(a):returnadd(a,a)",
        "defright_sum(a,b):returna--b",
        "returna--bchecks.stand_in(add=lambdaa,b:a+b,right_sum=right_sum)",
        "checks.stand_in(add=lambdaa,b:a+b,right_sum=right_sum)",
        "Becauseadditioncommutes.",
        "Becauseadditioncommutes.Onepointfortheword.",
    ]


@pytest.mark.parametrize("name", gate.COMMONPLACE)
def test_a_line_that_anybody_writes_is_known_by_its_own_pattern_alone(name):
    example = gate.COMMONPLACE[name][1]
    assert [other for other, (known, _) in gate.COMMONPLACE.items() if re.fullmatch(known, example)] == [name]
