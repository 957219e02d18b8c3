"""Computes what a verdict changes in the grades of one submission, as plain data.

Nothing here reads or writes. A score or extra credit that a person gave never changes. It is marked for
another look if the work that it was given for has changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any

from examiner.verdict import TestResult, Verdict, WrittenAnswer


@dataclass(frozen=True)
class Mark:
    """The grade of a cell as the gradebook holds it; `digest` and `bonus` are what was last recorded for it.

    They are None where nothing was recorded before, or nothing of this kind. `worth` is what the cell can
    give, in points and in extra credit; None where that is not known.
    """

    cell: str
    auto_score: float | None = None
    manual_score: float | None = None
    extra_credit: float | None = None
    needs_manual_grade: bool = True
    digest: str | None = None
    bonus: float | None = None
    worth: tuple[float, float] | None = None

    @property
    def score(self) -> float:
        """Points with extra credit, as nbgrader counts them: a person's come before the tests'."""
        points = self.auto_score if self.manual_score is None else self.manual_score
        return 0.0 if points is None else points + (self.extra_credit or 0.0)

    @property
    def is_ungraded(self) -> bool:
        """Whether neither tests nor a person have given points yet."""
        return not self.is_by_person and (self.auto_score is None or self.needs_manual_grade)

    @property
    def is_by_person(self) -> bool:
        """Whether a person has scored the cell, or given extra credit or changed it."""
        return self.manual_score is not None or self.is_credited or self.has_edited_credit

    @property
    def is_credited(self) -> bool:
        """Whether a person gave extra credit, and no score, for what records none."""
        return self.bonus is None and self.manual_score is None and bool(self.extra_credit)

    @property
    def has_edited_credit(self) -> bool:
        """Whether a person has changed the extra credit since it was recorded."""
        return self.bonus is not None and (self.extra_credit or 0.0) != self.bonus


_COLUMNS = tuple(each.name for each in fields(Mark) if each.name not in ("cell", "worth"))


def mark_of(cell: str, grade: Any, worth: tuple[float, float] | None = None) -> Mark:
    """Return the grade of a cell from a row of the database, by the names of its columns."""
    row = {name: value for name, value in zip(grade._fields, grade, strict=True) if name in _COLUMNS}
    return Mark(cell, **row, worth=worth)


def mark_all(marks: Iterable[Mark], verdict: Verdict) -> list[Mark]:
    """Return the marks as they are after this verdict, in the same order."""
    results = {test.grade_id: test for test in verdict.tests}
    written = {answer.grade_id: answer for answer in verdict.written}
    return [_mark(mark, results.get(mark.cell), written.get(mark.cell)) for mark in marks]


def _mark(mark: Mark, result: TestResult | None, answer: WrittenAnswer | None) -> Mark:
    if result is not None:
        return _with_test(mark, result)
    if answer is not None:
        return _with_answer(mark, answer)
    return _with_nothing(mark)


def _with_test(mark: Mark, result: TestResult) -> Mark:
    after = replace(mark, auto_score=result.points)
    if result.max_bonus or mark.bonus is not None:
        after = _with_bonus(after, result.bonus)
    return _to_recheck(mark, after, changed=mark.auto_score != after.auto_score)


def _with_answer(mark: Mark, answer: WrittenAnswer) -> Mark:
    points, extra = mark.worth or (1.0, 0.0)
    for_a_person = answer.answered and bool(points or extra)  # one that is worth nothing waits for nobody
    # nbgrader counts extra credit on top of a score alone: an answer that earns nothing else begins at 0.
    after = replace(mark, auto_score=None if for_a_person and points else 0.0, digest=answer.digest)
    after = _to_recheck(mark, after, changed=mark.digest not in (None, answer.digest))
    waits = for_a_person and not mark.is_by_person
    return replace(after, needs_manual_grade=waits or after.needs_manual_grade)


def _with_nothing(mark: Mark) -> Mark:
    """Return the mark of a cell that the verdict does not speak of: what earned points is gone."""
    after = replace(mark, auto_score=0.0, digest="")
    if mark.bonus is not None:
        after = _with_bonus(after, 0.0)
    return _to_recheck(mark, after, changed=bool(mark.auto_score or mark.digest))


def _with_bonus(mark: Mark, bonus: float) -> Mark:
    credit = mark.extra_credit if mark.has_edited_credit else bonus
    return replace(mark, extra_credit=credit, bonus=bonus)


def _to_recheck(before: Mark, after: Mark, *, changed: bool) -> Mark:
    """Say whether a person must look again: what they scored has changed, now or at an earlier recording."""
    looked = before.needs_manual_grade
    scored = (before.manual_score is not None or before.is_credited) and (changed or looked)
    credited = before.has_edited_credit and (before.bonus != after.bonus or looked)
    return replace(after, needs_manual_grade=scored or credited)
