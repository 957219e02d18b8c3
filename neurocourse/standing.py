"""Tell where a student stands: which exercises pass their visible checks in this session.

`notebook.set_up` registers a hook that sees each cell after it has run. It recognises a cell of checks by its
line ``print("<label>: all visible checks pass.")``. The first word of a label names the exercise. Hidden
tests are not in a student's notebook, so this module says nothing about them.
"""

from __future__ import annotations

import re
import typing
from dataclasses import dataclass

from neurocourse.versions import Versions

if typing.TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

__all__ = ["Standing", "check_label"]

_BONUS = " (bonus)"
_PASS, _NOT_YET, _CHANGED, _NOT_RUN = "pass", "Not yet", "Changed since, check again", "Not checked"
_ORDER = (_NOT_YET, _CHANGED, _NOT_RUN)  # of two checks of an exercise, the less happy one counts
_LABEL = re.compile(r"^ *print\(\"(\w[^\":]*): all visible checks pass", re.MULTILINE)


@dataclass(frozen=True)
class _Check:
    passed: bool
    answer: object  # what the exercise's name stood for when it was checked


def check_label(source: str) -> str:
    r"""Return the label under which a cell of checks says that they pass, or an empty string.

    Examples
    --------
    >>> check_label('check(sigmoid(0))\nprint("sigmoid for large numbers: all visible checks pass.")')
    'sigmoid for large numbers'
    >>> check_label("sigmoid(0)")
    ''
    """
    found = _LABEL.search(source)
    return found.group(1) if found else ""


class Standing:
    """How the checks that were run in a session ended.

    Parameters
    ----------
    namespace : dict
        The names of the session. An answer that is defined anew after its check has to be checked again.
    """

    def __init__(self, namespace: Mapping[str, Any]) -> None:
        self._namespace = namespace
        self._versions = Versions(namespace)
        self._checks: dict[str, _Check] = {}

    def record(self, result: Any) -> None:
        """Take note of a cell that has run: IPython's event ``post_run_cell``."""
        self._versions.record(result)
        label = check_label(result.info.raw_cell or "")
        if label:
            self._checks[label] = _Check(result.success, self._namespace.get(label.split()[0]))

    def checked(self, lines: list[str]) -> list[str]:
        """Return the lines of a cell that is about to run; of a check that would judge an older version, why.

        One of IPython's input transformers.
        """
        label = check_label("".join(lines))
        why = self._versions.why_outdated(label.split()[0]) if label else ""
        return [f"raise __import__('neurocourse.checks').checks.CheckFailed({why!r})\n"] if why else lines

    def summary(self, labels: Sequence[str]) -> str:
        """Return a line that says which exercises pass, which do not yet, and which were not checked.

        Parameters
        ----------
        labels : sequence of str
            Of all visible checks, in their order, those of bonus exercises with ``" (bonus)"`` at the end.
        """
        exercises: dict[str, list[str]] = {}
        for label in labels:
            name = label.split()[0] + (_BONUS if label.endswith(_BONUS) else "")
            exercises.setdefault(name, []).append(self._state(label.removesuffix(_BONUS)))
        groups: dict[str, list[str]] = {}
        for name, states in exercises.items():
            state = next((state for state in _ORDER if state in states), _PASS)
            groups.setdefault(state, []).append(name)
        return _sentence(groups, len(exercises))

    def _state(self, label: str) -> str:
        check = self._checks.get(label)
        if check is None:
            return _NOT_RUN
        name = label.split()[0]
        if check.answer is not self._namespace.get(name) or self._versions.why_outdated(name):
            return _CHANGED
        return _PASS if check.passed else _NOT_YET


def _sentence(groups: Mapping[str, list[str]], n_exercises: int) -> str:
    passing = groups.get(_PASS, [])
    start = f"Visible checks in this session: {len(passing)} of {n_exercises} exercises pass"
    parts = [f"{start} ({', '.join(passing)})" if passing else start]
    parts += [f"{state}: {', '.join(groups[state])}" for state in _ORDER if state in groups]
    return ". ".join(parts) + "."
