# Attack: reach anything over the network.
import socket

reached = []
for address in (("1.1.1.1", 53), ("169.254.169.254", 80), ("10.0.0.1", 80)):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        with socket.socket(socket.AF_INET, kind) as client:
            client.settimeout(0.2)
            try:
                client.connect(address)
                client.send(b"x")
                reached.append(address)
            except OSError:
                pass
try:
    socket.getaddrinfo("example.org", 80)
    reached.append("dns")
except OSError:
    pass
print("GOT IN" if reached else "nothing")


def add(a, b):
    return 3
