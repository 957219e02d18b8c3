"""Whether an answer does what right ones do, on data beyond the tests'; runs in the student process.

    promise ─▶ cases ─▶ right answers: where most are near to another one, it is settled what is right
      ─▶ a mutant: where it is farther from all of them than they are from one another, in words

Where most have no company, as in a fit to data that have no best fit, the text leaves open what is right.
`comparison` sends the text of this module and of those that it needs, and asks for one case after the other.
"""

import ast

import numpy as np

from tests.mutants.behaviour import seen
from tests.mutants.cases import STYLES, arguments, described, is_single

SOLUTION = "solution"
_TOLERANCES = (1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1)
_SINGLE, _ATOL = 1e-3, 1e-8
_ROUNDING = 2e-5  # of sums in single precision, in an order that depends on the processor


class Comparison:
    """What the right answers to an exercise give in each case, to compare mutants with.

    `answers` has the names of a notebook in which each of them was run, by the answer's name. `spec` has the
    name of what is asked for, its arguments as dicts, whether it is a class, and whether gradients matter.
    """

    def __init__(self, spec, answers):
        self._spec, self._answers = spec, answers
        self._results, self._tolerances = {}, {}

    def prepare(self, case):
        """Run the right answers in a case; return whether they settle it, None where the solution fails.

        They do where most of those that give something are near to another one. How near those are to each
        other is how near a mutant must be to one of them.
        """
        results = {name: self._seen(names, self._given(case)) for name, names in self._answers.items()}
        self._results[case] = results
        least = _SINGLE if self._spec["name"] and is_single(STYLES[case][0]) else _TOLERANCES[0]
        self._tolerances[case] = least
        if "raised" in results[SOLUTION]:
            return None
        given = [result for result in results.values() if "raised" not in result]  # one may take less
        nearest = [_nearest(place, given) for place in range(len(given))] if len(given) > 1 else [least]
        near = [distance for distance in nearest if distance <= _TOLERANCES[-1]]
        self._tolerances[case] = 2 * max([least, *near])
        return 2 * len(near) > len(given)

    def difference(self, case, names, answer, *, own=False):
        """Return how a mutant differs from its answer, unless it is near to a right one; None if unknown.

        With `own` it is compared with its answer and the solution alone, as exactly as can be.
        """
        results = self._results[case]
        if "raised" in results[answer]:
            return None
        given = self._given(case)
        result = self._seen(names, given)
        tolerance = _TOLERANCES[0] if own else self._tolerances[case]
        right = [results[answer], *([results[SOLUTION]] if own else results.values())]
        right = [known for known in right if "raised" not in known]
        found = [differs(known, result, tolerance) for known in right]
        same = not all(found) or self._is_as_good(given, result, right)
        return "" if same else f"{self._described(case, given)}: {found[0]}"

    def _is_as_good(self, given, result, right):
        """Return whether a result that differs from the right ones has as low a loss, if one is asked for."""
        if not self._spec["loss"] or "raised" in result or result["arguments changed"]:
            return False
        if _shapes(result["value"]) != _shapes(right[0]["value"]):
            return False
        names = self._answers[SOLUTION] | self._defaults() | given
        with np.errstate(all="ignore"):
            losses = [self._loss(each["value"], names) for each in (result, *right)]
        return min(abs(losses[0] - loss) for loss in losses[1:]) <= self._spec["slack"]

    def _loss(self, result, names):
        return float(eval(self._spec["loss"], names | {"result": result}))

    def _defaults(self):
        arguments = self._spec["arguments"]
        return {a["name"]: ast.literal_eval(a["default"]) for a in arguments if a["default"]}

    def _given(self, case):
        return arguments(*STYLES[case], self._spec) if self._spec["name"] else {}

    def _described(self, case, given):
        return f"{STYLES[case][0]}, {described(given)}" if self._spec["name"] else "the cell"

    def _seen(self, names, given):
        if self._spec["name"]:
            return seen(names[self._spec["name"]], given, self._spec)
        return {name: names.get(name) for name in self._spec["bound"]}


def _shapes(value):
    return [_shapes(part) for part in value] if isinstance(value, list) else np.shape(value)


def _nearest(place, results):
    """Return how near the nearest of the other results is to one of them; infinity where none is."""
    others = [*results[:place], *results[place + 1 :]]
    near = (t for t in _TOLERANCES if not all(differs(results[place], other, t) for other in others))
    return next(near, np.inf)


def differs(right, mutant, rtol):
    """Return in words what of two things is not alike, or an empty string."""
    if isinstance(right, dict) and isinstance(mutant, dict):
        if right.keys() != mutant.keys():
            return f"{_brief(right)} against {_brief(mutant)}"
        return next((where for key in right if (where := differs(right[key], mutant[key], rtol))), "")
    if isinstance(right, list) and isinstance(mutant, list):
        if len(right) != len(mutant):
            return f"{_brief(right)} against {_brief(mutant)}"
        return next(
            (where for pair in zip(right, mutant, strict=True) if (where := differs(*pair, rtol))), ""
        )
    return "" if _alike(right, mutant, rtol) else f"{_brief(right)} against {_brief(mutant)}"


def _alike(right, mutant, rtol):
    try:
        one, other = np.asarray(right), np.asarray(mutant)
        if one.dtype.kind in "USO" or other.dtype.kind in "USO":
            return bool(np.all(one == other))
        if np.float32 in (one.dtype, other.dtype):
            rtol = max(rtol, _ROUNDING)
        scale = np.max(np.abs(one[np.isfinite(one)]), initial=0)
        return one.shape == other.shape and np.allclose(
            one.astype(float),
            other.astype(float),
            rtol=rtol,
            atol=_ATOL * (1 + scale) + 0.1 * rtol * scale,
            equal_nan=True,
        )
    except (TypeError, ValueError):
        return False


def _brief(value):
    return " ".join(str(value).split())[:150]
