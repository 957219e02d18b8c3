"""Represents a student's objects in the test process, and limits what a test can ask of them.

A network, a function or an iterator stays in the student process. Here it is an object that can be called,
iterated or asked for a public attribute, each by a request of its `Session`. It has no comparison, length or
conversion of its own, so nothing that a student defines decides how a test's operators behave.
"""

from __future__ import annotations

import builtins
import functools
import sys
from typing import Any

import numpy as np

from examiner.inside.protocol import ProtocolError

# Types that a message may name; any other name could hold what its author wants to smuggle out.
_SHOWN_TYPES = {
    "DataFrame", "OptimizeResult", "Series", "function", "generator", "map", "method", "type", "zip",
}  # fmt: skip
_MAX_FLAGS = 8


_ERROR_NAMES = {
    name
    for name, kind in vars(builtins).items()
    if isinstance(kind, type) and issubclass(kind, BaseException) and "Group" not in name
}


class StudentFault(Exception):
    """What a student's code raised while a test called it."""


class Unsendable(StudentFault):
    """A result that cannot travel to the tests."""


class StudentObject:
    """An object that stays in the student process; its public attributes are fetched from there."""

    __slots__ = ("_flags", "_ref", "_session")

    def __init__(self, session: Any, ref: int, flags: frozenset[str]):
        object.__setattr__(self, "_session", session)
        object.__setattr__(self, "_ref", ref)
        object.__setattr__(self, "_flags", flags)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # protocols of Python and NumPy are not for a student to define here
            raise AttributeError(name)
        return object.__getattribute__(self, "_session").attribute(self, name)

    def _class(self) -> type:
        """Return what isinstance() is told: whether it is a class, or a network."""
        flags = object.__getattribute__(self, "_flags")
        if "class" in flags:
            return type
        if "module" in flags and "torch" in sys.modules:
            return sys.modules["torch"].nn.Module  # type: ignore[no-any-return]
        return type(self)

    __class__ = property(_class)


class StudentIterable(StudentObject):
    """An object of the student's that can be iterated."""

    __slots__ = ()

    def __iter__(self) -> Any:
        return object.__getattribute__(self, "_session").next(self, begin=True)

    def __next__(self) -> Any:
        return object.__getattribute__(self, "_session").next(self, begin=False)


class StudentCallable(StudentObject):
    """A function, class or network of the student's: a call runs in the student process."""

    __slots__ = ()

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call it in the student process."""
        return object.__getattribute__(self, "_session").call(self, args, kwargs)


class StudentNetwork(StudentCallable):
    """A network of the student's: its parameters come together, since tests look at each of them."""

    __slots__ = ()

    def parameters(self) -> Any:
        """Return an iterator over the parameters, as torch does."""
        return iter(object.__getattribute__(self, "_session").parameters(self))


def student_error(kind: str, message: str) -> StudentFault:
    """Return an error that is a `StudentFault` and of the built-in type that the student's was."""
    return _fault_type(kind if kind in _ERROR_NAMES else "Exception")(message)


@functools.cache
def _fault_type(kind: str) -> type[StudentFault]:
    found = getattr(builtins, kind)
    if found is Exception:
        return StudentFault
    # Those that end a program or a loop keep their names alone: here they must not end anything.
    ends = not issubclass(found, Exception) or issubclass(found, StopIteration | StopAsyncIteration)
    bases = (StudentFault,) if ends else (StudentFault, found)
    return type(kind, bases, {"__init__": _plain_init})


def _plain_init(self: BaseException, message: str) -> None:
    """Take a message alone: some built-in errors, such as UnicodeDecodeError, ask for more."""
    Exception.__init__(self, message)


def fault_name(error: BaseException) -> str:
    """Return the name of a fault's built-in type."""
    return "Exception" if type(error) is StudentFault else type(error).__name__


def student_object(session: Any, node: dict[str, Any]) -> StudentObject:
    """Return the object that stands for what a reference names in the student process."""
    words, name = node.get("is"), node.get("type")
    if type(words) is not list or len(words) > _MAX_FLAGS or not all(type(word) is str for word in words):
        raise ProtocolError("a reference that does not say what it names")
    if type(name) is not str:
        raise ProtocolError("a reference to something without a type")
    flags = frozenset(words)
    base: Any = StudentIterable if "iterable" in flags else StudentObject
    base = StudentCallable if "callable" in flags else base
    base = StudentNetwork if "module" in flags else base
    shown = _named_type(base, name if name in _SHOWN_TYPES else "object")
    named: StudentObject = shown(session, _reference(node), flags)
    return named


def _reference(node: dict[str, Any]) -> int:
    number = node.get("ref")
    if type(number) is not int or number < 0:
        raise ProtocolError("a reference that is none")
    return number


@functools.cache
def _named_type(base: Any, name: str) -> Any:
    """Return a subclass that messages call by the name of the student's type."""
    return type(name, (base,), {"__slots__": ()})


def student_tensor(array: Any, node: dict[str, Any], session: Any) -> Any:
    """Return a student's tensor by value, which can still propagate gradients back in its own process."""
    reference = _reference(node)
    try:
        tensor = sys.modules["torch"].from_numpy(array).as_subclass(_tensor_type())
    except (TypeError, ValueError):
        raise ProtocolError("a tensor of a type that torch does not have") from None
    if node.get("grad") is True and tensor.is_floating_point():
        tensor.requires_grad_()
    tensor.student_session, tensor.student_ref = session, reference
    return tensor


@functools.cache
def _tensor_type() -> Any:
    torch: Any = sys.modules["torch"]

    class StudentTensor(torch.Tensor):  # type: ignore[misc]
        def backward(self, gradient: Any = None, **_: Any) -> None:
            weights = None if gradient is None else gradient.detach().numpy()
            _session_of(self).backward(self, weights)

        @property
        def grad(self) -> Any:
            return _session_of(self).gradient(self)

    return StudentTensor


def _session_of(tensor: Any) -> Any:
    """Return the session of a student's tensor; what a test computed from one has none."""
    if not hasattr(tensor, "student_session"):
        raise TypeError(
            "gradients go back from a tensor that the student's code returned, got one that the test "
            "computed from it: call backward(gradient) of the student's own"
        )
    return tensor.student_session


def change(ours: Any, new: Any) -> None:
    """Make an argument of ours what the student's code made of its copy."""
    if isinstance(ours, np.ndarray):
        if isinstance(new, np.ndarray) and new.shape == ours.shape and ours.flags.writeable:
            ours[...] = new
    elif isinstance(ours, list):
        ours[:] = new if type(new) is list else ours  # another type could be an iterator without end
    elif isinstance(ours, dict):
        if type(new) is dict:
            ours.clear()
            ours.update(new)
    elif isinstance(ours, np.random.Generator):
        ours.bit_generator.state = new.bit_generator.state
    elif isinstance(ours, np.random.RandomState):
        ours.set_state(new.get_state())
    else:
        ours.data.copy_(new.data)
