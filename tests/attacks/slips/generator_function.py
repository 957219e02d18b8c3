# Slip: yield where it should return.
def add(a, b):
    yield a + b
