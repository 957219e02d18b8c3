"""Dresses of results: lists, other precisions, tensors, pandas, read-only, in other places of memory."""

from tests.dresses.dress import Dress, around, decorated

_ARRAY = """
def _array(value):
    return value.detach().numpy() if hasattr(value, "detach") else np.asarray(value)


def _with(put, value):
    if isinstance(value, dict):
        return {name: put(_array(item)) for name, item in value.items()}
    return put(_array(value))


def _read_only(array):
    array = np.array(array)
    array.flags.writeable = False
    return array


def _tuples(items):
    return tuple(map(_tuples, items)) if isinstance(items, list) else items


def _framed(array):
    import pandas as pd

    return pd.Series(array) if array.ndim == 1 else pd.DataFrame(array) if array.ndim == 2 else array
"""

_ARRAYS = {
    "list": "array.tolist()",
    "tuple": "_tuples(array.tolist())",
    "list of rows": "list(array) if array.ndim > 1 else array",
    "float32": "array.astype(np.float32)",
    "longdouble": "array.astype(np.longdouble)",
    "tensor": "__import__('torch').as_tensor(np.array(array))",
    "pandas": "_framed(array)",
    "read-only": "_read_only(array)",
    "Fortran order": "np.asfortranarray(array) if array.ndim else array",
    "every second place in memory": "np.repeat(array, 2, axis=0)[::2] if array.ndim else array",
    "backwards in memory": "array[::-1].copy()[::-1] if array.ndim else array",
}
_WHOLE = {
    "int32": "array.astype(np.int32)",
    "float64": "array.astype(float)",
}
_NUMBERS = {
    "Python number": "array.item()",
    "0-d array": "np.array(array)",
    "float32": "np.float32(array)",
    "longdouble": "np.longdouble(array)",
    "tensor": "__import__('torch').as_tensor(np.array(array))",
}
_NEEDS = {"tensor": "torch", "pandas": "pandas"}
_IN_VAIN = {"float32": "whole", "longdouble": "whole"}
_SEVERAL = {
    "list of results": "list(parts)",
    "tuple of results": "tuple(parts)",
    "generator of results": "(part for part in parts)",
    "namedtuple of results": "__import__('collections').namedtuple('Results', {names!r})(*parts)",
}
_SAME_SHAPE = {"array of results": "np.array([_array(part) for part in parts])"}


def _dressable(value):
    """Return by which table a result can be dressed, or None."""
    if value.kind == "dict":
        return _NUMBERS
    if value.kind == "float":
        return _NUMBERS
    return _ARRAYS | (_WHOLE if value.whole else {}) if value.kind in ("array", "number or array") else None


def _way(value, name):
    """Return what a dress does to a result, or an empty string where there is nothing for it to do."""
    table = _dressable(value) or {}
    return "" if value.whole and name in _IN_VAIN else table.get(name, "")


def _fits(name):
    def fits(promise):
        return promise is not None and any(_way(value, name) for value in promise.results)

    return fits


def _put_on(name):
    def put_on(source, promise):
        ways = [_way(value, name) for value in promise.results]
        puts = [
            f"lambda value: _with(lambda array: {way}, value)" if way else "lambda value: value"
            for way in ways
        ]
        if len(puts) == 1:
            call = f"return ({puts[0]})(function(*args, **kwargs))"
        else:
            listed = ", ".join(f"({put})" for put in puts)
            call = f"return tuple(put(part) for put, part in zip(({listed}), function(*args, **kwargs)))"
        return decorated(source, promise, _ARRAY + around(call))

    return put_on


def _fits_several(promise):
    return promise is not None and len(promise.results) > 1


def _fits_same_shape(promise):
    shapes = {value.shape for value in promise.results} if _fits_several(promise) else set()
    return len(shapes) == 1 and None not in shapes


def _put_several(way):
    def put_on(source, promise):
        made = way.format(names=[value.name for value in promise.results])
        return decorated(
            source, promise, _ARRAY + around(f"parts = function(*args, **kwargs); return {made}")
        )

    return put_on


def _double(promise):
    return promise is not None and not promise.is_class and promise.results[0].kind == "tensor"


def _put_double(source, promise):
    return decorated(source, promise, around("return function(*args, **kwargs).double()"))


RESULTS = (
    *(
        Dress(name, _fits(name), _put_on(name), shows=True, needs=_NEEDS.get(name, ""))
        for name in dict.fromkeys([*_ARRAYS, *_WHOLE, *_NUMBERS])
    ),
    *(Dress(name, _fits_several, _put_several(way), shows=True) for name, way in _SEVERAL.items()),
    *(Dress(name, _fits_same_shape, _put_several(way), shows=True) for name, way in _SAME_SHAPE.items()),
    Dress("double tensor", _double, _put_double, shows=True),
)
