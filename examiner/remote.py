"""The test process's end of the wire: student processes, and sessions that tests hold with forks of them.

    test ─▶ StudentObject ─▶ Session.call ─▶ wire ─▶ student process ─▶ plain data, or a reference
                                   stand-ins ◀─┘  (what a test puts in a student's place runs here)

Every request has a deadline. What is no proper reply ends the session, as a crash would.
"""

from __future__ import annotations

import builtins
import contextlib
import socket
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from examiner.objects import StudentObject, Unsendable, change, student_error, student_object, student_tensor
from examiner.protocol import MAX_BLOCK, ProtocolError, Reader, Wire, Writer
from examiner.verdict import TestState

# Beyond its own limit, which it is told, a student process has this long to answer.
_GRACE_SECONDS = 3.0
_FORK_SECONDS = 10.0
_MAX_WARNINGS = 50
# What a student may call of a stand-in that is an object: what one does with a network.
_STAND_IN_METHODS = ("train", "eval", "to", "parameters", "forward")


class StudentGone(Exception):
    """The student process timed out or died; `state` says which."""

    def __init__(self, state: TestState):
        super().__init__(state.value)
        self.state = state


class Student:
    """A student process on the other end of a wire."""

    def __init__(self, wire: Wire, kill: Callable[[], None] = lambda: None):
        self._wire = wire
        self._kill = kill
        self._n_forks = 0
        self.state: TestState | None = None

    def fork(self) -> tuple[Wire, Callable[[], None]]:
        """Return the wire to a second process, which begins as this one is now, and what kills it."""
        ours, theirs = socket.socketpair()
        wire, number = Wire(ours), self._n_forks
        try:
            with theirs:
                self._guarded(_FORK_SECONDS, lambda: self._wire.send({"op": "fork"}, fds=(theirs.fileno(),)))
        except StudentGone:
            wire.close()
            raise
        self._n_forks += 1
        wire.deadline = time.monotonic() + _FORK_SECONDS
        try:
            wire.receive()
        except (EOFError, OSError, ProtocolError):
            wire.close()
            raise StudentGone(TestState.CRASHED) from None
        return wire, lambda: self._kill_fork(number)

    def itself(self) -> tuple[Wire, Callable[[], None]]:
        """Return the wire to this process and what kills it, for whoever is the last to use it."""
        return self._wire, self._kill

    def _kill_fork(self, number: int) -> None:
        with contextlib.suppress(StudentGone):
            self.exchange({"op": "kill", "number": number}, b"", _FORK_SECONDS)

    def close(self) -> None:
        """Let the process end by itself; what the student's code started goes on."""
        self._wire.close()

    def end(self) -> None:
        """End the process, hanging or not, with what it started."""
        self.close()
        self._kill()

    def run(self, source: str, seconds: float) -> dict[str, Any]:
        """Run a cell and return its outputs and execution count."""
        reply, _ = self.exchange({"op": "run", "source": source}, b"", seconds)
        return reply

    def exchange(self, request: dict[str, Any], block: bytes, seconds: float) -> tuple[dict[str, Any], bytes]:
        """Send a request and return the reply, or raise `StudentGone`."""

        def talk() -> tuple[dict[str, Any], bytes]:
            self._wire.send({**request, "seconds": seconds}, block)
            return self._reply()

        reply: tuple[dict[str, Any], bytes] = self._guarded(seconds + _GRACE_SECONDS, talk)
        return reply

    def _reply(self) -> tuple[dict[str, Any], bytes]:
        reply, block, _ = self._wire.receive()
        if type(reply) is not dict:
            raise ProtocolError("a reply that is no object")
        return reply, block

    def _guarded(self, seconds: float, talk: Any) -> Any:
        if self.state is not None:
            raise StudentGone(self.state)
        self._wire.deadline = time.monotonic() + seconds
        try:
            return talk()
        except TimeoutError:
            raise self._gone(TestState.TIMED_OUT) from None
        except (EOFError, OSError, ProtocolError):
            raise self._gone(TestState.CRASHED) from None

    def _gone(self, state: TestState) -> StudentGone:
        self.state = self.state or state
        self._wire.close()
        return StudentGone(self.state)


class Session(Student):
    """A fork of a student process that serves the calls of one test, for so many seconds in all."""

    def __init__(self, wire: Wire, kill: Callable[[], None], *, seconds: float):
        super().__init__(wire, kill)
        self._end = time.monotonic() + seconds
        self._iterated_bytes = 0  # of an iterator that never ends there would be too many
        self._stand_ins: list[Any] = []
        self._errors: list[BaseException] = []
        self._tensors: dict[int, Any] = {}
        self._block = b""

    def names(self, names: list[str]) -> dict[str, Any]:
        """Return those of the names that the student defined, as plain data or stand-in objects."""
        reply, _ = self._ask({"op": "names", "names": names}, Writer(self._refer))
        found = reply.get("names")
        if type(found) is not dict:
            raise self._gone(TestState.CRASHED)
        return {name: self._read(node) for name, node in found.items() if name in names}

    def seed(self, seed: int) -> None:
        """Seed the generators of the student process."""
        self._ask({"op": "seed", "seed": seed}, Writer(self._refer))

    def replace(self, values: dict[str, Any], absent: Any) -> None:
        """Put values in the place of the student's names; those that are `absent` go."""
        writer = Writer(self._refer)
        nodes = {n: {"t": "gone"} if v is absent else writer.write(v) for n, v in values.items()}
        self._ask({"op": "set", "names": nodes}, writer)

    def call(self, target: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call a student's function, and let changes that it makes to its arguments be seen here, too."""
        writer = Writer(self._refer)
        request = {"op": "call", "target": writer.write(target), "args": writer.write(list(args))}
        request |= {"kwargs": writer.write(kwargs), "errors": np.geterr()}
        request["record"] = bool(warnings.filters) and warnings.filters[0][0] != "ignore"
        reply, _ = self._ask(request, writer)
        with _as_crash(self):
            _repeat_warnings(reply.get("warned", []))
            self._apply_changes(reply.get("changed", {}), args, kwargs)
        return self._read(reply.get("value"))

    def attribute(self, target: Any, name: str) -> Any:
        """Return an attribute of a student's object."""
        writer = Writer(self._refer)
        reply, _ = self._ask({"op": "attribute", "target": writer.write(target), "name": name}, writer)
        return self._read(reply.get("value"))

    def next(self, target: Any, *, begin: bool) -> Any:
        """Return a student's iterator, or its next item; `StopIteration` at its end."""
        writer = Writer(self._refer)
        reply, block = self._ask({"op": "next", "target": writer.write(target), "begin": begin}, writer)
        self._iterated_bytes += len(block)
        if self._iterated_bytes > MAX_BLOCK:
            raise self._gone(TestState.TIMED_OUT)
        if reply.get("ended"):
            raise StopIteration
        return self._read(reply.get("value"))

    def backward(self, target: Any) -> None:
        """Propagate gradients back from a student's tensor to those that the tests had sent."""
        writer = Writer(self._refer)
        reply, _ = self._ask({"op": "backward", "target": writer.write(target)}, writer)
        gradients = self._read(reply.get("value"))
        torch = sys.modules["torch"]
        with _as_crash(self):
            for key, gradient in gradients.items():
                tensor = self._tensors[int(key)]
                tensor.grad = torch.from_numpy(gradient).reshape(tensor.shape).to(tensor.dtype)

    def _ask(self, request: dict[str, Any], writer: Writer) -> tuple[dict[str, Any], bytes]:
        """Send a request, serve the stand-ins that its answer takes, and return the reply."""
        reply, block = self.exchange(request, writer.block, self._seconds_left())
        while "stand_in" in reply:
            answer, answer_block = self._serve(reply, block)
            reply, block = self._guarded(
                self._seconds_left() + _GRACE_SECONDS, lambda a=answer, b=answer_block: self._pass_on(a, b)
            )
        self._block = block
        if "unsendable" in reply:
            raise Unsendable(f"The result cannot be sent to the tests: {str(reply['unsendable'])[:200]}.")
        if "raised" in reply:
            raise self._error(reply["raised"])
        return reply, block

    def _seconds_left(self) -> float:
        left = self._end - time.monotonic()
        if left <= 0:
            raise self.stop()
        return left

    def stop(self) -> StudentGone:
        """End the session since its time is over, and return the error that says so."""
        return self._gone(TestState.TIMED_OUT)

    def _pass_on(self, answer: dict[str, Any], block: bytes) -> tuple[dict[str, Any], bytes]:
        self._wire.send(answer, block)
        return self._reply()

    def _serve(self, request: dict[str, Any], block: bytes) -> tuple[dict[str, Any], bytes]:
        """Call a stand-in of the test for the student's code."""
        with _as_crash(self):
            stand_in, method = self._stand_ins[request["stand_in"]], request["method"]
            reader = Reader(block, self._resolve)
            args, kwargs = reader.read(request["args"]), reader.read(request["kwargs"])
            if method:
                stand_in = getattr(stand_in, _STAND_IN_METHODS[_STAND_IN_METHODS.index(method)])
        writer = Writer(self._refer)
        try:
            result = stand_in(*args, **kwargs)
            return {"value": writer.write(_listed(result))}, writer.block
        except StudentGone:
            raise
        except Exception as error:
            self._errors.append(error)
            return {"raised": len(self._errors) - 1, "type": _builtin(error), "message": str(error)}, b""

    def _error(self, described: Any) -> BaseException:
        if type(described) is not dict:
            return self._gone(TestState.CRASHED)
        number = described.get("stand_in")
        if type(number) is int and 0 <= number < len(self._errors):
            return self._errors[number]
        name = described.get("type")
        if name == "OutOfTime":
            return self._gone(TestState.TIMED_OUT)
        return student_error(str(name), str(described.get("message"))[:2000])

    def _apply_changes(self, changed: dict[str, Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        for key, node in changed.items():
            change(args[int(key)] if key.isdigit() else kwargs[key], self._read(node))

    def _read(self, node: Any) -> Any:
        with _as_crash(self):
            return Reader(self._block, self._resolve).read(node)

    def _resolve(self, node: dict[str, Any], array: Any) -> Any:
        if "stand_in" in node:
            return self._stand_ins[node["stand_in"]]
        if node["t"] == "tensor":
            return student_tensor(array, node["grad"], self, node["ref"]) if "torch" in sys.modules else array
        return student_object(self, node)

    def _refer(self, value: Any) -> dict[str, Any]:
        if isinstance(value, StudentObject):
            return {"yours": object.__getattribute__(value, "_ref")}
        torch = sys.modules.get("torch")
        if torch and isinstance(value, torch.Tensor):
            if hasattr(value, "student_ref"):
                return {"yours": value.student_ref}
            self._tensors[len(self._tensors)] = value
            return {"key": len(self._tensors) - 1}
        self._stand_ins.append(value)
        methods = [name for name in _STAND_IN_METHODS if torch and isinstance(value, torch.nn.Module)]
        return {"stand_in": len(self._stand_ins) - 1, "methods": methods}


def _listed(result: Any) -> Any:
    """Return a generator's items as a list: it would not travel otherwise."""
    return list(result) if isinstance(result, Iterator) else result


def _repeat_warnings(warned: Any) -> None:
    """Warn here of what the student's code warned of there, for tests that listen."""
    for name, message in warned[:_MAX_WARNINGS]:
        kind = getattr(builtins, str(name), UserWarning)
        is_warning = isinstance(kind, type) and issubclass(kind, Warning)
        warnings.warn(str(message), kind if is_warning else UserWarning, stacklevel=4)


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
def _as_crash(student: Student) -> Iterator[None]:
    """Treat an answer that is not in the format as the end of the process that gave it."""
    try:
        yield
    except (ProtocolError, ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError):
        raise student._gone(TestState.CRASHED) from None
