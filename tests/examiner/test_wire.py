"""Messages on a socket whose other end may send anything, late, or nothing."""

import os
import socket
import struct
import threading
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examiner import wire as wires
from examiner.messages import Done, Fork, Ran, Unsendable
from examiner.protocol import ProtocolError
from examiner.wire import Wire, packed, unpacked


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
    sender.send(Ran([1, None], 2), b"block")
    sender.send(Done())
    assert wire.receive(Done, Ran) == (Ran([1, None], 2), b"block")
    assert wire.receive(Done) == (Done(), b"")


def test_a_large_message_arrives_though_the_socket_takes_it_in_pieces(ends):
    wire, other = ends
    block = os.urandom(5_000_000)
    thread = threading.Thread(target=Wire(other).send, args=(Done(), block))
    thread.start()
    assert wire.receive(Done)[1] == block
    thread.join()


def test_a_socket_passes_with_its_message(ends):
    wire, other = ends
    mine, passed = socket.socketpair()
    with mine:
        with passed:
            Wire(other).send(Fork(), b"block", fds=(passed.fileno(),))
        message, block, received = wire.receive_with_socket(Fork)
        assert (message, block) == (Fork(), b"block")
        with received:
            received.sendall(b"x")
        assert mine.recv(2) == b"x"


def test_a_message_without_a_socket_has_none(ends):
    wire, other = ends
    Wire(other).send(Fork())
    assert wire.receive_with_socket(Fork) == (Fork(), b"", None)


def test_a_file_descriptor_that_nobody_asked_for_is_not_taken(ends):
    wire, other = ends
    reading, writing = os.pipe()
    Wire(other).send(Done(), fds=(writing,))
    os.close(writing)
    assert wire.receive(Done) == (Done(), b"")
    assert os.read(reading, 1) == b""  # nobody can write to it any more
    os.close(reading)


def test_a_socket_that_comes_with_no_message_is_closed(ends):
    wire, other = ends
    mine, passed = socket.socketpair()
    with mine, passed:
        socket.send_fds(other, [message(b"nope")], [passed.fileno()])
        passed.close()
        with pytest.raises(ProtocolError):
            wire.receive_with_socket(Fork)
        assert mine.recv(1) == b""


@pytest.mark.parametrize("receive", [Wire.receive, Wire.receive_with_socket])
@pytest.mark.parametrize(
    "sent", [b"", b"\x00\x00", message(b"{}", sizes=(3, 0))], ids=["none", "header", "text"]
)
def test_the_end_of_the_connection_is_an_end_of_file(ends, sent, receive):
    wire, other = ends
    other.sendall(sent)
    other.close()
    with pytest.raises(EOFError):
        receive(wire, Done)


@pytest.mark.parametrize(
    "sizes", [(8_000_001, 0), (2, 256_000_001), (2**32 - 1, 2**32 - 1)], ids=["tree", "block", "both"]
)
def test_a_message_that_announces_too_much_is_refused_before_it_is_read(ends, sizes):
    wire, other = ends
    other.sendall(message(b"{}", sizes=sizes))
    with pytest.raises(ProtocolError, match="a message that is too large"):
        wire.receive(Done)


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
        wire.receive(Done)
    thread.join()


@pytest.mark.parametrize(
    ("limit", "complaint"),
    [
        ("MAX_TREE", "it takes more than 0 MB beside its arrays"),
        ("MAX_BLOCK", "it is larger than 0 MB"),
    ],
)
def test_a_message_that_is_too_large_is_not_sent(ends, monkeypatch, limit, complaint):
    monkeypatch.setattr(wires, limit, 4)
    with pytest.raises(ProtocolError, match=complaint):
        ends[0].send(Done(), b"12345")


def test_the_deadline_holds_when_nothing_comes(ends):
    wire, _ = ends
    wire.deadline = time.monotonic() + 0.01
    with pytest.raises(TimeoutError):
        wire.receive(Done)


def test_the_deadline_holds_when_nobody_reads(ends):
    wire, _ = ends
    wire.deadline = time.monotonic() + 0.01
    with pytest.raises(TimeoutError):
        wire.send(Done(), bytes(10_000_000))


def test_the_deadline_holds_while_bytes_keep_coming(ends):
    wire, other = ends
    other.sendall(message(b"{}"))
    wire.deadline = time.monotonic()
    with pytest.raises(TimeoutError, match="the message is late"):
        wire.receive(Done)


def test_the_deadline_is_put_off_as_long_as_more_seconds_are_given(ends):
    wire, other = ends
    given = [0.02, 0.02, 0.0]
    wire.deadline, wire.more_seconds = time.monotonic() + 0.01, lambda: given.pop(0)
    with pytest.raises(TimeoutError):
        wire.receive(Done)
    assert given == []
    other.sendall(packed(Done())[:4])
    given[:] = [0.01, 60]

    def more():
        if len(given) == 1:
            other.sendall(packed(Done())[4:])
        return given.pop(0)

    wire.deadline, wire.more_seconds = time.monotonic() + 0.01, more
    assert wire.receive(Done) == (Done(), b"")


@given(st.binary(max_size=200) | st.binary(max_size=60).map(lambda rest: message(rest, sizes=(len(rest), 0))))
@settings(max_examples=300, deadline=None, derandomize=True, database=None)
def test_any_bytes_are_a_message_of_the_kinds_that_are_expected_or_refused(data):
    try:
        found, _ = unpacked(data, Ran, Unsendable)
    except ProtocolError:
        return
    assert isinstance(found, Ran | Unsendable)


@pytest.mark.parametrize(
    "change", [lambda d: d[:-1], lambda d: d + b"x", lambda d: d[:5], lambda d: bytearray(d)]
)
def test_bytes_that_are_not_whole_are_refused(change):
    with pytest.raises(ProtocolError):
        unpacked(change(packed(Unsendable("why"), b"block")), Unsendable)
