# Approach: the transpose times the errors
def compute_dNLL(k, x, y):
    x = np.asarray(x)
    return x.T @ (np.exp(x @ k) - y)
