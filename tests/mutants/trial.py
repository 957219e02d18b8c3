"""What becomes of mutants: the tests of their own exercise, in the solved notebook, as they would be graded.

    Stop ─▶ the right answers themselves, which must pass and say how long that takes
         ─▶ their mutants, each with little more time than that, up to the first test that refuses it
         ─▶ those that pass, compared with the right answers on data beyond the tests' (`likeness`)

What refuses a mutant kills it: a failed check, an error, time or memory that it uses up. One that passes and
differs from the right answers somewhere is a survivor; one that differs nowhere is `alike`.
"""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from examiner.exam.examination import exam_tests
from examiner.exam.notebook_run import result
from examiner.notebook import cells
from examiner.sandbox.student_client import StudentGone
from tests.mutants.comparison import prepared
from tests.mutants.making import Mutant
from tests.notebooks.bank import RefusedAnswer, modules_of, right_answers
from tests.notebooks.rehearsal import N_PROCESSES, Candidate, Stop

# An endless loop should cost little, a slow machine should kill nothing.
_LEAST_SECONDS, _TIMES_AS_LONG = 3.0, 6.0
_SECONDS_OF_ANSWERS = 60.0  # by the clock, on a machine that others may use
_NOT_COMPARED = "It could not be compared with right answers, which did not come to an end: {}."
SURVIVED, ALIKE, CRASHED, TIMED_OUT = "survived", "alike", "crashed", "timed_out"


@dataclass(frozen=True)
class Fate:
    """What became of a mutant: the state and the message of the test that killed it, or its survival.

    Of a survivor the message says on which data it differs from the right answers.
    """

    mutant: Mutant
    state: str
    test: str = ""
    message: str = ""

    @property
    def survived(self):
        """Whether every test passed although it does something else."""
        return self.state == SURVIVED


def fates(stop: Stop, mutants: Iterable[Mutant], n_processes=N_PROCESSES) -> Iterator[Fate]:
    """Yield what became of each mutant of the answers to an exercise, in the order in which they end."""
    mutants = list(mutants)
    right = {answer.name: answer for answer in right_answers(stop.assignment, stop.solution)}
    used = {mutant.answer for mutant in mutants}
    seconds = _seconds_of_answers(stop, [right[name] for name in used], n_processes)
    modules = {name: modules_of(right[name].source) for name in used}

    def candidate(mutant):
        return Candidate(mutant.name, (mutant.source,), seconds[mutant.answer], modules[mutant.answer])

    passed = []
    for mutant, seen in _each(stop, mutants, candidate, _killed_by(stop), n_processes):
        if seen[0] == SURVIVED:
            passed.append(mutant)
        else:
            yield Fate(mutant, *seen)
    if passed:  # only then: right answers take long to compare
        sources = {name: answer.source for name, answer in right.items()}
        try:
            known = prepared(stop.student, stop.solution.source, sources)
        except StudentGone as gone:
            yield from (Fate(mutant, SURVIVED, "", _NOT_COMPARED.format(gone)) for mutant in passed)
            return
        compared = _compared_with(known, {mutant.name: mutant.answer for mutant in passed})
        for mutant, seen in _each(
            replace(stop, student=known.student), passed, candidate, compared, n_processes
        ):
            yield Fate(mutant, *seen)
        known.student.end()


def _each(stop, mutants, candidate, examine, n_processes):
    """Yield each mutant with its state, and the name and the message of the test that killed it."""
    mutants = {mutant.name: mutant for mutant in mutants}
    candidates = map(candidate, mutants.values())
    tried = stop.try_each(candidates, examine, n_processes, doubtful=_is_doubtful)
    for each, seen in tried:
        yield mutants[each.name], seen or (CRASHED, "", "The process of the test ended.")


def _is_doubtful(seen):
    return seen[0] in (CRASHED, TIMED_OUT)  # others may use the machine


def _compared_with(known, answers):
    """Return what compares a mutant that passed with right answers; `answers` has the name of its own."""

    def examine(candidate, run, notebook_cells):
        run.run_all(notebook_cells[:1])  # its tests ran before
        difference = known.first_difference(run, answers[candidate.name])
        return (SURVIVED, "", difference) if difference else (ALIKE, "", "")

    return examine


def _seconds_of_answers(stop, answers, n_processes):
    """Return how long the mutants of each answer may take; raise `RefusedAnswer` where one does not pass."""

    killed_by = _killed_by(stop)

    def examine(candidate, run, notebook_cells):
        begun = time.monotonic()
        return [killed_by(candidate, run, notebook_cells), time.monotonic() - begun]

    candidates = [
        Candidate(answer.name, (answer.source,), _SECONDS_OF_ANSWERS, modules_of(answer.source))
        for answer in answers
    ]
    seconds = {}
    for candidate, seen in stop.try_each(candidates, examine, n_processes):
        killed, took = seen or ((CRASHED, "", "The process of the test ended."), 0)
        if killed[0] != SURVIVED:
            raise RefusedAnswer(
                f"{stop.assignment}, {stop.exercise}: the right answer {candidate.name} does not pass its "
                f"own tests, so its mutants would tell nothing. {killed[1]}: {killed[2]}"
            )
        seconds[candidate.name] = max(_LEAST_SECONDS, _TIMES_AS_LONG * took)
    return seconds


def _killed_by(stop):
    """Return what runs a candidate and its tests: to state, name and message of the first that refuses it."""
    all_cells = stop.source.cells
    tests = [cell for cell in all_cells if cells.is_test(cell)]
    own = [
        (cell, test)
        for cell, test in zip(tests, exam_tests(stop.source), strict=True)
        if test.exercise == stop.exercise
    ]
    after = len(all_cells) - 1 - max(all_cells.index(cell) for cell, _ in own)

    def examine(_, run, notebook_cells):
        run.run_all(notebook_cells[: len(notebook_cells) - after])
        for cell, test in own:
            whole = run.attempt(test.grade_id, cell.source)
            if whole.error is not None:
                ended = result(test, whole, None)
                return ended.state.value, test.grade_id, ended.message
        return SURVIVED, "", ""

    return examine
