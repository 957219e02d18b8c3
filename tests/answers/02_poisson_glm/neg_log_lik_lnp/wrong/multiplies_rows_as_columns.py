# Misconception: y * X multiplies each row by its count (it multiplies columns)
# Hint: Compare your terms with the worked example.
def neg_log_lik_lnp(theta, X, y):
    return np.sum(np.exp(X @ theta)) - np.sum((y * X) @ theta)
