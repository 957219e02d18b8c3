"""Each operator of the table, by its example."""

import pytest

from tests.mutants.making import OPERATORS
from tests.mutants.operator import Setting
from tests.mutants.trees import places, text, with_other
from tests.notebooks.bank import normal
from tests.notebooks.promises import promise_of

MEANINGS = {"x": ("NS_images",)}


def changed(operator, source):
    """Return all that an operator makes of a source."""
    setting = Setting(normal(source), promise_of(source), MEANINGS)
    return {
        text(normal(with_other(setting.tree, way, change.code)))
        for way, node in places(setting.tree)
        for change in operator.changes(node, setting)
    }


@pytest.mark.parametrize("operator", OPERATORS, ids=lambda operator: operator.name.replace(" ", "-"))
def test_an_operator_makes_its_example(operator):
    assert text(normal(operator.after)) in changed(operator, operator.before)


def test_no_two_operators_have_the_same_name():
    names = [operator.name for operator in OPERATORS]
    assert len(set(names)) == len(names)
