"""Compares mutants with right answers in the student process: the near end of `likeness`.

    student process ─▶ a fork in which the right answers have run in every case ─▶ forks of it, with a mutant
      ─▶ a cell for each case ─▶ what it prints

Each case is a cell, so that one that takes long costs itself alone.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from nbformat.v4 import new_code_cell

from examiner.notebook.syntax import bound_names
from examiner.sandbox.student_client import StudentClient
from tests.mutants.cases import STYLES
from tests.mutants.losses import LOSSES, SLACK
from tests.notebooks.promises import Promise, promise_of

_MARK = "compared: "
_MODULES = ("cases", "behaviour", "likeness")
_SECONDS = 30
_LEAST_CASES, _MOST_LATE = 6, 2


@dataclass(frozen=True)
class Prepared:
    """A student process that has run the right answers, and in which cases mutants are compared with them.

    Where each answer has its own way, a mutant is compared with its own answer.
    """

    student: StudentClient
    cases: tuple[int, ...]
    own: bool

    def first_difference(self, run, answer):
        """Return in words where what ran differs from the right answer and the solution, or an empty string.

        Where too little can be compared, that is returned: it is no likeness.
        """
        tried, late = 0, 0
        for case in self.cases:
            asked = f"_comparison.difference({case}, globals(), {answer!r}, own={self.own})"
            cell = new_code_cell(f"_tell({asked})", id="likeness")
            run.run(cell)
            problem, found = _problem(cell.outputs), _found(cell.outputs)
            if problem and not problem.startswith("OutOfTime"):
                return f"It could not be compared with right answers: {problem}"
            if found:
                return found
            late += bool(problem)
            tried += found is not None
        if late > _MOST_LATE or tried < min(_LEAST_CASES, len(self.cases)) or not tried:
            return f"It could be compared with right answers in {tried} cases alone; {late} took too long."
        return ""


def prepared(student, solution, answers):
    """Return a fork of a student process in which right answers ran; `answers` are their sources by name.

    Cases count which they settle. Where there are few of those, and for networks and random numbers, where
    each answer has its own way, all count in which the solution gives something.
    """
    student = StudentClient(*student.fork())
    spec = spec_of(solution)
    _told(student, _tools(spec, answers))
    number = len(STYLES) if spec["name"] else 1
    found = {case: _told(student, f"_tell(_comparison.prepare({case}))") for case in range(number)}
    settled = tuple(case for case, is_settled in found.items() if is_settled)
    given = tuple(case for case, is_settled in found.items() if is_settled is not None)
    alone = spec["is_class"] or any(a["kind"] == "rng" or a["name"] == "seed" for a in spec["arguments"])
    own = alone or len(settled) < min(_LEAST_CASES, number)
    return Prepared(student, given if own else settled, own)


def spec_of(solution):
    """Return what the student process has to know of an exercise, as plain data."""
    promise = promise_of(solution) or Promise("")
    known = {"gradients": promise.has_gradients, "bound": sorted(bound_names(solution))}
    return asdict(promise) | known | {"loss": LOSSES.get(promise.name, ""), "slack": SLACK}


def _told(student, source):
    """Run a cell and return what it tells; None where it tells nothing in the time that it has."""
    outputs = [_Output(output) for output in student.run(source, _SECONDS).outputs]
    problem = _problem(outputs)
    if problem and not problem.startswith("OutOfTime"):
        raise RuntimeError(f"right answers could not be compared: {problem}")
    return _found(outputs)


class _Output:
    """An output as a student process sends it, with nbformat's names."""

    def __init__(self, sent):
        self.output_type, self.text = sent["output_type"], "".join(sent.get("text", []))
        self.ename, self.evalue = sent.get("ename", ""), sent.get("evalue", "")


def _problem(outputs):
    """Return the error of a cell, or an empty string."""
    errors = [f"{o.ename}: {o.evalue}" for o in outputs if o.output_type == "error"]
    stopped = [o.text for o in outputs if o.output_type == "stream" and "nothing of it counts" in o.text]
    return " ".join([*errors, *stopped]).strip()


def _found(outputs):
    """Return what a cell told, or None."""
    printed = [line for o in outputs if o.output_type == "stream" for line in o.text.splitlines()]
    found = next((line for line in printed if line.startswith(_MARK)), f"{_MARK}null")
    return json.loads(found.removeprefix(_MARK))


def _tools(spec, answers):
    """Return the source of a cell that defines what the next ones use: the modules, and the right answers."""
    texts = [(f"tests.mutants.{n}", Path(__file__).with_name(f"{n}.py").read_text("utf-8")) for n in _MODULES]
    return f"""
import sys, types
for _name, _text in [("tests", ""), ("tests.mutants", ""), *{texts!r}]:
    sys.modules[_name] = types.ModuleType(_name)
    exec(_text, vars(sys.modules[_name]))
_names = {{name: dict(globals()) for name in {list(answers)!r}}}
for _name, _text in {answers!r}.items():
    exec(_text, _names[_name])
_comparison = sys.modules["tests.mutants.likeness"].Comparison({spec!r}, _names)
_tell = lambda found: print(chr(10) + {_MARK!r} + __import__("json").dumps(found))
"""
