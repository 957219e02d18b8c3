"""Checks of the arguments that loaders take."""

from __future__ import annotations

import operator
import typing

if typing.TYPE_CHECKING:
    from typing import Any

__all__ = ["integer_in_range"]


def integer_in_range(name: str, value: Any, lowest: float, highest: float) -> int:
    """Return `value` as an int, or say what it must be."""
    try:
        integer = operator.index(value)
    except TypeError:
        integer = None
    if integer is None or not lowest <= integer <= highest:
        raise ValueError(f"{name} must be an integer from {lowest} to {highest}, got {value!r}")
    return integer
