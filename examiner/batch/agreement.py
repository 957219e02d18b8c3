"""Lets source, release, gradebook and folders agree before a batch, and asks before anybody's grades change.

    source ═ release? ─▶ gradebook ═ source? ─▶ a table of what changes for whom ─▶ a yes ─▶ carried over

What nobody has been graded by is brought in step without a question. Nothing is changed without the yes, and
nobody is graded then.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from examiner.course.facts import Assignment, Course
from examiner.errors import NotAgreed, NotebookError, NotReleased
from examiner.gradebook import carrying, registering
from examiner.gradebook.carrying import Given
from examiner.gradebook.database import connect
from examiner.gradebook.exam_cells import (
    Differences,
    ExamCell,
    Held,
    compare,
    exam_cells,
    read_held,
    source_names,
)
from examiner.gradebook.tables import ANSWER
from examiner.intake import timestamps
from examiner.notebook import cells
from examiner.wording import number, table

Ask = Callable[[str], bool]
Tell = Callable[[str], None]
_NAMED = 8
_TITLES = ("cell", "what changes", "points", "students with points", "scores and comments by hand")
_TITLE = "{name}: the source has other graded cells than those by which {students} graded:"
_QUESTION = "Change the gradebook so, and grade everybody again?"


@dataclass(frozen=True)
class Change:
    """What the gradebook has to change for an assignment, and what everybody has there."""

    assignment: Assignment
    held: Held
    differences: Differences
    given: tuple[Given, ...]

    @property
    def removed(self) -> list[Given]:
        """What is taken out."""
        names = {cell.name for cell in self.differences.removed if cell.kind != ANSWER}
        answers = {cell.name for cell in self.differences.removed} - names
        there = [each for each in self.given if each.cell in names | answers]
        return [each for each in there if each.cell in names or each.comment]

    def __str__(self) -> str:
        """Return a table of the cells that change, and lines on what people have given."""
        students = "1 student is" if self.held.n_graded == 1 else f"{self.held.n_graded} students are"
        lines = [_TITLE.format(name=self.assignment.name, students=students), table(self._rows())]
        by_hand = [each for each in self.removed if each.is_by_hand]
        lines += _named("Taken out with the scores and comments that a person gave", by_hand)
        lines += _named("Above the new maximum, which a person must look at", self._too_high())
        return "\n".join(lines)

    def _rows(self) -> list[tuple[str, ...]]:
        rows: list[tuple[str, ...]] = [_TITLES]
        differences = self.differences
        if differences.renamed_notebook:
            old, new = differences.renamed_notebook
            rows.append((new, f"the notebook was {old}", "", "", "all stay"))
        rows += [self._row(cell, cell, "added") for cell in differences.added if _counts(cell)]
        rows += [
            self._row(cell, cell, "removed", stays="taken out")
            for cell in differences.removed
            if _counts(cell)
        ]
        rows += [self._row(old, new, f"was {old.name}") for old, new in differences.renamed if _counts(new)]
        rows += [self._row(old, new, _changed(old, new)) for old, new in differences.changed]
        if len(rows) == 1:
            rows.append(("", "cells with answers that no test grades", "", "", ""))
        return rows

    def _row(self, old: ExamCell, new: ExamCell, what: str, *, stays: str = "stay") -> tuple[str, ...]:
        mine = [each for each in self.given if each.cell == old.name]
        with_points = sum(bool(each.auto_score or each.manual_score or each.extra_credit) for each in mine)
        by_hand = sum(each.is_by_hand for each in mine)
        points = number(new.max_score or 0)
        if old.max_score != new.max_score:
            points = f"{number(old.max_score or 0)} → {points}"
        return new.name, what, points, str(with_points), f"{by_hand} {stays}" if by_hand else "none"

    def _too_high(self) -> list[Given]:
        most = {old.name: new.max_score for old, new in self.differences.changed}
        return [
            each
            for each in self.given
            if each.cell in most and (each.manual_score or 0) > (most[each.cell] or 0)
        ]


def _counts(cell: ExamCell) -> bool:
    """Return whether a cell has a row of its own: of a written answer, the one with its points."""
    return cell.kind != ANSWER


def _changed(old: ExamCell, new: ExamCell) -> str:
    kinds = {"code": "tests", "markdown": "a written answer"}
    if old.cell_type != new.cell_type:
        return f"{kinds[old.cell_type]} → {kinds[new.cell_type]}"
    return "points"


def _named(title: str, given: Sequence[Given]) -> list[str]:
    if not given:
        return []
    told = [f"{each.student}: {each.cell}{_score(each)}" for each in given]
    more = [f"  … and {len(told) - _NAMED} more"] if len(told) > _NAMED else []
    return [f"{title} ({len(told)}):", *(f"  {line}" for line in told[:_NAMED]), *more]


def _score(given: Given) -> str:
    score = "" if given.manual_score is None else f" {number(given.manual_score)}"
    return score + (" with a comment" if given.comment else "")


def agree(course: Course, assignments: Sequence[Assignment], tell: Tell, ask: Ask) -> None:
    """Bring the gradebook in step with the source of these assignments.

    `NotReleased` if the release is missing or has other graded cells than the source; `NotAgreed` if grades
    would change and nobody said yes. Then nothing is changed for any of them.
    """
    exams = {assignment.name: _read_exam(course, assignment) for assignment in assignments}
    changes = [_change(course, assignment, *exams[assignment.name]) for assignment in assignments]
    asked = [change for change in changes if change and change.differences and change.held.n_graded]
    if asked:
        tell("\n\n".join(map(str, asked)))
        if not ask(_QUESTION):
            names = ", ".join(change.assignment.name for change in asked)
            raise NotAgreed(
                f"nothing was changed and nobody was graded, as gradebook and source/ differ in {names}, see "
                "above. To change the gradebook, run `make grade YES=yes`; or take the change in source/ back"
            )
    for assignment, change in zip(assignments, changes, strict=True):
        _bring_in_step(course, assignment, change, exams[assignment.name][0], tell)


def _read_exam(course: Course, assignment: Assignment) -> tuple[Any, Any]:
    """Return the source and release of an assignment, which have the same graded cells."""
    source = cells.read_notebook(course.path("source", assignment) / assignment.filename)
    name = f"release/{assignment.name}/{assignment.filename}"
    try:
        released = cells.read_notebook(course.path("release", assignment) / assignment.filename)
    except NotebookError as error:
        there = (course.path("release", assignment) / assignment.filename).exists()
        why = f"cannot be read ({error})" if there else "is missing"
        raise NotReleased(f"nobody was graded: {name} {why}. Run `make release`") from None
    wanted, got = (
        {cell.key: cell.worth for cell in exam_cells(notebook, notebook)} for notebook in (source, released)
    )
    if odd := sorted({key[0] for key, _ in wanted.items() ^ got.items()}):
        raise NotReleased(
            f"nobody was graded: {name} and source/ differ in the graded cells {', '.join(odd[:_NAMED])}: "
            "run `make release`"
        )
    return source, released


def _change(course: Course, assignment: Assignment, source: Any, released: Any) -> Change | None:
    """Return what differs in the gradebook, or None where it knows nothing of the assignment."""
    with connect(course) as connection:
        held = read_held(connection, assignment)
        if held is None:
            return None
        differences = compare(held, exam_cells(source, released), assignment.notebook)
        given = carrying.read_given(connection, held) if differences else []
        connection.rollback()
    return Change(assignment, held, differences, tuple(given))


def _bring_in_step(
    course: Course, assignment: Assignment, change: Change | None, source: Any, tell: Tell
) -> None:
    if change is None:
        registering.register(course, assignment)
        tell(f"{assignment.name}: its cells are in the gradebook now, as release/ has them.")
    elif change.differences:
        if kept := carrying.keep_removed(course, assignment, change.removed, timestamps.now()):
            tell(f"What is taken out is kept in {kept.relative_to(course.root)}.")
        with connect(course) as connection:
            carrying.carry_over(connection, change.held, change.differences, source_names(source))
        registering.register(course, assignment)
        tell(f"{assignment.name}: the gradebook has the cells of source/ now.")


def is_in_step(course: Course, assignment: Assignment) -> bool:
    """Return whether nobody was graded by other cells than those of the source, whatever is released."""
    source = cells.read_notebook(course.path("source", assignment) / assignment.filename)
    change = _change(course, assignment, source, source)
    return change is None or not change.held.n_graded or not change.differences
