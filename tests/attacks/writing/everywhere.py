# Attack: write beside every file that Python came from.
import os
import sys

written = []
for place in {*sys.path, "/", "/etc", "/usr", "/usr/bin", "/course", "/course/examiner", "/dev", "/var", "/proc", sys.prefix}:
    try:
        with open(os.path.join(place, "written.py"), "w") as file:
            file.write("x = 1")
        written.append(place)
    except OSError:
        pass
print("GOT IN" if [place for place in written if place not in ("", "/home/student")] else "nothing")


def add(a, b):
    return 3
