# Misconception: keeps a matrix of one column
# Hint: should have shape
def compute_dNLL(k, x, y):
    return x.T @ (np.exp(x @ k) - y)[:, None]
