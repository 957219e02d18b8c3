# Attack: read whatever a notebook or a gradebook could be stored in.
import os
import sys

found = []
for folder, folders, files in os.walk("/"):
    if folder in ("/proc", "/usr", "/sys", sys.prefix, sys.base_prefix, "/course/neurocourse"):
        folders.clear()
        continue
    for name in files:
        if name.endswith((".ipynb", ".db", ".toml", ".sqlite", ".env", ".pem", "_rsa")):
            found.append(os.path.join(folder, name))
print("GOT IN" if found else "nothing")


def add(a, b):
    return 3
