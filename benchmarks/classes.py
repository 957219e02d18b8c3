"""Classes of submissions for benchmarks, and what a command that grades them takes."""

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat.v4 import new_markdown_cell

from benchmarks.processor_time import ProcessorTime
from examiner.course.facts import read_course
from examiner.notebook import cells
from examiner.publishing.release import release, solution
from examiner.sandbox.guard import descendants

ROOT = Path(__file__).parents[1]
BANK = ROOT / "tests" / "answers"
_SLOW = {"central_differences"}  # minutes on the full data, nearly all of plain nbgrader's time
_FIRST_PAUSE, _LAST_PAUSE = 0.02, 0.5  # seconds between looks at memory


@dataclass(frozen=True)
class Cost:
    """What a command took: seconds of the clock, seconds of processors, and memory at its most in MB."""

    seconds: float
    cpu_seconds: float
    peak_mb: float


@contextmanager
def course_copy() -> Iterator:
    """Give a released copy of the course in a passing folder."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "course"
        root.mkdir()
        for name in ("course.toml", "nbgrader_config.py"):
            shutil.copy(ROOT / name, root)
        shutil.copytree(ROOT / "source", root / "source")
        course = read_course(root)
        for assignment in course.assignments:
            release(course, assignment)
        yield course


def hand_in_class(course, assignment, n_students, *, alike=True):
    """Hand in a class: of five, one is the solution, one is otherwise right, one blank, two have a mistake.

    Who is otherwise right, or has a mistake, has an answer from the bank in one exercise, drawn by chance.
    Unless they may be `alike`, each adds a text of their own: the very same files are graded only once.
    """
    drawn = random.Random(0)
    bank = sorted((BANK / assignment.name).iterdir())
    solved = solution(course, assignment)
    blank = cells.read_notebook(course.path("release", assignment) / assignment.filename)
    for number in range(n_students):
        kind = ("solution", "right", "wrong", "wrong", "blank")[number % 5]
        notebook = blank if kind == "blank" else solved
        if kind in ("right", "wrong"):
            exercise = drawn.choice(bank)
            answers = sorted((exercise / kind).glob("*.py"))
            answer = drawn.choice([path for path in answers if path.stem not in _SLOW])
            notebook = _with(solved, {exercise.name: answer})
        own = [] if alike else [new_markdown_cell(f"By student {number}.", id=f"by-{number}")]
        handed_in = {**notebook, "cells": [*notebook.cells, *own]}
        folder = course.path("submitted", assignment, f"student{number:05}")
        folder.mkdir(parents=True)
        nbformat.write(nbformat.from_dict(handed_in), folder / assignment.filename)


def _with(notebook, answers):
    changed = nbformat.from_dict(notebook)
    for cell in changed.cells:
        if cells.grade_id(cell) in answers:
            cell.source = answers[cells.grade_id(cell)].read_text(encoding="utf-8")
    return changed


def pack_as_moodle(course, assignment, target):
    """Move what was handed in into a zip file as Moodle makes them, and return where that is."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for number, folder in enumerate(sorted((course.root / "submitted").iterdir())):
            name = f"Student {number:06}_{number}_assignsubmission_file_/{assignment.filename}"
            archive.write(folder / assignment.name / assignment.filename, name)
            shutil.rmtree(folder)
    return target


def grade(course, *arguments):
    """Return what `python -m examiner grade` takes."""
    return cost_of([sys.executable, "-m", "examiner", "grade", *arguments], course.root)


def cost_of(command, folder, **environment):
    """Run a command in a folder and return its cost, with that of all processes that it starts."""
    with closing(ProcessorTime()) as processors, tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        spent, begun = processors(), time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
            stdout=subprocess.DEVNULL,
            stderr=said,
        )
        peak = _peak_until_its_end(process)
        cost = Cost(time.perf_counter() - begun, processors() - spent, peak / 1e6)
        if process.returncode:
            said.seek(0)
            told = said.read()[-2000:]
            raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}: {told}")
    return cost


def _peak_until_its_end(process):
    """Wait for a process and return the most bytes that it and its descendants were seen to hold.

    The looks are close together at first, so that a short command is seen, too.
    """
    pause, peak = _FIRST_PAUSE, 0
    while True:
        held = sum(map(_memory, [process.pid, *descendants(process.pid)]))
        peak = max(peak, held, _most_memory(process.pid))
        try:
            process.wait(pause)
        except subprocess.TimeoutExpired:
            pause = min(1.2 * pause, _LAST_PAUSE)
        else:
            return peak


def _most_memory(process):
    """Return the most bytes that a process has held by itself since it began."""
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
        return 1024 * int(next(line for line in lines if line.startswith("VmHWM:")).split()[1])
    except (OSError, StopIteration):
        return 0


def _memory(process):
    """Return the bytes that a process holds; pages that processes share count once among them."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
        return 1024 * int(next(line for line in lines if line.startswith("Pss:")).split()[1])
    except (OSError, StopIteration):
        return 0
