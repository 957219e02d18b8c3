"""Tables of the marking desk, beside nbgrader's: items of mark schemes, and which of them an answer earned.

Scores and comments are nbgrader's own (`manual_score`, `extra_credit`, `manual_comment`). These tables say
how a score came about. A row of `MARKS` counts only while the grade still has the score that the row names:
where a person has changed it since, in Formgrader for example, nobody knows which items it stands for.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, Integer, MetaData, String, Table, Text

_METADATA = MetaData()
COUNTS, SECOND = 1, 2  # the round that gives points, and the blind one that graders are compared by


def _id(name: str, length: int = 32) -> Column[str]:
    return Column(name, String(length), primary_key=True)


# An item of a mark scheme; `cell` is the gradebook's id of the graded cell, which a new name does not change.
# `given` items are as the source has them. One that is `retired` is chosen no more, and earns nothing.
ITEMS = Table(
    "examiner_item",
    _METADATA,
    _id("id"),
    Column("cell", String(32), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("points", Float, nullable=False),
    Column("given", Boolean, nullable=False),
    Column("retired", Boolean, nullable=False),
)
# One answer that a person has marked at the desk: who, when (ISO 8601, UTC), the score that was written
# (points and extra credit), and the hash of the answer that they read.
MARKS = Table(
    "examiner_mark",
    _METADATA,
    _id("grade"),
    Column("round", Integer, primary_key=True, autoincrement=False),
    Column("score", Float, nullable=False),
    Column("extra", Float, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("marker", String(128), nullable=False),
    Column("time", String(32), nullable=False),
)
# The items that an answer earned. Items of its cell that are not here were missed.
CHOSEN = Table(
    "examiner_chosen",
    _METADATA,
    _id("grade"),
    Column("round", Integer, primary_key=True, autoincrement=False),
    _id("item"),
)
# Answers that a person has put into a group of its own, or out of one; it holds while the answer is the same.
PLACED = Table(
    "examiner_placed",
    _METADATA,
    _id("grade"),
    Column("label", String(32), nullable=False),
    Column("digest", String(64), nullable=False),
)
# Who has an answer on the desk, until when (seconds since 1970).
LEASES = Table(
    "examiner_lease",
    _METADATA,
    _id("grade"),
    Column("holder", String(128), nullable=False),
    Column("until", Float, nullable=False),
)
# What was decided, in the order of the ids, with what undoes it: states before and after, as JSON.
DECISIONS = Table(
    "examiner_decision",
    _METADATA,
    _id("id"),
    Column("cell", String(32), nullable=False, index=True),
    Column("marker", String(128), nullable=False),
    Column("undone", Boolean, nullable=False),
    Column("states", Text, nullable=False),
)
BY_GRADE = (MARKS, CHOSEN, PLACED, LEASES)
BY_CELL = (ITEMS, DECISIONS)
TABLES = (*BY_GRADE, *BY_CELL)
