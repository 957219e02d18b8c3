"""Checks an examination's outcome as if a student had written it.

An examination runs tests beside what a student's code returns. Should that code ever take over the
examination, the student chooses what comes back. So the recording side believes next to nothing of it. It
takes points from the exam. Each test must be one of the exam's and says only whether it passed. Texts are
short, and the notebook is cells of the release with what they show.

    outcome, as it came ─▶ tests, written answers, sentences, notebook: each checked or made anew ─▶ outcome
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import nbformat

from examiner.exam.examination import exam_tests
from examiner.exam.jobs import Job, Outcome
from examiner.inside.protocol import ProtocolError
from examiner.intake.attachments import kept_attachments
from examiner.notebook import cells
from examiner.notebook.outputs import kept_outputs
from examiner.verdict import SubmissionState, TestResult, TestState, Verdict, WrittenAnswer

MAX_NOTEBOOK = 100_000_000
_MAX_CELLS = 20_000
_MAX_SENTENCES = 1_000
_LONGEST = 4_000
_MAX_COUNT = 1_000_000
_DIGEST = re.compile(r"[0-9a-f]{0,64}")
_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")
_KINDS = ("code", "markdown", "raw")


def checked(outcome: Outcome, job: Job, source: Any, released: Any) -> Outcome:
    """Return an outcome in which nothing is left to whoever wrote it but what a submission may differ in.

    `ProtocolError` says what no examination of this job would say.
    """
    verdict = _checked_verdict(outcome.verdict, job, source, released)
    notebook = _checked_notebook(outcome.notebook, released, graded=verdict.state is SubmissionState.GRADED)
    n_run = min(max(outcome.n_run, 0), len(verdict.tests))
    return Outcome(verdict, notebook, n_run, outcome.seconds)


def _checked_verdict(verdict: Verdict, job: Job, source: Any, released: Any) -> Verdict:
    tests = _checked_tests(verdict.tests, exam_tests(source))
    if verdict.state is not SubmissionState.GRADED and any(t.state is TestState.PASSED for t in tests):
        raise ProtocolError("a test that passed in a submission that was not graded")
    return Verdict(
        student=job.student,
        assignment=job.exam.assignment.name,
        state=verdict.state,
        reason=_text(verdict.reason),
        tests=tests,
        repairs=_sentences(verdict.repairs),
        notes=_sentences(verdict.notes),
        written=_checked_answers(verdict.written, released),
        digest=job.digest,
        firm=verdict.firm is True,
    )


def _checked_tests(said: tuple[TestResult, ...], tests: tuple[TestResult, ...]) -> tuple[TestResult, ...]:
    """Return the exam's tests, each with the state, the message and the key that are said of it."""
    if [test.grade_id for test in said] != [test.grade_id for test in tests]:
        raise ProtocolError("other tests than those of the exam")
    if not all(_DIGEST.fullmatch(result.key) for result in said):
        raise ProtocolError("a key of a test that is none")
    return tuple(
        replace(
            test,
            state=result.state,
            message=_text(result.message),
            key=result.key,
            only_hidden=result.only_hidden is True,
        )
        for test, result in zip(tests, said, strict=True)
    )


def _checked_answers(said: tuple[WrittenAnswer, ...], released: Any) -> tuple[WrittenAnswer, ...]:
    names = [cells.grade_id(cell) for cell in released.cells if cells.is_written(cell)]
    if said and [answer.grade_id for answer in said] != names:
        raise ProtocolError("other written answers than those of the exam")
    if not all(_DIGEST.fullmatch(answer.digest) for answer in said):
        raise ProtocolError("a digest of an answer that is none")
    return tuple(WrittenAnswer(a.grade_id, a.answered is True, a.digest) for a in said)


def _sentences(said: Iterable[Any]) -> tuple[str, ...]:
    return tuple(_text(sentence) for sentence in list(said)[:_MAX_SENTENCES])


def _text(said: Any) -> str:
    """Return a text as it may be shown: so long at most, without what would act on a terminal or a page."""
    if type(said) is not str:
        raise ProtocolError("a sentence that is no text")
    return "".join(letter if letter.isprintable() or letter == "\n" else " " for letter in said[:_LONGEST])


def _checked_notebook(text: str, released: Any, *, graded: bool) -> str:
    """Return the notebook's text, made anew of its cells, what they show, and what the release says."""
    if len(text) > MAX_NOTEBOOK:
        raise ProtocolError("a notebook that is too large")
    try:
        said = json.loads(text)["cells"]
    except (LookupError, RecursionError, TypeError, ValueError):
        raise ProtocolError("a graded notebook that is none") from None
    if type(said) is not list or len(said) > _MAX_CELLS:
        raise ProtocolError("a graded notebook without cells")
    of_exam = (
        {cells.grade_id(cell): cell for cell in released.cells if cells.grade_id(cell)} if graded else {}
    )
    made = [_checked_cell(cell, of_exam) for cell in said]
    found = [cells.grade_id(cell) for cell in made if cells.grade_id(cell)]
    if sorted(found) != sorted(of_exam):
        raise ProtocolError("a graded notebook with other graded cells than those of the exam")
    notebook = nbformat.from_dict({"nbformat": 4, "nbformat_minor": 5, "cells": made})
    notebook.metadata = nbformat.from_dict(dict(released.metadata)) if graded else nbformat.from_dict({})
    return str(nbformat.writes(notebook))


def _checked_cell(said: Any, of_exam: dict[str, Any]) -> Any:
    if type(said) is not dict or said.get("cell_type") not in _KINDS:
        raise ProtocolError("a cell that is none")
    name, source = said.get("id"), said.get("source")
    text = "".join(source) if type(source) is list and all(type(s) is str for s in source) else source
    if type(text) is not str or type(name) is not str or not _ID.fullmatch(name):
        raise ProtocolError("a cell without a text or a name")
    cell: dict[str, Any] = {"cell_type": said["cell_type"], "id": name, "source": text, "metadata": {}}
    metadata = said.get("metadata")
    settings = metadata.get("nbgrader") if type(metadata) is dict else None
    grade_id = settings.get("grade_id") if type(settings) is dict else None
    if type(grade_id) is str and grade_id in of_exam:
        cell["metadata"] = dict(of_exam[grade_id].metadata)
    if pictures := kept_attachments(said.get("attachments")) if said["cell_type"] == "markdown" else None:
        cell["attachments"] = pictures
    if said["cell_type"] == "code":
        mended = metadata.get(cells.MENDED) if type(metadata) is dict else None
        if type(mended) is str:
            cell["metadata"] = cell["metadata"] | {cells.MENDED: mended}
        count = said.get("execution_count")
        cell["execution_count"] = count if type(count) is int and 0 <= count <= _MAX_COUNT else None
        cell["outputs"] = kept_outputs(said.get("outputs"))
    return nbformat.from_dict(cell)
