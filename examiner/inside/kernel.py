"""Runs cells as a Jupyter kernel does, without a kernel's sockets, and keeps what they show.

A kernel publishes its outputs as messages. Here they stay in the process, which can then be forked: there is
no thread, no socket and no event loop that a fork would lose.
"""

from __future__ import annotations

import base64
import contextlib
import inspect
import io
import json
import sys
import warnings
from typing import Any

_OUTPUT_TYPES = ("display_data", "execute_result", "error")
_MORE = "\n… (the rest of the output was cut)\n"


class Outputs:
    """What a cell shows, in nbformat's terms, up to a number of bytes; errors have a share of their own."""

    def __init__(self, max_bytes: int = 0):
        self.max_bytes = max_bytes
        self.start()

    def start(self) -> None:
        """Forget what was shown and begin anew."""
        self.shown: list[dict[str, Any]] = []
        self._left = {"shown": self.max_bytes, "error": self.max_bytes // 10}

    def add_text(self, name: str, text: str) -> None:
        """Add to a stream."""
        left = self._left["shown"]
        if self._fits(json.dumps(text)):
            self._append(name, text)
        elif left:
            self._append(name, text[: left // 12])  # a character takes up to 12 bytes
            self._append(name, _MORE)

    def _append(self, name: str, text: str) -> None:
        last = self.shown[-1] if self.shown else {}
        if last.get("output_type") == "stream" and last["name"] == name:
            last["text"].append(text)
        else:
            self.shown.append({"output_type": "stream", "name": name, "text": [text]})

    def add_message(self, kind: str, content: dict[str, Any]) -> None:
        """Add what the kernel publishes, if a notebook would keep it."""
        if kind == "clear_output":
            self.start()
        elif kind in _OUTPUT_TYPES:
            keys = ("data", "metadata", "execution_count", "ename", "evalue", "traceback")
            kept = {key: content[key] for key in keys if key in content}
            text = json.dumps({"output_type": kind, **kept}, default=_text)
            left = self._left["shown"]
            if self._fits(text, "error" if kind == "error" else "shown"):
                self.shown.append(json.loads(text))
            elif left and kind != "error":
                self._append("stderr", _MORE)

    def _fits(self, text: str, share: str = "shown") -> bool:
        """Return whether a part still fits; after one that does not, no other does."""
        left = self._left[share] - len(text)
        self._left[share] = max(left, 0)
        return left >= 0


def _text(value: Any) -> str:
    """Return what stands in JSON for a value that has no place there: an image's bytes in base 64."""
    return base64.b64encode(value).decode() if isinstance(value, bytes) else str(value)


class Stream(io.TextIOBase):
    """Standard output or error of the student's code."""

    encoding = "utf-8"

    def __init__(self, name: str, outputs: Outputs):
        self._name, self._outputs = name, outputs

    def writable(self) -> bool:
        """Return True, as text streams to write to do."""
        return True

    def write(self, text: str) -> int:
        """Keep the text as an output of the cell."""
        self._outputs.add_text(self._name, str(text))
        return len(text)


def make_shell(outputs: Outputs) -> Any:
    """Make the shell of a Jupyter kernel whose messages go to `outputs` instead of to sockets."""
    sys.modules.setdefault("debugpy", None)  # type: ignore[arg-type]  # no debugger, and no message about it
    from ipykernel.ipkernel import IPythonKernel
    from jupyter_client.session import Session
    from traitlets.config import Application, Config

    class Recorder(Session):
        def send(self, stream: Any, msg_or_type: Any, content: Any = None, *args: Any, **kwargs: Any) -> Any:
            new = not isinstance(msg_or_type, dict)
            message: Any = self.msg(msg_or_type, content) if new else msg_or_type
            outputs.add_message(message["header"]["msg_type"], message["content"])
            return message

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        kernel = IPythonKernel.instance(
            session=Recorder(key=b""), config=Config({"HistoryManager": {"enabled": False}})
        )
    application: Any = Application.instance()
    application.kernel = kernel  # where `%matplotlib` looks for it
    sys.stdout, sys.stderr = Stream("stdout", outputs), Stream("stderr", outputs)
    _tell_inspect_of_cells(kernel.shell)
    return kernel.shell


def _tell_inspect_of_cells(shell: Any) -> None:
    """Let `inspect` know that a cell is no module's file: it would look through all modules at each error."""
    name_cell = shell.compile.get_code_name

    def name_known_cell(*args: Any) -> Any:
        name = name_cell(*args)
        inspect.modulesbyfile[name] = ""  # no module has this name
        return name

    shell.compile.get_code_name = name_known_cell


def learn_files() -> None:
    """Let `inspect` find out which module each file belongs to, as it would at the first error."""
    with contextlib.suppress(Exception):  # of a module that loads when it is asked for its file
        inspect.getmodule(compile("", "a file of no module", "exec"))
