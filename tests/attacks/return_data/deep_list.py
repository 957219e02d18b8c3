# Attack: return a list a thousand levels deep.
# Harmless
def add(a, b):
    value = 3
    for _ in range(1000):
        value = [value]
    return value
