# Misconception: adds both terms
# Hint: The two terms need opposite signs.
def compute_dNLL(k, x, y):
    return (np.exp(x @ k) + y) @ x
