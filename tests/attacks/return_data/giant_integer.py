# Attack: return an integer of a million digits.
# Harmless
def add(a, b):
    return 1 << 3_000_000
