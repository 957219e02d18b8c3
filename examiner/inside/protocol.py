"""Sends values between two processes: plain data in a strict format.

    value ─▶ Writer ─▶ JSON tree + one block of bytes ┃ ─▶ Reader ─▶ value

Numbers, strings, bytes, lists, tuples, sets, dicts, NumPy arrays and torch tensors travel by value, and
pandas tables of numbers travel as arrays. A value that arrives is of exactly these built-in types, or an
array of numbers or of text. It has no hook that Python, NumPy or torch would call. Any other object stays
where it is and travels as a *reference*: a number that its owner looks up. Nothing that arrives is unpickled,
evaluated or imported. Sizes are limited, because one end of the wire is not trusted.
"""

from __future__ import annotations

import functools
import keyword
import math
import numbers
import re
import sys
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np

MAX_TREE = 8_000_000
MAX_BLOCK = 256_000_000
MAX_DEPTH = 40
MAX_KEYS = 10_000

GONE = {"t": "gone"}
"""The node that stands for a name without a value."""

_DTYPE = re.compile(r"[<>|](?:b1|[iu][1248]|f(?:2|4|8|16)|c(?:8|16|32)|[SU][0-9]{1,5})")
_AS_IT_IS = {type(None), bool, int, float, str}
_FLAT = {float: "<f8", int: "<i8", bool: "|b1"}
_BIT_GENERATORS = {
    kind.__name__: kind for kind in (np.random.PCG64, np.random.PCG64DXSM, np.random.MT19937, np.random.SFC64)
}
_PLAIN_DICTS = (dict, OrderedDict, defaultdict, Counter)
_PLAIN_KEYS = (bool, int, float, complex, str, bytes, type(None), np.generic)
_NUMBERS = (bool, int, float, np.number, np.bool_)
_INT64 = range(-(2**63), 2**63)


class ProtocolError(Exception):
    """A value cannot travel, or what came is not in the format; the message says why."""


class NamedValues(tuple):  # type: ignore[type-arg]
    """A namedtuple as it arrives: a tuple whose items can also be had by name, here and when sent back."""

    _fields: tuple[str, ...] = ()

    def __getattr__(self, name: str) -> Any:
        if name in self._fields:
            return self[self._fields.index(name)]
        raise AttributeError(name)


def is_field_name(name: Any) -> bool:
    """Return whether a value may answer to a name that came with it.

    Names that begin with an underscore are not for whoever sends a value to choose: Python, NumPy and torch
    ask any object for some of these (`__array_interface__`), and believe the answer.
    """
    plain = type(name) is str and name.isascii() and name.isidentifier()
    return plain and not name.startswith("_") and not keyword.iskeyword(name)


class Writer:
    """Turns one value into a tree and a block; `refer` says how an object that stays is named."""

    def __init__(self, refer: Callable[[Any], dict[str, Any]]):
        self._refer = refer
        self._parts: list[bytes] = []
        self._size = 0

    @property
    def block(self) -> bytes:
        """The bytes of all arrays that were written."""
        return b"".join(self._parts)

    def write(self, value: Any, depth: int = 0) -> Any:
        """Return the tree that stands for a value."""
        if depth > MAX_DEPTH:
            raise ProtocolError(f"it is nested more than {MAX_DEPTH} levels deep")
        if type(value) in _AS_IT_IS:
            return value
        if isinstance(value, str | float | int):
            return self._scalar(value)
        if isinstance(value, bytes | bytearray):
            return {"t": "bytes", "at": self._put(bytes(value))}
        if isinstance(value, np.ndarray | np.generic):
            return self._array(value, depth)
        if isinstance(value, tuple | list):
            return self._sequence(value, depth)
        if isinstance(value, set | frozenset):
            return {"t": "set", "v": [self.write(item, depth + 1) for item in checked_keys(value)]}
        if type(value) in _PLAIN_DICTS:
            checked_keys(value)
            items = [[self.write(k, depth + 1), self.write(v, depth + 1)] for k, v in value.items()]
            return {"t": "dict", "v": items}
        return self._other(value)

    def _scalar(self, value: Any) -> Any:
        if isinstance(value, np.generic):
            return self._array(value, 0)
        if isinstance(value, str):
            return str.__str__(value)
        return float.__float__(value) if isinstance(value, float) else int.__int__(value)

    def _put(self, content: bytes) -> list[int]:
        at = [self._size, len(content)]
        self._size += len(content)
        if self._size > MAX_BLOCK:
            raise ProtocolError(f"it is larger than {MAX_BLOCK // 1_000_000} MB")
        self._parts.append(content)
        return at

    def _array(self, value: Any, depth: int) -> dict[str, Any]:
        array = np.asarray(value)
        shape = list(array.shape)
        if array.dtype.kind == "O":
            return {"t": "objects", "shape": shape, "v": self.write(array.ravel().tolist(), depth + 1)}
        if not _DTYPE.fullmatch(array.dtype.str):
            raise ProtocolError(f"arrays of dtype {array.dtype} cannot be sent to the tests")
        kind = "array" if isinstance(value, np.ndarray) else "scalar"
        content = np.ascontiguousarray(array).tobytes()
        return {"t": kind, "dtype": array.dtype.str, "shape": shape, "at": self._put(content)}

    def _sequence(self, value: Any, depth: int) -> dict[str, Any]:
        kind = "list" if isinstance(value, list) else "tuple"
        dtype = _flat_dtype(value)
        if dtype:
            return {"t": kind, "flat": dtype, "at": self._put(np.array(value, dtype).tobytes())}
        node: dict[str, Any] = {"t": kind, "v": [self.write(item, depth + 1) for item in value]}
        if kind == "tuple" and (names := _field_names(value)):
            node["names"] = names
        return node

    def _other(self, value: Any) -> Any:
        torch = sys.modules.get("torch")
        if torch and isinstance(value, torch.Tensor):
            plain = value.detach().cpu()
            if plain.dtype == torch.bfloat16:
                plain = plain.float()
            array = self._array(plain.numpy(), 0)
            return {**array, "t": "tensor", "grad": bool(value.requires_grad), **self._refer(value)}
        library = sys.modules.get("pandas")
        if library and isinstance(value, (library.Index, library.Series, library.DataFrame)):
            return self._array(value.to_numpy(), 0)
        if isinstance(value, np.random.Generator):
            return {"t": "rng", "kind": "Generator", "v": self.write(value.bit_generator.state, 1)}
        if isinstance(value, np.random.RandomState):
            return {"t": "rng", "kind": "RandomState", "v": self.write(value.get_state(legacy=False), 1)}
        if isinstance(value, complex):
            return self._array(np.complex128(value), 0)
        if isinstance(value, numbers.Number) and not isinstance(value, np.generic):
            return float(value)  # type: ignore[arg-type]  # a Fraction or a Decimal
        return {"t": "object", **self._refer(value)}


def _field_names(value: Any) -> list[str]:
    """Return the names of a namedtuple's items; none where they do not name the items one by one."""
    fields = getattr(type(value), "_fields", ()) or getattr(value, "_fields", ())
    names = [*fields] if type(fields) is tuple else []
    fits = len(names) == len(value) and len(set(names)) == len(names) and all(map(is_field_name, names))
    return names if fits else []


def _flat_dtype(value: Any) -> str:
    """Return the dtype of a long sequence of numbers of one plain type, or an empty string."""
    if len(value) < 32 or type(value) not in (list, tuple):
        return ""
    kinds = set(map(type, value))
    if len(kinds) != 1 or not kinds <= _FLAT.keys():
        return ""
    if kinds == {int} and not all(item in _INT64 for item in value):
        return ""
    return _FLAT[kinds.pop()]


def checked_keys(keys: Any) -> Any:
    """Return keys that may be hashed: plain, and few, since a hostile choice collides."""
    if len(keys) > MAX_KEYS:
        raise ProtocolError(f"it holds a dict or set of more than {MAX_KEYS} keys")
    for key in keys:
        if not all(isinstance(part, _PLAIN_KEYS) for part in (key if type(key) is tuple else [key])):
            raise ProtocolError("it holds a dict or set with a key that is not plain")
    return keys


class Reader:
    """Turns a tree and a block back into a value; `resolve` finds the object that a reference names."""

    def __init__(self, block: bytes, resolve: Callable[[dict[str, Any], Any], Any]):
        self._block = block
        self._resolve = resolve
        self._taken = 0

    def read(self, node: Any, depth: int = 0) -> Any:
        """Return the value that a tree stands for, or raise `ProtocolError`."""
        if depth > MAX_DEPTH:
            raise ProtocolError("nested too deeply")
        if node is None or type(node) in (bool, int, float, str):
            return node
        if type(node) is not dict:
            raise ProtocolError("a node is neither a plain value nor an object")
        kind = node.get("t")
        if type(kind) is not str or kind not in self._READERS:
            raise ProtocolError("a node of an unknown kind")
        return self._READERS[kind](self, node, depth)

    def _items(self, node: dict[str, Any], depth: int) -> list[Any]:
        items = node.get("v")
        if type(items) is not list:
            raise ProtocolError("a sequence without items")
        return [self.read(item, depth + 1) for item in items]

    def _sequence(self, node: dict[str, Any], depth: int) -> Any:
        if "flat" in node:
            dtype = node["flat"]
            if dtype not in _FLAT.values():
                raise ProtocolError("a sequence of an unknown type")
            values = self._numbers(dtype, node).tolist()
        else:
            values = self._items(node, depth)
        if node["t"] == "list":
            return values
        names = node.get("names")
        if names is None:
            return tuple(values)
        if type(names) is not list or len(names) != len(values) or not all(map(is_field_name, names)):
            raise ProtocolError("a namedtuple whose names do not fit its items")
        named = NamedValues(values)
        named._fields = tuple(names)
        return named

    def _set(self, node: dict[str, Any], depth: int) -> Any:
        return set(checked_keys(self._items(node, depth)))

    def _dict(self, node: dict[str, Any], depth: int) -> Any:
        pairs = node.get("v")
        if type(pairs) is not list or not all(type(pair) is list and len(pair) == 2 for pair in pairs):
            raise ProtocolError("a dict that is no list of pairs")
        keys = checked_keys([self.read(key, depth + 1) for key, _ in pairs])
        return dict(zip(keys, [self.read(item, depth + 1) for _, item in pairs], strict=True))

    def _bytes(self, node: dict[str, Any], depth: int) -> bytes:
        at = node.get("at")
        if type(at) is not list or len(at) != 2 or not all(type(n) is int and n >= 0 for n in at):
            raise ProtocolError("a place in the block that is none")
        if at[0] + at[1] > len(self._block):
            raise ProtocolError("a place outside the block")
        self._taken += at[1]
        if self._taken > len(self._block):  # a writer puts each array in a place of its own
            raise ProtocolError("arrays that share a place in the block")
        return self._block[at[0] : at[0] + at[1]]

    def _numbers(self, dtype: str, node: dict[str, Any]) -> Any:
        content = self._bytes(node, 0)
        if len(content) % _known_dtype(dtype).itemsize:
            raise ProtocolError("an array whose bytes do not fit its type")
        return np.frombuffer(content, _known_dtype(dtype))

    def _shape(self, node: dict[str, Any]) -> tuple[int, ...]:
        shape = node.get("shape")
        if type(shape) is not list or len(shape) > 32:
            raise ProtocolError("an array without a shape")
        if not all(type(n) is int and n >= 0 for n in shape) or math.prod(n or 1 for n in shape) > MAX_BLOCK:
            raise ProtocolError("an array with an impossible shape")
        return tuple(shape)

    def _array(self, node: dict[str, Any], depth: int) -> Any:
        dtype, shape = node.get("dtype"), self._shape(node)
        if type(dtype) is not str:
            raise ProtocolError("an array of an unknown type")
        flat = self._numbers(dtype, node)
        if math.prod(shape) != flat.size:
            raise ProtocolError("an array whose shape does not fit its bytes")
        array = flat.reshape(shape).copy()
        return array if node["t"] != "scalar" else array[()]

    def _objects(self, node: dict[str, Any], depth: int) -> Any:
        values, shape = self.read(node.get("v"), depth + 1), self._shape(node)
        if type(values) is not list or len(values) != math.prod(shape):
            raise ProtocolError("an array whose shape does not fit its items")
        return _as_array_or_lists(values, shape)

    def _tensor(self, node: dict[str, Any], depth: int) -> Any:
        array = self._array(node, depth)
        return self._resolve(node, array if isinstance(array, np.ndarray) else np.asarray(array))

    def _generator(self, node: dict[str, Any], depth: int) -> Any:
        state = self.read(node.get("v"), depth + 1)
        if type(state) is dict and type(state.get("state")) is dict and "pos" in state["state"]:
            place = state["state"]["pos"]  # NumPy does not look whether it lies within the state
            if type(place) is not int or not 0 <= place <= 624:
                raise ProtocolError("a random generator in an impossible state")
        try:
            if node.get("kind") == "RandomState":
                legacy = np.random.RandomState()
                legacy.set_state(state)
                return legacy
            generator = _BIT_GENERATORS[state["bit_generator"]]()
            generator.state = state
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            raise ProtocolError("a random generator in an impossible state") from None
        return np.random.Generator(generator)

    def _object(self, node: dict[str, Any], depth: int) -> Any:
        return self._resolve(node, None)

    _READERS: ClassVar[dict[str, Callable[..., Any]]] = {
        "list": _sequence, "tuple": _sequence, "set": _set, "dict": _dict, "bytes": _bytes,
        "array": _array, "scalar": _array, "objects": _objects, "tensor": _tensor, "object": _object,
        "rng": _generator,
    }  # fmt: skip


@functools.lru_cache(maxsize=100)
def _known_dtype(name: str) -> np.dtype[Any]:
    if not _DTYPE.fullmatch(name) or np.dtype(name).itemsize == 0:
        raise ProtocolError("an array of an unknown type")
    return np.dtype(name)


def _as_array_or_lists(values: list[Any], shape: tuple[int, ...]) -> Any:
    """Return what stands for an array of objects: numbers or text as such an array, other items in lists.

    NumPy computes with an array of objects by asking each of them, so none is made.
    """
    for kinds in (_NUMBERS, (str,)):
        if values and all(isinstance(value, kinds) for value in values):
            array = np.array(values)
            if array.dtype.kind != "O":  # as it is where a whole number has more than 64 bits
                return array.reshape(shape)
    for length in reversed(shape[1:]):
        values = [values[start : start + length] for start in range(0, len(values), max(length, 1))]
    return values if shape else values[0]


def no_references(value: Any) -> dict[str, Any]:
    """Refuse what cannot travel by value: for wires on which nothing is referred to."""
    raise ProtocolError(f"a {type(value).__name__} cannot be sent")


def resolve_nothing(node: dict[str, Any], array: Any) -> Any:
    """Refuse every reference: for wires on which nothing is referred to."""
    raise ProtocolError("a reference where none can be")
