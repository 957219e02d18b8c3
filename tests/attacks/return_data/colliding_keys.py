# Attack: return sets whose keys all have the same hash.
def add(a, b):
    return [{k * (2**61 - 1) for k in range(9_999)} for _ in range(20)]
