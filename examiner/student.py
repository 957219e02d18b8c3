"""The student process: a Jupyter kernel that runs a student's cells and lends its objects to the tests.

It runs inside the sandbox, forked from a nursery, and answers one request at a time on a socket. Nothing of a
test reaches it but names, arguments and stand-ins. It is not trusted: what it answers is data, and whoever
asks has a deadline.

    run a cell ─▶ outputs        names ─▶ objects or references        call, attribute, next ─▶ result
    fork ─▶ a second student process, as this one is now, on a socket of its own
"""

from __future__ import annotations

import builtins
import contextlib
import importlib
import json
import os
import random
import signal
import socket
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from typing import Any, NoReturn

import numpy as np

from examiner.kernel import Outputs, make_shell
from examiner.protocol import ProtocolError, Reader, Wire, Writer

_GONE = {"t": "gone"}
_LARGE = 500_000


class OutOfTime(KeyboardInterrupt):
    """A cell or a call has used up its time; not an Exception, so that few answers swallow it."""


class StandIn:
    """A test's replacement for a name: what is called here runs in the test process."""

    def __init__(self, number: int, methods: list[str], ask: Callable[..., Any]):
        self.__dict__.update(_number=number, _methods=methods, _ask=ask, __name__="stand_in")

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call it in the test process."""
        return self._ask(self._number, "", args, kwargs)

    def __getattr__(self, name: str) -> Any:
        if name not in self.__dict__.get("_methods", ()):
            raise AttributeError(name)
        return lambda *args, **kwargs: self._ask(self._number, name, args, kwargs)


class StudentProcess:
    """Answers requests on a socket, one at a time, until the other end closes."""

    _wire: Wire

    def __init__(self) -> None:
        self._outputs = Outputs()
        self._shell = make_shell(self._outputs)
        self._objects: list[Any] = []
        self._tensors: dict[int, Any] = {}
        self._stand_in_errors: dict[int, tuple[BaseException, int]] = {}
        self._children: list[int] = []

    def serve(self, wire: Wire, max_output_bytes: int) -> NoReturn:
        """Answer until the connection ends; a cell shows so many bytes at most."""
        self._wire, self._outputs.max_bytes = wire, max_output_bytes
        while True:
            try:
                request, block, fds = self._wire.receive(max_fds=1)
            except (EOFError, OSError):
                os._exit(0)
            self._reap()
            if request["op"] == "fork":
                self._fork(fds[0])
            elif request["op"] == "kill":
                self._kill(request["number"])
            else:
                self._answer(request, block)

    def _answer(self, request: dict[str, Any], block: bytes) -> None:
        answers: dict[str, Callable[..., dict[str, Any]]] = {
            "run": self._run, "names": self._names, "set": self._set, "seed": self._seed,
            "call": self._call, "attribute": self._attribute, "next": self._next, "backward": self._backward,
        }  # fmt: skip
        self._block, writer, process = block, Writer(self._refer), os.getpid()
        try:
            reply = answers[request["op"]](request, writer)
        except ProtocolError as error:
            reply = {"unsendable": str(error)}
        except BaseException as error:  # whatever it is, it is the student's and belongs to the answer
            reply = {"raised": self._describe_error(error)}
        if os.getpid() != process:  # a fork that the student's code made and that came back here
            os._exit(0)
        try:
            self._wire.send(reply, writer.block)
        except (ProtocolError, TypeError, ValueError, RecursionError) as error:
            self._wire.send({"unsendable": str(error)[:200]})

    def _fork(self, fd: int) -> None:
        drawn = random.getstate()
        try:
            child = _patient_fork()
        except OSError:  # whoever asked sees the socket close
            child = -1
        if child:
            os.close(fd)
            self._children.append(child)
            return
        os.setsid()  # so that a signal to the group of this process reaches no older one
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)  # process 1 lets the kernel reap; a cell may wait
        random.setstate(drawn)  # Python seeds it anew in a fork
        self._wire.close()
        self._wire = Wire(socket.socket(fileno=fd))
        self._children = []
        self._wire.send({"ready": True})

    def _kill(self, number: int) -> None:
        """End the process that was forked from here as this one, with the processes that it started."""
        child = self._children[number]
        if child > 0:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(child, signal.SIGKILL)
        self._wire.send({})

    def _reap(self) -> None:
        """Let go of children that have ended: they would count as processes."""
        for number, child in enumerate(self._children):
            if child > 0:
                with contextlib.suppress(ChildProcessError):
                    if os.waitpid(child, os.WNOHANG)[0] == 0:
                        continue
                self._children[number] = 0

    @contextlib.contextmanager
    def _limited(self, seconds: float) -> Iterator[None]:
        """Raise `OutOfTime` in the block after so many seconds, and again each second if it goes on."""

        def ring(*_: Any) -> None:
            raise OutOfTime(f"stopped after {seconds:g} seconds")

        signal.signal(signal.SIGALRM, ring)
        signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)

    def _run(self, request: dict[str, Any], writer: Writer) -> dict[str, Any]:
        self._outputs.start()
        with self._limited(request["seconds"]):
            self._shell.run_cell(request["source"], store_history=True)
        return {"outputs": self._outputs.shown, "count": self._shell.execution_count - 1}

    def _names(self, request: dict[str, Any], writer: Writer) -> dict[str, Any]:
        """Send what the student's cells gave these names; what is large stays here and is referred to."""
        names = [name for name in request["names"] if name in self._shell.user_ns]
        return {
            "names": {name: self._written_or_referred(self._shell.user_ns[name], writer) for name in names}
        }

    def _written_or_referred(self, value: Any, writer: Writer) -> Any:
        try:
            trial = Writer(self._refer)
            if len(json.dumps(trial.write(value))) < _LARGE and len(trial.block) < 20 * _LARGE:
                return writer.write(value)
        except Exception:  # of any kind: it is the student's object
            pass
        return {"t": "object", **self._refer(value)}

    def _set(self, request: dict[str, Any], writer: Writer) -> dict[str, Any]:
        for name, node in request["names"].items():
            if node == _GONE:
                self._shell.user_ns.pop(name, None)
            else:
                self._shell.user_ns[name] = self._read(node)
        return {}

    def _seed(self, request: dict[str, Any], writer: Writer) -> dict[str, Any]:
        seed = request["seed"]
        random.seed(seed)
        np.random.seed(seed)
        if "torch" in sys.modules:
            sys.modules["torch"].manual_seed(seed)
        return {}

    def _call(self, request: dict[str, Any], writer: Writer) -> dict[str, Any]:
        function, args, kwargs = map(self._read, (request["target"], request["args"], request["kwargs"]))
        before = [self._snapshot(value) for value in (*args, *kwargs.values())]
        with warnings.catch_warnings(record=request["record"]) as heard, np.errstate(**request["errors"]):
            if request["record"]:
                warnings.simplefilter("always")
            with self._limited(request["seconds"]):
                result = function(*args, **kwargs)
        reply = {"value": writer.write(result), "changed": {}}
        given = {**dict(enumerate(args)), **kwargs}
        for (key, value), old in zip(given.items(), before, strict=True):
            if self._snapshot(value) != old:
                reply["changed"][str(key)] = writer.write(value)
        reply["warned"] = [[item.category.__name__, str(item.message)[:500]] for item in heard or []][:50]
        return reply

    def _snapshot(self, value: Any) -> Any:
        """Return what shows whether an argument was changed in place; None for what cannot be."""
        changeable = (np.ndarray, list, dict, np.random.Generator, np.random.RandomState)
        if not isinstance(value, changeable) and type(value).__name__ != "Tensor":
            return None
        writer = Writer(lambda _: {})
        try:
            return writer.write(value), writer.block
        except (ProtocolError, RuntimeError):
            return None

    def _attribute(self, request: dict[str, Any], writer: Writer) -> dict[str, Any]:
        return {"value": writer.write(getattr(self._read(request["target"]), request["name"]))}

    def _next(self, request: dict[str, Any], writer: Writer) -> dict[str, Any]:
        target = self._read(request["target"])
        if request["begin"]:
            return {"value": writer.write(iter(target))}
        try:
            return {"value": writer.write(next(target))}
        except StopIteration:
            return {"ended": True}

    def _backward(self, request: dict[str, Any], writer: Writer) -> dict[str, Any]:
        """Propagate gradients back from a tensor, and send those that reached the tests' own tensors."""
        self._read(request["target"]).backward()
        reached = {str(key): tensor.grad for key, tensor in self._tensors.items() if tensor.grad is not None}
        return {"value": writer.write({key: grad.detach().cpu().numpy() for key, grad in reached.items()})}

    def _read(self, node: Any) -> Any:
        return Reader(self._block, self._resolve).read(node)

    def _resolve(self, node: dict[str, Any], array: Any) -> Any:
        if "yours" in node:
            return self._objects[node["yours"]]
        if "stand_in" in node:
            return StandIn(node["stand_in"], node["methods"], self._ask)
        tensor = importlib.import_module("torch").from_numpy(array).requires_grad_(node["grad"])
        self._tensors[node["key"]] = tensor
        return tensor

    def _refer(self, value: Any) -> dict[str, Any]:
        if isinstance(value, StandIn):
            return {"stand_in": value._number}
        self._objects.append(value)
        torch = sys.modules.get("torch")
        tests: dict[str, Callable[[], bool]] = {
            "class": lambda: isinstance(value, type),
            "module": lambda: torch is not None and isinstance(value, torch.nn.Module),
            "callable": lambda: callable(value),
            "iterable": lambda: hasattr(value, "__iter__"),
        }
        return {
            "ref": len(self._objects) - 1,
            "type": type(value).__name__,
            "is": [word for word, holds in tests.items() if holds()],
        }

    def _ask(self, number: int, method: str, args: Any, kwargs: Any) -> Any:
        """Call a stand-in in the test process, from within a call that the test process makes here."""
        writer = Writer(self._refer)
        request = {"stand_in": number, "method": method}
        request |= {"args": writer.write(list(args)), "kwargs": writer.write(kwargs)}
        self._wire.send(request, writer.block)
        reply, block, _ = self._wire.receive()
        while "op" in reply:  # the stand-in was given an object that lives here, and uses it
            self._answer(reply, block)
            reply, block, _ = self._wire.receive()
        self._block = block
        if "raised" in reply:
            error = getattr(builtins, reply["type"])(reply["message"])
            self._stand_in_errors[id(error)] = (error, reply["raised"])
            raise error
        return self._read(reply["value"])

    def _describe_error(self, error: BaseException) -> dict[str, Any]:
        known = self._stand_in_errors.get(id(error))
        described: dict[str, Any] = {"stand_in": known[1] if known else None}
        known_types = (kind for kind in type(error).__mro__ if kind.__module__ == "builtins")
        described["type"] = next(known_types).__name__
        if isinstance(error, OutOfTime):
            described["type"] = "OutOfTime"
        try:
            described["message"] = str(error)[:2000]
        except Exception:
            described["message"] = ""
        return described


def _patient_fork() -> int:
    """Fork; where too many processes run, wait for some to end, as what a cell started often does."""
    for _ in range(30):
        with contextlib.suppress(BlockingIOError):
            return os.fork()
        time.sleep(0.1)
    return os.fork()
