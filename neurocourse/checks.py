"""Friendly assertions for test cells, and stand-ins for earlier answers.

A failed check raises `CheckFailed`. Its message is for the student: it names the value that was checked, says
what is wrong with it, and gives a hint. It shows the student's own values. It shows expected values only if
the caller says ``show_expected=True``. Use that only in the visible part of a test cell.

    visible part:  check_close(answer, [1, 2], name="f([1])", show_expected=True)
    hidden part:   stand_in(earlier_function=reference) ... check_close(answer, reference(...), name=...)
"""

from __future__ import annotations

import contextlib
import sys
import typing
from numbers import Number

import numpy as np

if typing.TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from numpy.typing import ArrayLike

_Function = typing.TypeVar("_Function", bound=typing.Any)

__all__ = [
    "CheckFailed",
    "ELSEWHERE",
    "as_numbers",
    "check",
    "check_close",
    "check_finite",
    "check_mistakes",
    "check_shape",
    "inputs_unchanged",
    "known",
    "stand_in",
]

_ABSENT = object()
# The name under which a grader that runs a student's functions in another process leaves, among the test's
# globals, a function that replaces names there, too.
ELSEWHERE = "__replace_elsewhere__"


class CheckFailed(AssertionError):
    """An answer is not right yet; the message tells the student what to look at.

    ``without_values`` is the same message without values that the student's code returned: a grader shows
    it for hidden data, which an answer could hand on as its result.
    """

    def __init__(self, message: str, without_values: str | None = None) -> None:
        super().__init__(message)
        self.without_values = message if without_values is None else without_values


def check(condition: object, hint: str) -> None:
    """Raise `CheckFailed` with `hint` unless `condition` is true."""
    if not condition:
        raise CheckFailed(hint)


def as_numbers(value: ArrayLike, name: str) -> np.ndarray:
    """Return `value` as a plain float array, or say why it cannot be one.

    Parameters
    ----------
    value : number, sequence, array, torch tensor or pandas object
        A student's result. Subclasses of arrays and objects of other types are turned into plain data or
        refused, so that no comparison runs code of theirs.
    name : str
        What to call it in the message.

    Returns
    -------
    numpy.ndarray
        Of dtype float64, sharing no memory with `value`.
    """
    numbers = _as_numbers(value, name)
    forms = getattr(_running_shell(), "neurocourse_forms", None)  # in a student's notebook
    if forms and numbers.ndim and not isinstance(value, np.ndarray):
        forms.see(_form_of(value))
    return numbers


def _as_numbers(value: ArrayLike, name: str) -> np.ndarray:
    if value is None:
        raise CheckFailed(f"{name} is None: does the function end in a `return`?")
    if callable(value):
        raise CheckFailed(f"{name} is a function: call it with ( ) to get its value.")
    torch = sys.modules.get("torch")  # not imported: then no tensor is about
    if torch and isinstance(value, torch.Tensor):
        value = value.detach().cpu().numpy()
    pandas = sys.modules.get("pandas")
    if pandas and isinstance(value, pandas.DataFrame | pandas.Series | pandas.Index):
        value = value.to_numpy()
    if not isinstance(value, (Number, list, tuple, np.ndarray)):
        advice = " Return its `.x`." if type(value).__name__ == "OptimizeResult" else ""
        kind = type(value).__name__
        raise CheckFailed(f"{name} should be a number or an array of numbers, got {kind}.{advice}")
    try:
        return np.array(value, dtype=float, subok=False)
    except (TypeError, ValueError):
        raise CheckFailed(
            f"{name} should be a number or an array of numbers, got a {type(value).__name__} that holds "
            "something else, or rows of different lengths."
        ) from None


def _form_of(value: object) -> str:
    for kind in (list, tuple):
        if isinstance(value, kind):
            return kind.__name__
    name = type(value).__name__
    return f"pandas {name}" if type(value).__module__.startswith("pandas") else "tensor"


def check_shape(actual: ArrayLike, shape: Sequence[int], *, name: str, hint: str = "") -> None:
    """Raise `CheckFailed` unless `actual` is numeric and has this shape."""
    found = as_numbers(actual, name).shape
    shape = tuple(shape)
    if found != shape:
        transposed = " Transpose it?" if len(shape) == 2 and found == shape[::-1] else ""
        wanted = f"{name} should have shape {shape}"
        raise CheckFailed(
            _sentence(f"{wanted}, got {found}.{transposed}", hint), _sentence(f"{wanted}.{transposed}", hint)
        )


def check_finite(actual: ArrayLike, *, name: str, hint: str = "") -> None:
    """Raise `CheckFailed` if `actual` holds NaN or an infinity."""
    bad = ~np.isfinite(as_numbers(actual, name))
    if bad.any():
        what = f"{bad.sum()} of {bad.size} values are" if bad.ndim else "it is"
        raise CheckFailed(
            _sentence(f"{name} should be finite, but {what} NaN or infinite.", hint),
            _sentence(f"{name} should be finite.", hint),
        )


def check_close(
    actual: ArrayLike,
    expected: ArrayLike,
    *,
    name: str,
    hint: str = "",
    mistakes: Mapping[str, ArrayLike] | None = None,
    rtol: float = 1e-5,
    atol: float = 1e-8,
    show_expected: bool = False,
) -> None:
    """Raise `CheckFailed` unless `actual` equals `expected` in shape and, within tolerance, in value.

    Parameters
    ----------
    actual, expected : array-like
        The student's result and the right one.
    name : str
        What to call the result, e.g. ``"make_design_matrix(stim, d=3)"``.
    hint : str
        Shown when the values differ and no entry of `mistakes` fits.
    mistakes : dict of str to array-like, optional
        Maps a hint to the value that a known mistake yields; the first that `actual` equals gives its hint.
    rtol, atol : float
        Relative and absolute tolerance, as in `numpy.allclose`.
    show_expected : bool
        Show the expected value at the first difference. For visible tests only.

    Examples
    --------
    >>> check_close([1.0, 2.0], [1, 2], name="answer")
    >>> check_close([2, 1], [1, 2], name="answer", mistakes={"The order is reversed.": [2, 1]})
    Traceback (most recent call last):
    ...
    neurocourse.checks.CheckFailed: answer is not right: at index 0 it is 2. The order is reversed.
    """
    expected = _as_numbers(expected, "the expected value")
    found = as_numbers(actual, name)
    if found.shape == expected.shape and np.allclose(found, expected, rtol=rtol, atol=atol):
        return
    hint = _hint_of_mistake(found, mistakes or {}, rtol, atol) or hint
    check_shape(found, expected.shape, name=name, hint=hint)
    raise CheckFailed(
        _sentence(_first_difference(found, expected, name, rtol, atol, show_expected), hint),
        _sentence(f"{name} is not right.", hint),
    )


def check_mistakes(
    actual: ArrayLike, mistakes: Mapping[str, ArrayLike], *, name: str, rtol: float = 1e-5, atol: float = 1e-8
) -> None:
    """Raise `CheckFailed` if `actual` equals the result of a known mistake; anything else passes.

    For mistakes that would end in an error further on, such as using the notebook's data, of another length.

    Parameters
    ----------
    actual : array-like
        The student's result.
    mistakes : dict of str to array-like
        Maps a hint to the value that the mistake yields.
    name : str
        What to call the result.
    """
    hint = _hint_of_mistake(as_numbers(actual, name), mistakes, rtol, atol)
    if hint:
        raise CheckFailed(f"{name} is not right. {hint}")


@contextlib.contextmanager
def inputs_unchanged(*, hint: str = "Work on a copy, or make a new array.", **arrays: Any) -> Iterator[None]:
    """Raise `CheckFailed` if the block modifies one of the named arrays in place."""
    before = {name: np.array(array).tobytes() for name, array in arrays.items()}  # bytes: NaN stays NaN
    yield
    for name, array in arrays.items():
        if before[name] != np.array(array).tobytes():
            raise CheckFailed(_sentence(f"Your function changed its input `{name}` in place.", hint))


def known(function: _Function) -> _Function:
    """Mark a reference that is no secret, since the notebook's text gives its formula.

    A grader may then run it beside the student's code, where a loop calls it quickly, instead of being asked
    for each result. So mark what such loops call, and only the answers of earlier exercises. The function may
    use its arguments, imported modules and other marked functions, nothing else. Do not mark what counts
    calls or looks at arguments: that must stay with the test.

    Parameters
    ----------
    function : callable
        A function that a hidden test defines, for `stand_in`.

    Returns
    -------
    callable
        The same function.
    """
    function.is_known = True
    return function


class stand_in:
    """Replace names that a student defined, so that a test does not depend on earlier answers.

    Called in a test cell of a notebook, it replaces the names until the cell ends. Elsewhere use it as a
    context manager; it then replaces globals of the calling module.

    Examples
    --------
    >>> def double(x):
    ...     return "wrong"
    >>> with stand_in(double=lambda x: 2 * x):
    ...     double(3)
    6
    >>> double(3)
    'wrong'
    """

    def __init__(self, **replacements: Any) -> None:
        shell = _running_shell()
        self._namespace = shell.user_ns if shell else sys._getframe(1).f_globals
        self._originals = {name: self._namespace.get(name, _ABSENT) for name in replacements}
        self._replace(replacements)
        if shell:
            self._restore_after_cell(shell)

    def __enter__(self) -> stand_in:
        return self

    def __exit__(self, *_: object) -> None:
        self.restore()

    def restore(self) -> None:
        """Put the original objects back; a second call does nothing."""
        self._replace(self._originals)
        self._originals = {}

    def _replace(self, values: Mapping[str, object]) -> None:
        for name, value in values.items():
            if value is _ABSENT:
                self._namespace.pop(name, None)
            else:
                self._namespace[name] = value
        elsewhere = self._namespace.get(ELSEWHERE)
        if elsewhere:
            elsewhere(values, _ABSENT)

    def _restore_after_cell(self, shell: Any) -> None:
        def restore(*_: object) -> None:
            shell.events.unregister("post_run_cell", restore)
            self.restore()

        # In front of earlier ones: of two stand-ins for a name, the later must go first.
        shell.events.callbacks["post_run_cell"].insert(0, restore)


def _running_shell() -> Any:
    ipython = sys.modules.get("IPython")  # not imported: then no notebook is running
    return ipython.get_ipython() if ipython else None


def _hint_of_mistake(found: np.ndarray, mistakes: Mapping[str, ArrayLike], rtol: float, atol: float) -> str:
    """Return the hint of the first mistake whose value is `found`, or an empty string."""
    for hint, value in mistakes.items():
        mistaken = _as_numbers(value, "a mistaken value")
        same_shape = found.shape == mistaken.shape
        if same_shape and np.allclose(found, mistaken, rtol=rtol, atol=atol, equal_nan=True):
            return hint
    return ""


def _sentence(message: str, hint: str) -> str:
    return f"{message} {hint}".strip()


def _first_difference(
    found: np.ndarray, expected: np.ndarray, name: str, rtol: float, atol: float, show_expected: bool
) -> str:
    different = ~np.isclose(found, expected, rtol=rtol, atol=atol)
    at: tuple[int, ...] = ()
    if found.ndim == 0:
        where = "it is"
    else:
        at = tuple(int(i) for i in np.argwhere(different)[0])
        where = f"at index {at[0] if len(at) == 1 else at} it is"
    message = f"{name} is not right: {where} {found[at]:.6g}"
    if show_expected:
        message += f", expected {expected[at]:.6g}"
    if different.sum() > 1:
        message += f" ({different.sum()} of {different.size} values differ)" if show_expected else ""
    return message + "."
