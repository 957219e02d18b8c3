# Slip: call itself without end.
def add(a, b):
    return add(a, b)
