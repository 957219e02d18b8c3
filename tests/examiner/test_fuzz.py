"""Notebooks and cells of all kinds, made by chance, from the file that is handed in to the student's page.

    bytes ─▶ read ─▶ repaired ─▶ what need not run ─▶ marks ─▶ graded notebook ─▶ feedback page

Nothing is run here. Nothing may be raised, whatever the bytes are, and nothing may take long. A number in the
environment variable FUZZ makes so many times as many examples, other ones each time. What such a run finds is
written into `FOUND_TEXTS` and `FOUND_NOTEBOOKS`.
"""

import json
import os
import time
from contextlib import contextmanager
from dataclasses import replace

import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from examiner.batch.store import keep
from examiner.course.facts import read_course
from examiner.errors import Unreadable
from examiner.exam import examination
from examiner.exam.causes import why_it_failed
from examiner.exam.examination import Conditions, exam_tests, show_results
from examiner.exam.jobs import Outcome
from examiner.exam.selection import idle_cells
from examiner.exam.tasks import written_answers
from examiner.gradebook.marks import Mark, mark_all
from examiner.gradebook.scores import Score
from examiner.intake.files import File, Files
from examiner.intake.letters import mended_letters
from examiner.intake.mending import mended
from examiner.intake.needless import around
from examiner.intake.repair import repair
from examiner.intake.submission import read_submission
from examiner.notebook import cells
from examiner.notebook.outputs import kept_outputs
from examiner.notebook.syntax import bound_names, is_python, needed_names, parsed, plain
from examiner.publishing.release import solution
from examiner.results.feedback import _page, _Task, _Writing
from examiner.results.feedback_page import Lesson
from examiner.verdict import SubmissionState, TestState, Verdict
from tests.examiner.attacks import handlers_and_links
from tests.examiner.odd_code import ODD_CODE
from tests.examiner.odd_notebooks import anything, changes, outputs, texts

TIMES = int(os.environ.get("FUZZ", "1"))
# Examples are long, and Hypothesis warns that it shows them.
pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")
FUZZING = settings(
    derandomize=TIMES == 1,
    deadline=None,
    max_examples=300 * TIMES,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
)
SECONDS = 5

# Texts and notebooks that once raised an error or took long.
FOUND_TEXTS = [*ODD_CODE.values(), "%%timeit -n 3def add(a, b):"]
FOUND_NOTEBOOKS = {
    "cells of null": {"cells": [None, 3, [], "x"]},
    "attachments of null": {"cells": [{"cell_type": "markdown", "source": "x", "attachments": {"a": None}}]},
    "long cells that many things break": {
        "cells": [{"cell_type": "code", "source": "(\t\u00a0“a” − b\n" * 1_500 + str(n)} for n in range(20)]
    },
}


@pytest.fixture(scope="module")
def tiny(released_course, tmp_path_factory):
    """A copy of the tiny course, its notebooks, and its solved one as plain data."""
    course = read_course(released_course)
    course = replace(course, root=tmp_path_factory.mktemp("fuzz"))
    return Tiny(read_course(released_course), course)


class Tiny:
    def __init__(self, made, course):
        self.course, (self.assignment,) = course, made.assignments
        self.source = cells.read_notebook(made.path("source", self.assignment) / self.assignment.filename)
        self.released = cells.read_notebook(made.path("release", self.assignment) / self.assignment.filename)
        self.solved = json.loads(nbformat.writes(solution(made, self.assignment)))
        self.marks = [Mark(name) for name in ("add-test", "double-test", "why")]

    def graded(self, content, said):
        """Return the verdict on these bytes and the notebook that is kept, as grading makes them unrun."""
        tests = exam_tests(self.source)
        verdict = Verdict("ada", self.assignment.name, SubmissionState.UNREADABLE, tests=tests)
        try:
            handed_in = read_submission(Files((File("adding.ipynb", content),)), self.assignment)
        except Unreadable as error:
            return replace(verdict, reason=str(error)), nbformat.v4.new_notebook()
        repaired = repair(handed_in.notebook, self.released)
        verdict = replace(verdict, repairs=(*handed_in.repairs, *repaired.repairs))
        if repaired.doubts:
            doubts = " ".join(repaired.doubts)
            verdict = replace(verdict, state=SubmissionState.NEEDS_REVIEW, reason=doubts)
            return verdict, nbformat.v4.new_notebook()
        notebook = repaired.notebook
        idle = idle_cells(notebook, self.released, examination.test_cells(self.source))
        keys = examination._keys(notebook, self.source, idle, Conditions(self.course.limits))
        examination._show_idle(notebook, idle)
        for cell in notebook.cells:
            if cell.cell_type == "code" and cell.id not in idle:
                cell.outputs = kept_outputs(said)
                why_it_failed(cell.source, cell.outputs)
        state, told = TestState.FAILED, "No."
        failed = [replace(test, state=state, message=told, key=keys[test.grade_id]) for test in tests]
        show_results(notebook, failed)
        written = written_answers(notebook, self.released)
        return replace(verdict, state=SubmissionState.GRADED, tests=tuple(failed), written=written), notebook

    def page(self, verdict, notebook):
        """Keep a graded notebook and return the student's page."""
        marks = mark_all(self.marks, verdict)
        keep(self.course, self.assignment, Outcome(verdict, nbformat.writes(notebook), 0))
        earned = {mark.cell: mark.score for mark in marks}
        score = Score("ada", self.assignment.name, 0, 100, 0, 0, 0, {}, {}, earned)
        folder = self.course.path("autograded", self.assignment, "ada")
        writing = _Writing(self.course, Lesson(self.assignment, {}, {}, {}), "")
        return _page(writing, verdict, _Task("ada", folder, score, {}, folder / "page.html"))


@contextmanager
def in_time():
    begun = time.monotonic()
    yield
    assert time.monotonic() - begun < SECONDS


def comes_through(tiny, notebook, said=()):
    """Let a notebook go all the way from the file to the page."""
    with in_time():
        content = json.dumps(notebook).encode()
        verdict, graded = tiny.graded(content, list(said))
        assert sum(map(len, (verdict.reason, *verdict.repairs))) < 100_000
        nbformat.validate(graded)
        page = tiny.page(verdict, graded)
        assert set(handlers_and_links(page)) <= {"style"}
        assert Verdict.from_json(verdict.to_json()) == verdict


@FUZZING
@given(
    changed=st.lists(st.tuples(st.integers(0, 7), changes), max_size=4),
    added=st.lists(st.tuples(st.integers(0, 8), changes), max_size=4),
    dropped=st.sets(st.integers(0, 7), max_size=3),
    rest=st.fixed_dictionaries({}, optional={"metadata": anything, "nbformat": anything}),
    said=outputs,
)
def test_a_notebook_that_somebody_changed_comes_through(tiny, changed, added, dropped, rest, said):
    notebook = json.loads(json.dumps(tiny.solved)) | rest
    for index, change in changed:
        notebook["cells"][index] |= change
    notebook["cells"] = [cell for index, cell in enumerate(notebook["cells"]) if index not in dropped]
    for index, change in added:
        notebook["cells"].insert(index, {"cell_type": "code", "source": "", "metadata": {}} | change)
    comes_through(tiny, notebook, said)


@FUZZING
@given(text=texts)
def test_any_text_of_a_cell_is_read_and_mended(text):
    is_read_and_mended(text)


@pytest.mark.parametrize("text", FOUND_TEXTS)
def test_texts_that_once_failed_are_read_and_mended(text):
    is_read_and_mended(text)


def is_read_and_mended(text):
    with in_time():
        clean = text.replace("\0", "").encode("utf-8", "replace").decode()
        bound_names(clean), needed_names(clean), is_python(clean), why_it_failed(clean, [])
        mended_letters(clean)
        code, said = mended(clean, around(["import math"], [clean]))
        assert code == clean or said
        assert plain(code) is not None
        assert (parsed(code) is not None) >= (parsed(clean) is not None)


@pytest.mark.parametrize("text", FOUND_TEXTS)
def test_texts_that_once_failed_come_through_as_answers_and_as_added_cells(tiny, text):
    notebook = json.loads(json.dumps(tiny.solved))
    for cell in notebook["cells"]:
        if cell["id"] in ("add", "why"):
            cell["source"] = text
    notebook["cells"].insert(4, {"cell_type": "code", "source": text, "metadata": {}, "outputs": []})
    comes_through(tiny, notebook)


@pytest.mark.parametrize("notebook", FOUND_NOTEBOOKS.values(), ids=FOUND_NOTEBOOKS)
def test_notebooks_that_once_failed_come_through(tiny, notebook):
    comes_through(tiny, notebook)


@FUZZING
@given(content=st.binary(max_size=300) | texts.map(lambda text: text.encode("utf-16", "replace")))
def test_any_bytes_come_through(tiny, content):
    with in_time():
        verdict, graded = tiny.graded(content, [])
        assert verdict.state is SubmissionState.UNREADABLE or graded.cells
        tiny.page(verdict, graded)
