# Attack: send as many small values as one message holds.
def add(a, b):
    return [[[]] * 50 for _ in range(10_000)]
