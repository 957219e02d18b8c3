"""The written exercises of an assignment: what the source asks and marks by, and where their scores stand."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import Connection, select

from examiner.course.facts import Assignment, Course
from examiner.desk.reading import Place
from examiner.desk.scheme import SchemeItem, items_in
from examiner.desk.states import Worth
from examiner.errors import NotReleased
from examiner.gradebook.schema import Layout, read_layout
from examiner.gradebook.tables import ANSWER, CELLS
from examiner.notebook import cells
from examiner.results.questions import Question, question_of

_WRITTEN = re.compile(r"-written$")


@dataclass(frozen=True)
class Exercise:
    """A written exercise as the desk needs it."""

    name: str
    question: Question
    place: Place

    @property
    def title(self) -> str:
        """Its name without the ending by which cells are told apart."""
        return _WRITTEN.sub("", self.name)

    @property
    def scheme(self) -> tuple[SchemeItem, ...]:
        """The items of its mark scheme in the source."""
        return items_in(self.question.mark_scheme, self.place.worth.total)


def read_exercises(connection: Connection, course: Course, assignment: Assignment) -> dict[str, Exercise]:
    """Return the written exercises that can earn anything, by name, in the notebook's order."""
    layout = read_layout(connection, assignment)
    if layout is None:
        raise NotReleased(
            f"{assignment.name} is not in the gradebook yet: run `make release` and `make grade`"
        )
    source = cells.read_notebook(course.path("source", assignment) / assignment.filename)
    graded = {cell.name: cell.id for cell in layout.graded}
    comments = _comment_cells(connection, layout)
    found = {}
    for cell in source.cells:
        name = cells.grade_id(cell)
        worth = Worth(cells.points(cell), cells.bonus(cell)) if cells.is_written(cell) else Worth(0, 0)
        if worth.total > 0 and name in graded and name in comments:
            place = Place(graded[name], comments[name], worth)
            found[name] = Exercise(name, question_of(cell), place)
    return found


def _comment_cells(connection: Connection, layout: Layout) -> dict[str, str]:
    rows = connection.execute(
        select(CELLS.c.name, CELLS.c.id).where(CELLS.c.notebook_id == layout.notebook, CELLS.c.type == ANSWER)
    )
    return {row.name: row.id for row in rows}
