"""Writes kinds of mistakes as drafts into a folder that git ignores: answers for the bank, lines for tests.

    harvest/<assignment>/<exercise>/wrong/<name>.py    goes to tests/answers/<assignment>/<exercise>/wrong/
                                   /mistakes.md        says what each returns, and the line for the test

A draft says FILL IN where only an author knows: which misconception it is, and what its hint should say. What
an author has begun to write stays: a draft that is there is not written again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from examiner.course.facts import Assignment, Course
from examiner.harvest.kinds import Kind
from examiner.harvest.recorder import literal

FOLDER = "harvest"
_HINT = "FILL IN: what to look at, without giving the answer away."
_MISCONCEPTION = "FILL IN: what somebody believes who writes this"
_HIDDEN = "FILL IN: why visible checks cannot show it, or show it there and take this line out"
_MOST_SHOWN = 60

_TITLE = """# `{exercise}`: mistakes that no hint knew

For each: find out what somebody believes who writes this. Word its hint, and put it in the place of FILL IN
here and in the draft. Move the draft to `tests/answers/{assignment}/{exercise}/wrong/` under a name that says
what it is, and put the line into the test of `source/{assignment}/`. Then run
`make format release` and `make check EXERCISE={exercise}`.
"""


def write_drafts(course: Course, assignment: Assignment, kinds: Iterable[Kind]) -> dict[Path, Kind]:
    """Write a draft for each kind, and what to do with it; return the kinds by the paths of their drafts."""
    written: dict[Path, Kind] = {}
    for exercise, group in groupby(sorted(kinds, key=lambda kind: kind.exercise), lambda kind: kind.exercise):
        folder = course.root / FOLDER / assignment.name / exercise
        (folder / "wrong").mkdir(parents=True, exist_ok=True)
        told = [_TITLE.format(exercise=exercise, assignment=assignment.name)]
        for kind in sorted(group, key=lambda kind: -kind.n_students):
            path = folder / "wrong" / f"{_name(kind)}.py"
            if not path.exists():
                path.write_text(_draft(kind), encoding="utf-8")
            told.append("\n".join(_entry(kind, path.relative_to(folder))))
            written[path] = kind
        (folder / "mistakes.md").write_text("\n".join(told), encoding="utf-8")
    return written


def _name(kind: Kind) -> str:
    """Return what a draft is called: by what it does, so that the same mistake keeps its name."""
    if kind.recorded:
        return f"returns_{kind.recorded.digest}"
    if kind.raised:
        return f"raises_{kind.raised}"
    return f"refused_by_hidden_checks_{hashlib.sha256(kind.hint.encode()).hexdigest()[:6]}"


def _draft(kind: Kind) -> str:
    header = [f"# Misconception: {_MISCONCEPTION}", f"# Hint: {_HINT}"]
    if not kind.recorded and not kind.raised:
        header.append(f"# Hidden: {_HIDDEN}")
    return "\n".join([*header, kind.answer])


def what_it_does(kind: Kind) -> str:
    """Return in a few words what the answers of a kind do on the visible example."""
    if kind.raised:
        return f"raises {kind.raised}"
    if not kind.recorded:
        return "right there; hidden checks refuse it"
    if kind.recorded.value is None:
        return f"returns an array of shape {kind.recorded.shape}"
    value = literal(kind.recorded.value)
    return f"returns {value if len(value) <= _MOST_SHOWN else f'{value[: _MOST_SHOWN - 1]}…'}"


def _entry(kind: Kind, path: Path) -> Iterator[str]:
    students = "1 student" if kind.n_students == 1 else f"{kind.n_students} students"
    forms = "" if kind.n_answers == 1 else f", in {kind.n_answers} forms"
    yield f"## {students}{forms}: {what_it_does(kind)}\n"
    yield f"Draft: `{path}`. They read: “{kind.hint}”\n"
    yield from _line(kind)


def _line(kind: Kind) -> Iterator[str]:
    """Yield the line for the test, or why there is none."""
    if kind.raised:
        yield "An error has no line of `mistakes`: say in the task what the function gets, or test it.\n"
    elif kind.recorded is None:
        yield "Let a visible check show the mistake: an example on which these answers are wrong.\n"
    elif kind.recorded.value is None:
        yield f"In `{kind.recorded.name}`: the value is too long for a line, so let the test compute it.\n"
    elif not kind.recorded.knows:
        yield f"In `{kind.recorded.name}`, by a `checks.check_mistakes` in front of that check:\n"
        yield f"```python\n{{{_HINT!r}: {literal(kind.recorded.value)}}}\n```\n"
    else:
        yield f"In the visible check of `{kind.recorded.name}`, as its `mistakes`, or among them:\n"
        yield f'```python\nmistakes={{"{_HINT}": {literal(kind.recorded.value)}}},\n```\n'
