# Attack: return values for which comparisons have no answer.
# Harmless
def add(a, b):
    return float("nan") if a == 1 else float("inf")
