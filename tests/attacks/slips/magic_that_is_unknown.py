# Slip: use a magic that nobody knows.
%no_such_magic

def add(a, b):
    return 3
