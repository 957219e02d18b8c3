"""Tell a student whose answer gives a list where the text promises an array, before it stops their own code.

    a check turns a result into numbers ─▶ `see` ─▶ the check passes: `said_of_pass`, on its card
                                                └─▶ a later cell stops that uses the answer: `said_of_stop`

Tests take every form that holds the right numbers, so this costs no points. But what the student writes next
may calculate with the result as with an array, and Python's own message then names neither the answer nor the
way out.
"""

from __future__ import annotations

import types
import typing

from neurocourse.checks import CheckFailed
from neurocourse.standing import check_label

if typing.TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

__all__ = ["Forms"]

_PASS = (
    "It gives a {form} where the text promises an array. That costs no points. But further on, your own code "
    "may not be able to calculate with a {form}: make it an array, with `np.asarray(…)`, before you "
    "return it."
)
_STOP = (
    "{given} where the text promises an array. Is that the reason? Then make it an array there, with "
    "`np.asarray(…)`, and run that cell and this one again."
)


class Forms:
    """In which other form than as arrays the answers of a session give their results.

    Parameters
    ----------
    namespace : dict
        The names of the session. What is known of an answer ends when it is defined anew.
    usual : str
        The form that is as good as an array in this tutorial, such as ``"tensor"``.
    """

    STOPS = (TypeError, AttributeError, LookupError, ValueError, RuntimeError)
    """The errors in which code ends that was given another form than it calculates with."""

    def __init__(self, namespace: Mapping[str, Any], usual: str = "") -> None:
        self._namespace = namespace
        self._usual = usual
        self._checked = ""  # by the cell that is running
        self._seen = ""  # in that cell
        self._known: dict[str, tuple[str, object]] = {}  # by name: the form, and what the name stood for

    def begin(self, info: Any) -> None:
        """Take note of a cell that is about to run: IPython's event ``pre_run_cell``."""
        self._checked = check_label(info.raw_cell or "").partition(" ")[0]
        self._seen = ""

    def see(self, form: str) -> None:
        """Take note of the form of a result that is checked, such as ``"list"``."""
        if form != self._usual:
            self._seen = self._seen or form

    def record(self, result: Any) -> None:
        """Take note of a cell that has run: IPython's event ``post_run_cell``."""
        answer = self._namespace.get(self._checked)
        if self._seen and result.success and callable(answer):  # an exercise may have another name than it
            self._known[self._checked] = (self._seen, answer)

    def said_of_pass(self) -> str:
        """Return what to add where the running cell of checks passes."""
        return _PASS.format(form=self._seen) if self._seen else ""

    def said_of_stop(self, error: BaseException) -> str:
        """Return what to add where a cell stops: which answers that it uses may be the reason."""
        used = _names_on_the_way(error.__traceback__, self._namespace)
        if isinstance(error, CheckFailed):  # raised by the check, after the answer had run
            used = self._with_what_they_use(used)
        given = [
            f"`{name}` gives a {form}"
            for name, (form, answer) in self._known.items()
            if name in used and name != self._checked and self._namespace.get(name) is answer
        ]
        return _STOP.format(given=" and ".join(given)) if given else ""

    def _with_what_they_use(self, names: set[str]) -> set[str]:
        """Return names, those that their functions use, and so on."""
        found: set[str] = set()
        while names > found:
            code = [getattr(self._namespace.get(name), "__code__", None) for name in names - found]
            found = names
            names = names.union(*map(_names_of, filter(None, code)))
        return found


def _names_on_the_way(traceback: types.TracebackType | None, namespace: Mapping[str, Any]) -> set[str]:
    """Return the names that code of the notebook uses on the way to an error."""
    used: set[str] = set()
    while traceback:
        if traceback.tb_frame.f_globals is namespace:
            used |= _names_of(traceback.tb_frame.f_code)
        traceback = traceback.tb_next
    return used


def _names_of(code: types.CodeType) -> set[str]:
    """Return the global names and attributes that code uses, with the functions in it."""
    inner = [part for part in code.co_consts if isinstance(part, types.CodeType)]
    return set(code.co_names).union(*map(_names_of, inner))
