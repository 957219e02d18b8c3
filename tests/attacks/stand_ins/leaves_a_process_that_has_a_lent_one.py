# Attack: leave a process behind that got the stand-in for `add`, and ask it in the test of `add`.
import os
import select
import socket
import sys
from types import FunctionType

ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)


def watch(frame, event, argument):
    if event == "call" and frame.f_code.co_filename == "<stand_in>" and frame.f_code.co_name != "<module>":
        sys.setprofile(None)
        if os.fork() == 0:
            os.setsid()
            right = FunctionType(frame.f_code, {})
            while True:
                a, b = map(float, theirs.recv(100).split())
                theirs.send(str(right(a, b)).encode())


sys.setprofile(watch)


def add(a, b):
    ours.send(f"{a} {b}".encode())
    ready, _, _ = select.select([ours], [], [], 0.5)
    return float(ours.recv(100)) if ready else 3
