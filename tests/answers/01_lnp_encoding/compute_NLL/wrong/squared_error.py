# Misconception: a fit minimises squares
# Hint: This is a sum of squares
def compute_NLL(k, x, y):
    return np.sum((np.exp(x @ k) - y) ** 2)
