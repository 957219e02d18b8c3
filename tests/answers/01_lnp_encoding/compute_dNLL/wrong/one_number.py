# Misconception: adds up over pixels too
# Hint: Return one slope for each pixel, not their sum.
def compute_dNLL(k, x, y):
    return np.sum((np.exp(x @ k) - y) @ x)
