"""Examines one submission: reads it, repairs it after the release, runs its cells, runs its tests.

    task ─▶ read ─▶ repaired after the release ─▶ examined ─▶ outcome

All of it happens in a process of its own, behind a wall of its own. It reads and writes only what the task
carries. Every fault of a student ends as a state of the verdict with a sentence. Where the machine or the
grader may be at fault, the state is `needs_review`: nobody gets 0 for that.
"""

from __future__ import annotations

import copy
import functools
import hashlib
import json
from dataclasses import replace
from typing import Any

import nbformat
from nbformat.v4 import new_markdown_cell, new_notebook

from examiner.errors import GraderAtFault, Unreadable
from examiner.exam import examination, libraries, selection
from examiner.exam.attempt import compiled
from examiner.exam.examination import Earlier
from examiner.exam.jobs import Exam, Outcome, Task
from examiner.exam.preimports import needed_by_tests
from examiner.inside.nursery_process import import_all
from examiner.intake.repair import repair
from examiner.intake.submission import read_submission
from examiner.notebook import cells
from examiner.sandbox.lending import lent_texts
from examiner.verdict import SubmissionState, TestState, Verdict, WrittenAnswer


def get_ready(common: Exam) -> None:
    """Work out what all submissions of an exam need, and remember it for the processes that are forked."""
    source, released = notebooks(common)
    import_all(needed_by_tests(source))
    repaired = repair(copy.deepcopy(released), released)
    selection.idle_cells(repaired.notebook, released, examination.test_cells(source))
    for cell in examination.test_cells(source):
        compiled(cell.source)
        lent_texts(cell.source)
        compiled(cells.without_hidden_tests(cell.source))


@functools.lru_cache(maxsize=8)
def notebooks(common: Exam) -> tuple[Any, Any]:
    """Return the source and the release; nobody changes them."""
    source, release = (nbformat.reads(text, 4) for text in (common.source, common.release))
    return source, release


def examine(common: Exam, task: Task, students: examination.Students) -> Outcome:
    """Grade a submission by student processes that `students` starts."""
    source, _ = notebooks(common)
    blank = Verdict(
        "", common.assignment.name, SubmissionState.UNREADABLE, tests=examination.exam_tests(source)
    )
    try:
        verdict, notebook, n_run = _examined(common, task, students, blank)
    except Unreadable as error:
        verdict, notebook, n_run = replace(blank, reason=str(error)), None, 0
    except GraderAtFault as error:
        state = SubmissionState.NEEDS_REVIEW
        verdict, notebook, n_run = replace(blank, state=state, reason=str(error), firm=False), None, 0
    return Outcome(verdict, nbformat.writes(notebook or in_its_place(verdict)), n_run)


def in_its_place(verdict: Verdict) -> Any:
    """Return the notebook that Formgrader shows for a submission that could not be examined."""
    return new_notebook(cells=[new_markdown_cell(f"**Not graded.** {verdict.reason}", id="not-graded")])


def _examined(
    common: Exam, task: Task, students: examination.Students, blank: Verdict
) -> tuple[Verdict, Any | None, int]:
    """Return the verdict, the graded notebook if there is one, and how many tests were run."""
    source, released = notebooks(common)
    handed_in = read_submission(task.files, common.assignment)
    repaired = repair(handed_in.notebook, released)
    mended = replace(blank, repairs=(*handed_in.repairs, *repaired.repairs))
    if repaired.doubts:
        state = SubmissionState.NEEDS_REVIEW
        return replace(mended, state=state, reason=" ".join(repaired.doubts)), None, 0
    libraries.check_answers(repaired.notebook)
    submission = examination.Submission(repaired.notebook, source, released)
    examined = examination.examine(submission, common.conditions, students, _earlier(task))
    verdict = replace(
        mended,
        state=SubmissionState.GRADED,
        tests=examined.tests,
        notes=examined.notes,
        firm=examined.firm,
        written=written_answers(repaired.notebook, released),
    )
    return verdict, examined.notebook, examined.n_run


def _earlier(task: Task) -> Earlier | None:
    if task.earlier is None or task.earlier.state is not SubmissionState.GRADED:
        return None
    results = {test.key: test for test in task.earlier.tests}
    passed = frozenset(test.grade_id for test in results.values() if test.state is TestState.PASSED)
    return Earlier(results, passed, nbformat.reads(task.shown, 4), task.earlier.notes)


def written_answers(notebook: Any, released: Any) -> tuple[WrittenAnswer, ...]:
    """Return which written answers a notebook holds; an unchanged cell does not count as an answer."""
    stubs = {cells.grade_id(cell): cell.source for cell in released.cells if cells.is_written(cell)}
    return tuple(
        WrittenAnswer(
            grade_id=cells.grade_id(cell),
            answered=cell.source.strip() not in ("", stubs.get(cells.grade_id(cell), "").strip()),
            digest=hashlib.sha256(_written(cell).encode(errors="replace")).hexdigest()[:16],
        )
        for cell in notebook.cells
        if cells.is_written(cell)
    )


def _written(cell: Any) -> str:
    """Return all that a person reads of a written answer: its text, and the pictures pasted into it."""
    pictures = cell.get("attachments")
    return str(cell.source) + (f"\0{json.dumps(pictures, sort_keys=True)}" if pictures else "")
