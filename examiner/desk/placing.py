"""Splits answers off a group, and merges groups, for everybody and whatever the slider says."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, select

from examiner.desk.reading import Place, read_states
from examiner.desk.rows import put_rows
from examiner.gradebook.database import writing
from examiner.gradebook.desk_tables import PLACED
from examiner.gradebook.schema import ANSWERS, new_id
from examiner.gradebook.tables import GRADES


def put_together(connection: Connection, place: Place, grades: Collection[str]) -> str:
    """Make a group of these answers alone, and return its name; it holds while their texts stay the same."""
    label = new_id()
    with writing(connection):
        states = read_states(connection, place, grades, lock=True)
        rows = {grade: [{"label": label, "digest": state.digest}] for grade, state in states.items()}
        put_rows(connection, PLACED, rows)
    return label


def read_placed(connection: Connection, place: Place) -> dict[str, str]:
    """Return the group that a person gave to an answer, where the answer is still the same."""
    rows = connection.execute(
        select(PLACED.c.grade, PLACED.c.label)
        .join_from(PLACED, GRADES, GRADES.c.id == PLACED.c.grade)
        .join(ANSWERS, ANSWERS.c.grade == PLACED.c.grade)
        .where(GRADES.c.cell_id == place.cell, ANSWERS.c.digest == PLACED.c.digest)
    )
    return {row.grade: row.label for row in rows}
