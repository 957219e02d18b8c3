# Misconception: every model is fitted by least squares
# Hint: This is a sum of squares; write the negative log likelihood of the Poisson model.
def neg_log_lik_lnp(theta, X, y):
    return np.sum((y - np.exp(X @ theta)) ** 2)
