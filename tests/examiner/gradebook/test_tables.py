"""nbgrader's tables are written down a second time; here they are compared with its own."""

import pytest
from nbgrader import api

from examiner.gradebook import tables

OWN = api.Base.metadata.tables


def facts(column):
    kind = column.type
    default = column.default.arg if column.default is not None and column.default.is_scalar else None
    return column.name, repr(kind), column.primary_key, column.nullable, default


@pytest.mark.parametrize("table", tables.NBGRADERS, ids=lambda table: table.name)
def test_a_table_is_nbgraders(table):
    assert list(map(facts, table.columns)) == list(map(facts, OWN[table.name].columns))


def test_only_the_table_of_courses_which_nbgrader_alone_fills_is_left_out():
    assert OWN.keys() - {table.name for table in tables.NBGRADERS} == {"course"}


def test_cells_are_of_nbgraders_kinds():
    kinds = {kind.__name__: kind.__tablename__ for kind in (api.GradeCell, api.SolutionCell, api.TaskCell)}
    assert {kind: table.name for kind, table in tables.KINDS.items()} == kinds
