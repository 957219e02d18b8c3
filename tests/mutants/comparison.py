"""Asks the student process whether what runs there does what right answers do: the near end of `likeness`.

    cell that defines the tools and the right answers ─▶ a cell for each case ─▶ what it prints

Each case is a cell, so that one that takes long costs itself alone.
"""

import functools
import json
from dataclasses import asdict
from pathlib import Path

from nbformat.v4 import new_code_cell

from examiner.syntax import bound_names
from tests.mutants.likeness import n_cases
from tests.notebooks.promises import Promise, promise_of

_MARK = "compared: "
_LEAST_CASES, _MOST_LATE = 6, 2


def first_difference(run, solution, right):
    """Return in words where what ran differs from each of some right answers, or an empty string.

    `right` are their sources; that of the solution cell has the docstring that says what they promise. Where
    too little can be compared, that is returned: it is no likeness.
    """
    spec = spec_of(solution)
    if problem := _problem(_shown(run, _tools(right))):
        return f"It could not be compared with right answers: {problem}"
    told, tried, late = [""] * len(right), 0, 0
    for case in range(n_cases(spec)):
        cell = _shown(run, f"_tell(_tools['differences']({case}, globals(), _right, {spec!r}))")
        problem, found = _problem(cell), _found(cell)
        late += problem.startswith("OutOfTime")
        if problem and not problem.startswith("OutOfTime"):
            return f"It could not be compared with right answers: {problem}"
        tried += found is not None
        told = [known or new for known, new in zip(told, found or told, strict=True)]
        if all(told):
            return told[0]
    if late > _MOST_LATE or tried < (_LEAST_CASES if spec["name"] else 1):
        return f"It could be compared with right answers in {tried} cases alone; {late} took too long."
    return ""


def spec_of(solution):
    """Return what the student process has to know of an exercise, as plain data."""
    promise = promise_of(solution) or Promise("")
    return asdict(promise) | {"gradients": promise.has_gradients, "bound": sorted(bound_names(solution))}


def _shown(run, source):
    cell = new_code_cell(source, id="likeness")
    run.run(cell)
    return cell


def _problem(cell):
    """Return the error of a cell, or an empty string."""
    errors = [f"{o.ename}: {o.evalue}" for o in cell.outputs if o.output_type == "error"]
    stopped = [o.text for o in cell.outputs if o.output_type == "stream" and "nothing of it counts" in o.text]
    return " ".join([*errors, *stopped]).strip()


def _found(cell):
    """Return what a case printed; None where the right answers say nothing."""
    printed = [line for o in cell.outputs if o.output_type == "stream" for line in o.text.splitlines()]
    found = next((line for line in printed if line.startswith(_MARK)), f"{_MARK}null")
    return json.loads(found.removeprefix(_MARK))


def _tools(right):
    """Return the source of a cell that defines what the next ones use: the tools, and the right answers."""
    return f"""
_tools = {{}}
exec({likeness_text()!r}, _tools)
_right = [dict(globals()) for _ in range({len(right)})]
for _names, _text in zip(_right, {right!r}):
    exec(_text, _names)
_tell = lambda found: print(chr(10) + {_MARK!r} + __import__("json").dumps(found))
"""


@functools.cache
def likeness_text():
    """Return the text that is sent; who forks reads it before, so that all that are forked use the same."""
    return Path(__file__).with_name("likeness.py").read_text(encoding="utf-8")
