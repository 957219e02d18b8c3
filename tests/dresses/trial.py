"""What becomes of a dressed answer: its own tests, and then the cells below that take what it gives.

Stop ─▶ the dressed answer's cells ─▶ its own tests: all must accept it
     ─▶ the cells below that use it: none may die ─▶ the tests among them: none may refuse what it gives
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from examiner.exam.examination import exam_tests
from examiner.exam.notebook_run import result
from examiner.notebook import cells
from examiner.notebook.syntax import bound_names
from tests.dresses.below import deaths, touched_cells
from tests.dresses.wardrobe import Dressed
from tests.notebooks.rehearsal import N_PROCESSES, SECONDS_PER_CANDIDATE, Candidate, Stop

_DOUBTFUL = ("(crashed)", "(timed_out)", "OutOfTime", "nothing of it counts")


@dataclass(frozen=True)
class Fitting:
    """What became of a dressed answer: what refused it, and which cells below died of it.

    `elsewhere` are those that died within the answer to another exercise.
    """

    dressed: Dressed
    refused: str = ""
    died: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()


def fittings(stop: Stop, dressed: Iterable[Dressed], n_processes=N_PROCESSES) -> Iterator[Fitting]:
    """Yield what became of each dressed answer to an exercise, in the order in which they end."""
    dressed = {each.name: each for each in dressed}
    trial = _Trial(stop)
    candidates = [
        Candidate(each.name, each.sources, SECONDS_PER_CANDIDATE, each.modules) for each in dressed.values()
    ]  # no dress is about time, and the machine may be busy

    def examine(candidate, run, notebook_cells):
        refused = trial.own(run, notebook_cells)
        died, elsewhere = ([], [])
        if not refused and dressed[candidate.name].shows:
            died, elsewhere = trial.below(run, notebook_cells)
        return [refused, died, elsewhere]

    for candidate, seen in stop.try_each(candidates, examine, n_processes, doubtful=_is_doubtful):
        refused, died, elsewhere = seen or ("The process of the test ended.", [], [])
        yield Fitting(dressed[candidate.name], refused, tuple(died), tuple(elsewhere))


def _is_doubtful(seen):
    return any(word in str(seen) for word in _DOUBTFUL)


class _Trial:
    """The cells of an exercise and those below it, and what they make of a candidate."""

    def __init__(self, stop):
        tests = [cell for cell in stop.source.cells if cells.is_test(cell)]
        self._tests = dict(zip(map(cells.grade_id, tests), exam_tests(stop.source), strict=True))
        below = stop.source.cells[stop.place + 1 :]
        self._own = [cell for cell in below if cells.is_test(cell) and _is_of(stop.exercise, cell)]
        self._n_after = len(below) - 1 - below.index(self._own[-1])
        touched = touched_cells(stop.solution, below[len(below) - self._n_after :])
        self._touched = {cell.id for cell in touched}
        solutions = [
            cell for cell in stop.source.cells if cells.is_solution(cell) and not _is_of(stop.exercise, cell)
        ]
        self._functions = frozenset().union(*(bound_names(cell.source) for cell in solutions))

    def own(self, run, notebook_cells):
        """Run the candidate and its own tests; return in words what refuses it."""
        own = notebook_cells[: len(notebook_cells) - self._n_after]
        run.run_all(own)
        return " ".join([*map(str, deaths(_code(own))), *self._refusals(run, self._own)])

    def below(self, run, notebook_cells):
        """Run what takes what the candidate gives; return what died of it, and what in other answers."""
        rest = notebook_cells[len(notebook_cells) - self._n_after :]
        rest = [cell for cell in rest if cell.id in self._touched]
        run.run_all(rest)
        found = deaths(_code(rest), self._functions)
        died = [str(death) for death in found if not death.within]
        elsewhere = [str(death) for death in found if death.within]
        return [*died, *self._refusals(run, filter(cells.is_test, rest))], elsewhere

    def _refusals(self, run, test_cells):
        """Return in words which of some tests do not pass."""
        refused = []
        for cell in test_cells:
            whole = run.attempt(cells.grade_id(cell), cell.source)
            if whole.error is not None:
                ended = result(self._tests[cells.grade_id(cell)], whole, None)
                refused.append(f"{ended.grade_id} ({ended.state.value}): {ended.message}")
        return refused


def _is_of(exercise, cell):
    return cells.exercise_name(cell) == exercise


def _code(notebook_cells):
    return [cell for cell in notebook_cells if not cells.is_test(cell)]
