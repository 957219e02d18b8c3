"""Lets one person at a time hold a group of answers; whoever goes away loses it after some minutes.

A holder is one page of one person: `ada#k7q2`. What keeps two from overwriting each other is the check of
versions in `deciding`; a lease keeps them from reading the same answers at the same time.
"""

from __future__ import annotations

import time
from collections.abc import Collection

from sqlalchemy import Connection, delete, select

from examiner.desk.reading import Place, read_states
from examiner.desk.rows import put_rows
from examiner.errors import DeskRefusal
from examiner.gradebook.database import writing
from examiner.gradebook.desk_tables import LEASES

SECONDS = 180.0


class HeldByOther(DeskRefusal):
    """Another person has one of these answers on the desk."""

    def __init__(self, holder: str):
        self.name = holder.partition("#")[0]
        super().__init__(f"{self.name} has this group on another page: take another one, or wait a little")


def take(connection: Connection, place: Place, grades: Collection[str], holder: str) -> None:
    """Hold a group, or hold it longer, and let go of all else; `HeldByOther` says who has it already."""
    with writing(connection):
        there = read_states(connection, place, grades, lock=True)  # who comes at the same time waits here
        check_free(connection, there, holder)
        connection.execute(delete(LEASES).where(LEASES.c.holder == holder))
        row = {"holder": holder, "until": time.time() + SECONDS}
        put_rows(connection, LEASES, {grade: [row] for grade in there})


def let_go(connection: Connection, holder: str) -> None:
    """Let go of all that a page holds."""
    with writing(connection):
        connection.execute(delete(LEASES).where(LEASES.c.holder == holder))


def check_free(connection: Connection, grades: Collection[str], holder: str) -> None:
    """Raise `HeldByOther` if another page holds one of these answers."""
    others = held_by_others(connection, holder)
    for grade in grades:
        if grade in others:
            raise HeldByOther(others[grade])


def held_by_others(connection: Connection, holder: str) -> dict[str, str]:
    """Return the answers that other pages hold now, with their holders."""
    rows = connection.execute(
        select(LEASES.c.grade, LEASES.c.holder).where(LEASES.c.until > time.time(), LEASES.c.holder != holder)
    )
    return {row.grade: row.holder for row in rows}
