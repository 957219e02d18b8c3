"""Imports what its forks will need, and forks a process for each submission.

A nursery runs in a sandbox, where there is neither course nor network, and never runs a student's code. A
fork takes a few milliseconds, the imports take seconds.

    imports ─▶ fork ─▶ confined ─▶ a process of its own ⇄ the socket that came with the request

There are two: one whose forks run a student's code (`student`), and one whose forks examine a submission.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import random
import signal
import socket
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NoReturn

import numpy as np

import neurocourse
from examiner.inside.confinement import (
    check_environment,
    confine,
    die_with_parent,
    fork_as_first,
    gather_orphans,
    limit_resources,
)
from examiner.inside.large_pages import settle
from examiner.inside.messages import Failed, Prepare, Ready, Start
from examiner.inside.protocol import ProtocolError
from examiner.inside.wire import Wire

Preparation = Callable[[Prepare, bytes], None]
Life = Callable[[Wire, Start], NoReturn]
"""What a fork does with the wire that it was given, to its end."""

_tried: set[str] = set()


def owner(arguments: list[str]) -> Wire:
    """Return the wire to the owner of this nursery: the socket that it inherited, by its number."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1):
        os.dup2(nowhere, fd)
    os.close(nowhere)
    return Wire(socket.socket(fileno=int(arguments[0])))


def serve(wire: Wire, prepare: Preparation, become: Life, be_ordinary: Callable[[], None]) -> NoReturn:
    """Fork what is asked for until the owner has gone. Errors that nobody waits for are kept to oneself.

    Each fork becomes an ordinary process first: `be_ordinary` ends what only helps to import.
    """

    def live(theirs: Wire, request: Start) -> NoReturn:
        be_ordinary()
        become(theirs, request)

    wire.send(Ready())
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # children are reaped by the kernel
    while True:
        try:
            request, block, passed = wire.receive_with_socket(Prepare, Start)
        except (EOFError, OSError, ProtocolError):
            os._exit(0)
        if type(request) is Prepare:
            with contextlib.suppress(Exception):  # whoever needs it is told then
                prepare(request, block)
            settle()
        elif passed is not None:
            _fork(wire, Wire(passed), request, block, live)


def _fork(owner: Wire, theirs: Wire, request: Start, block: bytes, become: Life) -> None:
    try:
        child = fork_as_first() if request.confined else os.fork()
    except OSError as error:
        with contextlib.suppress(OSError):
            theirs.send(Failed(f"no process could be started: {error.strerror}"))
        child = -1
    if child == 0:
        owner.close()
        _be_confined(request, block, theirs)
        become(theirs, request)
    theirs.close()


def import_all(names: Iterable[str]) -> None:
    """Import these modules, each once. What is no module is left to the notebook that asks for it."""
    untried = set(names) - _tried
    _tried.update(untried)
    for name in sorted(untried):
        left_out = _without_pandas() if name.partition(".")[0] == "sklearn" else contextlib.nullcontext()
        with contextlib.suppress(Exception), left_out:
            importlib.import_module(name)


@contextlib.contextmanager
def _without_pandas() -> Iterator[None]:
    """Keep pandas out unless it is there: scikit-learn imports it to see whether it could, and no more.

    It would take a fifth of a second here, and a tenth of each fork. Whoever uses it imports it then.
    """
    modules: dict[str, Any] = sys.modules
    is_out = modules.setdefault("pandas", None) is None
    try:
        yield
    finally:
        if is_out:
            del modules["pandas"]


def _be_confined(request: Start, system_calls: bytes, wire: Wire) -> None:
    """Make this process one of its own, and say that it is there; or say why not, and end."""
    try:
        os.setsid()
        os.umask(0o022)  # whatever the grader's is: its folders are for another user
        os.nice(request.limits["nice"])
        if request.processors:
            os.sched_setaffinity(0, request.processors)
        if request.confined:
            confine(request.user, request.environments, request.limits, system_calls)
            check_environment((os.__file__, neurocourse.__file__, __file__))
        else:
            die_with_parent()
            gather_orphans()
        limit_resources(request.limits)
        os.environ.update(request.environment)
        os.chdir(request.home)
        with contextlib.suppress(FileExistsError):
            os.mkdir(os.environ["MPLCONFIGDIR"])  # noqa: PTH102
        random.seed(0)
        np.random.seed(0)
        wire.send(Ready())
    except Exception as error:
        wire.send(Failed(f"{type(error).__name__}: {error}"))
        os._exit(1)
