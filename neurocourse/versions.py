"""Tell whether a name still means what its cell says: a check must not pass for an older version.

A cell that fails leaves the names of its last good run in the session. So does a cell in which a function was
renamed. A check that is run then would judge code that is no longer in the notebook. Cells are known by the
ids that front ends send (JupyterLab and VS Code do), and otherwise by the names in their text.
"""

from __future__ import annotations

import re
import time
import typing

if typing.TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

__all__ = ["Versions"]

# Read off the text, since a cell with a typing error cannot be parsed.
_BOUND = re.compile(r"^(?:(?:async )?def|class) +(\w+)|^(\w+) *(?::[^=\n]+)?=(?!=)", re.MULTILINE)
_FAILED = (
    "the last run of the cell that defines `{name}` failed, so this would check an older version. "
    "Correct that cell and run it, then run this check again."
)
_GONE = (
    "its cell no longer defines `{name}`, so this would check an older version. "
    "Check the name in that cell and run it, then run this check again."
)


class Versions:
    """Which names of a session stand for code that is no longer what its cell says.

    Parameters
    ----------
    namespace : dict
        The names of the session.
    """

    def __init__(self, namespace: Mapping[str, Any]) -> None:
        self._namespace = namespace
        self._by_cell: dict[str, set[str]] = {}  # what each cell has bound when it last ran well
        self._values: dict[str, object] = {}
        self._outdated: dict[str, str] = {}
        self._failed: dict[str, bool] = {}  # cells, by their ids: whether they are not filled in
        self._ran: dict[str, tuple[str, float]] = {}  # what each cell was when it last ran, and when

    def record(self, result: Any) -> None:
        """Take note of a cell that has run: IPython's event ``post_run_cell``."""
        cell = getattr(result.info, "cell_id", None) or ""
        bound = {name for pair in _BOUND.findall(result.info.raw_cell or "") for name in pair if name}
        before = self._by_cell.get(cell, set())
        self._ran[cell] = (result.info.raw_cell or "", time.time())
        for name in bound | before:
            if self._is_new(name) or (result.success and name in bound):
                self._outdated.pop(name, None)
            elif name in self._values:
                self._outdated[name] = (_GONE if result.success else _FAILED).format(name=name)
        self._failed.pop(cell, None)
        if result.success:
            for others in self._by_cell.values():
                others -= bound  # theirs no longer
            self._by_cell[cell] = bound if cell else set()
        else:
            self._failed[cell] = isinstance(getattr(result, "error_in_exec", None), NotImplementedError)
        self._values |= {name: self._namespace[name] for name in bound if name in self._namespace}

    def why_outdated(self, name: str) -> str:
        """Return why a name stands for an older version of its cell, or an empty string.

        An exercise may have another name than its function: then the id of its cell is that name.
        """
        if name not in self._values and self._failed.get(name) is False:
            return _FAILED.format(name=name)
        return self._outdated.get(name, "")

    def is_unfilled(self, name: str) -> bool:
        """Return whether the cell with this id, which defines no such name, stopped at its stub."""
        return name not in self._values and self._failed.get(name, False)

    def is_edited(self, cell: str, text: str, saved_at: float) -> bool:
        """Return whether a cell, by its id, was saved with another text since it last ran.

        Without an id from the front end nobody can say so.
        """
        ran, ran_at = self._ran.get(cell, (text, saved_at))
        return bool(cell) and saved_at > ran_at and ran.strip() != text.strip()

    def _is_new(self, name: str) -> bool:
        """Return whether the cell that has just run has bound this name anew."""
        there = name in self._namespace
        return there and (name not in self._values or self._values[name] is not self._namespace[name])
