"""What is expected of an exercise's answers: how many there are, what they say of themselves, how they fare.

    tests/answers/<assignment>/<exercise>/right/<name>.py    # Approach: …
                                         /wrong/<name>.py    # Misconception: …, then # Hint: …
                                                             # Hidden: … where students cannot see it

An answer is tried alone in the solved notebook (`rehearsal`). A right one must cost no points anywhere. A
wrong one must be refused with its hint, and cost no other exercise anything. The visible part of the tests
must refuse it too, so that students learn of it in time, unless it says why only hidden tests can.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from examiner.notebook import cells
from tests.notebooks.rehearsal import BANK, ROOT, answers

N_RIGHT, N_WRONG = 3, 8
_HEADERS = {"right": ("Approach",), "wrong": ("Misconception", "Hint")}
_PATIENCE = 1200  # seconds


def name_of(path):
    """Return how an answer is named in its assignment: its exercise, its kind, the name of its file."""
    return "/".join(path.with_suffix("").parts[-3:])


def counted(number, thing):
    """Return how many things there are, in words: 1 answer, 2 answers."""
    return f"{number} {thing}{'s' * (number != 1)}"


def header(path):
    """Return what an answer's first lines say of it: Approach, or Misconception, Hint, and maybe Hidden."""
    first_lines = path.read_text(encoding="utf-8").splitlines()[:3]
    found = [re.fullmatch(r"# (\w+): (.+)", line) for line in first_lines]
    return {match[1]: match[2] for match in found if match}


def what_banks_lack(course):
    """Yield a sentence for each answer that any exercise lacks, or that does not say what it is."""
    for assignment in course.assignments:
        source = cells.read_notebook(course.root / "source" / assignment.name / assignment.filename)
        tested = {cells.exercise_name(cell) for cell in source.cells if cells.is_test(cell)}
        for exercise in sorted(tested):
            yield from what_is_missing(assignment.name, exercise)
        for stray in sorted({path.parts[-3] for path in answers(assignment.name)} - tested):
            yield f"{assignment.name}/{stray} has answers, but the notebook has no test of that name."


def what_is_missing(assignment, exercise):
    """Yield a sentence for each answer that an exercise lacks, and for each that does not say what it is."""
    folder = (BANK / assignment / exercise).relative_to(ROOT)
    for kind, least in (("right", N_RIGHT), ("wrong", N_WRONG)):
        there = answers(assignment, exercise, kind)
        if len(there) < least:
            yield f"{folder}/{kind}/ has {counted(len(there), 'answer')}, expected {least} or more."
        for path in there:
            for line in _HEADERS[kind]:
                if line not in header(path):
                    yield f"{name_of(path)}.py has no line `# {line}: …` at its top."


def rehearse(assignment, *exercises):
    """Return how the tests end for each answer of an assignment, or of these exercises, by its name.

    That is a dict: the results as `tests`, and as `seen` whether the visible part alone refuses it.
    """
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder) / "results"
        command = [sys.executable, "-m", "tests.notebooks.rehearsal", assignment, str(results), *exercises]
        whole = os.environ | (
            {"BANK": "all"} if exercises else {}
        )  # of one exercise each is tried to the end
        run = subprocess.run(command, cwd=ROOT, env=whole, capture_output=True, text=True, timeout=_PATIENCE)
        if run.returncode:
            raise RuntimeError(f"the rehearsal of {assignment} failed:\n{run.stderr}")
        lines = [json.loads(line) for line in results.read_text(encoding="utf-8").splitlines()]
    return {line.pop("answer"): line for line in lines}


def judge(path, graded):
    """Yield a sentence for each way in which the tests treat an answer other than they should."""
    results = graded["tests"]
    name, exercise, kind = name_of(path), path.parts[-3], path.parts[-2]
    missed = [test for test in results if test["state"] != "passed"]
    if not results:
        yield f"{name}.py ended the process that ran it, so no test could say anything."
    elif kind == "right":
        for test in missed:
            yield f"{name}.py is right, but {test['grade_id']} refuses it: {test['message']}"
    else:
        own = [test for test in missed if test["exercise"] == exercise]
        yield from _judge_refusal(path, own)
        if own:
            yield from _judge_visibility(path, seen=graded["seen"])
        for test in missed:
            if test["exercise"] != exercise:
                yield f"{name}.py also costs the points of {test['grade_id']}: {test['message']}"


def _judge_refusal(path, refusals):
    hint, said = header(path).get("Hint"), " ".join(test["message"] for test in refusals)
    if not refusals:
        yield f"{name_of(path)}.py is wrong, but every test of {path.parts[-3]} passes it."
    elif hint and hint not in said:
        yield f"{name_of(path)}.py is refused without its hint “{hint}”. The student reads “{said}”."


def _judge_visibility(path, *, seen):
    says_hidden = "Hidden" in header(path)
    if seen and says_hidden:
        yield f"{name_of(path)}.py says `# Hidden: …`, but the visible tests refuse it: take that line out."
    if not seen and not says_hidden:
        yield (
            f"{name_of(path)}.py is refused by hidden tests alone. Let visible ones show this mistake, or "
            "say in the third line why they cannot: `# Hidden: …`."
        )
