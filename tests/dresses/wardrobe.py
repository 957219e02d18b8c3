"""Every dress that there is, and the right answers of an exercise, each in every dress that it may wear."""

import ast
import importlib.util
from dataclasses import dataclass

from examiner.notebook import cells
from tests.dresses.dress import Dress
from tests.dresses.functions import FUNCTIONS
from tests.dresses.inputs import INPUTS
from tests.dresses.results import RESULTS
from tests.dresses.texts import TEXTS, calls_of_earlier_functions
from tests.notebooks.bank import SOLUTION, modules_of, right_answers
from tests.notebooks.promises import promise_of

UNDRESSED = "as it is"


@dataclass(frozen=True)
class Dressed:
    """A right answer in a dress; `shows` says whether the cells below have to be looked at.

    `modules` are what the answer imports, and what its dress needs.
    """

    answer: str
    dress: str
    sources: tuple[str, ...]
    shows: bool
    modules: frozenset[str] = frozenset()

    @property
    def name(self):
        """What it is called."""
        return f"{self.answer}: {self.dress}"


def dresses_for(source, place):
    """Return the dresses that the docstring of the solution cell at this place allows for."""
    promise = promise_of(source.cells[place].source)
    earlier = calls_of_earlier_functions(_signatures(source.cells[:place]))
    return [dress for dress in (*RESULTS, *FUNCTIONS, *INPUTS, *TEXTS, *earlier) if dress.fits(promise)]


def dressed_answers(stop, exclusions):
    """Return each right answer as it is, and in each dress that is not excluded for it."""
    solution = stop.solution
    promise, found = promise_of(solution.source), []
    for answer in right_answers(stop.assignment, solution):
        seen, modules = {answer.source}, modules_of(answer.source)
        shows = not exclusions.exclude(UNDRESSED, answer.name)
        found.append(Dressed(answer.name, UNDRESSED, (answer.source,), shows, modules))
        for dress in dresses_for(stop.source, stop.place):
            if not _is_there(dress) or exclusions.exclude(dress.name, answer.name):
                continue
            sources = dress.put_on(answer.source, promise)
            if "\n".join(sources) not in seen:  # where there was nothing to dress
                seen.add("\n".join(sources))
                shows = dress.shows and answer.name == SOLUTION
                needed = modules | ({dress.needs} if dress.needs else set())
                found.append(Dressed(answer.name, dress.name, sources, shows, needed))
    return found


def _is_there(dress: Dress):
    return not dress.needs or importlib.util.find_spec(dress.needs) is not None


def _signatures(notebook_cells):
    """Return the names of the arguments of each function that solution cells define."""
    found = {}
    for cell in notebook_cells:
        if cells.is_solution(cell):
            for node in ast.parse(cell.source).body:
                if isinstance(node, ast.FunctionDef):
                    found[node.name] = [argument.arg for argument in node.args.args]
    return found
