"""A progress bar for loops that take long enough to wonder."""

from __future__ import annotations

import sys
import typing

from neurocourse import settings

if typing.TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

__all__ = ["progress"]

_T = typing.TypeVar("_T")

_PATIENCE = 1.0
_PACE = 0.3  # seconds between two looks


def progress(items: Iterable[_T], description: str) -> Iterable[_T]:
    """Give the items of a sequence one by one, with a bar once the loop has taken a second.

    Parameters
    ----------
    items : sequence
        In quick mode there is no bar.
    description : str
        What the loop does.

    Examples
    --------
    >>> [2 * number for number in progress(range(3), "double")]
    [0, 2, 4]
    """
    if settings.is_quick():
        return items
    from IPython import get_ipython
    from tqdm import tqdm

    file = sys.stdout if get_ipython() is None else _Line()
    bar: Iterable[_T] = tqdm(
        items, desc=description, file=file, leave=False, delay=_PATIENCE, mininterval=_PACE, ncols=70
    )
    return bar


class _Line:
    """A line in a notebook's output that each write replaces, so that a saved page holds only the last."""

    encoding = "utf-8"

    def __init__(self) -> None:
        self._shown: Any = None

    def write(self, text: str) -> None:
        from IPython.display import display

        data = {"text/plain": text.strip()}
        if self._shown:
            self._shown.update(data, raw=True)
        elif data["text/plain"]:
            self._shown = display(data, raw=True, display_id=True)

    def flush(self) -> None:
        """Do nothing: a write is shown at once."""
