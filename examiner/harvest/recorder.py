"""Compares as `neurocourse.checks` does, and lets a refusal say the whole value that was compared.

A probe (`probes`) calls these in place of the checks of a test's visible part. They run in the examination,
where tests run. What comes out is the message of a refused test, which `read` believes as little as any.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from neurocourse import checks

_MARK = "recorded: "
_LONGEST = 900  # letters; a result says no more than a thousand
_DIGITS = 7
_SHOWN = 6  # numbers of a value that is too long
_MOST_DIMENSIONS = 4

Value = Any
"""A number, or lists of numbers."""


@dataclass(frozen=True)
class Recorded:
    """What an answer returned where a check refused it: the check, what it compares, the value, its hint.

    `value` is None where it is too long to be told; `digest` tells it from others in any case. `knows` names
    mistakes: whether the check can be given one more. `said` is a hash of what the student would read.
    """

    name: str
    value: Value
    digest: str
    shape: tuple[int, ...]
    knows: bool
    said: str


def check_close(actual: Any, expected: Any, *, name: str, **options: Any) -> None:
    """Compare as `checks.check_close`; a refusal that names no mistake says what was compared."""
    known = options.get("mistakes") or {}
    _tell(lambda: checks.check_close(actual, expected, name=name, **options), actual, name, known, knows=True)


def check_shape(actual: Any, shape: Any, *, name: str, **options: Any) -> None:
    """Look at a shape as `checks.check_shape`; a refusal says what was looked at."""
    _tell(lambda: checks.check_shape(actual, shape, name=name, **options), actual, name, {}, knows=False)


def check_finite(actual: Any, *, name: str, **options: Any) -> None:
    """Look for NaN as `checks.check_finite`; a refusal says what was looked at."""
    _tell(lambda: checks.check_finite(actual, name=name, **options), actual, name, {}, knows=False)


def _tell(
    check: Callable[[], None], actual: Any, name: str, mistakes: Mapping[str, Any], *, knows: bool
) -> None:
    try:
        check()
    except checks.CheckFailed as refused:
        if any(str(refused).endswith(hint) for hint in mistakes):
            raise
        found = checks.as_numbers(actual, name)
        raise checks.CheckFailed(_written(found, name, str(refused), knows=knows)) from None


def digest_of(text: str) -> str:
    """Return a short hash, by which texts are compared that need not be known."""
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:12]


def _written(found: np.ndarray, name: str, said: str, *, knows: bool) -> str:
    """Return a value as the text of a message: the whole of it where that is short enough."""
    rounded = [float(f"{number:.{_DIGITS}g}") for number in found.ravel().tolist()]
    alike = repr([f"{number:.5g}" for number in rounded])
    told: dict[str, Any] = {
        "name": name[:200],
        "value": np.reshape(rounded, found.shape).tolist(),
        "digest": digest_of(f"{found.shape} {alike}"),
        "shape": list(found.shape),
        "knows": knows,
        "said": digest_of(said),
    }
    if np.shape(told["value"]) != found.shape:  # one without numbers in it, such as (0, 3)
        told["value"] = None
    text = json.dumps(told)
    return _MARK + (text if len(text) <= _LONGEST else json.dumps(told | {"value": None}))


def read(message: str) -> Recorded | None:
    """Return what a message of a refused test recorded, or None where it recorded nothing."""
    if not message.startswith(_MARK):
        return None
    try:
        told = json.loads(message.removeprefix(_MARK))
        name, digest, said = str(told["name"]), str(told["digest"]), str(told["said"])
        shape = tuple(int(size) for size in told["shape"])
        value = told["value"]
        if value is not None and np.shape(np.array(value, dtype=float)) != shape:
            return None
        is_plain = name.isprintable() and digest.isalnum() and len(shape) <= _MOST_DIMENSIONS
        return Recorded(name, value, digest, shape, told["knows"] is True, said) if is_plain else None
    except (LookupError, RecursionError, TypeError, ValueError, OverflowError):
        return None


def literal(value: Value) -> str:
    """Return a value as code of a test: whole numbers without a point, NaN and infinity by name.

    Examples
    --------
    >>> literal([1.0, 0.5]), literal(float("nan")), literal([[2.0], [float("-inf")]])
    ('[1, 0.5]', 'np.nan', '[[2], [-np.inf]]')
    """
    if isinstance(value, list):
        return f"[{', '.join(map(literal, value))}]"
    if math.isnan(value):
        return "np.nan"
    if math.isinf(value):
        return "np.inf" if value > 0 else "-np.inf"
    return f"{value:.{_DIGITS}g}"
