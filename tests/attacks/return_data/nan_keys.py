# Attack: return a dict whose keys differ from themselves.
# Harmless
def add(a, b):
    return {float("nan"): 3 for _ in range(1000)}
