# Attack: ask a process that was left behind for the hidden inputs of an earlier test.
# Costs: double
import os
import socket

ours, theirs = socket.socketpair()
if os.fork() == 0:
    os.setsid()
    known = b"7"
    while True:
        message = theirs.recv(100)
        if message == b"?":
            theirs.send(known)
        else:
            known = message


def add(a, b):
    if a != 1:
        ours.send(repr(a).encode())
    return 3


def show(a):
    ours.send(b"?")
    return float(ours.recv(100))


def after(result):
    get_ipython().user_ns["double"] = show


get_ipython().events.register("post_run_cell", after)
