"""Computes what a formula is worth at random points, by which formulas are compared.

Nothing of a formula is ever run as code. The arithmetic is that of floating-point numbers, whose powers
cannot grow without end, and the steps are counted: whatever somebody writes, it takes a bounded time.
"""

from __future__ import annotations

import cmath
import hashlib
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from scipy.special import gamma

from examiner.desk.formula_tokens import Unread
from examiner.desk.formula_trees import Tree

_N_POINTS, _N_TERMS, _MOST_TERMS = 4, 3, 12
_DIGITS, _NOTHING, _LARGEST = 8, 1e-9, 1e12
_MOST_STEPS = 30_000
_FUNCTIONS: dict[str, Callable[[complex], complex | float]] = {
    "exp": cmath.exp, "log": cmath.log, "sin": cmath.sin, "cos": cmath.cos, "tan": cmath.tan,
    "tanh": cmath.tanh, "sinh": cmath.sinh, "cosh": cmath.cosh, "sqrt": cmath.sqrt, "abs": abs,
}  # fmt: skip


@dataclass
class Steps:
    """How many steps may still be taken for an answer."""

    n_taken: int = 0

    def take(self, n_steps: int = 1) -> None:
        """Count steps; raise `Unread` where none is left."""
        self.n_taken += n_steps
        if self.n_taken > _MOST_STEPS:
            raise Unread


def fingerprint(tree: Tree, steps: Steps) -> str:
    """Return a text that is the same for formulas that agree at random points, and for no others.

    Raise `Unread` for one that has no value there.
    """
    values = []
    for point in range(_N_POINTS):
        try:
            value = complex(_value(tree, point, {}, steps))
        except (ArithmeticError, ValueError):
            raise Unread from None
        if not (cmath.isfinite(value) and abs(value) < _LARGEST):
            raise Unread
        values.append(_rounded(value.real) + _rounded(value.imag))
    return hashlib.sha256("".join(values).encode()).hexdigest()[:12]


def _rounded(value: float) -> str:
    return f"{0.0 if abs(value) < _NOTHING else value:+.{_DIGITS}e}"


def _value(tree: Tree, point: int, bound: Mapping[str, int], steps: Steps) -> complex:
    steps.take()
    match tree.kind:
        case "number":
            return complex(float(tree.name))
        case "symbol":
            return _symbol(tree, point, bound, steps)
        case "sum":
            return _sum(tree, point, bound, steps)
    parts = [_value(part, point, bound, steps) for part in tree.parts]
    match tree.kind:
        case "add":
            return sum(parts)
        case "multiply":
            return math.prod(parts)
        case "negate":
            return -parts[0]
        case "divide":
            return 1 / parts[0]
        case "power":
            return complex(parts[0] ** parts[1])
        case "factorial":
            return complex(gamma(parts[0] + 1))
        case "applied":
            return _at_chance(point, f"{tree.name}()", parts)
    return complex(_FUNCTIONS[tree.name](parts[0]))


def _symbol(tree: Tree, point: int, bound: Mapping[str, int], steps: Steps) -> complex:
    """Return the number that stands for a name with its indices."""
    if not tree.parts:
        if tree.name in bound:
            return complex(bound[tree.name])
        if tree.name == "e":
            return complex(math.e)
    return _at_chance(point, tree.name, [_value(part, point, bound, steps) for part in tree.parts])


def _at_chance(point: int, name: str, places: Sequence[complex]) -> complex:
    """Return a number between 0.5 and 1.5 that belongs to a name at these places."""
    told = " ".join([str(point), name, *(_rounded(place.real) + _rounded(place.imag) for place in places)])
    number = int.from_bytes(hashlib.sha256(told.encode()).digest()[:6], "big")
    return complex(0.5 + number / 2**48)


def _sum(tree: Tree, point: int, bound: Mapping[str, int], steps: Steps) -> complex:
    body, lower, upper = tree.parts
    name, _, index = tree.name.partition(" ")
    first, last = _limit(lower), _limit(upper)
    if first == 0 and last == _N_TERMS - 1 and not _is_counted_by(body, index):
        first, last = 1, _N_TERMS  # from 0 to n - 1: the same terms, counted from 0
    if not 0 <= last - first < _MOST_TERMS:
        raise Unread
    terms = [_value(body, point, {**bound, index: number}, steps) for number in range(first, last + 1)]
    return sum(terms) if name == "sum" else math.prod(terms)


def _is_counted_by(tree: Tree, index: str) -> bool:
    """Return whether the value of an index matters, as in `i x_i` and `x_{i+1}`, and not only which it is."""
    if tree.kind == "symbol" and not tree.parts:
        return tree.name == index
    bare = {part for part in tree.parts if tree.kind == "symbol" and part.kind == "symbol" and not part.parts}
    return any(_is_counted_by(part, index) for part in tree.parts if part not in bare)


def _limit(tree: Tree) -> int:
    """Return a limit of a sum as a number, in which any letter, such as n, is the number of terms."""
    match tree.kind:
        case "number":
            return int(float(tree.name))
        case "symbol":
            return _N_TERMS
        case "add":
            return sum(map(_limit, tree.parts))
        case "negate":
            return -_limit(tree.parts[0])
    raise Unread
