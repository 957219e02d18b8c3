"""Holds a test's side of a student process: a fork of it, whose values can be called and read.

    test ─▶ StudentObject ─▶ Session.call ─▶ wire ─▶ student process ─▶ plain data, or a reference
                                   stand-ins ◀─┘  (what a test puts in a student's place runs here,
                                                  but for what is lent: see `lending`)

A reference that goes out names only what the test itself passed or stood in: a function, a class or a network
of its own. A value that came from a student never becomes one. Every answer is checked, and an improper one
ends the session.
"""

from __future__ import annotations

import builtins
import contextlib
import sys
import warnings
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from examiner.errors import GraderAtFault
from examiner.inside import messages as say
from examiner.inside.protocol import GONE, MAX_BLOCK, ProtocolError, Reader, Writer
from examiner.inside.wire import Wire
from examiner.sandbox.allowance import Allowance, TimeUsed
from examiner.sandbox.lending import as_lent
from examiner.sandbox.objects import (
    StudentFault,
    StudentObject,
    Unsendable,
    change,
    student_error,
    student_object,
    student_tensor,
)
from examiner.sandbox.student_client import StudentClient, StudentGone
from examiner.verdict import TestState

OWN_FAULT = "The grader itself failed while it ran a test ({name}). A person must look at this submission."

_MAX_WARNINGS = 50
_NOTHING: Mapping[str, str] = MappingProxyType({})
_OWN_FAULTS = (ImportError, OSError, SystemError)
# What a student may call of a stand-in that is a network: what one does with it.
_NETWORK_METHODS = ("train", "eval", "to", "parameters", "forward")


class Session(StudentClient):
    """A student process while it serves the calls of one test, for so many seconds in all.

    It is lent those functions of the test of which there are texts, by their names.
    """

    def __init__(
        self,
        wire: Wire,
        time_used: TimeUsed,
        first: StudentClient,
        number: int,
        *,
        seconds: float,
        lent: Mapping[str, str] = _NOTHING,
    ):
        super().__init__(wire, time_used, first, number)
        self._lent = lent
        self._allowance = Allowance(seconds, time_used)
        self._iterated_bytes = 0  # of an iterator that never ends there would be too many
        self._stand_ins: list[Any] = []
        self._errors: list[BaseException] = []
        self._tensors: dict[int, Any] = {}
        self._siblings: dict[int, list[int]] = {}  # of a network's parameter: all of them
        self._gradients: dict[int, Any] = {}  # until the next request
        self._block = b""

    def names(self, names: list[str], seed: int | None = None, mark: str = "") -> dict[str, Any]:
        """Return those of the names that the student defined, as plain data or stand-in objects.

        A seed is for the generators of the student process, before it answers; `mark` names the test whose
        place it goes back to.
        """
        found, self._block = self._ask(say.Names(names, seed, mark), Writer(self._refer), say.Found)
        return {name: self._read(node) for name, node in found.names.items() if name in names}

    def replace(self, values: dict[str, Any], absent: Any) -> None:
        """Put values in the place of the student's names; those that are `absent` go."""
        writer = Writer(self._refer)
        nodes = {name: GONE if value is absent else writer.write(value) for name, value in values.items()}
        self._ask(say.Put(nodes), writer, say.Done)

    def call(self, target: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call a student's function, and let changes that it makes to its arguments be seen here, too."""
        writer = Writer(self._refer)
        nodes = self._own(target), writer.write(list(args)), writer.write(kwargs)
        listens = bool(warnings.filters) and warnings.filters[0][0] != "ignore"
        numbers: Any = np.geterr()
        request = say.Call(*nodes, numbers, listens, self._time_left())
        returned = self._use(request, writer)
        with _as_crash(self):
            _repeat_warnings(returned.warned)
            self._apply_changes(returned.changed, args, kwargs)
        return self._read(returned.value)

    def attribute(self, target: Any, name: str) -> Any:
        """Return an attribute of a student's object."""
        writer = Writer(self._refer)
        return self._read(self._use(say.Attribute(self._own(target), name), writer).value)

    def next(self, target: Any, *, begin: bool) -> Any:
        """Return a student's iterator, or its next item; `StopIteration` at its end."""
        writer = Writer(self._refer)
        returned = self._use(say.Next(self._own(target), begin), writer)
        self._iterated_bytes += len(self._block)
        if self._iterated_bytes > MAX_BLOCK:
            raise self.gone(TestState.TIMED_OUT)
        if type(returned) is say.Ended:
            raise StopIteration
        return self._read(returned.value)

    def parameters(self, network: Any) -> list[Any]:
        """Return the parameters of a student's network, all of them in one answer."""
        found = self._list(say.Parameters(self._own(network)))
        if torch := sys.modules.get("torch"):
            tensors = [each.student_ref for each in found if isinstance(each, torch.Tensor)]
            self._siblings |= dict.fromkeys(tensors, tensors)
        return found

    def gradient(self, tensor: Any) -> Any:
        """Return a gradient of a student's tensor, or None; those of a network's parameters come together."""
        number = tensor.student_ref
        if number not in self._gradients:
            asked = self._siblings.get(number, [number])
            gradients = self._list(say.Gradients(asked))
            if len(gradients) != len(asked):
                raise self.gone(TestState.CRASHED)
            self._gradients = dict(zip(asked, gradients, strict=True))
        return self._gradients[number]

    def _list(self, request: Any) -> list[Any]:
        """Return the list that a request is answered with."""
        found = self._read(self._use(request, Writer(self._refer)).value)
        if type(found) is not list:
            raise self.gone(TestState.CRASHED)
        return found

    def backward(self, target: Any, gradient: np.ndarray | None = None) -> None:
        """Propagate gradients back from a student's tensor to those that the tests had sent.

        The student's own tensors keep theirs (`gradient`). `gradient` says how much each number of the target
        counts, where there are several.
        """
        writer = Writer(self._refer)
        request = say.Backward(self._own(target), writer.write(gradient))
        gradients = self._read(self._use(request, writer).value)
        torch = sys.modules["torch"]
        with _as_crash(self):
            for key, gradient in gradients.items():
                tensor = self._tensors[int(key)]
                tensor.grad = torch.from_numpy(gradient).reshape(tensor.shape).to(tensor.dtype)

    def _use(self, request: Any, writer: Writer) -> Any:
        """Use a value of the student's and return the answer that there was no error."""
        answer, self._block = self._ask(request, writer, *say.USED)
        if type(answer) is say.Unsendable:
            raise Unsendable(f"The tests cannot receive the result: {answer.reason[:200]}.")
        if type(answer) is say.Raised:
            raise self._error(answer)
        if type(answer) is say.Ended and type(request) is not say.Next:
            raise self.gone(TestState.CRASHED)
        return answer

    def _ask(self, request: Any, writer: Writer, *kinds: type) -> tuple[Any, bytes]:
        """Send a request, serve the stand-ins that its answer takes, and return the answer."""
        self._gradients = {}  # this may change them
        kinds = (*kinds, say.StandInCalled)
        answer, block = self.exchange(request, writer.block, self._time_left(), *kinds)
        while type(answer) is say.StandInCalled:
            served, served_block = self._serve(answer, block)
            answer, block = self.exchange(served, served_block, self._time_left(), *kinds)
        return answer, block

    def _time_left(self) -> float:
        left = self.seconds_left()
        if left <= 0:
            raise self.stop()
        return left

    def seconds_left(self) -> float:
        """Return for how long the test may go on; 0 or less when its time is over."""
        return self._allowance.seconds_left()

    def stop(self) -> StudentGone:
        """End the session since its time is over, and return the error that says so."""
        return self.gone(TestState.TIMED_OUT)

    def _serve(self, called: say.StandInCalled, block: bytes) -> tuple[Any, bytes]:
        """Call a stand-in of the test for the student's code."""
        with _as_crash(self):
            stand_in = self._stand_in(called.number)
            if called.method:
                stand_in = getattr(stand_in, _methods(stand_in)[_methods(stand_in).index(called.method)])
            reader = Reader(block, self._resolve)
            args, kwargs = reader.read(called.args), reader.read(called.kwargs)
            if type(args) is not list or type(kwargs) is not dict:
                raise ProtocolError("a call of a stand-in without arguments")
        writer = Writer(self._refer)
        try:
            result = stand_in(*args, **kwargs)
            return say.Returned(writer.write(_listed(result)), {}, []), writer.block
        except (StudentGone, GraderAtFault):
            raise
        except Exception as error:
            check_own_fault(error)
            self._errors.append(error)
            return say.Raised(_builtin(error), str(error), len(self._errors) - 1), b""

    def _stand_in(self, number: Any) -> Any:
        if type(number) is not int or not 0 <= number < len(self._stand_ins):
            raise ProtocolError("a stand-in that was never passed")
        return self._stand_ins[number]

    def _error(self, raised: say.Raised) -> BaseException:
        if raised.number is not None and 0 <= raised.number < len(self._errors):
            return self._errors[raised.number]
        if raised.type == "OutOfTime":
            return self.gone(TestState.TIMED_OUT)
        return student_error(raised.type, raised.message[:2000])

    def _apply_changes(self, changed: dict[str, Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        ours = {str(place): value for place, value in enumerate(args)} | kwargs
        for key, node in changed.items():
            change(ours[key], self._read(node))

    def _read(self, node: Any) -> Any:
        with _as_crash(self):
            return Reader(self._block, self._resolve).read(node)

    def _resolve(self, node: dict[str, Any], array: Any) -> Any:
        """Return what a reference of the student's names: a stand-in, or an object that stays there."""
        if "stand_in" in node:
            return self._stand_in(node["stand_in"])
        if node["t"] == "tensor":
            return student_tensor(array, node, self) if "torch" in sys.modules else array
        return student_object(self, node)

    def _own(self, target: Any) -> dict[str, Any]:
        """Return the node that names a value of the student's, which is there: it is not sent."""
        return {"t": "object", **self._refer(target)}

    def _refer(self, value: Any) -> dict[str, Any]:
        """Return how a value is named that does not travel: only what is the test's own can be lent."""
        if isinstance(value, StudentObject):
            return {"yours": object.__getattribute__(value, "_ref")}
        torch = sys.modules.get("torch")
        if torch and isinstance(value, torch.Tensor):
            if hasattr(value, "student_ref"):
                return {"yours": value.student_ref}
            self._tensors[len(self._tensors)] = value
            return {"key": len(self._tensors) - 1}
        if not callable(value):  # what came from a student never is, beside its own objects
            raise ProtocolError(f"a {type(value).__name__} of a test cannot be passed to a student's code")
        if node := as_lent(value, self._lent):
            return node
        self._stand_ins.append(value)
        return {"stand_in": len(self._stand_ins) - 1, "methods": [*_methods(value)]}


def check_own_fault(error: Exception) -> None:
    """Raise `GraderAtFault` for an error of the examination's own that no answer brings about.

    What it takes has just been there for the exam's own solution; now it is gone, or the machine is at its
    end.
    """
    if isinstance(error, _OWN_FAULTS) and not isinstance(error, StudentFault):
        raise GraderAtFault(OWN_FAULT.format(name=type(error).__name__)) from error


def _methods(value: Any) -> tuple[str, ...]:
    """Return what a student may call of a stand-in by name."""
    torch = sys.modules.get("torch")
    return _NETWORK_METHODS if torch and isinstance(value, torch.nn.Module) else ()


def _listed(result: Any) -> Any:
    """Return a generator's items as a list: it would not travel otherwise."""
    return list(result) if isinstance(result, Iterator) else result


def _repeat_warnings(warned: list[list[str]]) -> None:
    """Warn here of what the student's code warned of there, for tests that listen."""
    for name, message in warned[:_MAX_WARNINGS]:
        kind = getattr(builtins, name, UserWarning)
        is_warning = isinstance(kind, type) and issubclass(kind, Warning)
        warnings.warn(message, kind if is_warning else UserWarning, stacklevel=4)


def _builtin(error: BaseException) -> str:
    names = (kind.__name__ for kind in type(error).__mro__ if kind.__module__ == "builtins")
    name = next(names, "Exception")
    return name if name in _ONE_ARGUMENT else "RuntimeError"


_ONE_ARGUMENT = {
    "ArithmeticError", "AssertionError", "AttributeError", "Exception", "FloatingPointError", "IndexError",
    "KeyError", "LookupError", "NameError", "NotImplementedError", "OverflowError", "RuntimeError",
    "TypeError", "ValueError", "ZeroDivisionError",
}  # fmt: skip


@contextlib.contextmanager
def _as_crash(student: StudentClient) -> Iterator[None]:
    """Treat an answer that is not in the format as the end of the process that gave it."""
    try:
        yield
    except (ProtocolError, ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError):
        raise student.gone(TestState.CRASHED) from None
