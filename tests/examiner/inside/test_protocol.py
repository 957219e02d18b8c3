"""Values that travel as they are, values that do not, and messages that are none."""

import json
import math
from collections import Counter, OrderedDict, defaultdict, namedtuple
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examiner.inside import protocol
from examiner.inside.protocol import NamedValues, ProtocolError, Reader, Writer

Fit = namedtuple("Fit", ["weights", "bias"])


class Colour(IntEnum):
    RED = 3


class Shout(str):
    def __str__(self):
        return "never asked"


def refer(value):
    return {"ref": type(value).__name__}


def resolve(node, array):
    return ("tensor", array) if array is not None else ("object", node.get("ref"))


def sent(value):
    """Return what arrives of a value, by way of the text that its tree becomes."""
    writer = Writer(refer)
    tree = json.dumps(writer.write(value))
    return Reader(writer.block, resolve).read(json.loads(tree))


def refusal(value):
    with pytest.raises(ProtocolError) as error:
        sent(value)
    return str(error.value)


PLAIN = {
    "none": None,
    "true": True,
    "int": 3,
    "big_int": -(10**40),
    "float": 0.1,
    "infinity": -math.inf,
    "str": 'a "quoted" ☃\n',
    "surrogate": "\ud800",
    "bytes": b"\x00\xff",
    "empty_list": [],
    "empty_tuple": (),
    "empty_dict": {},
    "empty_set": set(),
    "mixed_list": [1, 2.0, True, None, "a", b"b"],
    "nested": [(1, [2, (3,)]), {"a": [{"b": (4,)}]}],
    "dict_with_plain_keys": {1: "int", "1": "str", 2.5: "float", None: "none", b"b": "bytes"},
    "dict_with_tuple_keys": {(0, 1): [1.0], ("a", None): {}},
    "set": {1, "a", (2, 3)},
    "list_of_floats": [index / 7 for index in range(1000)],
    "list_of_ints": list(range(-500, 500)),
    "list_of_bools": [True, False] * 50,
    "tuple_of_floats": tuple(index / 7 for index in range(100)),
    "list_of_ints_beyond_64_bits": [2**63 + index for index in range(40)],
    "list_of_ints_and_bools": [1, True] * 20,
    "list_of_ints_and_floats": [1, 1.0] * 20,
}


def types(value):
    """Return the types of a value and of all that it holds."""
    if isinstance(value, dict):
        return [dict, *(types(item) for pair in value.items() for item in pair)]
    return [type(value), *(map(types, value) if isinstance(value, list | tuple) else ())]


@pytest.mark.parametrize("value", PLAIN.values(), ids=PLAIN)
def test_a_plain_value_arrives_equal_and_of_the_same_types(value):
    arrived = sent(value)
    assert arrived == value
    assert list(map(str, types(arrived))) == list(map(str, types(value)))


def test_nan_arrives_alone_and_in_a_long_list():
    assert math.isnan(sent(math.nan))
    assert np.isnan(sent([math.nan] * 50)).all()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Shout("quiet"), "quiet"),
        (Colour.RED, 3),
        (bytearray(b"ab"), b"ab"),
        (frozenset({1}), {1}),
        (OrderedDict(a=1), {"a": 1}),
        (defaultdict(list, a=1), {"a": 1}),
        (Counter("aab"), {"a": 2, "b": 1}),
        (Fraction(1, 4), 0.25),
        (Decimal("0.5"), 0.5),
        (1 + 2j, np.complex128(1 + 2j)),
        ({(np.int64(0), np.int64(1)): 2}, {(0, 1): 2}),
        ({np.int32(4): 5}, {4: 5}),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_value_of_a_related_type_arrives_as_the_plain_one(value, expected):
    arrived = sent(value)
    assert arrived == expected
    assert type(arrived) is type(expected)


ARRAYS = {
    "float": np.linspace(0, 1, 6).reshape(2, 3),
    "float32": np.arange(3, dtype=np.float32),
    "float16": np.arange(3, dtype=np.float16),
    "long_double": np.arange(3, dtype=np.longdouble),
    "int8": np.arange(3, dtype=np.int8),
    "uint64": np.array([2**64 - 1], dtype=np.uint64),
    "big_endian": np.arange(3, dtype=">i4"),
    "bool": np.array([True, False]),
    "complex64": np.array([1j], dtype=np.complex64),
    "strings": np.array(["a", "☃☃"]),
    "bytes": np.array([b"a", b"bc"]),
    "nan": np.array([np.nan, np.inf, -0.0]),
    "0d": np.array(3.0),
    "empty": np.zeros((0, 3)),
    "transposed": np.arange(6).reshape(2, 3).T,
    "strided": np.arange(10)[::-3],
    "broadcast": np.broadcast_to(np.arange(3), (2, 3)),
    "fortran": np.asfortranarray(np.arange(6.0).reshape(2, 3)),
    "masked": np.ma.array([1, 2], mask=[False, True]),
    "6d": np.zeros((1,) * 6),
}


@pytest.mark.parametrize("array", ARRAYS.values(), ids=ARRAYS)
def test_an_array_arrives_with_its_dtype_and_shape_as_one_that_may_be_written(array):
    arrived = sent(array)
    assert type(arrived) is np.ndarray
    assert (arrived.dtype, arrived.shape) == (array.dtype, array.shape)
    assert arrived.tobytes() == np.asarray(array).tobytes()
    assert arrived.flags.writeable
    assert not np.shares_memory(arrived, array)


@pytest.mark.parametrize(
    "scalar",
    [
        np.float32(0.1),
        np.float64(0.1),
        np.int8(3),
        np.bool_(True),
        np.complex64(1j),
        np.str_("a"),
        np.str_(""),
    ],
    ids=lambda scalar: type(scalar).__name__,
)
def test_a_numpy_scalar_keeps_its_type(scalar):
    arrived = sent(scalar)
    assert arrived == scalar
    assert type(arrived) is type(scalar)


def objects(*rows):
    array = np.empty((len(rows), len(rows[0])), dtype=object)
    for place, row in enumerate(rows):
        for column, item in enumerate(row):
            array[place, column] = item
    return array


@pytest.mark.parametrize(
    ("items", "dtype"),
    [
        ([[1, 2], [3, 4]], int),
        ([[1, 2.5]], float),
        ([[True, False]], bool),
        ([[1, 2j]], complex),
        ([[np.float32(1), 2]], float),
        ([["a", "bc"]], "<U2"),
    ],
    ids=str,
)
def test_an_array_of_objects_that_are_numbers_or_text_arrives_as_such_an_array(items, dtype):
    arrived = sent(objects(*items))
    assert type(arrived) is np.ndarray
    assert (arrived.dtype, arrived.tolist()) == (np.dtype(dtype), items)


@pytest.mark.parametrize(
    "items", [[[[1, 2], None]], [["a", 1]], [[2**70, 1], [2, 3]], [[(1,), {"a": 2}]]], ids=str
)
def test_an_array_of_other_objects_arrives_as_lists_for_numpy_would_ask_each_of_them(items):
    assert sent(objects(*items)) == items


def test_an_array_of_one_object_arrives_as_that_object():
    array = np.empty((), dtype=object)
    array[()] = [1, 2]
    assert sent(array) == [1, 2]


class Named(tuple):
    """A tuple that says of itself what its author likes."""

    _fields = ()


FIELDS = {
    "protocol_of_numpy": ("__array_interface__",),
    "conversion": ("__float__",),
    "class": ("__class__",),
    "torch": ("__torch_function__",),
    "private": ("_fields",),
    "keyword": ("lambda",),
    "no_identifier": ("a b",),
    "not_ascii": ("\N{LATIN SMALL LIGATURE FI}",),
    "too_many": ("a", "b"),
    "twice": ("a", "a"),
    "no_text": (3,),
    "no_tuple": ["a"],
}


@pytest.mark.parametrize("fields", FIELDS.values(), ids=FIELDS)
def test_a_tuple_with_names_that_are_not_for_its_author_to_choose_arrives_as_a_plain_one(fields):
    value = Named([{"data": (0, False), "shape": (1,), "typestr": "<f8", "version": 3}] * len(fields))
    if len(fields) == 2:
        value = Named([1]) if fields[0] != fields[1] else Named([1, 2])
    value._fields = fields
    arrived = sent(value)
    assert type(arrived) is tuple
    assert arrived == tuple(value)


@pytest.mark.parametrize(
    "names", [["__array_interface__"], ["_x"], ["class"], ["a b"], [""], ["a.b"]], ids=str
)
def test_names_of_a_tuple_that_nobody_would_send_are_refused(names):
    with pytest.raises(ProtocolError, match="a namedtuple whose names do not fit its items"):
        Reader(b"", resolve).read({"t": "tuple", "v": [1], "names": names})


def test_what_arrives_answers_to_no_protocol_of_python_numpy_or_torch():
    arrived = sent(Fit([1.0], 2))
    for name in ("__array_interface__", "__array_struct__", "__array__", "__buffer__", "__torch_function__"):
        with pytest.raises(AttributeError):
            getattr(arrived, name)


def test_a_namedtuple_arrives_as_a_tuple_with_names_however_often_it_is_sent():
    arrived = sent(sent(Fit([1.0], 2)))
    assert isinstance(arrived, NamedValues)
    assert (arrived.weights, arrived.bias) == tuple(arrived) == ([1.0], 2)
    with pytest.raises(AttributeError, match="offset"):
        arrived.offset  # noqa: B018


@pytest.mark.parametrize("requires_grad", [False, True])
def test_a_tensor_arrives_as_its_array_and_says_whether_it_needs_a_gradient(requires_grad):
    torch = pytest.importorskip("torch")
    tensor = torch.arange(6.0).reshape(2, 3).T.requires_grad_(requires_grad)
    writer = Writer(refer)
    tree = writer.write(tensor)
    kind, array = Reader(writer.block, resolve).read(tree)
    assert (kind, array.dtype, array.tolist()) == ("tensor", np.float32, tensor.tolist())
    assert tree["grad"] is requires_grad


def test_a_tensor_of_a_dtype_that_numpy_lacks_arrives_as_float():
    torch = pytest.importorskip("torch")
    assert sent(torch.ones(2, dtype=torch.bfloat16))[1].dtype == np.float32


@pytest.mark.parametrize("kind", ["DataFrame", "Series", "Index"])
def test_a_table_of_pandas_arrives_as_its_array(kind):
    pandas = pytest.importorskip("pandas")
    arrived = sent(getattr(pandas, kind)([1.5, 2.5]))
    assert type(arrived) is np.ndarray
    assert arrived.ravel().tolist() == [1.5, 2.5]


@pytest.mark.parametrize("kind", protocol._BIT_GENERATORS.values(), ids=protocol._BIT_GENERATORS)
def test_a_generator_arrives_in_its_state(kind):
    generator = np.random.Generator(kind(3))
    generator.integers(10, size=3, dtype=np.int32)
    assert sent(generator).random(5).tolist() == generator.random(5).tolist()


def test_a_legacy_generator_arrives_in_its_state():
    generator = np.random.RandomState(3)
    generator.randn()  # it keeps a second number
    assert sent(generator).randn(3).tolist() == generator.randn(3).tolist()


def test_any_other_object_stays_and_is_referred_to():
    assert sent([len, object()]) == [("object", "builtin_function_or_method"), ("object", "object")]


class Fruitful(dict):
    pass


def test_a_dict_of_a_type_of_its_own_stays_for_it_may_answer_otherwise():
    assert sent(Fruitful(a=1)) == ("object", "Fruitful")


def nested(levels):
    value = []
    for _ in range(levels):
        value = [value]
    return value


def cyclic():
    value = []
    value.append(value)
    return value


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (nested(41), "it is nested more than 40 levels deep"),
        (cyclic(), "it is nested more than 40 levels deep"),
        (np.zeros(2, dtype=[("a", "u1")]), "arrays of dtype [('a', 'u1')] cannot be sent to the tests"),
        (np.array(["2027"], dtype="M8[Y]"), "arrays of dtype datetime64[Y] cannot be sent to the tests"),
        (set(range(10_001)), "it holds a dict or set of more than 10000 keys"),
        (dict.fromkeys(range(10_001)), "it holds a dict or set of more than 10000 keys"),
        ({frozenset({1}): 2}, "it holds a dict or set with a key that is not plain"),
        ({((1, 2), 3): 4}, "it holds a dict or set with a key that is not plain"),
        ({Fit(1, 2)}, "it holds a dict or set with a key that is not plain"),
        ({len}, "it holds a dict or set with a key that is not plain"),
    ],
    ids=["deep", "cyclic", "structured", "dates", "set", "dict", "sets", "nested", "named", "object"],
)  # fmt: skip
def test_a_value_that_cannot_be_sent_is_refused_by_whoever_sends_it(value, message):
    assert refusal(value) == message


@pytest.mark.parametrize("value", [b"12345", np.zeros(1), [0.5] * 32, ["a", b"12345"]], ids=repr)
def test_a_value_of_too_many_bytes_is_refused(monkeypatch, value):
    monkeypatch.setattr(protocol, "MAX_BLOCK", 4)
    assert refusal(value) == "it is larger than 0 MB"


def test_nesting_up_to_the_limit_arrives():
    assert sent(nested(40)) == nested(40)


EIGHT = bytes(8)
ARRAY = {"t": "array", "dtype": "<f8", "shape": [1], "at": [0, 8]}
MALFORMED = {
    "list": [],
    "no_kind": {},
    "unknown_kind": {"t": "pickle"},
    "kind_of_another_type": {"t": ["list"]},
    "list_without_items": {"t": "list"},
    "list_with_a_dict": {"t": "list", "v": {}},
    "list_with_a_str": {"t": "tuple", "v": "abc"},
    "list_with_a_list": {"t": "list", "v": [[1]]},
    "flat_of_objects": {"t": "list", "flat": "|O", "at": [0, 8]},
    "flat_of_another_type": {"t": "list", "flat": ["<f8"], "at": [0, 8]},
    "flat_without_a_place": {"t": "list", "flat": "<f8"},
    "flat_that_does_not_fit": {"t": "list", "flat": "<f8", "at": [0, 7]},
    "names_too_few": {"t": "tuple", "v": [1, 2], "names": ["a"]},
    "names_of_another_type": {"t": "tuple", "v": [1], "names": [1]},
    "names_in_a_str": {"t": "tuple", "v": [1], "names": "a"},
    "set_with_a_list": {"t": "set", "v": [{"t": "list", "v": []}]},
    "set_with_an_array": {"t": "set", "v": [ARRAY]},
    "set_too_large": {"t": "set", "v": list(range(10_001))},
    "dict_without_pairs": {"t": "dict", "v": [[1]]},
    "dict_with_a_dict": {"t": "dict", "v": {"a": 1}},
    "dict_with_a_list_as_key": {"t": "dict", "v": [[{"t": "list", "v": []}, 1]]},
    "dict_too_large": {"t": "dict", "v": [[index, 0] for index in range(10_001)]},
    "bytes_without_a_place": {"t": "bytes"},
    "bytes_at_a_negative_place": {"t": "bytes", "at": [-1, 2]},
    "bytes_of_negative_size": {"t": "bytes", "at": [4, -2]},
    "bytes_beyond_the_block": {"t": "bytes", "at": [4, 5]},
    "bytes_far_beyond_the_block": {"t": "bytes", "at": [10**30, 10**30]},
    "bytes_at_true": {"t": "bytes", "at": [False, True]},
    "bytes_at_a_float": {"t": "bytes", "at": [0.0, 8.0]},
    "bytes_at_three_places": {"t": "bytes", "at": [0, 8, 8]},
    "array_of_objects": {**ARRAY, "dtype": "|O"},
    "array_of_dates": {**ARRAY, "dtype": "<M8[s]"},
    "array_of_records": {**ARRAY, "dtype": "i4,f4"},
    "array_of_no_dtype": {**ARRAY, "dtype": None},
    "array_of_a_list_of_dtypes": {**ARRAY, "dtype": [["a", "<f8"]]},
    "array_of_empty_strings": {**ARRAY, "dtype": "<U0", "shape": [0], "at": [0, 0]},
    "array_of_foreign_digits": {**ARRAY, "dtype": "<S\u0663"},
    "array_of_a_longer_dtype": {**ARRAY, "dtype": "<f8\n"},
    "array_without_a_shape": {**ARRAY, "shape": None},
    "array_of_a_larger_shape": {**ARRAY, "shape": [2]},
    "array_of_an_enormous_shape": {**ARRAY, "shape": [2**40, 2**40]},
    "array_of_an_enormous_empty_shape": {**ARRAY, "shape": [2**31 - 1] * 4 + [0], "at": [0, 0]},
    "array_of_a_negative_shape": {**ARRAY, "shape": [-1]},
    "array_of_a_float_shape": {**ARRAY, "shape": [1.0]},
    "array_of_a_shape_of_true": {**ARRAY, "shape": [True]},
    "array_of_too_many_dimensions": {**ARRAY, "shape": [1] * 33},
    "array_that_does_not_fit": {**ARRAY, "at": [0, 7]},
    "scalar_of_a_larger_shape": {**ARRAY, "t": "scalar", "shape": [3]},
    "objects_without_items": {"t": "objects", "shape": [1]},
    "objects_in_a_str": {"t": "objects", "shape": [1], "v": "a"},
    "objects_of_a_larger_shape": {"t": "objects", "shape": [2], "v": {"t": "list", "v": [1]}},
    "objects_of_an_enormous_shape": {"t": "objects", "shape": [2**63, 0], "v": {"t": "list", "v": []}},
    "tensor_of_objects": {**ARRAY, "t": "tensor", "dtype": "|O"},
    "generator_without_a_state": {"t": "rng"},
    "generator_of_an_unknown_kind": {"t": "rng", "v": {"t": "dict", "v": [["bit_generator", "os"]]}},
    "generator_in_a_list": {"t": "rng", "v": {"t": "list", "v": []}},
    "legacy_generator_in_a_tuple": {"t": "rng", "kind": "RandomState", "v": {"t": "tuple", "v": ["MT19937"]}},
}  # fmt: skip


@pytest.mark.parametrize("tree", MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_tree_is_refused(tree):
    with pytest.raises(ProtocolError):
        Reader(EIGHT, resolve).read(tree)


def test_a_tree_of_too_many_levels_is_refused():
    tree = 1
    for _ in range(42):
        tree = {"t": "list", "v": [tree]}
    with pytest.raises(ProtocolError, match="nested too deeply"):
        Reader(b"", resolve).read(tree)


@pytest.mark.parametrize("kind", ["Generator", "RandomState"])
@pytest.mark.parametrize(
    ("part", "value"),
    [("pos", 625), ("pos", -1), ("pos", 10**30), ("pos", 0.5), ("key", np.zeros(3, "u4")), ("key", None)],
    ids=["beyond", "negative", "enormous", "float", "short", "none"],
)
def test_a_generator_that_would_read_beyond_its_state_is_refused(kind, part, value):
    state = np.random.RandomState(1).get_state(legacy=False)
    state["state"][part] = value
    writer = Writer(refer)
    tree = {"t": "rng", "kind": kind, "v": writer.write(state)}
    with pytest.raises(ProtocolError, match="a random generator in an impossible state"):
        Reader(writer.block, resolve).read(tree)


numbers = st.integers(-2, 40) | st.sampled_from([2**31, 2**63, 10**30])
words = st.sampled_from(
    ["list", "tuple", "set", "dict", "bytes", "array", "scalar", "objects", "tensor", "object", "rng",
     "<f8", "|b1", "<i8", "<U2", "|S1", "<f2", ">c8", "<U0", "|O", "Generator", "RandomState", "MT19937", ""]
)  # fmt: skip
names = st.sampled_from(
    ["v", "at", "shape", "dtype", "flat", "names", "kind", "grad", "state", "bit_generator", "pos", "key"]
)
leaves = st.none() | st.booleans() | st.floats() | numbers | words


def trees(children):
    parts = st.lists(children, max_size=4)
    anything = children | parts | st.lists(st.integers(0, 9), max_size=3)
    return parts | st.builds(lambda kind, rest: {"t": kind, **rest}, words, st.dictionaries(names, anything))


@settings(max_examples=400, deadline=None, derandomize=True, database=None)
@given(st.recursive(leaves, trees, max_leaves=20), st.binary(max_size=40))
def test_whatever_comes_is_a_plain_value_or_refused(tree, block):
    try:
        value = Reader(block, lambda node, array: None).read(json.loads(json.dumps(tree)))
    except ProtocolError:
        return
    plain = (bool, int, float, str, bytes, list, tuple, set, dict, NamedValues, type(None))
    assert isinstance(value, np.ndarray | np.generic | np.random.Generator | np.random.RandomState) or (
        type(value) in plain
    )
