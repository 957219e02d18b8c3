"""Defines what two ends of a wire may say to each other: every message is one of these dataclasses.

    message ─▶ as_tree ─▶ JSON ┃ ─▶ parsed, of the kinds that are expected here, field by field ─▶ message

The tables say what each side may be asked to do. A message of any other kind, with other fields, or with a
field of another type is a `ProtocolError`. A `Node` is a tree of `protocol.Writer`, which `Reader` checks.

What an examination may ask of a student process, and what that answers:

| message                                 | asks for                                  | answer         |
| --------------------------------------- | ----------------------------------------- | -------------- |
| `Run`                                   | run a cell                                | `Ran`          |
| `Names`                                 | what a test begins with: values of names  | `Found`        |
| `Mark`                                  | remember which names there are now        | `Done`         |
| `Put`                                   | values for names                          | `Done`         |
| `Call`, `Attribute`, `Next`, `Backward` | use a value: call it, read it, iterate, … | one of `USED`  |
| `Parameters`, `Gradients`               | a network's parameters; tensors' gradients| one of `USED`  |
| `Fork` (with a socket)                  | a second process, as this one is now      | `Forked`, there|
| `Kill`                                  | end a process that was forked from one    | `Done`         |

What a student process may ask of an examination: to call a stand-in, while it answers a `Call` (or another
use of a value). `StandInCalled` names one that the test passed or stood in, by its number, and is answered by
`Returned` or `Raised`. Nothing else can be asked from there.

What an examination may ask of its supervisor: `StartStudent` is answered by `Ready` with a socket,
`EndStudent` by `Gone`, `TimeUsed` by `Used`. `Examined` is its last word.

What a supervisor may ask of a nursery: `Prepare` (no answer) and `Start`, answered by `Ready` or `Failed`
on the socket that comes with it. Of an examination: `Examine`, answered by `Examined` or `Failed`.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

from examiner.inside.protocol import ProtocolError

Node = Any


@dataclass(frozen=True, slots=True)
class Run:
    """Run a cell, for at most so many seconds."""

    source: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Names:
    """Send what cells gave these names.

    For a test, seed every generator of random numbers before, and let all names have the values that they had
    at its mark, if there is one.
    """

    names: list[str]
    seed: int | None = None
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """Remember all names with their values under a test's name: this is its place."""

    name: str


@dataclass(frozen=True, slots=True)
class Put:
    """Give names these values; a node `GONE` takes the name away."""

    names: dict[str, Node]


@dataclass(frozen=True, slots=True)
class Call:
    """Call a value. `errors` are NumPy's settings; warnings are recorded where the test listens."""

    target: Node
    args: Node
    kwargs: Node
    errors: dict[str, str]
    record: bool
    seconds: float


@dataclass(frozen=True, slots=True)
class Attribute:
    """Send an attribute of a value."""

    target: Node
    name: str


@dataclass(frozen=True, slots=True)
class Next:
    """Send the iterator of a value, or an iterator's next item."""

    target: Node
    begin: bool


@dataclass(frozen=True, slots=True)
class Parameters:
    """Send what a network's method `parameters` yields, as one list."""

    target: Node


@dataclass(frozen=True, slots=True)
class Gradients:
    """Send the gradients of tensors that were referred to by these numbers, as one list."""

    tensors: list[int]


@dataclass(frozen=True, slots=True)
class Backward:
    """Propagate gradients back from a tensor; send those that reached the tensors of the tests.

    `gradient` is an array of the tensor's shape: how much each of its numbers counts. It is None for a tensor
    of one number.
    """

    target: Node
    gradient: Node


@dataclass(frozen=True, slots=True)
class Fork:
    """Fork, and serve the socket that comes with this message in the new process."""


@dataclass(frozen=True, slots=True)
class Kill:
    """End the process of this number, which is a fork of the asked one or of its forks, and its group."""

    process: int


@dataclass(frozen=True, slots=True)
class Ready:
    """A process is there and waits for messages."""


@dataclass(frozen=True, slots=True)
class Forked:
    """A fork is there and waits for messages; this is its number, as its sandbox numbers processes."""

    process: int


@dataclass(frozen=True, slots=True)
class Done:
    """What was asked is done; there is nothing to send."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a cell showed, in nbformat's terms, and its number."""

    outputs: list[Any]
    count: int


@dataclass(frozen=True, slots=True)
class Found:
    """The values of names."""

    names: dict[str, Node]


@dataclass(frozen=True, slots=True)
class Returned:
    """A value. Of a call: also the arguments that it changed, by position or name, and what it warned of."""

    value: Node
    changed: dict[str, Node]
    warned: list[list[str]]


@dataclass(frozen=True, slots=True)
class Ended:
    """An iterator has no more items."""


@dataclass(frozen=True, slots=True)
class Raised:
    """An error: its built-in type, its message, its number if it is one that a stand-in raised."""

    type: str
    message: str
    number: int | None


@dataclass(frozen=True, slots=True)
class Unsendable:
    """A value that cannot travel, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class StandInCalled:
    """Call a stand-in, by its number, or a method of it."""

    number: int
    method: str
    args: Node
    kwargs: Node


USED = (Returned, Ended, Raised, Unsendable)
"""What may come back when a value is used."""


@dataclass(frozen=True, slots=True)
class Prepare:
    """Get ready: import these modules, and know an exam by this name where submissions are to be examined."""

    imports: list[str]
    name: str
    exam: Node


@dataclass(frozen=True, slots=True)
class Start:
    """Fork a process, confine it, and serve the socket that comes with this message there.

    `user` is the number of an ordinary user, or None where the nursery is one already; `environments`, what
    of the Python environment lies in a private place; `processors`, to which it is bound. The block is the
    filter of system calls.
    """

    confined: bool
    user: int | None
    environments: list[str]
    processors: list[int]
    limits: dict[str, int]
    environment: dict[str, str]
    home: str


@dataclass(frozen=True, slots=True)
class Failed:
    """What was asked cannot be done; `kind` names a type of error that both ends know, or none."""

    reason: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Examine:
    """Examine a submission of an exam by its name: what a job holds of it, as a value."""

    exam: str
    task: Node


@dataclass(frozen=True, slots=True)
class StartStudent:
    """Start another student process for this submission."""


@dataclass(frozen=True, slots=True)
class EndStudent:
    """End the student process that was started last, with all that it started."""


@dataclass(frozen=True, slots=True)
class Gone:
    """A student process has ended; so often was something in it killed because it took too much memory."""

    killed_for_memory: int


@dataclass(frozen=True, slots=True)
class TimeUsed:
    """Say how much time this submission's processes have had since a time of the monotonic clock."""

    since: float


@dataclass(frozen=True, slots=True)
class Used:
    """Seconds of processors that processes had, and seconds for which they were ready and had to wait."""

    computed: float
    waited: float


@dataclass(frozen=True, slots=True)
class Examined:
    """What became of a submission: an outcome, as a value."""

    outcome: Node


Message = Any
"""One of the dataclasses above."""


def as_tree(message: Message) -> dict[str, Any]:
    """Return the JSON object that stands for a message."""
    kind: Any = type(message)
    return {"says": kind.__name__, **{name: getattr(message, name) for name in _checks(kind)}}


def parsed(tree: Any, kinds: tuple[Any, ...]) -> Message:
    """Return the message that a JSON object stands for; `ProtocolError` if it is none of these kinds."""
    if type(tree) is not dict:
        raise ProtocolError("a message that is no object")
    name = tree.pop("says", None)
    kind = _by_name(kinds).get(name) if type(name) is str else None
    if kind is None:
        raise ProtocolError("a message that nobody asked for")
    checks = _checks(kind)
    if tree.keys() != checks.keys():
        raise ProtocolError(f"{kind.__name__} with other fields than its own")
    for field, check in checks.items():
        if not check(tree[field]):
            raise ProtocolError(f"{kind.__name__} with a field `{field}` of another type")
    return kind(**tree)


@functools.cache
def _by_name(kinds: tuple[Any, ...]) -> dict[str, Any]:
    return {kind.__name__: kind for kind in kinds}


@functools.cache
def _checks(kind: Any) -> dict[str, Callable[[Any], bool]]:
    """Return for each field of a message what tells whether a value fits it."""
    return {field.name: _FITS[str(field.type)] for field in fields(kind)}


def _is_number(value: Any) -> bool:
    return type(value) in (int, float)


def _is_strings(value: Any) -> bool:
    return type(value) is list and all(type(item) is str for item in value)


def _is_ints(value: Any) -> bool:
    return type(value) is list and all(type(item) is int for item in value)


_FITS: dict[str, Callable[[Any], bool]] = {
    "Node": lambda value: True,
    "str": lambda value: type(value) is str,
    "int": lambda value: type(value) is int,
    "bool": lambda value: type(value) is bool,
    "float": _is_number,
    "int | None": lambda value: value is None or type(value) is int,
    "list[Any]": lambda value: type(value) is list,
    "list[str]": _is_strings,
    "list[int]": _is_ints,
    "list[list[str]]": lambda value: type(value) is list and all(map(_is_strings, value)),
    "dict[str, Node]": lambda value: type(value) is dict,  # JSON knows no other keys
    "dict[str, str]": lambda value: type(value) is dict and _is_strings([*value.values()]),
    "dict[str, int]": lambda value: type(value) is dict and _is_ints([*value.values()]),
}
