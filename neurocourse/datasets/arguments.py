"""Checks of the arguments that loaders take."""

import operator

__all__ = ["integer_in_range"]


def integer_in_range(name, value, lowest, highest):
    """Return `value` as an int, or say what it must be."""
    try:
        integer = operator.index(value)
    except TypeError:
        integer = None
    if integer is None or not lowest <= integer <= highest:
        raise ValueError(f"{name} must be an integer from {lowest} to {highest}, got {value!r}")
    return integer
