"""Makes a small class to look at, from the answer bank, in a course folder of its own.

`demo/` is a copy of the course's sources with its own submissions and gradebook, so that a demonstration
never touches a real class. Each student is named by what the submission shows.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import nbformat

from examiner import class_page, house
from examiner.batch import pool
from examiner.batch.run import Request
from examiner.course.facts import Assignment, Course, read_course
from examiner.errors import CourseError
from examiner.grading import grade_assignment
from examiner.intake import timestamps
from examiner.notebook import cells
from examiner.publishing.release import release, solution
from examiner.results import feedback, report
from examiner.sandbox import nursery_client
from examiner.wording import say

_COPIED = ("course.toml", "nbgrader_config.py", "source")
_NEVER_ENDS = "while True:\n    pass"
_EQUALS_EVERYTHING = """class Everything:
    def __eq__(self, other):
        return True

    def __array__(self, dtype=None, copy=None):
        import numpy as np

        return np.zeros(1)


def {name}(*args, **kwargs):
    return Everything()"""
_READS_AND_REWRITES = """import glob
import os

for name in ("gradebook.db", "source/**/*.ipynb"):
    for path in glob.glob(f"/**/{name}", recursive=True):
        os.remove(path)
os.kill(os.getppid(), 9)"""
_HEADER = re.compile(r"\A(# (Approach|Misconception|Hint): .*\n)+")
_DUE = re.compile(r"(?<=\ndue = )\d{4}-\d\d-\d\dT\S+")
_SINCE_DUE = timedelta(days=3)
_UNFILLED = "# YOUR CODE HERE\nraise NotImplementedError()"


def show_demo(course: Course, options: argparse.Namespace) -> None:
    """Make a small class in `demo/`, grade it and report."""
    with nursery_client.environment(GRADEBOOK_URL=""):  # a demonstration has a gradebook of its own
        demo_course = make_class(course, options.assignment, options.students)
        house.agree(demo_course, demo_course.chosen(options.assignment), sys.stdout)
        for assignment in demo_course.chosen(options.assignment):
            with pool.local_pool() as workers:
                grade_assignment(demo_course, assignment, Request(), workers)
            feedback.write_feedback(demo_course, assignment)
            say(f"\n{report.report(demo_course, assignment)}\n")
        class_page.tell_of_page(demo_course, options.assignment, course.root)
    say("\nWhere to look: demo/feedback/<student>/<assignment>/*.html, demo/report/, demo/gradebook.db")


def make_class(course: Course, chosen: str | None, students: Sequence[str] = ()) -> Course:
    """Make `demo/` with a release and 15 submissions of the chosen assignment, or of all.

    `students` names those who hand in, where not all of them are to.
    """
    folder = course.root / "demo"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name in _COPIED:
        source = course.root / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, folder / name)
    put_into_the_past(folder / "course.toml")
    demo = read_course(folder)
    for assignment in demo.chosen(chosen):
        release(demo, assignment)
        bank = course.root / "tests" / "answers" / assignment.name
        if not bank.is_dir():
            raise CourseError(f"expected an answer bank in {bank}: the demo class is made from it")
        handed_in = dict(_submissions(demo, assignment, bank))
        if unknown := [name for name in students if name not in handed_in]:
            raise CourseError(f"no student {', '.join(unknown)} in the demo class: {', '.join(handed_in)}")
        for student in students or handed_in:
            _hand_in(demo, assignment, student, handed_in[student])
    return demo


def put_into_the_past(path: Path) -> None:
    """Move the due dates so that the last one has passed: a submission of later than now counts as none."""
    text = path.read_text(encoding="utf-8")
    due = [datetime.fromisoformat(date) for date in _DUE.findall(text)]
    too_late = max(due) - (datetime.now(UTC) - _SINCE_DUE) if due else timedelta()
    if too_late > timedelta():
        shift = timedelta(days=too_late.days + 1)
        text = _DUE.sub(lambda match: (datetime.fromisoformat(match[0]) - shift).isoformat(), text)
        path.write_text(text, encoding="utf-8")


def _submissions(course: Course, assignment: Assignment, bank: Path) -> Iterator[tuple[str, str]]:
    """Yield a student's name and the notebook's text."""
    solved = nbformat.writes(solution(course, assignment))
    released = course.path("release", assignment) / assignment.filename
    exercises = sorted(path.name for path in bank.iterdir() if path.is_dir())
    right = {name: _answers(bank, name, "right")[0] for name in exercises}
    wrong = [{name: answer} for name in exercises for answer in _answers(bank, name, "wrong")[:1]]
    equal = {name: _EQUALS_EVERYTHING.format(name=name) for name in exercises}
    yield "all_right", solved
    yield "right_in_another_way", _with_answers(solved, right)
    for number, answer in enumerate(islice(wrong, 4), start=1):
        yield f"one_mistake_{number}", _with_answers(solved, answer)
    yield "three_mistakes", _with_answers(solved, {k: v for answer in wrong[:3] for k, v in answer.items()})
    yield "half_done", _with_answers(solved, dict.fromkeys(_names(solved)[2:], _UNFILLED))
    yield "blank", released.read_text(encoding="utf-8")
    yield "late_by_two_days", solved
    yield "never_ends", _with_answers(solved, {exercises[0]: _NEVER_ENDS})
    yield "equals_everything", _with_answers(solved, equal)
    yield "reads_and_rewrites", _with_answers(solved, {exercises[0]: _READS_AND_REWRITES})
    yield "broken_file", solved[: len(solved) // 2]
    yield "renamed_file", solved


def _names(text: str) -> list[str]:
    return [cells.exercise_name(cell) for cell in nbformat.reads(text, 4).cells if _is_code_answer(cell)]


def _answers(bank: Path, exercise: str, kind: str) -> list[str]:
    """Return the answers of a kind, without the lines that say what they are."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((bank / exercise / kind).glob("*.py"))]
    return [_HEADER.sub("", text) for text in texts]


def _with_answers(text: str, answers: dict[str, str]) -> str:
    notebook = nbformat.reads(text, 4)
    for cell in notebook.cells:
        if _is_code_answer(cell) and cells.grade_id(cell) in answers:
            cell.source = answers[cells.grade_id(cell)]
    return str(nbformat.writes(notebook))


def _is_code_answer(cell: Any) -> bool:
    return cells.is_solution(cell) and cell.cell_type == "code"


def _hand_in(course: Course, assignment: Assignment, student: str, text: str) -> None:
    folder = course.path("submitted", assignment, student)
    folder.mkdir(parents=True)
    renamed = student == "renamed_file"
    filename = f"{assignment.notebook} (1).ipynb" if renamed else assignment.filename
    (folder / filename).write_text(text, encoding="utf-8")
    late = timedelta(days=1.5 if student == "late_by_two_days" else -1)
    handed_in = (assignment.due or datetime.now(UTC)) + late
    timestamps.write_time(folder, handed_in)
