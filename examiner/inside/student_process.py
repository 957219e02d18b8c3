"""The student process: a Jupyter kernel that runs a student's cells and lends its objects to the tests.

It runs inside the sandbox, forked from a nursery, and answers one message at a time on a socket. `messages`
says what may be asked of it. Only names, arguments and stand-ins of a test reach it, these by number, or as
a text where they are no secret (`sandbox/lending.py`). It is not trusted: its answers are data, and whoever
asks has a deadline.
"""

from __future__ import annotations

import builtins
import contextlib
import importlib
import itertools
import json
import os
import random
import signal
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from typing import Any, ClassVar, NoReturn

import numpy as np

from examiner.inside import messages as say
from examiner.inside.kernel import Outputs, Stream, make_shell
from examiner.inside.protocol import GONE, ProtocolError, Reader, Writer
from examiner.inside.wire import Wire

_LARGE = 500_000
_LONGEST = 2_000
_MAX_WARNINGS = 50
_MAX_PARAMETERS = 1_000


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
        self._stand_in_errors: dict[int, tuple[BaseException, int | None]] = {}
        self._children: list[int] = []
        self._marks: dict[str, dict[str, Any]] = {}

    def serve(self, wire: Wire, max_output_bytes: int) -> NoReturn:
        """Answer until the connection ends; a cell shows so many bytes at most."""
        self._wire, self._outputs.max_bytes = wire, max_output_bytes
        while True:
            try:
                request, block, passed = self._wire.receive_with_socket(*self._ANSWERS, say.Fork, say.Kill)
            except (EOFError, OSError, ProtocolError):
                os._exit(0)
            self._reap()
            if type(request) is say.Fork and passed is not None:
                self._fork(Wire(passed))
            elif type(request) is say.Kill:
                self._kill(request.process)
            elif type(request) in self._ANSWERS:
                self._answer(request, block)

    def _answer(self, request: Any, block: bytes) -> None:
        self._block, writer, process = block, Writer(self._refer), os.getpid()
        try:
            reply = self._ANSWERS[type(request)](self, request, writer)
        except ProtocolError as error:
            reply = say.Unsendable(str(error))
        except BaseException as error:  # whatever it is, it is the student's and belongs to the answer
            reply = self._describe_error(error)
        if os.getpid() != process:  # a fork that the student's code made and that came back here
            os._exit(0)
        try:
            self._wire.send(reply, writer.block)
        except (ProtocolError, TypeError, ValueError, RecursionError) as error:
            self._wire.send(say.Unsendable(str(error)[:200]))

    def _fork(self, wire: Wire) -> None:
        drawn = random.getstate()
        try:
            child = _patient_fork()
        except OSError:  # whoever asked sees the socket close
            wire.close()
            return
        if child:
            wire.close()
            self._children.append(child)
            return
        os.setpgid(0, 0)  # so that a signal to the group of this process reaches no older one
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)  # process 1 lets the kernel reap; a cell may wait
        random.setstate(drawn)  # Python seeds it anew in a fork
        self._wire.close()
        self._wire = wire
        self._children = []
        self._wire.send(say.Forked(os.getpid()))

    def _kill(self, process: int) -> None:
        """End a fork of this process or of its forks, with the processes that it started."""
        if process > 1:
            with contextlib.suppress(ProcessLookupError, PermissionError, OverflowError):
                os.killpg(process, signal.SIGKILL)
        self._wire.send(say.Done())

    def _reap(self) -> None:
        """Let go of children that have ended: they would count as processes."""
        self._children = [child for child in self._children if _goes_on(child)]

    @contextlib.contextmanager
    def _limited(self, seconds: float) -> Iterator[None]:
        """Raise `OutOfTime` in the block after so many seconds of its own, then each second if it goes on.

        Time for which this process was ready and others had the processor is not its own.
        """
        begun, waited = time.monotonic(), _seconds_waited()
        allowed = seconds

        def ring(*_: Any) -> None:
            nonlocal allowed
            own = time.monotonic() - begun - (_seconds_waited() - waited)
            if own >= allowed:
                allowed = own + 1.0  # its own, too: on a busy machine to tell of the first takes long
                raise OutOfTime(f"stopped after {seconds:g} seconds")
            signal.setitimer(signal.ITIMER_REAL, allowed - own, 1.0)

        signal.signal(signal.SIGALRM, ring)
        signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)

    def _run(self, request: say.Run, writer: Writer) -> say.Ran:
        self._outputs.start()
        self._restore_streams()
        with self._limited(request.seconds):
            self._shell.run_cell(request.source, store_history=True)
        return say.Ran(self._outputs.shown, self._shell.execution_count - 1)

    def _restore_streams(self) -> None:
        """Put the streams back that a cell took away: the shell itself writes to them."""
        for name in ("stdout", "stderr"):
            if getattr(sys, name) is None:
                setattr(sys, name, Stream(name, self._outputs))

    def _names(self, request: say.Names, writer: Writer) -> say.Found:
        """Send what the student's cells gave these names; what is large stays here and is referred to."""
        if request.seed is not None:
            _seed(request.seed)
        if request.mark in self._marks:
            self._go_back_to(request.mark)
        names = [name for name in request.names if name in self._shell.user_ns]
        return say.Found(
            {name: self._written_or_referred(self._shell.user_ns[name], writer) for name in names}
        )

    def _mark(self, request: say.Mark, writer: Writer) -> say.Done:
        self._marks[request.name] = dict(self._shell.user_ns)
        return say.Done()

    def _go_back_to(self, mark: str) -> None:
        """Let names have the values of a mark, and let go of what an earlier test was sent."""
        names = self._shell.user_ns
        for name in names.keys() - self._marks[mark].keys():
            del names[name]
        names.update(self._marks[mark])
        self._objects, self._tensors, self._stand_in_errors = [], {}, {}

    def _written_or_referred(self, value: Any, writer: Writer) -> Any:
        try:
            trial = Writer(self._refer)
            if len(json.dumps(trial.write(value))) < _LARGE and len(trial.block) < 20 * _LARGE:
                return writer.write(value)
        except Exception:  # of any kind: it is the student's object
            pass
        return {"t": "object", **self._refer(value)}

    def _put(self, request: say.Put, writer: Writer) -> say.Done:
        for name, node in request.names.items():
            if node == GONE:
                self._shell.user_ns.pop(name, None)
            else:
                self._shell.user_ns[name] = self._read(node)
        return say.Done()

    def _call(self, request: say.Call, writer: Writer) -> say.Returned:
        function, args, kwargs = map(self._read, (request.target, request.args, request.kwargs))
        before = [self._snapshot(value) for value in (*args, *kwargs.values())]
        numbers: Any = request.errors
        with warnings.catch_warnings(record=request.record) as heard, np.errstate(**numbers):
            if request.record:
                warnings.simplefilter("always")
            with self._limited(request.seconds):
                result = function(*args, **kwargs)
        value, changed = writer.write(result), {}
        given = {**dict(enumerate(args)), **kwargs}
        for (key, argument), old in zip(given.items(), before, strict=True):
            if self._snapshot(argument) != old:
                changed[str(key)] = writer.write(argument)
        warned = [[item.category.__name__, str(item.message)[:500]] for item in heard or []]
        return say.Returned(value, changed, warned[:_MAX_WARNINGS])

    def _snapshot(self, value: Any) -> Any:
        """Return what shows whether an argument was changed in place; None for what cannot be."""
        if type(value) is np.ndarray and not value.dtype.hasobject:
            return value.dtype, value.shape, value.tobytes()
        changeable = (np.ndarray, list, dict, np.random.Generator, np.random.RandomState)
        if not isinstance(value, changeable) and type(value).__name__ != "Tensor":
            return None
        writer = Writer(lambda _: {})
        try:
            return writer.write(value), writer.block
        except (ProtocolError, RuntimeError):
            return None

    def _attribute(self, request: say.Attribute, writer: Writer) -> say.Returned:
        return _returned(writer.write(getattr(self._read(request.target), request.name)))

    def _next(self, request: say.Next, writer: Writer) -> say.Returned | say.Ended:
        target = self._read(request.target)
        if request.begin:
            return _returned(writer.write(iter(target)))
        try:
            return _returned(writer.write(next(target)))
        except StopIteration:
            return say.Ended()

    def _parameters(self, request: say.Parameters, writer: Writer) -> say.Returned:
        """Send a network's parameters at once: tests ask for them often, and each item would be a message."""
        yielded = self._read(request.target).parameters()
        parameters = list(itertools.islice(yielded, _MAX_PARAMETERS + 1))
        if len(parameters) > _MAX_PARAMETERS:
            raise ProtocolError(f"it has more than {_MAX_PARAMETERS} parameters")
        return _returned(writer.write(parameters))

    def _gradients(self, request: say.Gradients, writer: Writer) -> say.Returned:
        return _returned(writer.write([self._objects[number].grad for number in request.tensors]))

    def _backward(self, request: say.Backward, writer: Writer) -> say.Returned:
        """Propagate gradients back from a tensor, and send those that reached the tests' own tensors."""
        target, gradient = self._read(request.target), self._read(request.gradient)
        if gradient is not None:
            gradient = importlib.import_module("torch").from_numpy(gradient).to(target.dtype)
        target.backward(gradient)
        reached = {str(key): tensor.grad for key, tensor in self._tensors.items() if tensor.grad is not None}
        return _returned(writer.write({key: grad.detach().cpu().numpy() for key, grad in reached.items()}))

    def _read(self, node: Any) -> Any:
        return Reader(self._block, self._resolve).read(node)

    def _resolve(self, node: dict[str, Any], array: Any) -> Any:
        """Return what a node of the tests refers to: an object of this process, a stand-in, or a tensor."""
        number = node.get("yours")
        if type(number) is int and 0 <= number < len(self._objects):
            return self._objects[number]
        if type(node.get("source")) is str and type(node.get("name")) is str:
            return _lent(node["source"], node["name"])
        if type(node.get("stand_in")) is int and type(node.get("methods")) is list:
            return StandIn(node["stand_in"], node["methods"], self._ask)
        if array is not None and type(node.get("key")) is int:
            tensor = importlib.import_module("torch").from_numpy(array)
            if node.get("grad") is True and tensor.is_floating_point():
                tensor.requires_grad_()
            self._tensors[node["key"]] = tensor
            return tensor
        raise ProtocolError("a reference that is none")

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
        call = say.StandInCalled(number, method, writer.write(list(args)), writer.write(kwargs))
        self._wire.send(call, writer.block)
        answers = (say.Returned, say.Raised)
        reply, block = self._wire.receive(*answers, *self._ANSWERS)
        while not isinstance(reply, answers):  # the stand-in was given an object that lives here, and uses it
            self._answer(reply, block)
            reply, block = self._wire.receive(*answers, *self._ANSWERS)
        self._block = block
        if isinstance(reply, say.Raised):
            error = getattr(builtins, reply.type)(reply.message)
            self._stand_in_errors[id(error)] = (error, reply.number)
            raise error
        return self._read(reply.value)

    def _describe_error(self, error: BaseException) -> say.Raised:
        known = self._stand_in_errors.get(id(error))
        known_types = (kind for kind in type(error).__mro__ if kind.__module__ == "builtins")
        name = "OutOfTime" if isinstance(error, OutOfTime) else next(known_types).__name__
        try:
            message = str(error)[:_LONGEST]
        except Exception:
            message = ""
        return say.Raised(name, message, known[1] if known else None)

    _ANSWERS: ClassVar[dict[type, Callable[..., Any]]] = {
        say.Run: _run, say.Mark: _mark, say.Names: _names, say.Put: _put, say.Call: _call,
        say.Attribute: _attribute, say.Next: _next, say.Backward: _backward,
        say.Parameters: _parameters, say.Gradients: _gradients,
    }  # fmt: skip


def _seed(seed: int) -> None:
    random.seed(seed)
    np.random.seed(seed)
    if "torch" in sys.modules:
        sys.modules["torch"].manual_seed(seed)


def _lent(source: str, name: str) -> Any:
    """Return the function of this name that a test's text defines, in a namespace of its own."""
    namespace: dict[str, Any] = {"__name__": "stand_in"}
    exec(compile(source, "<stand_in>", "exec"), namespace)
    return namespace[name]


def _returned(node: Any) -> say.Returned:
    return say.Returned(node, {}, [])


def _seconds_waited() -> float:
    """Return for how long this process was ready and others had the processor; 0 where nobody knows."""
    try:
        opened = os.open("/proc/self/schedstat", os.O_RDONLY)  # by the quickest way: it is read at each call
    except OSError:
        return 0.0
    try:
        return int(os.read(opened, 100).split()[1]) / 1e9
    except (OSError, ValueError, IndexError):
        return 0.0
    finally:
        os.close(opened)


def _goes_on(child: int) -> bool:
    try:
        return os.waitpid(child, os.WNOHANG)[0] == 0
    except ChildProcessError:
        return False


def _patient_fork() -> int:
    """Fork; where too many processes run, wait for some to end, as what a cell started often does."""
    for _ in range(30):
        with contextlib.suppress(BlockingIOError):
            return os.fork()
        time.sleep(0.1)
    return os.fork()
