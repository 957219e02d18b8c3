"""What an exercise still lacks, each as a sentence: points, objective, form, both gates, bank.

    source ─▶ points, objective, form ──────────────────────┐
           ─▶ a release of its own ─▶ what students must not get ┤
                                   ─▶ graded: solution, release ─┼─▶ sentences
    bank   ─▶ each answer in the solved notebook ───────────┘

The two gates are those of every grading (`examiner.key`): the solution earns all points, the release as it is
handed out none. They are graded by the real engine, in a copy, so that nothing here is changed.
"""

import ast
import re
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from examiner.batch.key import key_jobs
from examiner.batch.pool import local_pool
from examiner.batch.store import read_exam
from examiner.course.entries import did_you_mean, nearest
from examiner.course.facts import Assignment, Course
from examiner.course.objectives import Points, objectives, objectives_page, points_of_exercises
from examiner.errors import CourseError, ExaminationDied, ExaminerError, GraderAtFault
from examiner.notebook import cells
from examiner.notebook.syntax import bound_names
from examiner.publishing.gate import find_leaks, secrets_of
from examiner.publishing.release import write_release
from examiner.verdict import SubmissionState, TestState
from neurocourse.standing import check_label
from tests.exercises import bank
from tests.exercises.new import FILL_IN
from tests.notebooks.rehearsal import answers

BLANK = "This exercise is not filled in yet."
_HEADING = re.compile(r"^#+ [^`\n]*`(\w+)` \((.*)\)$", re.MULTILINE)


@dataclass(frozen=True)
class Exercise:
    """An exercise of a course, with the notebook that it stands in."""

    course: Course
    assignment: Assignment
    name: str
    source: Any

    @property
    def cells(self):
        """Its own cells: solution, tests, written answer."""
        return [cell for cell in self.source.cells if cells.exercise_name(cell) == self.name]

    @property
    def tests(self):
        """Its test cells; one that a person grades has none."""
        return [cell for cell in self.cells if cells.is_test(cell)]

    @property
    def solutions(self):
        """Its cells that hold the answer as code."""
        return [cell for cell in self.cells if cells.is_solution(cell) and not cells.is_written(cell)]


def find_exercise(course, name):
    """Return the exercise of this name; `CourseError` offers the nearest."""
    known = {}
    for assignment in course.assignments:
        source = cells.read_notebook(course.path("source", assignment) / assignment.filename)
        for cell in source.cells:
            if cells.grade_id(cell):
                known.setdefault(cells.exercise_name(cell), (assignment, source))
    if name not in known:
        meant = did_you_mean(nearest(name, known))
        raise CourseError(f"no exercise is called {name!r}" + (f"; {meant}" if meant else ""))
    return Exercise(course, known[name][0], name, known[name][1])


def what_is_missing(exercise):
    """Return what an exercise lacks, as sentences."""
    with ThreadPoolExecutor(1) as other:
        rehearsed = other.submit(_try_answers, exercise)
        found = [*_points(exercise), *_objective(exercise), *_form(exercise), *_gates(exercise)]
        return [*found, *rehearsed.result()]


def _points(exercise):
    worth = points_of_exercises(exercise.source)
    own, total = worth.get(exercise.name, Points()), sum(worth.values(), Points())
    if own == Points():
        yield (
            "It is worth no points: give its test points in the property inspector, or extra credit by "
            '"bonus": 5 in the metadata of the cell.'
        )
    all_points = total.auto + total.written
    if all_points != 100:
        yield f"All points of {exercise.assignment.name} add up to {all_points:g}, expected 100."
    if total.auto < 60:
        yield f"Tests of {exercise.assignment.name} give {total.auto:g} points, expected 60 or more."
    for cell in exercise.source.cells:
        for name, said in _HEADING.findall(cell.source):
            announced = sum(map(int, re.findall(r"\d+", said)))
            if name == exercise.name and announced != own.auto + own.written + own.bonus:
                yield f"Its heading says ({said}), its cells say {own.auto + own.written + own.bonus:g}."


def _objective(exercise):
    named = [objective for objective, names in objectives(exercise.source) if exercise.name in names]
    if not named:
        yield f"No objective in the title cell names `{exercise.name}`."
    elif len(named) > 1:
        yield f"{len(named)} objectives in the title cell name `{exercise.name}`, expected one."


def _form(exercise):
    ids = [cell.id for cell in exercise.source.cells]
    for cell in exercise.cells:
        if ids.count(cell.id) > 1:
            yield f"{ids.count(cell.id)} cells have the id {cell.id}, expected one."
    yield from _form_of_solution(exercise)
    yield from _form_of_tests(exercise)
    yield from _left_to_fill_in(exercise)
    path = exercise.course.path("source", exercise.assignment) / exercise.assignment.filename
    page = exercise.course.root / "docs" / "objectives.md"
    if path.read_text(encoding="utf-8") != cells.canonical_text(exercise.source):
        yield f"{path.name} is not in its canonical form: run `make format`."
    elif not page.is_file() or page.read_text(encoding="utf-8") != objectives_page(exercise.course):
        yield "docs/objectives.md does not say what the notebooks say: run `make format`."


def _form_of_solution(exercise):
    if exercise.tests and not exercise.solutions:
        yield f"No cell is marked as the answer `{exercise.name}` (Autograded answer)."
    for cell in exercise.solutions:
        if "### BEGIN SOLUTION" not in cell.source or "### END SOLUTION" not in cell.source:
            yield f"The cell {cell.id} has no solution between ### BEGIN SOLUTION and ### END SOLUTION."
        if not bound_names(cell.source):
            yield f"The cell {cell.id} gives nothing a name by which its tests could find it."
        for node in _tree(cell).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not ast.get_docstring(node):
                yield f"`{node.name}` has no docstring: say what it promises, with shapes and units."
    if exercise.solutions and not exercise.tests:
        yield f"No cell tests it: add one with the id {exercise.name}-test (Autograded tests)."
    for cell in exercise.cells:
        if cells.is_written(cell) and "=== BEGIN MARK SCHEME ===" not in cell.source:
            yield f"The cell {cell.id} has no mark scheme for those who grade it."


def _tree(cell):
    try:
        return ast.parse(cell.source)
    except SyntaxError:
        return ast.Module([], [])


def _form_of_tests(exercise):
    labels = [check_label(cell.source) for cell in exercise.source.cells if cells.is_test(cell)]
    for cell in exercise.tests:
        label = check_label(cell.source)
        visible = cells.without_hidden_tests(cell.source)
        if check_label(visible).partition(" ")[0] != exercise.name:
            yield (
                f"The visible part of {cell.id} does not end in "
                f'print("{exercise.name}: all visible checks pass.").'
            )
        elif labels.count(label) > 1:
            yield f"{labels.count(label)} test cells print “{label}: all visible checks pass.”, expected one."
        if visible == cell.source:
            yield f"{cell.id} has no hidden part between ### BEGIN HIDDEN TESTS and ### END HIDDEN TESTS."
        if "checks." not in visible:
            yield f"The visible part of {cell.id} checks nothing: show a small example with its result."


def _left_to_fill_in(exercise):
    own = {cell.id for cell in exercise.cells} | {f"{exercise.name}-task"}
    for cell in exercise.source.cells:
        if cell.id in own and FILL_IN in cell.source:
            places = bank.counted(cell.source.count(FILL_IN), "place")
            yield f"The cell {cell.id} still says {FILL_IN}, in {places}."
    for path in answers(exercise.assignment.name, exercise.name):
        if FILL_IN in path.read_text(encoding="utf-8"):
            yield f"{bank.name_of(path)}.py still says {FILL_IN}."


def _gates(exercise):
    """Yield what is wrong with what students get, and with how it and the solution are graded."""
    with tempfile.TemporaryDirectory() as folder:
        copy = _copy(exercise.course, Path(folder))
        try:
            release = write_release(copy, exercise.assignment, in_gradebook=False)
        except ExaminerError as error:
            yield f"The student's notebook cannot be made, so nothing was graded: {error}"
            return
        yield from _release(exercise, release)
        if exercise.tests:
            yield from _graded(exercise, read_exam(copy, exercise.assignment))


def _copy(course, root):
    """Return the course in a folder that has its source, and into which a release may be written."""
    for name in ("course.toml", "nbgrader_config.py"):
        shutil.copy(course.root / name, root)
    (root / "source").symlink_to(course.root / "source")
    return replace(course, root=root)


def _release(exercise, release):
    committed = exercise.course.path("release", exercise.assignment) / exercise.assignment.filename
    if not committed.is_file() or committed.read_bytes() != release.read_bytes():
        shown = committed.relative_to(exercise.course.root)
        yield f"{shown} is not what the source makes: run `make release`."
    own = {f"source/{exercise.assignment.name}, cell {cell.id}" for cell in exercise.cells}
    folder = f"tests/answers/{exercise.assignment.name}/{exercise.name}/"
    secrets = [
        secret
        for secret in secrets_of(exercise.course)
        if secret.origin in own or secret.origin.startswith(folder)
    ]
    modules = sorted((exercise.course.root / "neurocourse").rglob("*.py"))
    files = {path.relative_to(exercise.course.root).as_posix(): path.read_bytes() for path in modules}
    for leak in find_leaks({release.name: release.read_bytes(), **files}, secrets):
        yield f"Students would get a line that gives it away, in {leak}."


def _graded(exercise, exam):
    """Yield how the solution misses points, and how the release as it is handed out earns some."""
    with local_pool(2) as pool:
        futures = [pool.submit(job) for job in key_jobs(exam)]
        try:
            solved, blank = (future.result().verdict for future in futures)
        except (ExaminationDied, GraderAtFault) as error:
            yield f"Its solution could not be graded: {str(error).strip().splitlines()[-1]}"
            return
    for what, verdict in (("solution", solved), ("release", blank)):
        if verdict.state is not SubmissionState.GRADED:
            yield f"The {what} could not be graded: {verdict.reason}"
            return
    for test in solved.tests:
        if test.state is not TestState.PASSED:
            yield f"The solution does not pass {test.grade_id}: {test.message}"
    for test in blank.tests:
        if test.exercise == exercise.name and test.state is TestState.PASSED:
            yield f"{test.grade_id} passes although nothing is filled in."
        elif test.exercise == exercise.name and test.message != BLANK:
            yield f"Where nothing is filled in, {test.grade_id} says “{test.message}”, expected “{BLANK}”"


def _try_answers(exercise):
    """Return what the bank lacks, and how its answers fare that are not as they should be."""
    if not exercise.tests:
        return []
    found = list(bank.what_is_missing(exercise.assignment.name, exercise.name))
    there = answers(exercise.assignment.name, exercise.name)
    results = bank.rehearse(exercise.assignment.name, exercise.name) if there and exercise.solutions else {}
    for path in there if exercise.solutions else ():
        found += bank.judge(path, results[bank.name_of(path)])
    return found
