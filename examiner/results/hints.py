"""Sorts what tests say of answers: which hint it is, whatever values an answer had, and of which kind.

    verdict ─▶ message ─▶ its kind: not filled in, a hint that knows the mistake, a general one, an error …
                       ─▶ its hint, without the values of one student: equal for all who made the mistake

A hint *knows* the mistake if a test names it in `mistakes={…}` or checks for it alone, or if the check itself
says what is wrong (a result that is None). Every other hint is general.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from examiner.exam.attempt import NOT_SENT, OTHER_DATA, UNFINISHED
from examiner.notebook import cells
from examiner.verdict import TestResult, TestState

_DIFFERENCE = re.compile(
    r"(?P<name>.{1,300}? is not right): (?:at index (?:\d+|\([^()]*\)) )?it is \S+"
    r"(?:, expected \S+?)?(?: \(\d+ of \d+ values differ\))?\.(?= |$)",
    re.DOTALL,
)
_SHAPE = re.compile(r"(?P<name>.{1,300}? should have shape \([^()]*\)), got \([^()]*\)(?=\.)", re.DOTALL)
_FINITE = re.compile(
    r"(?P<name>.{1,300}? should be finite), but (?:it is|\d+ of \d+ values are) NaN or infinite"
)
_RAISED = re.compile(r"(?P<name>Your code raised \w+): .*", re.DOTALL)
_SELF_EXPLAINING = re.compile(
    r" is None: does the function end in | is a function: call it with | should be a number or an array of "
    r"|Your function changed its input "
)
_WITH_VALUES = (_DIFFERENCE, _SHAPE, _FINITE)


class Ending(StrEnum):
    """How a test of an answer ended, for somebody who looks at a class."""

    PASSED = "passed"
    ONLY_HIDDEN = "visible checks passed, hidden ones did not"
    KNOWN = "refused, with a hint that knows the mistake"
    GENERAL = "refused, with a general hint"
    RAISED = "raised an error"
    STOPPED = "ran too long, crashed, or could not run"
    BLANK = "not filled in"


def ending(result: TestResult, known: frozenset[str]) -> Ending:
    """Return how a test ended; `known` are the hints of its exercise that name a mistake."""
    if result.state is TestState.PASSED:
        return Ending.PASSED
    if result.message == UNFINISHED:
        return Ending.BLANK
    if result.only_hidden:
        return Ending.ONLY_HIDDEN
    if result.state in (TestState.TIMED_OUT, TestState.CRASHED, TestState.NOT_REACHED):
        return Ending.STOPPED
    if result.state is TestState.ERROR:
        return Ending.RAISED
    return Ending.KNOWN if knows_the_mistake(result.message, known) else Ending.GENERAL


def knows_the_mistake(message: str, known: frozenset[str]) -> bool:
    """Return whether a message says what is wrong: by a hint for one mistake, or because the check does."""
    return any(message.endswith(hint) for hint in known) or bool(_SELF_EXPLAINING.search(message))


def is_general(result: TestResult, known: frozenset[str]) -> bool:
    """Return whether an answer was looked at and refused, and no hint knew what is wrong with it."""
    if result.state not in (TestState.FAILED, TestState.ERROR) or result.message == UNFINISHED:
        return False
    return not knows_the_mistake(result.message, known)


def hint_of(message: str) -> str:
    """Return what a message says to everybody who made the same mistake: the message without values.

    Examples
    --------
    >>> hint_of("double(4) is not right: it is 3, expected 8. Add it to itself.")
    'double(4) is not right. Add it to itself.'
    >>> hint_of("Your code raised ValueError: no 'maria' here")
    'Your code raised ValueError'
    """
    if message in (NOT_SENT, UNFINISHED) or message.endswith(OTHER_DATA.partition(":")[2]):
        return message
    if raised := _RAISED.fullmatch(message):
        return raised["name"]
    for form in _WITH_VALUES:
        if found := form.match(message):
            end = "." if form is _DIFFERENCE else ""
            return f"{found['name']}{end}{message[found.end() :]}"
    return message


def known_hints(source: Any) -> dict[str, frozenset[str]]:
    """Return by exercise the hints of a source notebook that name a mistake."""
    found: dict[str, frozenset[str]] = {}
    for cell in source.cells:
        if cells.is_test(cell):
            name = cells.exercise_name(cell)
            found[name] = found.get(name, frozenset()) | frozenset(_named_mistakes(cell.source))
    return found


def _named_mistakes(source: str) -> Iterator[str]:
    """Yield the sentences of a test's dictionaries and single checks; of one with values, its last part."""
    for node in ast.walk(ast.parse(source)):
        hints: list[ast.expr | None] = list(node.keys) if isinstance(node, ast.Dict) else []
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "checks.check":
            hints += node.args[1:2]
        for hint in hints:
            last = hint.values[-1] if isinstance(hint, ast.JoinedStr) and hint.values else hint
            if isinstance(last, ast.Constant) and isinstance(last.value, str) and " " in last.value:
                yield last.value
