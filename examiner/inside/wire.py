"""One end of a connection between two processes: whole messages, each a JSON object and a block of bytes.

    message ─▶ JSON + block ─▶ [size │ size │ JSON │ block] ─▶ socket ─▶ message, of the kinds expected here

Whoever is at the other end can send any bytes, as slowly as it likes. So sizes are limited before anything is
read, and a deadline holds for the whole message.
"""

from __future__ import annotations

import json
import socket
import struct
import time
from collections.abc import Callable
from typing import Any, TypeVar

from examiner.inside.messages import Message, as_tree, parsed
from examiner.inside.protocol import MAX_BLOCK, MAX_TREE, ProtocolError

_RECEIVED_AT_ONCE = 1 << 20
_HEADER = struct.Struct(">II")
_JSON = json.JSONEncoder(separators=(",", ":"))
_T = TypeVar("_T")


class Wire:
    """One end of a connection."""

    def __init__(self, connection: socket.socket):
        self.socket = connection
        # Of the clock `time.monotonic`: a message is late after it, unless `more_seconds` gives it more then.
        self.deadline: float | None = None
        self.more_seconds: Callable[[], float] = lambda: 0.0

    def send(self, message: Message, block: bytes = b"", fds: tuple[int, ...] = ()) -> None:
        """Send one message, with file descriptors if any."""
        data = packed(message, block)
        if fds:
            sent = self._in_time(lambda: socket.send_fds(self.socket, [data[: _HEADER.size]], list(fds)))
            data = data[sent:]
        left = memoryview(data)
        while left:
            left = left[self._in_time(lambda part=left: self.socket.send(part)) :]  # type: ignore[misc]

    def receive(self, *kinds: type) -> tuple[Message, bytes]:
        """Return the next message, which must be of one of these kinds, and its block.

        `EOFError` when the other end is gone, `TimeoutError` when it is late.
        """
        return self._received(self._exactly(_HEADER.size), kinds)

    def receive_with_socket(self, *kinds: type) -> tuple[Message, bytes, socket.socket | None]:
        """Return the next message, its block, and the socket that came with it, if one did."""
        header, fds, _, _ = self._in_time(lambda: socket.recv_fds(self.socket, _HEADER.size, 1))
        passed = socket.socket(fileno=fds[0]) if fds else None
        try:
            if not header:
                raise EOFError
            message, block = self._received(header + self._exactly(_HEADER.size - len(header)), kinds)
        except BaseException:
            if passed is not None:
                passed.close()
            raise
        return message, block, passed

    def _received(self, header: bytes, kinds: tuple[type, ...]) -> tuple[Message, bytes]:
        tree_size, block_size = _sizes(header)
        content = self._exactly(tree_size + block_size)
        return _message(content[:tree_size], kinds), content[tree_size:]

    def _exactly(self, size: int) -> bytes:
        parts: list[bytes] = []
        while size:
            part = self._in_time(lambda left=size: self.socket.recv(min(left, _RECEIVED_AT_ONCE)))  # type: ignore[misc]
            if not part:
                raise EOFError
            parts.append(part)
            size -= len(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def _in_time(self, use_socket: Callable[[], _T]) -> _T:
        """Use the socket, and wait until the deadline and no longer, however slowly bytes come."""
        while True:
            if self.deadline is None:
                self.socket.settimeout(None)
            else:
                left = self.deadline - time.monotonic()
                if left <= 0:  # also while bytes keep coming
                    more = self.more_seconds()
                    if more <= 0:
                        raise TimeoutError("the message is late")
                    self.deadline, left = time.monotonic() + more, more
                self.socket.settimeout(left)
            try:
                return use_socket()
            except TimeoutError:
                continue  # there may be more time

    def close(self) -> None:
        """Close this end."""
        self.socket.close()


def packed(message: Message, block: bytes = b"") -> bytes:
    """Return a message as bytes that `unpacked` reads."""
    text = _JSON.encode(as_tree(message)).encode()
    if len(text) > MAX_TREE:
        raise ProtocolError(f"it takes more than {MAX_TREE // 1_000_000} MB beside its arrays")
    if len(block) > MAX_BLOCK:
        raise ProtocolError(f"it is larger than {MAX_BLOCK // 1_000_000} MB")
    return _HEADER.pack(len(text), len(block)) + text + block


def unpacked(data: bytes, *kinds: type) -> tuple[Message, bytes]:
    """Return the message of one of these kinds that bytes hold, and its block."""
    if type(data) is not bytes or len(data) < _HEADER.size:
        raise ProtocolError("a message that was cut short")
    tree_size, block_size = _sizes(data)
    if len(data) != _HEADER.size + tree_size + block_size:
        raise ProtocolError("a message of another size than it says")
    end = _HEADER.size + tree_size
    return _message(data[_HEADER.size : end], kinds), data[end:]


def _sizes(data: bytes) -> tuple[int, int]:
    tree_size, block_size = _HEADER.unpack_from(data)
    if tree_size > MAX_TREE or block_size > MAX_BLOCK:
        raise ProtocolError("a message that is too large")
    return tree_size, block_size


def _message(text: bytes, kinds: tuple[type, ...]) -> Message:
    try:
        tree: Any = json.loads(text)
    except (ValueError, RecursionError):
        raise ProtocolError("a message that is no JSON") from None
    return parsed(tree, kinds)
