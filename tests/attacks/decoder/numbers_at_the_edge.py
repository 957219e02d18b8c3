# Attack: return numbers at the edge of what each type holds, in all types.
# Harmless
import numpy as np


def add(a, b):
    edges = [np.array([np.nan, np.inf, -0.0, 5e-324], t) for t in ("f2", "f4", "f8", "g", "F", "D", "G")]
    return [*edges, np.array([2**63 - 1, -(2**63)]), np.array([2**64 - 1], "u8"), 10**4000, float("nan")]
