"""What two processes may say to each other: messages of known kinds, with fields of known types."""

import dataclasses
import inspect

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examiner import messages
from examiner.messages import Call, Raised, Ran, StandInCalled, as_tree, parsed
from examiner.protocol import ProtocolError

KINDS = [kind for _, kind in inspect.getmembers(messages, dataclasses.is_dataclass)]
EXAMPLES = {
    "str": "a", "int": 3, "bool": True, "float": 0.5, "int | None": None, "Node": {"t": "gone"},
    "list[str]": ["a"], "list[int]": [1], "list[Any]": [{}], "list[list[str]]": [["a", "b"]],
    "dict[str, Node]": {"x": 1}, "dict[str, str]": {"x": "y"}, "dict[str, int]": {"x": 1},
}  # fmt: skip
OTHERS = {
    "str": 3, "int": True, "bool": 1, "float": "1", "int | None": "3", "list[str]": "abc",
    "list[int]": [True], "list[Any]": {}, "list[list[str]]": [["a"], "b"], "dict[str, Node]": [],
    "dict[str, str]": {"x": 1}, "dict[str, int]": {"x": 1.5},
}  # fmt: skip


def example(kind):
    return kind(**{field.name: EXAMPLES[field.type] for field in dataclasses.fields(kind)})


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_message_arrives_as_it_was(kind):
    assert parsed(as_tree(example(kind)), (kind,)) == example(kind)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_message_is_refused_where_it_is_not_expected(kind):
    others = tuple(other for other in KINDS if other is not kind)
    with pytest.raises(ProtocolError, match="a message that nobody asked for"):
        parsed(as_tree(example(kind)), others)


@pytest.mark.parametrize(
    ("kind", "field"),
    [(kind, field) for kind in KINDS for field in dataclasses.fields(kind) if field.type != "Node"],
    ids=lambda part: getattr(part, "__name__", getattr(part, "name", "")),
)
def test_a_field_of_another_type_is_refused_by_name(kind, field):
    tree = as_tree(example(kind)) | {field.name: OTHERS[field.type]}
    with pytest.raises(ProtocolError, match=f"{kind.__name__} with a field `{field.name}` of another type"):
        parsed(tree, (kind,))


@pytest.mark.parametrize("change", [{"more": 1}, {"count": None}], ids=["more", "none"])
def test_a_message_has_its_own_fields_and_no_others(change):
    tree = as_tree(Ran([], 1)) | change
    with pytest.raises(ProtocolError):
        parsed({name: value for name, value in tree.items() if value is not None}, (Ran,))


@pytest.mark.parametrize(
    "tree", [None, [], 3, "Ran", {}, {"says": ["Ran"]}, {"says": None}, {"says": "__class__"}]
)
def test_what_is_no_message_is_refused(tree):
    with pytest.raises(ProtocolError):
        parsed(tree, tuple(KINDS))


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
names = st.sampled_from([field.name for kind in KINDS for field in dataclasses.fields(kind)])
fields = st.dictionaries(names, anything, max_size=6)


@given(st.sampled_from(KINDS), fields, anything)
@settings(max_examples=400, deadline=None, derandomize=True, database=None)
def test_any_fields_make_a_message_of_the_expected_kind_or_are_refused(kind, fields, tree):
    known = {field.name for field in dataclasses.fields(kind)}
    for candidate in (
        tree,
        fields | {"says": kind.__name__},
        {n: v for n, v in fields.items() if n in known},
    ):
        try:
            found = parsed(candidate, (Call, Raised, StandInCalled, kind))
        except ProtocolError:
            continue
        assert type(found) in (Call, Raised, StandInCalled, kind)
