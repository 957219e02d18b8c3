"""Dresses of inputs: what the tests give is turned into another form before the answer's body runs.

A test's own inputs are as the test made them; an answer that begins with such a line is as right as before.
"""

from tests.dresses.dress import Dress, around, decorated

_WAYS = {
    "read-only inputs": "value.copy()",
    "Fortran-ordered inputs": "np.asfortranarray(value)",
    "inputs at every second place in memory": "np.repeat(value, 2, axis=0)[::2]",
    "inputs rebuilt from lists": "np.array(value.tolist())",
    "float32 inputs": "value.astype(np.float32) if value.dtype.kind == 'f' else value",
    "whole inputs as ints": (
        "value.astype(int) if value.dtype.kind == 'f' and np.all(value == np.round(value)) else value"
    ),
}
_LOCKED = "\n    changed.flags.writeable = False"

_PRELUDE = """
def _changed(value):
    if not isinstance(value, np.ndarray) or value.ndim == 0 or value.size == 0:
        return value
    changed = {way}{lock}
    return changed
"""
_CALL = "return function(*map(_changed, args), **{name: _changed(value) for name, value in kwargs.items()})"


def _takes_arrays(promise):
    return promise is not None and any(
        value.kind in ("array", "number or array") for value in promise.arguments
    )


def _put_on(name, way):
    def put_on(source, promise):
        lock = _LOCKED if name == "read-only inputs" else ""
        return decorated(source, promise, _PRELUDE.format(way=way, lock=lock) + around(_CALL))

    return put_on


INPUTS = tuple(Dress(name, _takes_arrays, _put_on(name, way)) for name, way in _WAYS.items())
