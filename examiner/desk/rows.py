"""Writes rows for many answers at once, each statement sent once with all of them.

An answer is named by a parameter of its own execution. So no statement has more variables than a database
takes, however many answers are equal, and a group of thousands is written in about a second.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, insert, update


def put_rows(
    connection: Connection, table: Table, rows: Mapping[str, Iterable[Mapping[str, Any]]], **same: Any
) -> None:
    """Put rows in the place of those that answers have, by grades; `same` values are those of all of them."""
    these = [table.c[name] == value for name, value in same.items()]
    if rows:
        statement = delete(table).where(table.c.grade == bindparam("of"), *these)
        connection.execute(statement, [{"of": grade} for grade in rows])
    made = [{"grade": grade, **same, **row} for grade, told in rows.items() for row in told]
    if made:
        connection.execute(insert(table), made)


def set_rows(
    connection: Connection, table: Table, key: str, values: Mapping[str, Mapping[str, Any]], **same: Any
) -> None:
    """Set columns, for all the same ones, of the rows with these keys and with `same` values."""
    if not values:
        return
    names = next(iter(values.values())).keys()
    new: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
    rows = [
        {"row": of, **{f"new_{name}": value for name, value in told.items()}} for of, told in values.items()
    ]
    these = [table.c[name] == value for name, value in same.items()]
    connection.execute(update(table).where(table.c[key] == bindparam("row"), *these).values(new), rows)
