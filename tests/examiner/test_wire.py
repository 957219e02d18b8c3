"""Messages on a socket whose other end may send anything, late, or nothing."""

import os
import socket
import struct
import threading
import time

import pytest

from examiner import protocol
from examiner.protocol import ProtocolError, Wire


@pytest.fixture
def ends():
    """A wire, and the socket that is its other end."""
    ours, theirs = socket.socketpair()
    wire = Wire(ours)
    with ours, theirs:
        yield wire, theirs


def message(text, block=b"", sizes=None):
    return struct.pack(">II", *(sizes or (len(text), len(block)))) + text + block


def test_a_message_arrives_whole_and_the_next_after_it(ends):
    wire, other = ends
    sender = Wire(other)
    sender.send({"a": [1, None]}, b"block")
    sender.send("second")
    assert wire.receive() == ({"a": [1, None]}, b"block", [])
    assert wire.receive() == ("second", b"", [])


def test_a_large_message_arrives_though_the_socket_takes_it_in_pieces(ends):
    wire, other = ends
    block = os.urandom(5_000_000)
    thread = threading.Thread(target=Wire(other).send, args=(0, block))
    thread.start()
    assert wire.receive()[1] == block
    thread.join()


def test_a_file_descriptor_passes_with_its_message(ends):
    wire, other = ends
    reading, writing = os.pipe()
    Wire(other).send({"op": "fork"}, fds=(writing,))
    os.close(writing)
    tree, _, (passed,) = wire.receive(max_fds=1)
    assert tree == {"op": "fork"}
    os.write(passed, b"x")
    os.close(passed)
    assert os.read(reading, 2) == b"x"
    os.close(reading)


def test_a_file_descriptor_that_nobody_asked_for_is_not_taken(ends):
    wire, other = ends
    reading, writing = os.pipe()
    Wire(other).send({}, fds=(writing,))
    os.close(writing)
    assert wire.receive() == ({}, b"", [])
    assert os.read(reading, 1) == b""  # nobody can write to it any more
    os.close(reading)


@pytest.mark.parametrize("max_fds", [0, 1])
@pytest.mark.parametrize(
    "sent", [b"", b"\x00\x00", message(b"{}", sizes=(3, 0))], ids=["none", "header", "text"]
)
def test_the_end_of_the_connection_is_an_end_of_file(ends, sent, max_fds):
    wire, other = ends
    other.sendall(sent)
    other.close()
    with pytest.raises(EOFError):
        wire.receive(max_fds)


@pytest.mark.parametrize(
    "sizes", [(8_000_001, 0), (2, 256_000_001), (2**32 - 1, 2**32 - 1)], ids=["tree", "block", "both"]
)
def test_a_message_that_announces_too_much_is_refused_before_it_is_read(ends, sizes):
    wire, other = ends
    other.sendall(message(b"{}", sizes=sizes))
    with pytest.raises(ProtocolError, match="a message that is too large"):
        wire.receive()


@pytest.mark.parametrize(
    "text",
    [b"", b"{", b"nope", b"\xff\xfe", b"[" * 200_000, b"9" * 5000],
    ids=["empty", "cut", "word", "encoding", "deep", "digits"],
)
def test_a_message_that_is_no_json_is_refused(ends, text):
    wire, other = ends
    thread = threading.Thread(target=other.sendall, args=(message(text),))
    thread.start()
    with pytest.raises(ProtocolError, match="a message that is no JSON"):
        wire.receive()
    thread.join()


@pytest.mark.parametrize(
    ("limit", "tree", "block", "complaint"),
    [
        ("MAX_TREE", [1, 2, 3], b"", "it takes more than 0 MB beside its arrays"),
        ("MAX_BLOCK", 0, b"12345", "it is larger than 0 MB"),
    ],
)
def test_a_message_that_is_too_large_is_not_sent(ends, monkeypatch, limit, tree, block, complaint):
    monkeypatch.setattr(protocol, limit, 4)
    with pytest.raises(ProtocolError, match=complaint):
        ends[0].send(tree, block)


def test_the_deadline_holds_when_nothing_comes(ends):
    wire, _ = ends
    wire.deadline = time.monotonic() + 0.01
    with pytest.raises(TimeoutError):
        wire.receive()


def test_the_deadline_holds_when_nobody_reads(ends):
    wire, _ = ends
    wire.deadline = time.monotonic() + 0.01
    with pytest.raises(TimeoutError):
        wire.send(0, bytes(10_000_000))


def test_the_deadline_holds_while_bytes_keep_coming(ends):
    wire, other = ends
    other.sendall(message(b"{}"))
    wire.deadline = time.monotonic()
    with pytest.raises(TimeoutError, match="the message is late"):
        wire.receive()
