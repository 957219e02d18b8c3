"""The nursery: a process that imports what notebooks import, and forks a student process for each.

It runs in the sandbox, where there is neither course nor network, and never runs anybody's code. A fork takes
a few milliseconds, the imports seconds.

    start ─▶ imports ─▶ fork ─▶ confined ─▶ student process ⇄ the socket that came with the request
"""

from __future__ import annotations

import contextlib
import importlib
import os
import random
import select
import signal
import socket
import sys
from collections.abc import Iterable
from typing import Any, NoReturn

import numpy as np

from examiner.confinement import confine, die_with_parent, gather_orphans, limit_resources
from examiner.pages import settle
from examiner.protocol import ProtocolError, Wire
from examiner.student import StudentProcess

_NEEDED_BY_ALL = ("matplotlib.pyplot", "neurocourse.datasets", "neurocourse.notebook", "neurocourse.plots")
_tried: set[str] = set()


def main(arguments: list[str]) -> NoReturn:
    """Serve on an inherited socket: `python -m examiner.nursery FD`."""
    wire = Wire(socket.socket(fileno=int(arguments[0])))
    nowhere = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1):
        os.dup2(nowhere, fd)
    process = StudentProcess()
    wire.send({"ready": True})
    import_all(_NEEDED_BY_ALL)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # children are reaped by the kernel
    _serve(process, wire)


def _serve(process: StudentProcess, first: Wire) -> NoReturn:
    """Answer the owner of the nursery, and whom it lets in, until the owner has gone."""
    wires = {first.socket.fileno(): first}
    while True:
        for fd in select.select(list(wires), [], [])[0]:
            try:
                request, block, (passed,) = wires[fd].receive(max_fds=1)
            except (EOFError, OSError, ValueError, ProtocolError):
                if wires[fd] is first:
                    os._exit(0)
                wires.pop(fd).close()
                continue
            theirs = Wire(socket.socket(fileno=passed))
            if import_all(request["imports"]):
                settle()
            if request["op"] == "connect":
                wires[passed] = theirs
                continue
            if os.fork() == 0:
                for wire in wires.values():
                    wire.close()
                _become_student(process, request, block, theirs)
            theirs.close()


def import_all(names: Iterable[str]) -> bool:
    """Import these modules, and return whether there were new ones.

    What is no module is left to the notebook that asks for it, and not tried again.
    """
    untried = set(names) - _tried
    _tried.update(untried)
    for name in sorted(untried):
        with contextlib.suppress(Exception):
            importlib.import_module(name)
    return bool(untried)


def _become_student(process: StudentProcess, request: dict[str, Any], forbidden: bytes, wire: Wire) -> None:
    try:
        os.setsid()
        if request["confined"]:
            confine(request["terms"], forbidden)
        else:
            die_with_parent()
            gather_orphans()
        limit_resources(request["limits"])
        os.environ.update(request["environment"])
        os.chdir(request["home"])
        with contextlib.suppress(FileExistsError):
            os.mkdir(os.environ["MPLCONFIGDIR"])  # noqa: PTH102
        random.seed(0)
        np.random.seed(0)
        wire.send({"ready": True})
    except Exception as error:
        wire.send({"failed": f"{type(error).__name__}: {error}"})
        os._exit(1)
    process.serve(wire, request["limits"]["output_bytes"])


if __name__ == "__main__":
    main(sys.argv[1:])
