"""Collects the answers that were refused without a hint for their own mistake, cleaned, and counts them.

    verdicts ─▶ refused with a general hint ─▶ the answer in the graded notebook ─▶ cleaned ─▶ counted

Answers that are the same when they are cleaned are one candidate. From here on nothing says whose one was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from examiner.apart import Failures
from examiner.course.facts import Assignment, Course
from examiner.errors import NotebookError
from examiner.harvest.cleaning import Vocabulary, cleaned, vocabulary_of
from examiner.harvest.recorder import digest_of
from examiner.notebook import cells
from examiner.results.attendance import departed
from examiner.results.hints import hint_of, is_general, known_hints
from examiner.results.report import read_verdicts
from examiner.verdict import SubmissionState, TestResult, TestState, Verdict

_RAN = "Your code raised "  # and not: the cell that should define it failed


@dataclass(frozen=True)
class Candidate:
    """A cleaned answer, what its students read, how many they are; `seen` if visible checks refused it.

    `hint` is what they read without its values, `said` a hash of all of it; empty where there were none.
    """

    exercise: str
    answer: str
    hint: str
    seen: bool
    said: str
    n_students: int


@dataclass
class Found:
    """The candidates of an assignment, and how many answers could not be read as code."""

    candidates: tuple[Candidate, ...] = ()
    n_unreadable: int = 0
    failures: Failures = field(default_factory=Failures)


def collect(course: Course, assignment: Assignment) -> Found:
    """Return the answers to an assignment that no hint knew, those of most students first."""
    found = Found()
    left = departed(course)
    source, released = (
        cells.read_notebook(course.path(step, assignment) / assignment.filename)
        for step in ("source", "release")
    )
    known, vocabulary = known_hints(source), vocabulary_of(source, released)
    counts: Counter[tuple[str, str, str, bool, str]] = Counter()
    for verdict in read_verdicts(course, assignment, found.failures):
        if verdict.state is SubmissionState.GRADED and verdict.student not in left:
            with found.failures.apart(verdict.student):
                for key in _unknown(course, assignment, verdict, known, vocabulary):
                    counts[key] += bool(key[1])
                    found.n_unreadable += not key[1]
    ordered = sorted((each for each in counts.items() if each[1]), key=lambda each: (-each[1], each[0]))
    found.candidates = tuple(Candidate(*key, n_students=number) for key, number in ordered)
    return found


def _unknown(
    course: Course,
    assignment: Assignment,
    verdict: Verdict,
    known: Mapping[str, frozenset[str]],
    vocabulary: Vocabulary,
) -> Iterator[tuple[str, str, str, bool, str]]:
    """Yield exercise, cleaned answer, hint, whether visible checks refused it, and what was said.

    There is no text where the answer is no Python.
    """
    refused = {}
    for name, tests in verdict.by_exercise().items():
        if test := _first(tests, known.get(name, frozenset())):
            refused[name] = test
    if not refused:
        return
    path = course.path("autograded", assignment, verdict.student) / assignment.filename
    try:
        notebook = cells.read_notebook(path)
    except NotebookError:
        return
    code = {cells.grade_id(cell): cells.as_run(cell) for cell in notebook.cells if cell.cell_type == "code"}
    for name, test in refused.items():
        if name in code:
            text = cleaned(code[name], vocabulary) or ""
            hint = hint_of(test.message)
            said = "" if hint == test.message else digest_of(test.message)
            yield name, text, hint, not test.only_hidden, said


def _first(tests: list[TestResult], known: frozenset[str]) -> TestResult | None:
    """Return the first test that refused an answer, if no hint knew why and the answer itself did run."""
    first = next((test for test in tests if test.state is not TestState.PASSED), None)
    if first is None or not is_general(first, known):
        return None
    ran = first.state is TestState.FAILED or first.message.startswith(_RAN)
    return first if ran else None
