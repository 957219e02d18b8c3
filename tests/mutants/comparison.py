"""Asks the student process whether what runs there does what right answers do: the near end of `likeness`."""

import functools
import json
from dataclasses import asdict
from pathlib import Path

from nbformat.v4 import new_code_cell

from examiner.syntax import bound_names
from tests.notebooks.promises import Promise, promise_of

_MARK = "compared: "
_LEAST_CASES = 6


def first_difference(run, solution, right, seconds):
    """Return in words where what ran differs from each of some right answers, or an empty string.

    `right` are their sources; that of the solution cell has the docstring that says what they promise. Where
    too little can be compared in this time, that is returned: it is no likeness.
    """
    spec = spec_of(solution)
    cell = new_code_cell(_source(spec, right, seconds), id="likeness")
    run.run(cell)
    printed = [line for o in cell.outputs if o.output_type == "stream" for line in o.text.splitlines()]
    found = next((line for line in printed if line.startswith(_MARK)), None)
    if found is None:
        errors = [f"{o.ename}: {o.evalue}" for o in cell.outputs if o.output_type == "error"]
        return f"It could not be compared with right answers. {' '.join(errors)}".strip()
    told = json.loads(found.removeprefix(_MARK))
    if not told["difference"] and spec["name"] and told["tried"] < _LEAST_CASES:
        return f"It could be compared with right answers in {told['tried']} cases alone."
    return told["difference"]


def spec_of(solution):
    """Return what the student process has to know of an exercise, as plain data."""
    promise = promise_of(solution) or Promise("")
    return asdict(promise) | {"gradients": promise.has_gradients, "bound": sorted(bound_names(solution))}


def _source(spec, right, seconds):
    """Return the source of a cell that compares what is bound there with right answers."""
    return f"""
_tools = {{}}
exec({_likeness()!r}, _tools)
_right = [dict(globals()) for _ in range({len(right)})]
for _names, _text in zip(_right, {right!r}):
    exec(_text, _names)
_found = _tools["first_difference"](globals(), _right, {spec!r}, {seconds!r})
print({_MARK!r} + _tools["json"].dumps(_found))
"""


@functools.cache
def _likeness():
    return Path(__file__).with_name("likeness.py").read_text(encoding="utf-8")
