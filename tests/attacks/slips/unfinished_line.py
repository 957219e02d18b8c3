# Slip: stop in the middle of a line.
def add(a, b):
    return a +
