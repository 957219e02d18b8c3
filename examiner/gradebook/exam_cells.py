"""Compares the cells of an exam's source with those that the gradebook knows.

    source notebook ─▶ cells ─┐
    gradebook ─▶ cells ───────┴─▶ differences: added, removed, renamed, changed

Nothing is written here. `carrying` brings the gradebook in step, and keeps what people have given.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, String, cast, func, select

from examiner.course.facts import Assignment
from examiner.gradebook.tables import (
    ANSWER,
    ASSIGNMENTS,
    CELLS,
    EXAM_NOTEBOOKS,
    GRADE_CELLS,
    GRADED,
    NOTEBOOKS,
    SOURCES,
    TASK,
    TASK_CELLS,
)
from examiner.notebook import cells

_ALIKE = 85  # of 100: how alike the texts of a cell are before and after it was renamed


@dataclass(frozen=True)
class ExamCell:
    """A cell as nbgrader keeps it: what is graded, or where an answer stands.

    A written answer is two of them, one of each kind. `text` is what students get of it; of a test, all.
    """

    name: str
    kind: str
    cell_type: str
    max_score: float | None = None
    text: str = ""
    id: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from the other cells of its notebook."""
        return self.name, self.kind

    @property
    def worth(self) -> tuple[float | None, str]:
        """What a change of which concerns everybody who was graded."""
        return self.max_score, self.cell_type if self.kind != ANSWER else ""


@dataclass(frozen=True)
class Held:
    """The cells that the gradebook knows of an assignment's notebook, and how many were graded by them."""

    id: str
    name: str
    known: tuple[ExamCell, ...]
    n_graded: int


Pairs = tuple[tuple[ExamCell, ExamCell], ...]


@dataclass(frozen=True)
class Differences:
    """What has to change in the gradebook, so that it agrees with the source."""

    added: tuple[ExamCell, ...] = ()
    removed: tuple[ExamCell, ...] = ()
    renamed: Pairs = ()
    changed: Pairs = ()
    renamed_notebook: tuple[str, str] | None = None

    def __bool__(self) -> bool:
        """Return whether there are any."""
        return any((self.added, self.removed, self.renamed, self.changed, self.renamed_notebook))


def exam_cells(source: Any, released: Any) -> tuple[ExamCell, ...]:
    """Return the cells of a source notebook that the gradebook has to know."""
    given = {cell.id: cell.source for cell in released.cells}
    return tuple(
        ExamCell(
            cells.grade_id(cell),
            kind,
            cell.cell_type,
            None if kind == ANSWER else cells.points(cell),
            cell.source if kind == GRADED and not cells.is_solution(cell) else given.get(cell.id, ""),
        )
        for cell in source.cells
        for kind in _kinds(cell)
    )


def _kinds(cell: Any) -> list[str]:
    told = {"grade": GRADED, "solution": ANSWER, "task": TASK}
    return [kind for name, kind in told.items() if _settings(cell).get(name)]


def _settings(cell: Any) -> Any:
    return cell["metadata"].get("nbgrader", {})


def source_names(source: Any) -> dict[str, str]:
    """Return the cells whose text nbgrader keeps: their types by name."""
    kept = [cell for cell in source.cells if _kinds(cell) or _settings(cell).get("locked")]
    return {cells.grade_id(cell): cell.cell_type for cell in kept}


def read_held(connection: Connection, assignment: Assignment) -> Held | None:
    """Return what the gradebook knows of an assignment, or None; its one notebook may have another name."""
    rows = connection.execute(
        select(EXAM_NOTEBOOKS.c.id, EXAM_NOTEBOOKS.c.name)
        .join(ASSIGNMENTS, EXAM_NOTEBOOKS.c.assignment_id == ASSIGNMENTS.c.id)
        .where(ASSIGNMENTS.c.name == assignment.name)
    ).all()
    fitting = [row for row in rows if row.name == assignment.notebook] or rows
    if len(fitting) != 1:
        return None
    (notebook,) = fitting
    graded = select(func.count()).where(NOTEBOOKS.c.notebook_id == notebook.id)
    return Held(
        notebook.id,
        notebook.name,
        tuple(_read_cells(connection, notebook.id)),
        connection.execute(graded).scalar_one(),
    )


def _read_cells(connection: Connection, notebook: str) -> Iterable[ExamCell]:
    grade, task, source = GRADE_CELLS, TASK_CELLS, SOURCES
    statement = (
        select(
            CELLS.c.id,
            CELLS.c.name,
            CELLS.c.type,
            func.coalesce(grade.c.max_score, task.c.max_score).label("max_score"),
            func.coalesce(*(cast(each.c.cell_type, String) for each in (grade, task, source))).label(
                "cell_type"  # PostgreSQL has a type of its own for each table's
            ),
            source.c.source,
        )
        .outerjoin(grade, grade.c.id == CELLS.c.id)
        .outerjoin(task, task.c.id == CELLS.c.id)
        .outerjoin(source, (source.c.name == CELLS.c.name) & (source.c.notebook_id == CELLS.c.notebook_id))
        .where(CELLS.c.notebook_id == notebook)
        .order_by(CELLS.c.name, CELLS.c.type)
    )
    for row in connection.execute(statement):
        yield ExamCell(row.name, row.type, row.cell_type, row.max_score, row.source or "", row.id)


def compare(held: Held, wanted: Sequence[ExamCell], notebook: str) -> Differences:
    """Return what differs between the gradebook's cells and those of the source."""
    before, after = {cell.key: cell for cell in held.known}, {cell.key: cell for cell in wanted}
    removed = [cell for key, cell in before.items() if key not in after]
    added = [cell for key, cell in after.items() if key not in before]
    renamed = _renamed(removed, added)
    told = {cell.key for pair in renamed for cell in pair}
    both = [(before[key], after[key]) for key in after if key in before]
    return Differences(
        tuple(cell for cell in added if cell.key not in told),
        tuple(cell for cell in removed if cell.key not in told),
        renamed,
        tuple(pair for pair in (*both, *renamed) if pair[0].worth != pair[1].worth),
        (held.name, notebook) if held.name != notebook else None,
    )


def _renamed(removed: Sequence[ExamCell], added: Sequence[ExamCell]) -> Pairs:
    """Return the cells that have another name and else are the same: each is the other's only likeness."""
    pairs = [(old, new) for old in removed for new in added if _is_alike(old, new)]
    return tuple(
        (old, new)
        for old, new in pairs
        if [pair for pair in pairs if pair[0] is old or pair[1] is new] == [(old, new)]
    )


def _is_alike(old: ExamCell, new: ExamCell) -> bool:
    if (old.kind, old.cell_type) != (new.kind, new.cell_type):
        return False
    from rapidfuzz import fuzz

    return fuzz.ratio(old.text.replace(old.name, ""), new.text.replace(new.name, "")) >= _ALIKE
