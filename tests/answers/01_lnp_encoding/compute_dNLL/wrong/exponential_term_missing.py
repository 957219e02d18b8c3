# Misconception: forgets the rates
# Hint: The term with the exponential is missing.
def compute_dNLL(k, x, y):
    return -(y @ x) + 0.0 * k
